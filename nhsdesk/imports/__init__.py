"""Files we take in: one module for each kind, told apart by what they hold."""
