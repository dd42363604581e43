"""One person's work as one file (a zip): export, import, and what could not be saved elsewhere.

An import is somebody else's file: names are taken only where they are ours, sizes are counted while unpacking, nothing
is executed, and nothing newer is ever overwritten.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from msgspec import Struct

from tutor import LEARNING_BANNER, NAME, UNOFFICIAL
from tutor.errors import MachineError, UsageError
from tutor.files import is_safe_name, why_not_written, write_whole
from tutor.progress.journal import ENDING
from tutor.progress.learners import Learner
from tutor.progress.versions import read_versions
from tutor.translation import tr

FORMAT = 1

#: Bounds of an import: files in it, bytes of one of them and of all of them unpacked.
MOST_FILES = 50_000
LARGEST_FILE = 16_000_000
LARGEST_WORK = 500_000_000

_MANIFEST = "manifest.json"


class Imported(Struct, frozen=True):
    """What an import did: files that were added or brought up to date, that were there already, and that were left out."""

    added: int
    present: int
    left_out: tuple[str, ...]
    name: str = ""


def export_work(learner: Learner, target: Path, leave_out: Collection[str] = ()) -> int:
    """Write all of a person's work into one file, but for the files named; returns how many files are in it.

    Raises:
        MachineError: it could not be written; a file that was there before is as it was.
    """
    files = {}
    try:
        for file in _work_files(learner.folder):
            data = file.read_bytes()
            if file.suffix == ENDING:
                data = data[
                    : data.rfind(b"\n") + 1
                ]  # a line that is being written just now is not ours to take
            name = file.relative_to(learner.folder).as_posix()
            if name not in leave_out:
                files[name] = data
    except OSError as error:
        raise MachineError(
            tr("Your work could not be read in {folder}.", folder=learner.folder), tr("Try again later.")
        ) from error
    try:
        write_whole(target, _packed(learner, files))
    except OSError as error:
        raise MachineError(
            why_not_written(error, target.parent).what, tr("Choose another folder.")
        ) from error
    return len(files)


def rescue(folder: Path, learner: Learner, journal: str, lines: bytes, drafts: Mapping[Path, bytes]) -> Path:
    """Write what could not be saved in its place into a file that can be imported later; returns the file.

    Raises:
        OSError: it could not be written here either.
    """
    files = {f"drafts/{path.as_posix()}": data for path, data in drafts.items()}
    if lines:
        files[f"progress/{journal}"] = lines
    target = folder / f"{Path(journal).stem}-unsaved.zip"
    write_whole(target, _packed(learner, files))
    return target


def import_work(file: Path, learner: Learner) -> Imported:
    """Merge the work in a file into this person's.

    Args:
        file: an export, or the rescued work of a session.
        learner: whose work it is from now on.

    Raises:
        UsageError: the file is no export of ours, is damaged, or is larger than any work is.
        MachineError: it could not be read or written; what was merged until then stays, and importing again goes on.
    """
    try:
        with zipfile.ZipFile(file) as pack:
            manifest = _manifest(pack)
            return _merge(pack, learner, str(manifest.get("name", "")))
    except (
        zipfile.BadZipFile,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as error:
        raise _not_ours(file) from error
    except OSError as error:
        if not file.is_file():
            raise UsageError(
                tr("There is no file {file}.", file=file), tr("Choose the file that was made by exporting.")
            ) from error
        raise MachineError(
            tr(
                "The work in {file} could not be imported ({why}).",
                file=file.name,
                why=error.strerror or error,
            )
        ) from error


def _not_ours(file: Path) -> UsageError:
    return UsageError(
        tr("{file} is not a complete file of exported work.", file=file.name),
        tr("Export again on the other PC, and copy the whole file."),
    )


def _packed(learner: Learner, files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    manifest = {
        "format": FORMAT,
        "notice": LEARNING_BANNER,
        "product": f"{NAME} ({UNOFFICIAL})",
        "learner": learner.id,
        "name": learner.name,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        for name, data in files.items():
            pack.writestr(name, data)
    return buffer.getvalue()


def _work_files(folder: Path) -> Iterator[Path]:
    """All files of a person's work that an import would take."""
    for file in sorted([*folder.glob("progress/*"), *folder.glob("drafts/**/*.json")]):
        if file.is_file() and _is_ours(file.relative_to(folder).as_posix()):
            yield file


def _is_ours(name: str) -> bool:
    """Whether a name in a pack is one that we give: so no path leads out of the folder."""
    parts = name.split("/")
    if not all(is_safe_name(part) for part in parts):
        return False
    if parts[0] == "progress":
        return len(parts) == 2 and name.endswith(ENDING)
    return parts[0] == "drafts" and len(parts) == 5 and name.endswith((".draft.json", ".runs.json"))


def _manifest(pack: zipfile.ZipFile) -> dict[str, object]:
    """The manifest.

    Raises:
        ValueError, KeyError: there is none that we can read.
    """
    if _MANIFEST not in pack.namelist() or len(pack.infolist()) > MOST_FILES:
        raise ValueError("no manifest")
    manifest = json.loads(_read(pack, pack.getinfo(_MANIFEST), 100_000))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ValueError("a manifest of another format")
    return manifest


def _read(pack: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The content of a member, whatever its header claims its size to be."""
    with pack.open(info) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise ValueError("too large")
    return data


def _merge(pack: zipfile.ZipFile, learner: Learner, name: str) -> Imported:
    added, present, left_out, total = 0, 0, [], 0
    for info in pack.infolist():
        if info.is_dir() or info.filename == _MANIFEST:
            continue
        if not _is_ours(info.filename):
            left_out.append(info.filename)
            continue
        data = _read(pack, info, LARGEST_FILE)
        total += len(data)
        if total > LARGEST_WORK:
            raise ValueError("too large")
        target = learner.folder.joinpath(*PurePosixPath(info.filename).parts)
        changed = _merge_journal(target, data) if target.suffix == ENDING else _merge_draft(target, data)
        added, present = added + changed, present + (not changed)
    return Imported(added, present, tuple(left_out), name)


def _merge_journal(target: Path, data: bytes) -> bool:
    """Add a journal. Of two states of one session the longer is kept; where they differ, both (readers drop doubles)."""
    if not target.exists():
        write_whole(target, data)
        return True
    there = target.read_bytes()
    if there.startswith(data):
        return False
    if not data.startswith(there):
        mark = hashlib.sha256(data).hexdigest()[:8]
        target = target.with_name(f"{target.stem}.{mark}{ENDING}")
        if target.exists():
            return False
    write_whole(target, data)
    return True


def _merge_draft(target: Path, data: bytes) -> bool:
    """Add a draft, unless there is the same or a newer one of that session."""
    try:
        new = max((version.tick for version in read_versions(data)), default=0)
    except ValueError:
        return False
    if target.exists():
        try:
            if max((version.tick for version in read_versions(target.read_bytes())), default=0) >= new:
                return False
        except ValueError:
            pass  # what is there is damaged: the import mends it
    write_whole(target, data)
    return True
