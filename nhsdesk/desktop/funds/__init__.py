"""Integrators and the funds held for them."""
