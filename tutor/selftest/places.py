"""Where things lie on this PC: folders that must be writable, what kind of drive they are on, and the installation."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from tutor.files import write_whole
from tutor.paths import installed_folder
from tutor.selftest.manifest import PLACE, compare, from_text

_WORDS = b"The tutor can write here.\n"
#: Types of file systems that lie on another computer (Linux: the third field from the end in /proc/self/mounts).
_NETWORK = frozenset(
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "ceph", "glusterfs"]
)
#: Windows: what GetDriveTypeW answers (Microsoft's documentation of fileapi.h).
_DRIVES = {2: "on a removable drive", 3: "on a drive of this PC", 4: "on a network drive", 6: "on a RAM disk"}


def writable(folder: Path) -> tuple[bool, str]:
    """Whether a file can be written there and read back; where that is, on what, and how much room there is.

    Raises:
        OSError, TutorError: it cannot.
    """
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f"self-test-{secrets.token_hex(4)}.txt"
    write_whole(probe, _WORDS)
    read_back = probe.read_bytes()
    probe.unlink()
    free = shutil.disk_usage(folder).free / 1e9
    return read_back == _WORDS, f"{folder} ({kind_of_place(folder)}, {free:.1f} GB free)"


def kind_of_place(folder: Path) -> str:
    """Where a folder is, for people: on which kind of drive, on the network, or in a synchronised folder."""
    text = str(folder)
    if text.startswith(("\\\\", "//")):
        return "on the network"
    if any("onedrive" in part.lower() for part in folder.parts):
        return "synchronised by OneDrive"
    if os.name == "nt":
        return _drive_of(folder)
    return _file_system_of(folder)


def _drive_of(folder: Path) -> str:
    import ctypes  # noqa: PLC0415  (Windows only)

    kernel = ctypes.__dict__["WinDLL"]("kernel32")
    kind = int(kernel.GetDriveTypeW(ctypes.c_wchar_p(folder.anchor)))
    return _DRIVES.get(kind, "on a drive of a kind that Windows does not name")


def _file_system_of(folder: Path) -> str:
    """By the deepest mount that holds the folder."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "on this PC"
    real = os.path.realpath(folder)
    best, kind = "", ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mount = fields[1].encode().decode("unicode_escape")
        inside = real == mount or real.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, fields[2]
    if kind in _NETWORK:
        return f"on the network ({kind})"
    return f"on a drive of this PC ({kind})" if kind else "on this PC"


def install_folder() -> tuple[bool, str]:
    """Where the tutor is installed. It may be read-only, and should be: nothing is ever written there."""
    folder = installed_folder()
    if folder is None:
        return True, "runs from source: nothing is installed"
    closed = "cannot be written to by this sign-in, as it should be"
    open_to_all = "can be written to by this sign-in; the tutor never does"
    return True, f"{folder} ({open_to_all if os.access(folder, os.W_OK) else closed})"


def as_shipped() -> tuple[bool, str]:
    """Whether every installed file is the one that was shipped."""
    folder = installed_folder()
    if folder is None:
        return True, "runs from source: there is no manifest to compare with"
    try:
        shipped = from_text((folder / PLACE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False, f"{folder / PLACE} is missing. Install the tutor again."
    found = compare(folder, shipped).sentence()
    return not found, found + ". Install the tutor again." if found else f"{len(shipped)} files"
