"""Pages of where practices lie, who works together there, and which services are where."""
