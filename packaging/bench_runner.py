"""How fast programs start, stop and are limited: medians and 95th percentiles, as ratios against a floor of the same run.

The floor is what the machine itself needs to start Python and print: `python -I -c "print(1)"`, to its first byte.
`python packaging/bench_runner.py` runs it alone; `make bench` runs it with the others.
"""

from __future__ import annotations

import contextlib
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tutor.runner import containment_posix, launch
from tutor.runner.events import Ended, OutputWaiting, Started
from tutor.runner.limits import Limits
from tutor.runner.process import Run
from tutor.runner.result import Outcome, Program, Question
from tutor.runner.runner import Runner

TIMES = 60
ROOMY = Limits(seconds=60.0)
STOPPED_PROGRAMS = {
    "sleeping": "import time\nprint('go')\ntime.sleep(60)",
    "looping": "print('go')\nwhile True: pass",
    "in a regex": "import re\nprint('go')\nre.match(r'(a|aa|a*)*$', 'a' * 64 + '!')",
    "in one C call": "import itertools\nprint('go')\nsum(itertools.count())",
    "waiting for input": "print('go')\ninput()",
    "swallowing it": "print('go')\nwhile True:\n  try:\n    while True: sum([1])\n  except BaseException: pass",
}
RIGHT_ANSWERS = {
    "prints": Program("print('Hello')"),
    "asks": Program("print(int(input('? ')) + 1)", stdin=("41",)),
    "imports": Program(
        "import statistics, datetime, json, re, csv, decimal\nprint(statistics.mean([1, 2, 3]))"
    ),
    "computes": Program("print(sum(i * i for i in range(1_000_000)))"),
    "answers calls": Program("def total(xs): return sum(xs)", questions=(Question("total([1, 2, 3])"),) * 8),
    "writes a file": Program("open('out.txt', 'w').write('x' * 100_000)\nprint(len(open('out.txt').read()))"),
}


def show(name: str, seconds: list[float], floor: float | None = None) -> dict[str, float]:
    """Print one line of the table; seconds in, milliseconds out."""
    ordered = sorted(seconds)
    median, late = statistics.median(ordered), ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    ratio = f"  {median / floor:5.2f} x floor (p95 {late / floor:5.2f})" if floor else ""
    print(
        f"{name:46s} median {median * 1000:8.1f} ms   p95 {late * 1000:8.1f} ms   n {len(ordered)}{ratio}",
        flush=True,
    )
    return {"median": median, "p95": late}


