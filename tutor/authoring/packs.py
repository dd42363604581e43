"""Course packs (.c4h): a course folder as one zip file, the same bytes for the same course.

A pack comes from anybody. So nothing of it is written before all of it has been looked at: no path leaves the folder, nothing
is a link, and neither the number of files nor their size (as they really unpack, whatever the zip says) passes a limit.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from msgspec import Struct

from tutor.errors import UsageError
from tutor.files import write_whole
from tutor.lessons.finding import COURSE_FILE
from tutor.translation import tr

SUFFIX = ".c4h"
MOST_FILES = 5_000
#: Bytes.
LARGEST_FILE = 50_000_000
LARGEST_PACK = 200_000_000
LONGEST_NAME = 200

_LEFT_OUT = frozenset({"__pycache__", "thumbs.db", "desktop.ini", "node_modules"})
_NO_NAME = frozenset('\\:*?"<>|')
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
#: What Windows would run or follow when it is double-clicked. A course is read, never run.
_PROGRAMS = frozenset(
    [
        ".exe",
        ".dll",
        ".bat",
        ".cmd",
        ".com",
        ".ps1",
        ".vbs",
        ".vbe",
        ".js",
        ".jse",
        ".wsf",
        ".msi",
        ".scr",
        ".lnk",
        ".url",
        ".reg",
        ".hta",
        ".jar",
        ".pif",
        ".cpl",
    ]
)
#: The first day that a zip can name: the same course gives the same file, whenever it is packed.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20


class PackedFile(Struct, frozen=True):
    """One file of a pack: its path from the course's folder, with /, and its size in bytes."""

    name: str
    size: int


def is_pack(path: Path) -> bool:
    """Whether a path is that of a course pack."""
    return path.suffix.lower() == SUFFIX and path.is_file()


# ---------------------------------------------------------------------------------------------------------------- packing


def files_to_pack(course: Path) -> list[Path]:
    """The files of a course folder that go into its pack, in order: all but hidden ones, and what systems leave behind.

    Raises:
        UsageError: there is no course, a file cannot be in a pack, or it is too much.
    """
    if not (course / COURSE_FILE).is_file():
        raise UsageError(
            tr("{folder}: there is no {file} in it.", folder=course, file=COURSE_FILE),
            tr("Name the course's folder."),
        )
    found: list[Path] = []
    for folder, folders, names in os.walk(course):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not _is_left_out(name))
        for name in [*folders, *names]:
            if (here / name).is_symlink():
                raise UsageError(
                    tr("{file}: this is a link; a pack holds files only.", file=here / name),
                    tr("Copy the file here."),
                )
        found += [here / name for name in names if not _is_left_out(name)]
    found.sort(key=lambda file: file.relative_to(course).as_posix())
    _check(
        [PackedFile(file.relative_to(course).as_posix(), file.stat().st_size) for file in found], str(course)
    )
    return found


def _is_left_out(name: str) -> bool:
    return (
        name.startswith((".", "~$")) or name.lower() in _LEFT_OUT or name.endswith((SUFFIX, ".pyc", ".tmp"))
    )


def pack(course: Path, file: Path) -> list[PackedFile]:
    """Write a course folder into one file.

    Args:
        course: the course's folder.
        file: the pack; it must not be there yet.

    Returns:
        what is in it, in order.

    Raises:
        UsageError: there is no course, something cannot be in a pack, or the file is there already.
        OSError: it cannot be read or written.
    """
    if file.exists():
        raise UsageError(
            tr("{file}: there is a file of that name already.", file=file),
            tr("Delete it, or name another file."),
        )
    files = files_to_pack(course)
    packed = []
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "course.zip"
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for one in files:
                name = one.relative_to(course).as_posix()
                data = one.read_bytes()
                archive.writestr(_entry(name), data, compresslevel=9)
                packed.append(PackedFile(name, len(data)))
        write_whole(file, made.read_bytes())
    return packed


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # the same on every system
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry


# -------------------------------------------------------------------------------------------------------------- unpacking


def contents(file: Path) -> list[PackedFile]:
    """What is in a pack, looked at whole: after this, `unpack` writes nothing outside its folder.

    Raises:
        UsageError: this is no pack, or something in it may not be unpacked; it says what.
    """
    with _opened(file) as archive:
        return [PackedFile(entry.filename, entry.file_size) for entry in _entries(archive, file)]


