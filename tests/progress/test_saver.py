"""All writing on one background thread: coalescing, failing, trying again, closing."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from tutor.progress.saver import Saver, SaveState, Saving


def test_what_is_put_in_is_written_and_told(saver: Saver, told: Any) -> None:
    done = threading.Event()
    assert saver.put("a", done.set)
    assert done.wait(30)
    told.wait_for(SaveState.SAVED, after=1)
    assert [one.state for one in told.states] == [SaveState.WAITING, SaveState.SAVED]


def test_of_many_writes_for_one_key_only_the_last_is_made_while_the_disk_stalls(saver: Saver) -> None:
    stalled, go_on = threading.Event(), threading.Event()
    written: list[int] = []

    def stall() -> None:
        stalled.set()
        assert go_on.wait(30)

    saver.put("other", stall)
    assert stalled.wait(30)
    for number in range(5_000):  # returns while the disk still stalls: the caller is never held
        saver.put("draft", lambda number=number: written.append(number))
    assert len(saver.left) == 2
    go_on.set()
    assert saver.flush(30)
    assert written == [4_999]


def test_a_promise_is_not_put_off_by_typing_on(saver: Saver) -> None:
    stalled, go_on, written = threading.Event(), threading.Event(), threading.Event()

    def stall() -> None:
        stalled.set()
        assert go_on.wait(30)

    saver.put("other", stall)
    assert stalled.wait(30)
    saver.put("draft", lambda: None, within=0.0)
    saver.put("draft", written.set, within=1_000_000)
    go_on.set()
    assert written.wait(30)


def test_flush_does_not_wait_for_what_is_due_later(saver: Saver) -> None:
    written = []
    saver.put("draft", lambda: written.append(1), within=1_000_000)
    assert saver.flush(30)
    assert written == [1]


def test_a_failed_write_is_tried_again_until_it_works(saver: Saver, told: Any) -> None:
    tries = []

    def write() -> None:
        tries.append(1)
        if len(tries) < 4:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    saver.put("journal", write)
    failed = told.wait_for(SaveState.FAILED)
    assert failed.what.startswith("There is no room left for your work in ")
    told.wait_for(SaveState.SAVED)
    assert len(tries) == 4
    assert [one.state for one in told.states] == [SaveState.WAITING, SaveState.FAILED, SaveState.SAVED]


def test_one_file_that_fails_does_not_hold_up_the_others(saver: Saver, told: Any) -> None:
    def fail() -> None:
        raise PermissionError(errno.EACCES, "denied")

    saver.put("bad", fail)
    told.wait_for(SaveState.FAILED)
    done = threading.Event()
    saver.put("good", done.set)
    assert done.wait(30)
    assert not saver.flush(30)
    assert saver.left == ("bad",)
    assert told.states[-1].state is SaveState.FAILED


def test_a_newer_write_takes_the_place_of_one_that_fails(saver: Saver, told: Any) -> None:
    def fail() -> None:
        raise OSError(errno.EIO, "no luck")

    saver.put("draft", fail)
    assert "no luck" in told.wait_for(SaveState.FAILED).what
    saver.put("draft", lambda: None)
    told.wait_for(SaveState.SAVED)
    assert saver.left == ()


def test_an_unexpected_failure_is_told_too_and_ends_nothing(saver: Saver, told: Any) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    saver.put("a", fail)
    assert told.wait_for(SaveState.FAILED).what == "The tutor could not write your work; its log says more."
    done = threading.Event()
    saver.put("b", done.set)
    assert done.wait(30)


def test_a_subscriber_that_fails_does_not_stop_the_saving(tmp_path: Path) -> None:
    def bad(saving: Saving) -> None:
        raise RuntimeError

    saver = Saver(tmp_path, bad)
    done = threading.Event()
    saver.put("a", done.set)
    assert done.wait(30)
    assert saver.close(30)


def test_closing_writes_what_waits_and_takes_nothing_more(saver: Saver) -> None:
    written = []
    saver.put("draft", lambda: written.append(1), within=1_000_000)
    assert saver.close(30)
    assert written == [1]
    assert not saver.put("draft", lambda: written.append(2))
    assert written == [1]


def test_closing_while_the_disk_stalls_gives_up_after_its_time_and_names_what_is_left(tmp_path: Path) -> None:
    stalled, go_on = threading.Event(), threading.Event()

    def stall() -> None:
        stalled.set()
        go_on.wait(30)

    saver = Saver(tmp_path)
    saver.put("journal", stall)
    saver.put("draft", lambda: None, within=1_000_000)
    assert stalled.wait(30)
    assert not saver.close(0.05)
    assert saver.left == ("journal", "draft")
    go_on.set()


def test_a_saver_that_was_never_used_closes_at_once(tmp_path: Path) -> None:
    assert Saver(tmp_path).close(0)


@pytest.mark.parametrize("tries", [1, 4])
def test_a_file_that_is_held_for_a_moment_is_written_without_alarm(
    saver: Saver, told: Any, tries: int
) -> None:
    """Windows only has this error: it is raised here by hand."""
    left = [32] * tries

    def write() -> None:
        if left:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = left.pop()
            raise error

    saver.put("journal", write)
    assert saver.flush(30)
    told.wait_for(SaveState.SAVED)
    assert SaveState.FAILED not in [one.state for one in told.states]


def test_a_file_that_stays_held_is_told(saver: Saver, told: Any) -> None:
    def write() -> None:
        error = PermissionError(errno.EACCES, "held")
        error.winerror = 5
        raise error

    saver.put("journal", write)
    assert told.wait_for(SaveState.FAILED).what.startswith("This PC does not allow your work to be written")
    assert not saver.flush(30)
