"""Workbooks we send: one module each, none knowing another."""
