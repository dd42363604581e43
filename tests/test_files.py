"""Names and whole writes."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import files
from tutor.files import file_part, is_safe_name, why_not_written, write_whole

UNHURRIED = settings(deadline=None, max_examples=60)  # the machine may be busy with other things


@UNHURRIED
@given(st.text(), st.text())
def test_different_texts_give_different_safe_names(one: str, two: str) -> None:
    first, second = file_part(one), file_part(two)
    assert is_safe_name(first) and len(first) <= 41
    assert (first.lower() == second.lower()) == (one == two)


def test_ordinary_ids_stay_as_they_are() -> None:
    assert file_part("say-hello-2") == "say-hello-2"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "a\\b", "/a", "C:a", "a:b", "con", "CON.json", "nul.txt", "com1", "a..b", ".hidden", "a.", "a b",
     "é", "a\n", "a" * 200, "-rf", "~x"],
)  # fmt: skip
def test_names_that_could_lead_elsewhere_are_not_safe(name: str) -> None:
    assert not is_safe_name(name)


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "a.json"
    write_whole(file, b"one")
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(file.parent.iterdir()) == [file]


def test_readers_never_see_half_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    contents = [bytes([65 + n]) * 200_000 for n in range(4)]
    write_whole(file, contents[0])
    done = threading.Event()

    def write() -> None:
        for number in range(60):
            write_whole(file, contents[number % 4])
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        assert file.read_bytes() in contents
    writer.join()


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    folder = tmp_path / "a.json"
    (folder / "inside").mkdir(parents=True)  # a folder cannot be replaced by a file
    with pytest.raises(OSError):
        write_whole(folder, b"two")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("winerror", [5, 32])
def test_a_file_that_a_virus_scanner_holds_for_a_moment_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, winerror: int
) -> None:
    """Windows only has this error: it is raised here by hand, at the rename."""
    real, tries = Path.replace, []

    def held(self: Path, target: Path) -> Path:
        tries.append(1)
        if len(tries) < 4:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = winerror
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(files, "_PAUSES", (0.001,) * 5)
    write_whole(tmp_path / "a.json", b"one")
    assert (tmp_path / "a.json").read_bytes() == b"one"
    assert len(tries) == 4


KEEP = "Leave this window open: your work is kept in it, and saving is tried again."


@pytest.mark.parametrize(
    ("code", "what", "do"),
    [
        (errno.ENOSPC, "There is no room left for your work in home.", f"Make room on this disk. {KEEP}"),
        (errno.EDQUOT, "There is no room left for your work in home.", f"Make room on this disk. {KEEP}"),
        (errno.EACCES, "This PC does not allow your work to be written in home.", KEEP),
        (errno.EROFS, "This PC does not allow your work to be written in home.", KEEP),
        (errno.ENOENT, "The folder of your work cannot be reached: home.", KEEP),
        (errno.EIO, f"Your work could not be written in home ({os.strerror(errno.EIO)}).", KEEP),
    ],
)
def test_a_failed_write_is_said_in_words(code: int, what: str, do: str) -> None:
    trouble = why_not_written(OSError(code, os.strerror(code)), Path("home"))
    assert (trouble.what, trouble.do) == (what, do)


def test_the_words_fit_other_things_too() -> None:
    trouble = why_not_written(OSError(errno.ENOSPC, "full"), Path("home"), "settings")
    assert trouble.what == "There is no room left for your settings in home."
    assert "your settings are kept in it" in trouble.do
