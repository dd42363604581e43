"""Explaining a program of about 200 lines, against the floor of compiling it once with Python (which marks while typing
need in any case): marks while typing, advice after a run, a slip that Python cannot read, and the worst case, where
every rule is tried and none fits.

`python packaging/bench_explain.py` runs it alone; `make bench` runs it with the others.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tutor.explain.explain import explain  # noqa: E402 - the path comes first
from tutor.explain.live import live_marks  # noqa: E402
from tutor.explain.reading import fault_in  # noqa: E402


def program(lines: int) -> str:
    """A working program of about this many lines, put together from those of the tests."""
    text = (ROOT / "tests" / "explain" / "working_programs.txt").read_text(encoding="utf-8")
    whole = ""
    for part in text.split("===\n")[1:]:
        if "⟦" not in part and "stdin:" not in part and fault_in(whole + part) is None:
            whole += part
        if whole.count("\n") >= lines:
            break
    return whole


def least(work: Callable[[], object]) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(7):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> None:
    source = program(200)
    slip = source.replace(":\n", "\n", 1)
    hopeless = source + "x = @ 3\n"
    floor = least(lambda: compile(source, "main.py", "exec"))
    print(f"floor: compiling {source.count(chr(10))} lines {floor * 1000:.1f} ms", flush=True)
    for name, work in (
        ("marks while typing", lambda: live_marks(source)),
        ("advice after a run", lambda: explain(source, None)),
        ("a colon is missing", lambda: explain(slip, None)),
        ("no rule fits", lambda: explain(hopeless, None)),
    ):
        taken = least(work)
        print(f"{name:42s} {taken * 1000:6.1f} ms   {taken / floor:5.1f} x floor", flush=True)


if __name__ == "__main__":
    main()
