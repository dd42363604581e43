"""Reading the lesson files of a course for lint: each once, and a large course in several processes.

The course needs the headings of its lessons, and each lesson needs the course. So every file is opened first, then the
course is made of the headings, and then every file is judged beside it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tutor.authoring.rules_used import rules_used
from tutor.authoring.style import lesson_style
from tutor.lessons.lesson_loader import LessonFile
from tutor.lessons.loader import answers_path, load_answers
from tutor.lessons.model import Allowed, Answers, Course, Lesson, LessonHeading, Problem, Review
from tutor.paths import is_frozen

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

#: Below this many files another process costs more than it saves (it takes some 0.3 s to start).
WORTH_A_PROCESS = 120
MOST_PROCESSES = 8

Headings = Mapping[Path, LessonHeading]


class ReadLesson(Struct, frozen=True):
    """What came of one lesson file.

    `lesson` and `answers` are empty where the lesson has errors, or nobody asked for them. `allow` stands even then.
    """

    path: Path
    heading: LessonHeading
    problems: tuple[Problem, ...]
    allow: tuple[Allowed, ...] = ()
    review: Review | None = None
    content_hash: str = ""
    rules: frozenset[str] = frozenset()
    lesson: Lesson | None = None
    answers: tuple[Answers, ...] = ()


def read_lessons(
    files: Sequence[Path],
    course_of: Callable[[Headings], Course | None],
    *,
    advice_rules: Collection[str] = (),
    keep_lessons: bool = True,
    processes: int | None = None,
) -> list[ReadLesson]:
    """Read lesson files with everything that is wrong with them, in order.

    Args:
        files: the lesson files.
        course_of: makes their course when it is given their headings by path; None where there is none.
        advice_rules: the ids of `tutor explain`.
        keep_lessons: whether the lessons themselves are wanted, too.
        processes: how many may work at once; by default as many as are worth it.
    """
    if processes is None:
        processes = min(os.cpu_count() or 1, MOST_PROCESSES, len(files) // WORTH_A_PROCESS)
    if processes > 1 and not is_frozen():
        return _in_processes(files, course_of, frozenset(advice_rules), keep_lessons, processes)
    with _nothing_collected(len(files)):
        opened = [LessonFile(file) for file in files]
        course = course_of({file.path: file.heading() for file in opened})
        return [_judged(file, course, advice_rules, keep_lessons) for file in opened]


def _judged(
    file: LessonFile, course: Course | None, advice_rules: Collection[str], keep_lesson: bool
) -> ReadLesson:
    read = file.judged(course, advice_rules=advice_rules)
    lesson, entry = read.loaded.value, read.entry
    problems = list(read.loaded.problems)
    answers: tuple[Answers, ...] = ()
    allow: tuple[Allowed, ...] = ()
    if entry is not None:
        problems += lesson_style(entry, file.path)
        allow = tuple(Allowed(one.get("rule", ""), one.get("because", "")) for one in entry.get("allow", ()))
    if lesson is None:
        return ReadLesson(file.path, read.heading, tuple(problems), allow)
    other = answers_path(lesson.path)
    if other.is_file():
        loaded = load_answers(other, lesson)
        problems += loaded.problems
        answers = loaded.value or ()
    return ReadLesson(
        path=file.path,
        heading=read.heading,
        problems=tuple(problems),
        allow=allow,
        review=lesson.clinical_review,
        content_hash=lesson.content_hash,
        rules=rules_used(lesson),
        lesson=lesson if keep_lesson else None,
        answers=answers if keep_lesson else (),
    )


@contextmanager
def _nothing_collected(files: int) -> Iterator[None]:
    """Many trees that are all still needed make Python look through them again and again for what is not."""
    pause = files > WORTH_A_PROCESS // 4 and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()


# ----------------------------------------------------------------------------------------------------------- processes


class _Worker(Struct):
    """A process with its share of the files; it opens them, says their headings, and waits for the course."""

    process: BaseProcess
    talk: Connection
    files: list[Path]


def _in_processes(
    files: Sequence[Path],
    course_of: Callable[[Headings], Course | None],
    advice_rules: frozenset[str],
    keep_lessons: bool,
    processes: int,
) -> list[ReadLesson]:
    import multiprocessing  # noqa: PLC0415  (the packaged app does without)

    # Spawned, not forked: the runner's threads may be at work here, and Windows knows nothing else.
    context = multiprocessing.get_context("spawn")
    workers = []
    for number in range(processes - 1):
        ours, theirs = context.Pipe()
        share = list(files[number + 1 :: processes])
        process = context.Process(target=_work, args=(theirs, share, keep_lessons), daemon=True)
        process.start()
        theirs.close()
        workers.append(_Worker(process, ours, share))
    try:
        with _nothing_collected(len(files)):
            own = [LessonFile(file) for file in files[::processes]]
            headings = {file.path: file.heading() for file in own}
            lost: list[Path] = []
            for worker in workers:
                headings.update(_heard(worker, lost))
            mended = [LessonFile(file) for file in lost]
            headings.update({file.path: file.heading() for file in mended})
            course = course_of(headings)
            for worker in workers:
                _tell(worker, course, advice_rules)
            done = {file.path: _judged(file, course, advice_rules, keep_lessons) for file in [*own, *mended]}
            for worker in workers:
                done.update(_results(worker))
            for file in files:  # a process that was ended from outside loses nothing
                if file not in done:
                    done[file] = _judged(LessonFile(file), course, advice_rules, keep_lessons)
    finally:
        for worker in workers:
            worker.talk.close()
            worker.process.join(10)
            worker.process.terminate()
    return [done[file] for file in files]


def _heard(worker: _Worker, lost: list[Path]) -> Headings:
    try:
        found: Headings = worker.talk.recv()
        return found
    except (EOFError, OSError):
        lost += worker.files
        worker.files = []
        return {}


def _tell(worker: _Worker, course: Course | None, advice_rules: frozenset[str]) -> None:
    try:
        worker.talk.send((course, advice_rules))
    except OSError:
        worker.files = []


def _results(worker: _Worker) -> dict[Path, ReadLesson]:
    try:
        return {read.path: read for read in worker.talk.recv()} if worker.files else {}
    except (EOFError, OSError):
        return {}


def _work(talk: Connection, files: list[Path], keep_lessons: bool) -> None:
    """What another process does."""
    gc.disable()
    try:
        opened = [LessonFile(file) for file in files]
        talk.send({file.path: file.heading() for file in opened})
        course, advice_rules = talk.recv()
        talk.send([_judged(file, course, advice_rules, keep_lessons) for file in opened])
    except (EOFError, OSError, KeyboardInterrupt):
        pass  # nobody waits any more
