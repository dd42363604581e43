"""The learner's working folder: made for a run, filled, read back, removed, however awkward a program made it."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from pathlib import Path, PurePosixPath

from tutor.errors import MachineError
from tutor.runner.result import FolderFile, Program
from tutor.runner.written_files import Listing, changed_since, keep_files, list_folder, read_ordinary
from tutor.translation import tr

_PREFIX = "session-"
_STALE_AFTER = 7 * 24 * 3600.0


class SessionFolder:
    """The folder of one running tutor, in which each run gets its own. Its name holds the tutor's process id."""

    def __init__(self, root: Path) -> None:
        self.path = root / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        try:
            self.path.mkdir(parents=True)
        except OSError as error:
            raise MachineError(
                tr("The folder for running programs could not be made: {why}.", why=error),
                tr("Choose another folder in Settings."),
            ) from error

    def new(self) -> Path:
        """A fresh, empty folder for one run."""
        path = self.path / f"run-{secrets.token_hex(6)}"
        path.mkdir()
        return path

    def remove(self) -> None:
        """Remove it with all that is left in it."""
        remove_tree(self.path)


def sweep_old_folders(root: Path) -> int:
    """Remove what tutors that were ended from outside have left behind; how many folders."""
    removed = 0
    try:
        entries = list(root.iterdir())
    except OSError:
        return 0
    for path in entries:
        parts = path.name.split("-")
        if (
            path.name.startswith(_PREFIX)
            and len(parts) == 3
            and parts[1].isdigit()
            and _abandoned(path, int(parts[1]))
        ):
            remove_tree(path)
            removed += not path.exists()
    return removed


def _abandoned(path: Path, process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        if time.time() - path.stat().st_mtime > _STALE_AFTER:
            return True
    except OSError:
        return False
    return not process_alive(process)


def process_alive(process: int) -> bool:
    """Whether a process of that id runs (any process: an id may have been given again)."""
    if os.name == "nt":
        from tutor.runner.containment_windows import process_alive as alive_on_windows  # noqa: PLC0415 - Windows only

        return alive_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class WorkFolder:
    """The working folder of one run.

    Args:
        path: the folder.
        keep: it is the learner's own; leave it there.
    """

    def __init__(self, path: Path, keep: bool = False) -> None:
        self.path = path
        self._keep = keep
        self._before: Listing = {}

    def fill(self, program: Program) -> None:
        """Put the program and its files in place.

        Raises:
            OSError: a file cannot be read or written; ValueError: a name leads out of the folder.
        """
        for name, source in program.files.items():
            self._place(name).write_bytes(source.read_bytes())
        for name, text in program.modules.items():
            self._place(name).write_bytes(text.encode("utf-8", "surrogatepass"))
        self._place(program.filename).write_bytes(program.source.encode("utf-8", "surrogatepass"))
        self._before = list_folder(self.path)

    def _place(self, name: str) -> Path:
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or ".." in parts or parts[0] == "/" or ":" in name or "\0" in name:
            raise ValueError(f"{name!r} is not the name of a file in the working folder")
        path = self.path.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def written(self) -> tuple[str, ...]:
        """Names of the files that were made or changed since it was filled."""
        return tuple(changed_since(self._before, list_folder(self.path)))

    def keep_written(self) -> tuple[FolderFile, ...]:
        """The files that were made or changed since it was filled, for a person to look at."""
        now = list_folder(self.path)
        return keep_files(self.path, now, changed_since(self._before, now))

    def collect(self, names: tuple[str, ...]) -> dict[str, bytes]:
        """The contents of these files, as far as they are ordinary files in this folder."""
        found: dict[str, bytes] = {}
        for name in names:
            try:
                content = read_ordinary(self._place(name), self.path)
            except (OSError, ValueError):
                continue
            if content is not None:
                found[name] = content
        return found

    def remove(self) -> None:
        """Remove it, unless it is the learner's own."""
        if not self._keep:
            remove_tree(self.path)


def remove_tree(top: Path) -> None:
    """Remove a folder with all that is in it, following no link out of it.

    Sub-folders are lifted to the top and emptied there, one after the other, so that neither the depth of a tree nor the
    length of a path, nor rights that a program took away from itself, are in the way. What cannot be removed is left.
    """
    stuck: set[Path] = set()
    lifted = 0
    while True:
        folders = []
        for entry in _entries(top, stuck):
            if _is_folder(entry):
                folders.append(entry)
            elif not _remove_file(entry):
                stuck.add(entry)
        if not folders:
            break
        for folder in folders:
            for entry in _entries(folder, stuck):
                if _is_folder(entry):
                    lifted += 1
                    if not _lift(entry, top / f"lifted-{lifted}"):
                        stuck.add(entry)
                elif not _remove_file(entry):
                    stuck.add(entry)
            try:
                folder.rmdir()
            except OSError:
                stuck.add(folder)
    with contextlib.suppress(OSError):  # something in it could not be removed: swept at the next start
        top.rmdir()


def _entries(folder: Path, stuck: set[Path]) -> list[Path]:
    with contextlib.suppress(OSError):
        folder.chmod(stat.S_IRWXU)
    try:
        return [entry for entry in folder.iterdir() if entry not in stuck]
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    """A real folder: neither a link nor a Windows junction to one elsewhere."""
    try:
        state = path.lstat()
    except OSError:
        return False
    junction = getattr(state, "st_file_attributes", 0) & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
    return stat.S_ISDIR(state.st_mode) and not junction


def _lift(folder: Path, target: Path) -> bool:
    try:
        folder.chmod(stat.S_IRWXU)
        folder.rename(target)
    except OSError:
        return False
    return True


def _remove_file(path: Path) -> bool:
    try:
        path.unlink()
        return True
    except OSError:
        return os.name == "nt" and (_remove_read_only(path) or _remove_junction(path))


def _remove_read_only(path: Path) -> bool:
    try:
        path.chmod(stat.S_IWRITE)
        path.unlink()
    except OSError:
        return False
    return True


def _remove_junction(path: Path) -> bool:
    try:
        path.rmdir()
    except OSError:
        return False
    return True
