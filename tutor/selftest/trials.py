"""What the self-test tries: the real course, real programs, the real folders."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

from tutor.checks.grade import grade
from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import ArrangeStep, Course, ExerciseStep, FillStep
from tutor.paths import Folders, is_frozen
from tutor.runner.limits import Limits
from tutor.runner.result import Outcome, Program
from tutor.runner.runner import Runner
from tutor.selftest.places import as_shipped, install_folder, writable
from tutor.selftest.report import Trial
from tutor.selftest.runaway import runaway
from tutor.selftest.versions import versions
from tutor.selftest.window import NAMES as WINDOW_TRIALS
from tutor.selftest.window import WindowTrials

#: Modules of the standard library that are not wanted in learners' programs, or exist on other systems only.
_NOT_TRIED = {
    "antigravity", "this", "idlelib", "lib2to3", "test", "tkinter", "turtle", "turtledemo", "ensurepip", "venv",
    "__main__", "_pyrepl",
}  # fmt: skip

_IMPORTS = """
import importlib, importlib.util, warnings
warnings.simplefilter("ignore")
for name in {names!r}:
    if importlib.util.find_spec(name) is None:
        continue
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(name, error)
"""


def trials(folders: Folders, course_folder: Path, runner: Runner) -> Iterator[Trial]:
    """All trials, the quick ones first.

    Args:
        folders: where the tutor keeps things.
        course_folder: the course to prove.
        runner: runs programs.
    """
    yield Trial("versions", _versions)
    yield Trial("every installed file is as shipped", as_shipped)
    yield Trial("install folder", install_folder)
    yield Trial("data folder", partial(writable, folders.data))
    yield Trial("work folder", partial(writable, folders.work))
    yield Trial("a program runs", partial(_prints, runner, "print(6 * 7)", "42\n"))
    yield Trial("text is UTF-8", partial(_prints, runner, "print('°C é 患者 🏥')", "°C é 患者 🏥\n"))
    yield Trial("an error names its line", partial(_names_the_line, runner))
    yield Trial("time zones", partial(_prints, runner, _SUMMER_TIME, "1:00:00\n"))
    yield Trial("standard modules", partial(_imports_everything, runner))
    yield Trial("a program without end is stopped", partial(_stops, runner))
    yield Trial("a program that prints without end is stopped", partial(_stops_flood, runner))
    yield Trial("a runaway program goes, with all that it started", partial(runaway, folders.work))
    yield Trial("what programs are held by", partial(_layers, runner))
    yield Trial("no network socket is open", _no_sockets)
    window = WindowTrials()
    for name in WINDOW_TRIALS:
        yield Trial(name, partial(window.of, name))
    yield Trial("the course is sound", partial(_course_is_sound, course_folder))
    yield Trial("every solution passes its own checks", partial(_solutions_pass, course_folder, runner))


_SUMMER_TIME = """
from datetime import datetime
from zoneinfo import ZoneInfo
print(datetime(2024, 7, 1, tzinfo=ZoneInfo("Europe/London")).utcoffset())
"""


def _versions() -> tuple[bool, str]:
    kind = "packaged" if is_frozen() else "from source"
    named = ", ".join(f"{name} {value}" for name, value in versions().items())
    return True, f"{kind}: {named}, {platform.platform()}"


def _prints(runner: Runner, source: str, wanted: str) -> tuple[bool, str]:
    result = runner.run(Program(source))
    if result.stdout == wanted:
        return True, f"it printed {wanted.strip()}"
    return False, f"{result.sentence()} It printed {result.stdout[:200]!r}."


def _names_the_line(runner: Runner) -> tuple[bool, str]:
    result = runner.run(Program("beds = 4\nprint(beds / 0)\n"))
    named = result.error is not None and result.error.type == "ZeroDivisionError" and result.line == 2
    return named, result.sentence()


def _imports_everything(runner: Runner) -> tuple[bool, str]:
    names = sorted(
        name for name in sys.stdlib_module_names if not name.startswith("_") and name not in _NOT_TRIED
    )
    limits = Limits(seconds=60, memory_mb=1024)
    result = runner.run(Program(_IMPORTS.format(names=names), limits=limits))
    if result.outcome is Outcome.FINISHED and not result.stdout:
        return True, f"{len(names)} modules were looked for, and all that this system has can be imported"
    return False, f"{result.sentence()} {result.stdout[:500]}".strip()


def _stops(runner: Runner) -> tuple[bool, str]:
    result = runner.run(Program("while True:\n    pass\n", limits=Limits(seconds=1)))
    return result.outcome is Outcome.TIME_LIMIT, result.sentence()


def _stops_flood(runner: Runner) -> tuple[bool, str]:
    result = runner.run(Program("while True:\n    print('x' * 80)\n", limits=Limits(seconds=5)))
    return result.outcome is Outcome.OUTPUT_LIMIT, result.sentence()


def _layers(runner: Runner) -> tuple[bool, str]:
    return True, "; ".join(runner.layers()) or "the tutor's own limits only; the kernel helps with none"


def _no_sockets() -> tuple[bool, str]:
    """Open sockets of this process, as the system counts them. Local ones between processes are no network."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        return True, "not counted: this system has no list of them to read"
    links = []
    for entry in descriptors.iterdir():
        with suppress(OSError):  # the one that this reading itself had open
            links.append(str(entry.readlink()))
    numbers = {link[8:-1] for link in links if link.startswith("socket:[")}
    network = 0
    for table in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        try:
            lines = Path("/proc/self/net", table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        network += sum(line.split()[9] in numbers for line in lines)
    return network == 0, f"{network} open"


def _course_is_sound(folder: Path) -> tuple[bool, str]:
    loaded = load_course(folder)
    if loaded.value is None:
        return False, str(loaded.problems[0]) if loaded.problems else f"{folder} cannot be read"
    broken = [heading.id for heading in loaded.value.lessons if heading.broken]
    detail = f"{loaded.value.title} {loaded.value.version}, {len(loaded.value.lessons)} lessons"
    return not broken, detail if not broken else f"{detail}; cannot be used: {', '.join(broken)}"


def _solutions_pass(folder: Path, runner: Runner) -> tuple[bool, str]:
    course = load_course(folder).value
    if course is None:
        return False, "the course cannot be read"
    steps = _steps_with_solutions(course)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        passed = pool.map(
            lambda named: (
                grade(
                    named[1], named[1].solution, runner.run, rules=course.rules, solution_first=False
                ).passed
            ),
            steps,
        )
        failed = [name for (name, _step), good in zip(steps, passed, strict=True) if not good]
    return not failed, f"{len(steps)} solutions" if not failed else f"refused: {', '.join(failed)}"


def _steps_with_solutions(course: Course) -> Sequence[tuple[str, ExerciseStep | FillStep | ArrangeStep]]:
    return [
        (f"{heading.id}#{step.id}", step)
        for heading in course.lessons
        if (lesson := load_lesson(heading.path, course).value) is not None
        for step in lesson.steps
        if isinstance(step, ExerciseStep | FillStep | ArrangeStep)
    ]
