"""`make bench`: each `bench_*.py` beside this file, one after the other. Figures are ratios against a floor measured in
the same run, so that a slow or busy machine does not change what they say."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main() -> int:
    wanted = sys.argv[1:]
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = file.stem.removeprefix("bench_")
        if wanted and name not in wanted:
            continue
        print(f"\n== {name}", flush=True)
        runpy.run_path(str(file))["main"]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
