"""Returns and papers: what is due, what stands in the way, the paper as it will be, and what was sent before."""
