"""`tutor check-all COURSE ANSWERS`"""

from __future__ import annotations

import argparse
import json
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tutor.cli.check import report
from tutor.cli.lessons import named_course, named_step
from tutor.cli.running import one_runner
from tutor.errors import LessonError, UsageError
from tutor.lessons.loader import load_lesson
from tutor.lessons.model import Course, Lesson
from tutor.runner.runner import Runner
from tutor.session.judging import judge


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("check-all", parents=[everywhere], help="try many programs against their steps")
    verb.add_argument("course", metavar="COURSE", help="the course's folder")
    verb.add_argument(
        "answers",
        metavar="ANSWERS",
        help='JSON Lines of {"lesson": ..., "step": ..., "program": source text}',
    )
    verb.add_argument("--jobs", metavar="N", type=int, default=os.cpu_count() or 1)
    verb.add_argument("--json", action="store_true", help="one JSON object a line (the only form there is)")
    verb.set_defaults(act=act)


class _Lessons:
    """The course's lessons, each read once."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._read: dict[str, Lesson] = {}

    def lesson(self, lesson_id: str) -> Lesson:
        """The lesson of that id.

        Raises:
            UsageError: when there is none.
            LessonError: when its file cannot be used.
        """
        if lesson_id not in self._read:
            heading = self._course.heading(lesson_id)
            if heading is None:
                raise UsageError(f"the course has no lesson {lesson_id}.")
            lesson = load_lesson(heading.path, self._course).value
            if lesson is None:
                raise LessonError(f"the lesson {lesson_id} cannot be used: tutor lint says why.")
            self._read[lesson_id] = lesson
        return self._read[lesson_id]


def act(options: argparse.Namespace) -> int:
    """Judge all; results come in the order of the answers, as soon as each is known."""
    if options.jobs < 1:
        raise UsageError(f"--jobs {options.jobs}: not a number of jobs.", "Give 1 or more.")
    lessons = _Lessons(course := named_course(options.course))
    all_judged = True
    with (
        one_runner(options.data_dir, spares=options.jobs) as runner,
        ThreadPoolExecutor(options.jobs) as pool,
    ):
        waiting: deque[Future[dict[str, Any]]] = deque()
        for number, line in _lines(options.answers):
            waiting.append(pool.submit(_judge_line, number, line, lessons, course, runner))
            # A few ahead keep every job busy; no more are held, so that memory stays the same for any number.
            while len(waiting) > 2 * options.jobs:
                all_judged &= _print_next(waiting)
        while waiting:
            all_judged &= _print_next(waiting)
    return 0 if all_judged else 1


def _lines(answers: str) -> Iterator[tuple[int, str]]:
    try:
        with Path(answers).open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except FileNotFoundError:
        raise UsageError(f"{answers}: there is no such file.", "Check the name and the folder.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{answers}: cannot be read: {error}.", "Save it as UTF-8 text.") from None


def _judge_line(number: int, line: str, lessons: _Lessons, course: Course, runner: Runner) -> dict[str, Any]:
    try:
        answer = json.loads(line)
        lesson_id, step_id, program = (answer[name] for name in ("lesson", "step", "program"))
        if not isinstance(program, str):
            raise TypeError
        step = named_step(lessons.lesson(str(lesson_id)), str(step_id))
    except (ValueError, TypeError, KeyError):
        return _not_judged(f'line {number} is no object of "lesson", "step" and "program".')
    except (UsageError, LessonError) as error:
        return _not_judged(f"line {number}: {error}")
    return report(judge(step, program, runner.run, course.rules))


def _not_judged(why: str) -> dict[str, Any]:
    error = {
        "rule": "input",
        "line": None,
        "title": "This answer was not judged",
        "text": why,
        "python": None,
    }
    return {
        "passed": False,
        "status": "not-started",
        "checks": [],
        "notes": [],
        "mistake": None,
        "error": error,
    }


def _print_next(waiting: deque[Future[dict[str, Any]]]) -> bool:
    """Print the oldest result; False when it could not be judged."""
    result = waiting.popleft().result()
    print(json.dumps(result), flush=True)
    return bool(result["checks"]) or result["status"] != "not-started"
