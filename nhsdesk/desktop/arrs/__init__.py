"""Pages of the additional roles that are more than a table and a form."""
