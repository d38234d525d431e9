"""Keeps a PCN's commitments, ARRS claims, support requests and actions, and makes papers a board can trust."""

__version__ = "0.1.0"
