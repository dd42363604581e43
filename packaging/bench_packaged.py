"""The package beside the sources it was made from: time to a usable window, and Python that prints 1.

Needs `make package` first; without dist/ it says so and measures nothing. Both sides run by turns in one go, so that a busy
machine changes both.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

WINDOWS, PRINTS = 7, 25


def by_turns(times: int, *measures: Callable[[], float]) -> list[tuple[float, float]]:
    """Medians of each measure, by the clock and of processor time of what it started (which a busy machine changes less).

    Each is taken once before, so that files are in the cache.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in measures]
    for turn in range(times + 1):
        for measure, kept in zip(measures, taken, strict=True):
            before = processor_time()
            seconds = measure()
            if turn:
                kept.append((seconds, processor_time() - before))
    return [(statistics.median(a for a, _ in kept), statistics.median(b for _, b in kept)) for kept in taken]


def processor_time() -> float:
    """Of all processes that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(what: str, ours: tuple[float, float], name: str, floor: tuple[float, float], goal: str) -> None:
    for number, kind in enumerate(("by the clock", "of processor time")):
        print(
            f"{what}: {ours[number] * 1e3:.0f} ms {kind}, {name} {floor[number] * 1e3:.0f} ms: "
            f"{ours[number] / floor[number]:.2f} times (goal {goal})"
        )


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Seconds by the clock until it has ended."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def windows(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed tutor's modules are compiled
        rest = ["--until-usable", "--data-dir"]
        packaged, source = by_turns(
            WINDOWS,
            lambda: timed([str(folder / "tutor"), *rest, f"{kept}/packaged"], environment),
            lambda: timed([sys.executable, "-m", "tutor", *rest, f"{kept}/source"], environment),
        )
    show("usable window, packaged", packaged, "from source", source, "1.2")


def says_a_line(executable: Path, environment: dict[str, str]) -> float:
    """Seconds until `learner-python`, called by nobody it knows, has started Python, said its one line and ended."""
    begun = time.perf_counter()
    subprocess.run([str(executable)], env=environment, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - begun


def prints_one(command: Callable[..., list[str]]) -> float:
    """Seconds for a program that prints 1, its interpreter started cold, held by every limit, until all of it has gone."""
    from tutor.runner import containment_posix
    from tutor.runner.limits import Limits
    from tutor.runner.result import Program
    from tutor.runner.runner import Runner

    containment_posix.command = command  # type: ignore[attr-defined]
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as work, Runner(Path(work), spares=0) as runner:
        result = runner.run(Program("print(1)", limits=Limits(seconds=30)))
    assert result.stdout == "1\n", result.sentence()
    return time.perf_counter() - begun


def prints(folder: Path) -> None:
    from tutor.runner import launch

    executable = folder / "learner-python"
    bare = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    with (
        tempfile.TemporaryDirectory() as clean
    ):  # an empty environment: what this machine has installed would slow it down
        venv.create(clean, symlinks=True)
        line, packaged, source, plain = by_turns(
            PRINTS,
            lambda: says_a_line(executable, bare),
            lambda: prints_one(lambda *words: [str(executable), *words]),
            lambda: prints_one(launch.command),
            lambda: timed([f"{clean}/bin/python", "-I", "-c", "print(1)"], bare),
        )
    show("learner-python starts and says a line", line, "plain python -I printing 1", plain, "2")
    show("a program prints 1, cold, held by every limit, packaged", packaged, "from source", source, "1.2")
    print(
        f"that is {packaged[0] / plain[0]:.1f} times plain python -I by the clock; the window keeps one started ahead"
    )


def main() -> None:
    folder = Path(os.environ.get("TUTOR_PACKAGE") or ROOT / "dist" / "code4health-tutor")
    if not (folder / "tutor").exists():
        print(f"left out: {folder} is not there. `make package` builds it.")
        return
    windows(folder)
    prints(folder)


if __name__ == "__main__":
    main()
