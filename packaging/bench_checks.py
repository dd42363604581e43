"""How fast answers are judged, as ratios against floors of the same run.

A check of ten calls against starting Python once (goal: at most 2 times); 500 answers against a loop that starts one plain
Python for each (goal: less). `python packaging/bench_checks.py` runs it alone; `make bench` runs it with the others.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tutor.checks.grade import grade
from tutor.lessons.model import (
    CallCheck,
    ExerciseStep,
    OutputCheck,
    Place,
    StepKind,
    TextExpectation,
    TextMatch,
)
from tutor.runner.runner import Runner

TIMES = 40
ANSWERS = 500
ROUND = 50
PLACE = Place(Path("bench.yaml"))
RIGHT = """
def resp_score(rate):
    if rate <= 8:
        return 3
    elif rate <= 11:
        return 1
    elif rate <= 20:
        return 0
    elif rate <= 24:
        return 2
    return 3

print("Points for 8 breaths a minute:", resp_score(8))
"""
WRONG = RIGHT.replace("<= 8", "< 8")
BROKEN = RIGHT.replace("return 3", "return 3 +", 1)
POINTS = {5: 3, 8: 3, 9: 1, 11: 1, 12: 0, 16: 0, 20: 0, 21: 2, 24: 2, 25: 3}


def step() -> ExerciseStep:
    """An exercise with ten calls."""
    calls = [
        CallCheck(name=f"check {n}", place=PLACE, expression=f"resp_score({rate})", returns=points)
        for n, (rate, points) in enumerate(POINTS.items(), 1)
    ]
    return ExerciseStep(
        kind=StepKind.EXERCISE,
        id="bench",
        place=PLACE,
        content_hash="bench",
        solution=RIGHT,
        checks=tuple(calls),
    )


def step_of_output() -> ExerciseStep:
    """An exercise that only prints."""
    wanted = TextExpectation(TextMatch.EQUALS, "Points for 8 breaths a minute: 3")
    check = OutputCheck(name="check 1", place=PLACE, expectations=(wanted,))
    return ExerciseStep(
        kind=StepKind.EXERCISE,
        id="output",
        place=PLACE,
        content_hash="output",
        solution=RIGHT,
        checks=(check,),
    )


def plain_python(path: str) -> None:
    """The floor: this Python, once, on the same program."""
    subprocess.run([sys.executable, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def timed(times: int, *actions) -> list[list[float]]:
    """Seconds of each action, in turn, so that a busy moment hits all alike."""
    found: list[list[float]] = [[] for _ in actions]
    for _ in range(times):
        for seconds, action in zip(found, actions, strict=True):
            begun = time.perf_counter()
            action()
            seconds.append(time.perf_counter() - begun)
    return found


def show(name: str, seconds: list[float], floor: float) -> None:
    ordered = sorted(seconds)
    median, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    print(
        f"{name:52s} median {median * 1000:8.1f} ms   p95 {late * 1000:8.1f} ms   {median / floor:5.2f} x floor",
        flush=True,
    )


def ten_calls(runner: Runner, path: str) -> None:
    """One check, as the window does it."""
    ten, output = step(), step_of_output()
    grade(ten, WRONG, runner.run)  # the solution is tried now, once
    floor, right, wrong, printed = timed(
        TIMES,
        lambda: plain_python(path),
        lambda: grade(ten, RIGHT, runner.run),
        lambda: grade(ten, WRONG, runner.run),
        lambda: grade(output, RIGHT, runner.run),
    )
    base = statistics.median(floor)
    show("floor: plain Python, once", floor, base)
    show("a check of ten calls, right (goal 2)", right, base)
    show("a check of ten calls, wrong", wrong, base)
    show("a check of the output, right", printed, base)


def many_answers(runner: Runner, path: str) -> None:
    """Many answers, as `check-all` does it, against one plain Python for each; in turn, so that both meet the same load."""
    ten = step()
    answers = [(RIGHT, WRONG, RIGHT, BROKEN)[n % 4] + f"\n# {n}" for n in range(ANSWERS)]
    jobs = (1, os.cpu_count() or 1)
    floor, took = 0.0, dict.fromkeys(jobs, 0.0)
    for start in range(0, ANSWERS, ROUND):
        part = answers[start : start + ROUND]
        begun = time.perf_counter()
        for _ in part:
            plain_python(path)
        floor += time.perf_counter() - begun
        for at_once in took:
            begun = time.perf_counter()
            with ThreadPoolExecutor(at_once) as pool:
                verdicts = list(pool.map(lambda text: grade(ten, text, runner.run), part))
            took[at_once] += time.perf_counter() - begun
            assert [verdict.passed for verdict in verdicts] == [
                n % 2 == 0 for n in range(start, start + ROUND)
            ]
    print(f"{'floor: one plain Python for each of 500 answers':52s} {floor:8.2f} s", flush=True)
    for at_once, seconds in took.items():
        name = f"500 answers judged, {at_once} at a time (goal 1)"
        print(f"{name:52s} {seconds:8.2f} s   {seconds / floor:5.2f} x floor", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "main.py")
        program.write_text(RIGHT, encoding="utf-8")
        with Runner(Path(folder, "runs"), spares=os.cpu_count() or 1) as runner:
            ten_calls(runner, str(program))
            many_answers(runner, str(program))


if __name__ == "__main__":
    main()
