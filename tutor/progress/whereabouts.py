"""Where a person's work is kept, in one line: on this PC, with the sign-in, or only until signing out.

Windows is asked with documented calls only: `GetProfileType` (userenv) tells roaming, temporary and mandatory profiles,
`GetDriveTypeW` (kernel32) a network drive. None of this has been run on Windows yet.
"""

from __future__ import annotations

import logging
import sys
from enum import StrEnum
from pathlib import Path

from tutor.translation import tr

_log = logging.getLogger(__name__)

# GetProfileType: PT_TEMPORARY, PT_ROAMING, PT_MANDATORY, PT_ROAMING_PREEXISTING.
_TEMPORARY, _ROAMING, _MANDATORY, _ROAMING_PREEXISTING = 1, 2, 4, 8
_DRIVE_REMOTE = 4

_NETWORK_FILESYSTEMS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs")


class Kept(StrEnum):
    """Where work is kept."""

    THIS_PC = "this PC"
    FOLLOWS = "follows the sign-in"
    UNTIL_SIGN_OUT = "until sign-out"


def sentence(kept: Kept, folder: Path) -> str:
    """The line that is shown on closing and in Settings."""
    match kept:
        case Kept.FOLLOWS:
            return tr("Your work follows your sign-in. It is kept in {folder}.", folder=folder)
        case Kept.UNTIL_SIGN_OUT:
            return tr(
                "Windows removes this profile at sign-out. Export your work or write down your place code first."
            )
        case Kept.THIS_PC:
            return tr(
                "Your work stays on this PC, in {folder}. A place code or an export takes it to another.",
                folder=folder,
            )


def where_kept(folder: Path) -> Kept:
    """Where this folder is kept, as far as the system tells; when it does not, it is taken to stay on this PC."""
    try:
        return _ask(folder)
    except (OSError, AttributeError, ValueError) as error:
        _log.info("where work is kept is not known: %s", error)
        return Kept.THIS_PC


def from_profile(flags: int, *, in_roaming: bool) -> Kept:
    """What the flags of `GetProfileType` mean for a folder in the profile; only its Roaming part travels."""
    if flags & (_TEMPORARY | _MANDATORY):
        return Kept.UNTIL_SIGN_OUT
    if flags & (_ROAMING | _ROAMING_PREEXISTING) and in_roaming:
        return Kept.FOLLOWS
    return Kept.THIS_PC


def by_mount(folder: Path, mounts: Path) -> Kept:
    """By the kind of file system of the deepest mount that holds the folder."""
    found = ("", "")
    for line in mounts.read_text("utf-8", errors="surrogateescape").splitlines():
        fields = line.split()
        if len(fields) > 2:
            point = fields[1].replace("\\040", " ")
            if folder.is_relative_to(point) and len(point) > len(found[0]):
                found = (point, fields[2])
    return Kept.FOLLOWS if found[1] in _NETWORK_FILESYSTEMS else Kept.THIS_PC


if sys.platform == "win32":
    import ctypes

    def _ask(folder: Path) -> Kept:
        drive = folder.drive
        if drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE:
            return Kept.FOLLOWS
        flags = ctypes.c_ulong(0)
        known = bool(ctypes.windll.userenv.GetProfileType(ctypes.byref(flags)))
        if not known or not folder.is_relative_to(Path.home()):
            return Kept.THIS_PC
        return from_profile(flags.value, in_roaming="roaming" in (part.lower() for part in folder.parts))

else:

    def _ask(folder: Path) -> Kept:
        return by_mount(folder, Path("/proc/mounts"))
