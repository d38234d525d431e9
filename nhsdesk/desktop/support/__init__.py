"""Pages for support requests."""
