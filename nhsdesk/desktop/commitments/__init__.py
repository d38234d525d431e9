"""Pages about what is asked and promised that are more than a table and a form."""
