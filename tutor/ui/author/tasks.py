"""What the author bar does in the background: each function is the work of one task and knows no widget."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.authoring.book import book
from tutor.authoring.cases import SUFFIX as CASE
from tutor.authoring.lint import lint
from tutor.authoring.packs import SUFFIX, files_to_pack, pack
from tutor.authoring.replay import Replayed, accept, replay
from tutor.errors import UsageError
from tutor.lessons.model import Course, Severity
from tutor.paths import Folders
from tutor.runner.runner import Runner
from tutor.ui.author.background import Task
from tutor.ui.author.test_pane import Tested

#: Files of a course that are looked at for patient data before it is packed.
_TEXTS = frozenset({".yaml", ".md", ".csv", ".txt", ".json", ".tsv", ".py"})


@dataclass(frozen=True, slots=True)
class Packed:
    """A course as one file's bytes, how many files are in it, and how much is to be mended in it.

    `patients`: the first file with text that looks like patient data, the line, and the sentence about it; then nothing
    was packed.
    """

    data: bytes = b""
    files: int = 0
    errors: int = 0
    patients: tuple[Path, int, str] | None = None


def test(task: Task, path: Path, what: str, where: Folders) -> Tested:
    """The whole lint with its mutants of a lesson or a course folder."""
    with Runner(where.work, spares=os.cpu_count() or 1) as runner:
        report = lint(
            [path],
            run=task.use(runner),
            mutants=True,
            progress=task.progress,
            cache=where.cache,
            installed=where.installed_courses,
        )
    return Tested(what, report)


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
        raise UsageError(f"The answers file could not be written: {error.strerror or error}.") from error
    return [accepted if other.file == one.file else other for other in found]


def pack_course(
    task: Task, folder: Path, find: Callable[[str], tuple[int, str] | None], where: Folders
) -> Packed:
    """The course as one file, unless something in it looks like patient data.

    Args:
        folder: the course's folder.
        find: where in a text (a line) something looks like patient data, and the sentence about it.
        where: the tutor's folders.
    """
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
    problems = lint([folder], run=None, cache=where.cache, installed=where.installed_courses).problems
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return Packed(data, len(packed), errors)


def make_book(task: Task, course: Course) -> bytes:
    """The course as one HTML page."""
    return book(course).encode()
