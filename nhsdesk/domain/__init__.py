"""The words and rules of the work: the standard library and nothing else."""
