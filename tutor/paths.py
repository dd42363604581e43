"""The only place that knows folders, from source, from a wheel or from a packaged app."""

from __future__ import annotations

import functools
import getpass
import hashlib
import os
import sys
import tempfile
from pathlib import Path

import appdirs
from msgspec import Struct
from msgspec.structs import replace

from tutor import NAME
from tutor.portable import can_be_written, fallen_back, portable_folder

#: Environment variable that puts all that the tutor keeps in one folder; `--data-dir` wins over it.
DATA_DIR_VARIABLE = "TUTOR_DATA_DIR"

#: Where a packaged app lists its files with their hashes, in its folder (`selftest/manifest.py`).
MANIFEST = Path("_internal", "manifest.sha256")

_PACKAGE = Path(__file__).resolve().parent


def is_frozen() -> bool:
    """Whether this is the packaged app."""
    return bool(getattr(sys, "frozen", False))


def installed_folder() -> Path | None:
    """The packaged app's own folder, with the executables and `_internal`; None where nothing is installed."""
    library = getattr(sys, "_MEIPASS", "")  # PyInstaller's name for that folder
    return Path(library).resolve().parent if is_frozen() and library else None


@functools.cache
def _shipped(name: str) -> Path:
    """What travels with the tutor: beside the package in a checkout, inside it in a wheel or packaged app."""
    bundled = _PACKAGE / "bundled" / name
    return bundled if bundled.exists() else _PACKAGE.parent / name


def course_folder() -> Path:
    """The course that is shipped with the tutor."""
    return _shipped("lessons")


def resources_folder() -> Path:
    """Icons and the like."""
    return _shipped("resources")


def licence_files() -> tuple[Path, ...]:
    """The licence texts that came with this copy: ours, and in a package that of everything else in it."""
    names = ("LICENSE", "LICENSE-lessons", "THIRD-PARTY.txt")
    return tuple(file for file in map(_shipped, names) if file.is_file())


class Folders(Struct, frozen=True):
    """Where the tutor keeps things on this PC.

    Args:
        data: what is the learner's own (progress, drafts, settings): follows the sign-in where profiles roam.
        cache: what can be made again.
        logs: log files.
        work: working folders of learner programs; local, emptied at start.
        notice: a sentence for the learner where this is not the place that was asked for; else "".
    """

    data: Path
    cache: Path
    logs: Path
    work: Path
    notice: str = ""

    @property
    def rescued(self) -> Path:
        """Where work goes that cannot be saved in its place: on this PC, whatever has become of the data folder."""
        return Path(appdirs.user_cache_dir(NAME, appauthor=False)) / "rescued"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.data / "settings.json"

    @property
    def learners(self) -> Path:
        """One folder for each person who uses this sign-in."""
        return self.data / "learners"

    @property
    def courses(self) -> Path:
        """Courses that were added to the shipped one."""
        return self.data / "courses"

    @property
    def installed_courses(self) -> tuple[Path, ...]:
        """The courses that `extends` can name: the shipped one, and those that were added. Reads the disk."""
        try:
            added = [folder for folder in self.courses.iterdir() if folder.is_dir()]
            added.sort(
                key=lambda folder: (folder.stat().st_mtime, folder.name)
            )  # of two with one id the newer counts
        except OSError:
            added = []
        return (course_folder(), *(folder for folder in added if not folder.name.startswith(".")))


def folders(data_dir: Path | str | None = None) -> Folders:
    """Where to keep things: in `data_dir`, else in TUTOR_DATA_DIR, else beside a portable copy, else where this system wants them.

    Creates nothing: whoever writes makes the folder, and says so if it cannot.
    """
    chosen = data_dir or os.environ.get(DATA_DIR_VARIABLE)
    if chosen:
        return _all_in(Path(chosen).expanduser().absolute())
    program = installed_folder()
    beside = portable_folder(program) if program else None
    if beside and can_be_written(beside):
        return _all_in(beside)
    usual = _usual_folders()
    return replace(usual, notice=fallen_back(beside, usual.data)) if beside else usual


def _all_in(data: Path) -> Folders:
    """Everything in one folder."""
    return Folders(data=data, cache=data / "cache", logs=data / "logs", work=_work_folder(data))


def _usual_folders() -> Folders:
    """Where this system wants things."""
    data = Path(appdirs.user_data_dir(NAME, appauthor=False, roaming=True))
    return Folders(
        data=data,
        cache=Path(appdirs.user_cache_dir(NAME, appauthor=False)),
        logs=Path(appdirs.user_log_dir(NAME, appauthor=False)),
        work=_work_folder(data),
    )


def policy_file() -> Path:
    """What the people who look after this PC have fixed for everybody (`policy.json`); it need not exist.

    Windows: %ProgramData%, as the system says, since a learner can change the variable. Linux: /etc/xdg.
    """
    return Path(appdirs.site_config_dir(NAME, appauthor=False)) / "policy.json"


def _work_folder(data: Path) -> Path:
    """A local folder for working folders: in the temporary folder, apart for each sign-in and data folder.

    Never inside the data folder, which may be on a network and synchronised.
    """
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "someone"
    mark = hashlib.sha256(f"{user}|{data}".encode(errors="surrogatepass")).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"code4health-tutor-{mark}"