def first_byte_of_bare_python() -> float:
    """Seconds from starting `python -I -c "print(1)"` to its first byte."""
    interpreter = launch.command()[0]
    begun = time.perf_counter()
    with subprocess.Popen([interpreter, "-I", "-c", "print(1)"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        return time.perf_counter() - begun


def first_output(runner: Runner) -> tuple[float, float]:
    """Seconds from starting `print(1)` to the first output, and to the report."""
    seen: dict[str, float] = {}
    over = threading.Event()

    def listen(event: Any) -> None:
        if isinstance(event, OutputWaiting):
            seen.setdefault("output", time.perf_counter())
        elif isinstance(event, Ended):
            seen["ended"] = time.perf_counter()
            over.set()

    begun = time.perf_counter()
    runner.start(Program("print(1)", limits=ROOMY), listen)
    over.wait(60)
    return seen["output"] - begun, seen["ended"] - begun


def stop_to_report(runner: Runner, source: str) -> float:
    """Seconds from Stop to the report, for a program that has got going."""
    going, over = threading.Event(), threading.Event()

    def listen(event: Any) -> None:
        if isinstance(event, OutputWaiting):
            going.set()
        elif isinstance(event, Ended):
            over.set()

    run = runner.start(Program(source, stdin=None, limits=ROOMY), listen)
    going.wait(60)
    threading.Event().wait(0.03)
    begun = time.perf_counter()
    run.stop()
    over.wait(60)
    return time.perf_counter() - begun


def limit_to_report(runner: Runner) -> float:
    """Seconds from the moment that a time limit is reached to the report."""
    moments: dict[type, float] = {}
    over = threading.Event()

    def listen(event: Any) -> None:
        moments[type(event)] = time.perf_counter()
        if isinstance(event, Ended):
            over.set()

    runner.start(Program("while True: pass", limits=Limits(seconds=0.2)), listen)
    over.wait(60)
    return moments[Ended] - moments[Started] - 0.2


def resident() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def flood(runner: Runner) -> None:
    """Throughput of an endless print, and how much memory that costs the tutor."""
    waiting = threading.Event()
    limits = Limits(seconds=60.0, output_kb=None, output_lines=None)
    before, most = resident(), 0
    run: Run = runner.start(
        Program("while True: print('x' * 80)", limits=limits), lambda event: waiting.set()
    )
    waiting.wait(60)
    begun, taken = time.perf_counter(), 0
    while (took := time.perf_counter() - begun) < 3.0:
        taken += sum(len(text) for _, text in run.take_output(1 << 20))
        most = max(most, resident())
    run.stop()
    run.wait()
    grown = (most - before) / 1e6
    print(
        f"{'flood, taken as fast as possible':46s} {taken / took / 1e6:8.1f} MB/s    the tutor grew by {grown:.1f} MB",
        flush=True,
    )


def many_runs(runner: Runner, work: Path, times: int = 500) -> None:
    """Runs one after the other: what they leave behind in the tutor."""

    def count() -> tuple[int, int, int, int]:
        gc.collect()
        folders = sum(1 for session in work.iterdir() for _ in session.iterdir())
        return resident(), threading.active_count(), len(list(Path("/proc/self/fd").iterdir())), folders

    for _ in range(20):
        runner.run(Program("print(1)"))
    before, begun = count(), time.perf_counter()
    for number in range(times):
        assert runner.run(Program(f"print({number})")).stdout == f"{number}\n"
    took, after = time.perf_counter() - begun, count()
    grown = ", ".join(
        f"{name} {new - old:+d}"
        for name, old, new in zip(("bytes", "threads", "descriptors", "folders"), before, after, strict=True)
    )
    print(
        f"{f'{times} runs one after the other':46s} {took / times * 1000:8.1f} ms each   {grown}", flush=True
    )


@contextlib.contextmanager
def throttled(times: int) -> Iterator[None]:
    """One processor, shared with enough busy processes to leave a fraction of it to us."""
    before = os.sched_getaffinity(0)
    one = {min(before)}
    os.sched_setaffinity(0, one)
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(times - 1)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()
        os.sched_setaffinity(0, before)


@contextlib.contextmanager
def late_starts(seconds: float) -> Iterator[None]:
    """Every process of ours starts so much later, as behind a virus scanner."""
    command = launch.command

    def slow(*arguments: str) -> list[str]:
        return ["/bin/sh", "-c", f'sleep {seconds}; exec "$@"', "sh", *command(*arguments)]

    containment_posix.command = slow
    try:
        yield
    finally:
        containment_posix.command = command


def right_answers(times: int) -> tuple[int, int]:
    """Run right programs cold and warm, with the default limits; (how many ran, how many did not finish)."""
    ran = failed = 0
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder, Runner(Path(folder)) as runner:
            for name, program in RIGHT_ANSWERS.items():
                result = runner.run(program)
                ran += 1
                wrong = result.outcome is not Outcome.FINISHED
                wrong = wrong or any(answer.outcome is not Outcome.FINISHED for answer in result.answers)
                if wrong:
                    failed += 1
                    print(f"  {name}: {result.sentence()}", flush=True)
    return ran, failed


def main() -> None:
    """Measure all, and print the table."""
    print("Running programs (packaging/bench_runner.py)")
    with tempfile.TemporaryDirectory() as folder, Runner(Path(folder)) as runner:
        print("contained by: " + "; ".join(runner.layers()))
        warm, reports, floors, cold = [], [], [], []
        for _ in range(TIMES):
            floors.append(first_byte_of_bare_python())
            output, report = first_output(runner)
            warm.append(output)
            reports.append(report)
            with Runner(Path(folder, "cold"), spares=0) as fresh:
                cold.append(first_output(fresh)[0])
        floor = statistics.median(floors)
        show('floor: python -I -c "print(1)", first byte', floors, floor)
        show("warm: Run to first output", warm, floor)
        show("warm: Run to report", reports, floor)
        show("cold: Run to first output", cold, floor)
        for name, source in STOPPED_PROGRAMS.items():
            show(f"Stop to report, {name}", [stop_to_report(runner, source) for _ in range(TIMES // 3)])
        show("time limit to report", [limit_to_report(runner) for _ in range(TIMES // 3)])
        if sys.platform.startswith("linux"):
            flood(runner)
            many_runs(runner, Path(folder))
    if sys.platform.startswith("linux"):
        with throttled(5):
            slow_floor = [first_byte_of_bare_python() for _ in range(10)]
            show("throttled five times: floor", slow_floor, floor)
            ran, failed = right_answers(3)
        print(f"{'throttled five times: right answers':46s} {ran} ran, {failed} did not finish", flush=True)
        with late_starts(0.5):
            ran, failed = right_answers(3)
        print(
            f"{'every start 500 ms late: right answers':46s} {ran} ran, {failed} did not finish", flush=True
        )
        with throttled(5), late_starts(0.5):
            ran, failed = right_answers(2)
        print(f"{'both: right answers':46s} {ran} ran, {failed} did not finish", flush=True)


if __name__ == "__main__":
    main()
