"""A course of the writer's own in a folder, and a window on it in author mode."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from tutor.lessons.loader import load_course
from tutor.paths import folders
from tutor.ui.app import OpenWindow, open_window
from tutor.ui.author.author import Author
from tutor.ui.hands import Hands

COURSE = Path(__file__).parent.parent / "course"


class Writer(Hands):
    """Hands that write lessons."""

    @property
    def author(self) -> Author:
        found = self.opened.author.author
        assert found is not None
        return found

    @property
    def room(self):
        return self.author.room

    @property
    def writing(self):
        return self.author.writing

    @property
    def editor(self):
        return self.room.file.editor

    def edit(self) -> None:
        """Ctrl+E, and wait until the lesson's file is in the editor."""
        self.author.edit()
        self.wait(lambda: self.writing.current is not None, "the file is open")
        self.look()

    def look(self) -> None:
        """Wait until the text has been read for problems."""
        self.wait(lambda: not self.writing.reading, "the text was read")

    def rewrite(self, old: str, new: str) -> None:
        """Change a piece of the text, which must be in it."""
        text = self.editor.text()
        assert old in text
        self.editor.replace_all(text.replace(old, new, 1))
        QApplication.processEvents()

    def save(self) -> None:
        """Ctrl+S in the editor, and wait until it is done."""
        self.editor.setFocus()
        self.writing.save()
        self.wait(lambda: not self.writing.saving, "the file is written")

    @property
    def lesson(self) -> Path:
        assert self.opened.wiring.view is not None
        return self.opened.wiring.view.lesson.path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course folder that its writer may change."""
    return Path(shutil.copytree(COURSE, tmp_path / "course"))


@pytest.fixture
def write_on(qapp: QApplication, tmp_path: Path, make_active) -> Iterator[Callable[..., Writer]]:
    """Open a window in author mode on a course folder; closed at the end."""
    made: list[OpenWindow] = []

    def make(
        folder: Path,
        *,
        author: bool = True,
        width: int = 1366,
        data: Path | None = None,
        known: Sequence[Path] = (),
    ) -> Writer:
        where = folders(data or tmp_path / "data")
        course = load_course(folder, cache=where.cache, installed=(*known, *where.installed_courses)).value
        assert course is not None
        opened = open_window(where, course, author=author)
        made.append(opened)
        opened.window.resize(width, 768)
        opened.window.show()
        make_active(opened.window, {each.window for each in made})
        return Writer(opened)

    yield make
    for opened in made:
        opened.window.close()
        opened.window.deleteLater()
    qapp.clipboard().clear()
    qapp.processEvents()


@pytest.fixture
def writer(write_on: Callable[..., Writer], folder: Path) -> Writer:
    """A window in author mode, on the first step."""
    hands = write_on(folder)
    hands.open("every-kind", "writing")
    return hands


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Answers the system's own dialogs: the file or folder that is chosen."""

    def choose(name: str) -> Path:
        target = tmp_path / name

        def answer(dialog: QFileDialog) -> None:
            dialog.fileSelected.emit(str(target))
            dialog.finished.emit(1)

        monkeypatch.setattr(QFileDialog, "open", answer)
        return target

    return choose
