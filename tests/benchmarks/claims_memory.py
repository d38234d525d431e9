"""A process of its own that keeps a year of England's claim lines, and says how many and how much memory it took."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from tests.benchmarks.test_claims_bench import england, year_of

if __name__ == "__main__":
    held = england(Path(sys.argv[1]))
    lines = list(year_of(held))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(f"{len(lines)} {most / (1024 if sys.platform == 'linux' else 1024**2):.0f}\n")
