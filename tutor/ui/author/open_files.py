"""The files that a writer has open: read, saved whole, drafts of what is not saved yet, and what another program did to them.

Knows no widget. What touches the disk is done by `Desk` on one thread of its own, so that a slow disk never holds the window.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
from enum import Enum, auto
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal

from tutor.authoring.source_text import SourceText, source_text
from tutor.errors import MachineError, TutorError
from tutor.files import file_part, write_whole
from tutor.lessons.course_loader import COURSE_FILE, GLOSSARY_FILE, RULES_FILE
from tutor.lessons.lesson_loader import answers_path
from tutor.lessons.source import Finding
from tutor.session.worker import Worker
from tutor.translation import tr
from tutor.ui.author.locks import can_be_changed


class Became(Enum):
    """What came of something with a file."""

    READ = auto()  # it is open, or was read again
    CHANGED = auto()  # it is another one on the disk; `theirs` is what it says there
    GONE = auto()  # there is no such file any more
    SAVED = auto()
    FAILED = auto()  # `trouble` says why
    SAME = auto()  # as it was


class OpenFile(Struct):
    """One file.

    Args:
        path: the file.
        source: as it was last read or saved.
        text: as it stands in the editor.
        mark: of its bytes on the disk when they were last read or saved.
        draft: an earlier text that was not saved, found when it was opened, with when it was kept.
    """

    path: Path
    source: SourceText
    text: str
    mark: str = ""
    draft: tuple[str, str] | None = None

    @property
    def changed(self) -> bool:
        """Whether something is not saved."""
        return self.text != self.source.text or bool(self.source.was)


class Report(Struct, frozen=True):
    """What became of a file, for the window's thread."""

    path: Path
    became: Became
    source: SourceText | None = None
    mark: str = ""
    trouble: TutorError | None = None
    draft: tuple[str, str] | None = None
    text: str = ""
    kept: Path | None = None


class Surveyed(Struct, frozen=True):
    """What the disk says of a course that is open.

    Args:
        course: its folder.
        lesson: the lesson that is open in it.
        there: which of its files that a writer can choose are there, in order.
        writable: whether its files can be changed.
    """

    course: Path
    lesson: Path | None
    there: tuple[Path, ...]
    writable: bool