def unpack(file: Path, folder: Path) -> list[PackedFile]:
    """Unpack a course into a new folder: whole or not at all.

    Args:
        file: the pack.
        folder: must not be there yet, or be empty.

    Returns:
        what was written, in order.

    Raises:
        UsageError: this is no pack, something in it may not be unpacked, or the folder is in use.
        OSError: it cannot be written.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(
            tr("{folder}: there is something in it already.", folder=folder), tr("Name a new folder.")
        )
    with _opened(file) as archive:
        entries = _entries(archive, file)
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=folder.parent))
        try:
            written = [_write(archive, entry, beside, file) for entry in entries]
            _check(written, str(file))
            if folder.exists():
                folder.rmdir()
            beside.replace(folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
    return written


@contextmanager
def opened_pack(file: Path) -> Iterator[Path]:
    """A pack as a course folder, for as long as the block lasts.

    Raises:
        UsageError: as `unpack`.
    """
    with tempfile.TemporaryDirectory(prefix="c4h-") as folder:
        inside = Path(folder).resolve() / "course"
        unpack(file, inside)
        yield inside


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except FileNotFoundError:
        raise UsageError(
            tr("{file}: there is no such file.", file=file), tr("Check the name and the folder.")
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UsageError(
            tr("{file}: this is no course pack, or it is damaged ({error}).", file=file, error=error),
            tr("Fetch it again."),
        ) from error


def _entries(archive: zipfile.ZipFile, file: Path) -> list[zipfile.ZipInfo]:
    """The files of the archive, each looked at; folders need no entry of their own."""
    entries = [entry for entry in archive.infolist() if not entry.orig_filename.endswith("/")]
    for entry in archive.infolist():
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _refused(file, entry.orig_filename, tr("is a link or a device"))
        if entry.flag_bits & 0x1:
            raise _refused(file, entry.orig_filename, tr("has a password"))
        if entry.orig_filename.endswith("/"):
            _check_name(entry.orig_filename.rstrip("/"), str(file))
    _check([PackedFile(entry.orig_filename, entry.file_size) for entry in entries], str(file))
    if COURSE_FILE not in {entry.orig_filename for entry in entries}:
        raise UsageError(
            tr("{pack}: there is no {file} at its top.", pack=file, file=COURSE_FILE),
            tr("Make it with tutor pack."),
        )
    return entries


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, file: Path) -> PackedFile:
    """Writes one file, and stops where it is larger than the zip says: a small zip can hold a disk full of zeros."""
    target = folder.joinpath(*PurePosixPath(entry.orig_filename).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(entry) as source, target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > min(entry.file_size, LARGEST_FILE):
                raise _refused(file, entry.orig_filename, tr("is larger than the pack says"))
            out.write(chunk)
    return PackedFile(entry.orig_filename, size)


# --------------------------------------------------------------------------------------------------------------- limits


def _check(files: list[PackedFile], where: str) -> None:
    """Names, numbers and sizes."""
    if len(files) > MOST_FILES:
        raise UsageError(
            tr(
                "{where}: there are {count:,} files in it; a pack has at most {most:,}.",
                where=where,
                count=len(files),
                most=MOST_FILES,
            )
        )
    total = sum(file.size for file in files)
    if total > LARGEST_PACK:
        size, most = total / 1e6, LARGEST_PACK / 1e6
        raise UsageError(
            tr(
                "{where}: its files have {size:,.0f} MB; a pack has at most {most:,.0f} MB.",
                where=where,
                size=size,
                most=most,
            )
        )
    seen: dict[str, str] = {}
    for file in files:
        _check_name(file.name, where)
        if file.size > LARGEST_FILE:
            raise _refused(
                where,
                file.name,
                tr(
                    "has {size:,.0f} MB; a file has at most {most:,.0f} MB",
                    size=file.size / 1e6,
                    most=LARGEST_FILE / 1e6,
                ),
            )
        # Windows and macOS do not tell capitals apart: one of two such files would be lost there.
        folded = unicodedata.normalize("NFC", file.name).casefold()
        other = seen.setdefault(folded, file.name)
        if other is not file.name:
            raise _refused(where, file.name, tr("differs from `{other}` by capitals alone", other=other))
    for folded, name in seen.items():
        parents = [str(parent) for parent in PurePosixPath(folded).parents]
        for parent in parents:
            if parent in seen:
                raise _refused(where, name, tr("stands in `{file}`, which is a file", file=seen[parent]))


def _check_name(name: str, where: str) -> None:
    """A path that is inside the folder, and a name on every system."""
    parts = name.split("/")
    for part in parts:
        if part in ("", ".", "..") or name.startswith("/"):
            raise _refused(where, name, tr("leads out of the course's folder"))
        if any(mark in _NO_NAME or ord(mark) < 32 or ord(mark) == 127 for mark in part):
            raise _refused(where, name, tr("has a character in its name that Windows does not take"))
        if (
            part.endswith((".", " "))
            or part.startswith(" ")
            or part.split(".")[0].strip().lower() in _DEVICES
        ):
            raise _refused(where, name, tr("has a name that Windows does not take"))
    if len(name) > LONGEST_NAME:
        raise _refused(
            where,
            name,
            tr(
                "has a path of {count} characters; {most} are the most",
                count=len(name),
                most=LONGEST_NAME,
            ),
        )
    if PurePosixPath(name).suffix.lower() in _PROGRAMS:
        raise _refused(
            where, name, tr("is a program or a shortcut for Windows, which a course does not need")
        )


def _refused(where: Path | str, name: str, why: str) -> UsageError:
    shown = "".join(mark if mark.isprintable() else "?" for mark in name)[:120]
    return UsageError(
        tr("{pack}: `{file}` {why}.", pack=where, file=shown, why=why), tr("Nothing was written.")
    )
