"""Packs: what goes in comes out, the same every time; and nothing gets out of the folder or past a limit."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest

from tutor.authoring import packs
from tutor.authoring.packs import contents, opened_pack, pack, unpack
from tutor.errors import UsageError


def tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def made(file: Path, entries: dict[str, bytes], **also: object) -> Path:
    """A zip as somebody might make it."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"course.yaml": b"format: 1\n", **entries}.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            for key, value in also.items():
                if name != "course.yaml":
                    setattr(entry, key, value)
            archive.writestr(entry, data)
    return file


def refused(file: Path, folder: Path) -> str:
    """What is said when a pack is refused; nothing may have been written."""
    with pytest.raises(UsageError) as told:
        unpack(file, folder)
    assert not folder.exists()
    assert [one for one in folder.parent.iterdir() if one.name.startswith(".unpacking")] == []
    return str(told.value)


def test_what_goes_in_comes_out(course: Path, tmp_path: Path) -> None:
    (course / "01-first" / "media").mkdir()
    (course / "01-first" / "media" / "über uns.png").write_bytes(bytes(range(256)) * 40)
    packed = pack(course, tmp_path / "a.c4h")
    assert unpack(tmp_path / "a.c4h", tmp_path / "out") == packed == contents(tmp_path / "a.c4h")
    assert tree(tmp_path / "out") == tree(course)
    assert [file.name for file in packed] == sorted(file.name for file in packed)


def test_the_same_course_gives_the_same_bytes(course: Path, tmp_path: Path) -> None:
    pack(course, tmp_path / "a.c4h")
    for file in course.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    pack(course, tmp_path / "b.c4h")
    assert (tmp_path / "a.c4h").read_bytes() == (tmp_path / "b.c4h").read_bytes()


def test_hidden_files_and_leavings_stay_out(course: Path, tmp_path: Path) -> None:
    for name in (".git/config", "__pycache__/x.pyc", "Thumbs.db", "~$notes.docx", "old.c4h", ".hidden"):
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_bytes(b"x")
    assert [file.name for file in pack(course, tmp_path / "a.c4h")] == ["01-first/01-add.yaml", "course.yaml"]


def test_nothing_is_overwritten(course: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.c4h"
    pack(course, file)
    with pytest.raises(UsageError, match="there is a file of that name already"):
        pack(course, file)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="there is something in it already"):
        unpack(file, tmp_path / "out")
    assert tree(tmp_path / "out") == {"mine.txt": b"mine"}


def test_an_empty_folder_may_be_unpacked_into(course: Path, tmp_path: Path) -> None:
    pack(course, tmp_path / "a.c4h")
    (tmp_path / "out").mkdir()
    unpack(tmp_path / "a.c4h", tmp_path / "out")
    assert tree(tmp_path / "out") == tree(course)


def test_a_folder_without_a_course_and_a_link_are_not_packed(course: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no course\.yaml in it"):
        pack(tmp_path / "elsewhere", tmp_path / "a.c4h")
    try:
        (course / "secrets.yaml").symlink_to(tmp_path / "secrets")
    except OSError:
        pytest.skip("this system makes no links for us")
    with pytest.raises(UsageError, match="this is a link; a pack holds files only"):
        pack(course, tmp_path / "a.c4h")
    assert not (tmp_path / "a.c4h").exists()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../evil.yaml", "leads out of"),
        ("01/../../evil.yaml", "leads out of"),
        ("/etc/evil.yaml", "leads out of"),
        ("01//evil.yaml", "leads out of"),
        ("./evil.yaml", "leads out of"),
        ("..\\evil.yaml", "does not take"),
        ("C:/evil.yaml", "does not take"),
        ("a:stream.yaml", "does not take"),
        ("con.yaml", "does not take"),
        ("01/LPT1", "does not take"),
        ("trailing./a.yaml", "does not take"),
        ("a\x01b.yaml", "does not take"),
        ("setup.exe", "is a program or a shortcut"),
        ("open me.lnk", "is a program or a shortcut"),
        ("COURSE.YAML", "differs from `course.yaml` by capitals alone"),
        ("course.yaml/inside.yaml", "stands in `course.yaml`, which is a file"),
        ("x" * 201, "has a path of 201 characters"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_safe_is_refused(tmp_path: Path, name: str, why: str) -> None:
    file = made(tmp_path / "a.c4h", {name: b"x"})
    assert why in refused(file, tmp_path / "out")
    assert not (tmp_path.parent / "evil.yaml").exists()


def test_a_link_in_a_pack_is_refused(tmp_path: Path) -> None:
    file = made(tmp_path / "a.c4h", {"link": b"/etc/passwd"}, external_attr=(stat.S_IFLNK | 0o777) << 16)
    assert "`link` is a link or a device" in refused(file, tmp_path / "out")


def test_limits_of_number_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = made(tmp_path / "a.c4h", {f"{number}.md": b"x" * 100 for number in range(20)})
    monkeypatch.setattr(packs, "MOST_FILES", 20)
    assert "there are 21 files in it; a pack has at most 20" in refused(file, tmp_path / "out")
    monkeypatch.setattr(packs, "MOST_FILES", 21)
    monkeypatch.setattr(packs, "LARGEST_PACK", 2000)
    assert "a pack has at most" in refused(file, tmp_path / "out")
    monkeypatch.setattr(packs, "LARGEST_PACK", 3000)
    monkeypatch.setattr(packs, "LARGEST_FILE", 99)
    assert "a file has at most" in refused(file, tmp_path / "out")
    monkeypatch.setattr(packs, "LARGEST_FILE", 100)
    assert len(unpack(file, tmp_path / "out")) == 21


def test_a_file_that_is_larger_than_the_zip_says_is_stopped(tmp_path: Path) -> None:
    file = made(tmp_path / "a.c4h", {"zeros.csv": b"0" * 100_000})
    data = bytearray(file.read_bytes())
    # The size, in the local header and in the list at the end.
    while (at := data.find((100_000).to_bytes(4, "little"))) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")
    file.write_bytes(data)
    said = refused(file, tmp_path / "out")
    assert "is larger than the pack says" in said or "damaged" in said


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 cut off"])
def test_what_is_no_pack_is_said_so(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.c4h"
    file.write_bytes(data)
    assert "this is no course pack, or it is damaged" in refused(file, tmp_path / "out")


def test_a_damaged_pack_leaves_nothing_behind(course: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.c4h"
    pack(course, file)
    data = bytearray(file.read_bytes())
    data[60] ^= 0xFF
    file.write_bytes(data)
    assert "damaged" in refused(file, tmp_path / "out")


def test_a_zip_without_a_course_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.c4h"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("course/course.yaml", "format: 1\n")
    assert "there is no course.yaml at its top" in refused(file, tmp_path / "out")


def test_an_opened_pack_is_gone_afterwards(course: Path, tmp_path: Path) -> None:
    pack(course, tmp_path / "a.c4h")
    with opened_pack(tmp_path / "a.c4h") as folder:
        assert tree(folder) == tree(course)
    assert not folder.exists()
