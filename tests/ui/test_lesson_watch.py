"""The watch on the open lesson's file: told of each save, however it is saved, and never of anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tutor.ui.lesson_watch import LessonWatch, Stamp


def stamp(file: Path) -> Stamp:
    state = file.stat()
    return state.st_mtime_ns, state.st_size


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "lesson.yaml"
    made.write_text("one", encoding="utf-8")
    return made


@pytest.fixture
def told(qapp: QApplication) -> Iterator[Callable[[Path, Stamp | None], list[str]]]:
    """Watch a file; what is told of it."""
    parent = QObject(qapp)
    watch = LessonWatch(parent)
    heard: list[str] = []
    watch.saved.connect(lambda: heard.append("saved"))

    def begin(file: Path, known: Stamp | None) -> list[str]:
        watch.watch(file, known)
        return heard

    yield begin
    parent.deleteLater()


def wait_for(heard: list[str], count: int) -> None:
    waited = QElapsedTimer()
    waited.start()
    while len(heard) < count and waited.elapsed() < 30_000:
        QTest.qWait(20)
    QTest.qWait(700)
    assert len(heard) == count, "each save is told once"


def test_a_save_is_told_once_and_a_file_that_is_replaced_too(told, file: Path) -> None:
    heard = told(file, stamp(file))
    QTest.qWait(700)
    assert heard == []
    file.write_text("another", encoding="utf-8")
    wait_for(heard, 1)
    other = file.with_name("other")
    other.write_text("by another editor", encoding="utf-8")
    other.replace(file)
    wait_for(heard, 2)


def test_a_file_that_goes_is_not_told_and_told_once_it_is_there_again(told, file: Path) -> None:
    heard = told(file, stamp(file))
    file.unlink()
    QTest.qWait(700)
    assert heard == []
    file.write_text("again", encoding="utf-8")
    wait_for(heard, 1)


def test_what_was_saved_between_reading_and_watching_is_told(told, file: Path) -> None:
    known = stamp(file)
    file.write_text("changed since", encoding="utf-8")
    wait_for(told(file, known), 1)


def test_where_nothing_is_known_of_the_file_it_is_told_once(told, file: Path) -> None:
    wait_for(told(file, None), 1)
