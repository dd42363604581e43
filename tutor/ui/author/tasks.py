"""What the author bar does in the background: each function is the work of one task and knows no widget."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from tutor.authoring.book import book
from tutor.authoring.cases import SUFFIX as CASE
from tutor.authoring.lint import lint
from tutor.authoring.live_problems import problems_in
from tutor.authoring.packs import SUFFIX, files_to_pack, pack
from tutor.authoring.replay import Replayed, accept, replay
from tutor.authoring.source_text import SourceText, source_text
from tutor.errors import UsageError
from tutor.lessons.lesson_loader import answers_path
from tutor.lessons.model import Course, Problem, Severity
from tutor.paths import Folders
from tutor.runner.runner import Runner
from tutor.translation import tr
from tutor.ui.author.background import Task
from tutor.ui.author.course_reader import courses_around
from tutor.ui.author.test_pane import FoundIn, Tested

#: Files of a course that are looked at for patient data before it is packed.
_TEXTS = frozenset({".yaml", ".md", ".csv", ".txt", ".json", ".tsv", ".py"})


class Packed(Struct, frozen=True):
    """A course as one file's bytes, how many files are in it, and how much is to be mended in it.

    `patients`: the first file with text that looks like patient data, the line, and the sentence about it; then nothing
    was packed.
    """

    data: bytes = b""
    files: int = 0
    errors: int = 0
    patients: tuple[Path, int, str] | None = None


def test(task: Task, course: Course, lesson: Path | None, where: Folders) -> Tested:
    """The whole lint with its mutants of one lesson of a course, or of all."""
    texts = _texts([lesson, answers_path(lesson)] if lesson else sorted(course.folder.glob("*/*.yaml")))
    with Runner(where.work, spares=os.cpu_count() or 1) as runner:
        report = lint(
            [lesson or course.folder],
            run=task.use(runner),
            mutants=True,
            progress=task.progress,
            cache=where.cache,
            installed=courses_around(course, where),
        )
    found = {
        path: FoundIn(text, _by_running(path, text, course, report.problems)) for path, text in texts.items()
    }
    return Tested(lesson.name if lesson else course.title, report, found)


def _texts(files: Iterable[Path]) -> dict[Path, str]:
    """What these files say now: what a test finds is about that, whatever is written meanwhile."""
    texts = {}
    for file in files:
        with contextlib.suppress(OSError):
            source = source_text(file.read_bytes())
            if isinstance(source, SourceText):
                texts[file] = source.text
    return texts


def _by_running(path: Path, text: str, course: Course, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems of a file that are not found by reading it, as an editor does all the time."""
    here = [one for one in problems if one.place.file == path]
    if not here:
        return ()
    read = {(one.place.line, one.problem) for one in problems_in(path, text, course)}
    return tuple(one for one in here if (one.place.line, one.problem) not in read)


def replay_cases(task: Task, folder: Path, course: Course, where: Folders) -> list[Replayed]:
    """All case files of a folder, judged against the course as it is now."""
    texts = sorted(file for file in folder.rglob("*.txt") if file.is_file())
    files = [file for file in texts if file.name.endswith(CASE)] or texts
    found = []
    with Runner(where.work, spares=1) as runner:
        run = task.use(runner)
        for number, file in enumerate(files):
            task.progress(number, len(files), file.name)
            found.append(replay(file, course, run))
    return found


def accept_case(task: Task, one: Replayed, found: Sequence[Replayed]) -> list[Replayed]:
    """The case among the right answers of its lesson; all cases as they are then."""
    try:
        accepted = accept(one)
    except OSError as error:
        raise UsageError(
            tr("The answers file could not be written: {why}.", why=error.strerror or error)
        ) from error
    return [accepted if other.file == one.file else other for other in found]


def pack_course(
    task: Task, course: Course, find: Callable[[str], tuple[int, str] | None], where: Folders
) -> Packed:
    """The course as one file, unless something in it looks like patient data.

    Args:
        course: the course.
        find: where in a text (a line) something looks like patient data, and the sentence about it.
        where: the tutor's folders.
    """
    folder = course.folder
    files = files_to_pack(folder)
    for number, file in enumerate(files):
        task.progress(number, len(files), file.name)
        if file.suffix.lower() in _TEXTS:
            found = find(file.read_bytes().decode("utf-8", "replace"))
            if found is not None:
                return Packed(patients=(file, *found))
    with tempfile.TemporaryDirectory() as made:
        target = Path(made) / f"course{SUFFIX}"
        packed = pack(folder, target)
        data = target.read_bytes()
    task.go_on()
    problems = lint([folder], run=None, cache=where.cache, installed=courses_around(course, where)).problems
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return Packed(data, len(packed), errors)


def make_book(task: Task, course: Course) -> bytes:
    """The course as one HTML page."""
    return book(course).encode()