class Desk(QObject):
    """Reads and writes on one thread; `reported` tells what came of each, `surveyed` of a look at a course.

    Args:
        parent: lives as long as this.
        data: the tutor's folder: drafts and copies are kept in it.
    """

    reported = Signal(object)
    surveyed = Signal(object)
    _sent = Signal(object)
    _seen = Signal(object)

    def __init__(self, parent: QObject, data: Path) -> None:
        super().__init__(parent)
        self._drafts = data / "writing" / "not-saved"
        self._copies = data / "writing" / "copies"
        self._worker = Worker(lambda _error: None)
        self._sent.connect(self.reported, Qt.ConnectionType.QueuedConnection)
        self._seen.connect(self.surveyed, Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Finish what waits."""
        self._worker.close(5.0)

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until all that was asked for is on the disk."""
        return self._worker.settle(timeout)

    def survey(self, course: Path, lesson: Path | None) -> None:
        """See which files of a course there are, and whether they can be changed. -> `surveyed`."""
        self._worker.do(lambda: self._seen.emit(_survey(course, lesson)))

    def open(self, path: Path) -> None:
        """Read a file and the draft of it, if there is one. -> READ, GONE or FAILED."""
        self._worker.do(lambda: self._sent.emit(self._opened(path)))

    def look(self, path: Path, mark: str) -> None:
        """See whether a file is still the one with this mark. -> SAME, CHANGED, GONE or FAILED."""
        self._worker.do(lambda: self._sent.emit(self._looked(path, mark)))

    def save(self, file: OpenFile, text: str, *, over: bool = False, copy: bool = False) -> None:
        """Write a text, unless another program has changed the file. -> SAVED, CHANGED, GONE or FAILED.

        Args:
            file: the file.
            text: what to write.
            over: write whatever is there now.
            copy: keep what is there now as a copy of its own.
        """
        path, source, mark = file.path, file.source, file.mark
        self._worker.do(lambda: self._sent.emit(self._saved(path, source, mark, text, over, copy)))

    def keep_draft(self, path: Path, text: str | None) -> None:
        """Keep a text that is not saved yet; None forgets it."""
        self._worker.do(lambda: self._keep_draft(path, text))

    # -- on the desk's own thread

    def _opened(self, path: Path) -> Report:
        read = self._looked(path, "")
        if read.became is not Became.CHANGED:
            return read
        return replace(read, became=Became.READ, draft=self._draft_of(path, read.source))

    def _looked(self, path: Path, mark: str) -> Report:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return Report(path, Became.GONE)
        except OSError as error:
            return Report(path, Became.FAILED, trouble=_not_read(path, error))
        now = _mark(data)
        if now == mark:
            return Report(path, Became.SAME, mark=now)
        source = source_text(data)
        if isinstance(source, Finding):
            trouble = MachineError(f"{path.name}: {source.problem}.", tr("It cannot be edited here."))
            return Report(path, Became.FAILED, trouble=trouble)
        return Report(path, Became.CHANGED, source, now)

    def _saved(self, path: Path, source: SourceText, mark: str, text: str, over: bool, copy: bool) -> Report:
        now = self._looked(path, mark)
        if now.became in (Became.CHANGED, Became.GONE) and not over:
            return now
        data, kept = source.encoded(text), None
        try:
            if copy and now.became is Became.CHANGED:
                kept = self._keep_copy(path)
            if not path.parent.is_dir():
                raise FileNotFoundError(2, tr("its folder is not there any more"))
            write_whole(path, data)
        except OSError as error:
            return Report(path, Became.FAILED, trouble=_not_written(path, error))
        self._keep_draft(path, None)
        written = source_text(data)
        assert isinstance(written, SourceText)
        return Report(path, Became.SAVED, written, _mark(data), text=text, kept=kept)

    def _keep_copy(self, path: Path) -> Path:
        now = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")
        copy = self._copies / f"{path.stem}.{now}{path.suffix}"
        write_whole(copy, path.read_bytes())
        return copy

    def _draft_file(self, path: Path) -> Path:
        return self._drafts / f"{file_part(path.stem)}-{_mark(str(path.absolute()).encode())[:12]}.json"

    def _keep_draft(self, path: Path, text: str | None) -> None:
        file = self._draft_file(path)
        with contextlib.suppress(OSError):  # the text is still in the window; saving says what is the matter
            if text is None:
                file.unlink(missing_ok=True)
            else:
                when = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
                kept = {"file": str(path), "when": when, "text": text}
                write_whole(file, json.dumps(kept).encode("ascii"))

    def _draft_of(self, path: Path, source: SourceText | None) -> tuple[str, str] | None:
        try:
            kept = json.loads(self._draft_file(path).read_text(encoding="ascii"))
            text, when = str(kept["text"]), str(kept["when"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return (text, when) if source is not None and text != source.text else None


def _survey(course: Path, lesson: Path | None) -> Surveyed:
    files = [lesson, answers_path(lesson)] if lesson is not None else []
    files += [course / name for name in (COURSE_FILE, GLOSSARY_FILE, RULES_FILE)]
    there = tuple(file for file in files if file == lesson or file.is_file())
    return Surveyed(course, lesson, there, can_be_changed(course))


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _not_read(path: Path, error: OSError) -> MachineError:
    return MachineError(
        tr("{file} cannot be read: {why}.", file=path.name, why=error.strerror or error),
        tr("It is in {folder}.", folder=path.parent),
    )


def _not_written(path: Path, error: OSError) -> MachineError:
    return MachineError(
        tr(
            "{file} could not be saved in {folder}: {why}.",
            file=path.name,
            folder=path.parent,
            why=error.strerror or error,
        ),
        tr("Your text is kept here; save again, or make your own copy of the course."),
    )
