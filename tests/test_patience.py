"""Waiting for a disk: one bound for all waits together, and what comes late is still told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.lessons.opening import open_course
from tutor.paths import folders
from tutor.patience import Patience, within
from tutor.settings import SettingsFile

#: Long enough that several of them one after the other could not be mistaken for one.
SECONDS = 1.0


@pytest.fixture
def stalled() -> Iterator[threading.Event]:
    """What a stalled disk waits for; it answers at the end of the test at the latest."""
    event = threading.Event()
    yield event
    event.set()


def test_what_answers_at_once_is_given_back() -> None:
    assert within(60, lambda: "read") == "read"
    assert Patience(60).within(lambda: "read") == "read"


def test_ten_files_on_a_stalled_disk_are_waited_for_as_long_as_one(stalled: threading.Event) -> None:
    patience = Patience(SECONDS)
    began = time.monotonic()
    assert [patience.within(stalled.wait) for _file in range(10)] == [None] * 10
    assert SECONDS <= time.monotonic() - began < 5 * SECONDS


def test_what_is_waited_for_no_more_is_done_all_the_same_and_told_late(stalled: threading.Event) -> None:
    patience, told, heard = Patience(0), [], threading.Event()

    def read() -> str:
        stalled.wait()
        return "read"

    def late(what: str) -> None:
        told.append(what)
        heard.set()

    assert patience.within(read, late=late) is None
    stalled.set()
    assert heard.wait(60)
    assert told == ["read"]


def test_settings_that_come_late_count_then_and_keep_what_was_changed_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stalled: threading.Event
) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "dark", "text_size": 150}', encoding="utf-8")
    real = Path.open

    def slow(path: Path, *args: str) -> object:
        if path == file:
            stalled.wait()
        return real(path, *args)

    monkeypatch.setattr(Path, "open", slow)
    heard = threading.Event()
    found = SettingsFile(file, patience=Patience(0), late=heard.set)
    assert found.settings.theme == "system"
    found.change(text_size=120)
    stalled.set()
    assert heard.wait(60)
    assert (found.settings.theme, found.settings.text_size) == ("dark", 120)


def test_opening_a_course_that_extends_none_asks_for_no_other_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(Path, "iterdir", lambda folder: asked.append(folder) or iter(()))
    opened = open_course(folders(tmp_path))
    assert opened.lessons
    assert tmp_path / "courses" not in asked
