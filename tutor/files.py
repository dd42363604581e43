"""How files of ours are named and written: safe names, whole or not at all, in words when it fails."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import threading
from contextlib import suppress
from pathlib import Path
from typing import Literal

from tutor.errors import MachineError
from tutor.translation import tr

#: What a file of ours may be called: also on Windows, in a zip and in OneDrive.
SAFE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._~-]{0,119}")

_WINDOWS_DEVICES = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
_LONGEST_PART = 32

#: What it is that could not be written.
Written = Literal["work", "copy", "file", "settings"]

_HELD = {5, 32, 33}
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)


def file_part(text: str) -> str:
    """A short name for use in a file name, made from any text; different texts give different names.

    Lower-case letters, digits and hyphens stay as they are. Anything else (also capitals, since Windows does not tell
    them apart) is replaced, and a mark of the whole text is added.
    """
    plain = re.sub(r"[^a-z0-9-]+", "-", text.lower()).strip("-")[:_LONGEST_PART]
    if plain and plain == text and text not in _WINDOWS_DEVICES:
        return text
    mark = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{plain}-{mark}" if plain else mark


def is_safe_name(name: str) -> bool:
    """Whether a name that came from outside may be used for a file: one plain part, no device, no hidden file."""
    return (
        SAFE_NAME.fullmatch(name) is not None
        and ".." not in name
        and not name.endswith(".")
        and name.split(".")[0].lower() not in _WINDOWS_DEVICES
    )


def write_whole(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file so that it is at every moment the old one or the new one, never half of it.

    Makes the folder. The temporary file lies beside the file: a rename across disks would not be whole.

    Args:
        path: the file.
        data: all that it is to hold.
        durable: wait until the disk has it, which a busy one makes long. A cache need not outlive a power cut.

    Raises:
        OSError: it could not be written; the old file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        _replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def may_be_held(error: OSError) -> bool:
    """Whether something else may hold the file for a moment: on Windows a virus scanner, the indexer or OneDrive.

    Windows says access denied (5), sharing violation (32) or lock violation (33) then.
    """
    return getattr(error, "winerror", None) in _HELD


def _replace(source: Path, target: Path) -> None:
    """Rename over the target; on Windows, wait for whoever holds it for a moment."""
    for pause in _PAUSES:
        try:
            source.replace(target)
            return
        except OSError as error:
            if not may_be_held(error):
                raise
            threading.Event().wait(pause)
    source.replace(target)


def why_not_written(error: OSError, folder: Path, what: Written = "work") -> MachineError:
    """What a failed write means, in words for the learner, with what to do about it."""
    windows = getattr(error, "winerror", None)
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or windows in (39, 112, 1295):
        return MachineError(_no_room(what, folder), f"{tr('Make room on this disk.')} {_kept(what)}")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) or windows in (5, 19):
        return MachineError(_not_allowed(what, folder), _kept(what))
    gone = (errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.ESTALE)
    if error.errno in gone or windows in (3, 53, 55, 59, 64, 67):
        return MachineError(_not_reached(what, folder), _kept(what))
    return MachineError(_failed(what, folder, str(error.strerror or error)), _kept(what))


# One whole sentence for each thing: in other languages more than the noun changes with it.


def _kept(what: Written) -> str:
    return {
        "work": tr("Leave this window open: your work is kept in it, and saving is tried again."),
        "copy": tr("Leave this window open: your copy is kept in it, and saving is tried again."),
        "file": tr("Leave this window open: your file is kept in it, and saving is tried again."),
        "settings": tr("Leave this window open: your settings are kept in it, and saving is tried again."),
    }[what]


def _no_room(what: Written, folder: Path) -> str:
    return {
        "work": tr("There is no room left for your work in {folder}.", folder=folder),
        "copy": tr("There is no room left for your copy in {folder}.", folder=folder),
        "file": tr("There is no room left for your file in {folder}.", folder=folder),
        "settings": tr("There is no room left for your settings in {folder}.", folder=folder),
    }[what]


def _not_allowed(what: Written, folder: Path) -> str:
    return {
        "work": tr("This PC does not allow your work to be written in {folder}.", folder=folder),
        "copy": tr("This PC does not allow your copy to be written in {folder}.", folder=folder),
        "file": tr("This PC does not allow your file to be written in {folder}.", folder=folder),
        "settings": tr("This PC does not allow your settings to be written in {folder}.", folder=folder),
    }[what]


def _not_reached(what: Written, folder: Path) -> str:
    return {
        "work": tr("The folder of your work cannot be reached: {folder}.", folder=folder),
        "copy": tr("The folder of your copy cannot be reached: {folder}.", folder=folder),
        "file": tr("The folder of your file cannot be reached: {folder}.", folder=folder),
        "settings": tr("The folder of your settings cannot be reached: {folder}.", folder=folder),
    }[what]


def _failed(what: Written, folder: Path, why: str) -> str:
    return {
        "work": tr("Your work could not be written in {folder} ({why}).", folder=folder, why=why),
        "copy": tr("Your copy could not be written in {folder} ({why}).", folder=folder, why=why),
        "file": tr("Your file could not be written in {folder} ({why}).", folder=folder, why=why),
        "settings": tr("Your settings could not be written in {folder} ({why}).", folder=folder, why=why),
    }[what]
