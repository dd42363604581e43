"""Whose work it is: people who share one sign-in. A chosen name, no password; nobody's work is ever erased."""

from __future__ import annotations

import json
import logging
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tutor.errors import MachineError
from tutor.files import SAFE_NAME, write_whole
from tutor.progress.journal import utc_now
from tutor.progress.lines import read_time, time_text
from tutor.translation import tr

_log = logging.getLogger(__name__)

#: A longer name is cut.
LONGEST_NAME = 60

# The first person of a sign-in: the same folder for two windows that are opened at once on the first day, and for two
# PCs between which the profile roams only later.
_FIRST = "first"

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


class Learner(Struct, frozen=True):
    """One person.

    Args:
        id: the name of the person's folder.
        name: what they chose to be called; "" until they choose.
        created: when the folder was made; None where that is not known.
        folder: where their work is.
        used: when their work was last written, as far as this PC can see; None where never.
    """

    id: str
    name: str
    folder: Path
    created: datetime | None = None
    used: datetime | None = None


class Learners:
    """The people of one data folder.

    Who is at work is remembered for each PC, since a roaming folder may be open on two.

    Args:
        folder: `Folders.learners`.
        machine: this PC's id.
    """

    def __init__(self, folder: Path, machine: str) -> None:
        self._folder = folder
        self._current = folder / f"current-{machine}.json"

    def all(self) -> tuple[Learner, ...]:
        """Everybody, those with the latest work first."""
        try:
            folders = [folder for folder in self._folder.iterdir() if self._is_learner(folder)]
        except OSError:
            return ()
        people = [self._read(folder) for folder in folders]
        return tuple(sorted(people, key=lambda one: (one.used is None, -_stamp(one.used), one.id)))

    def current(self) -> Learner | None:
        """Who was at work last on this PC; else the only person there is; None: parked, or nobody yet."""
        chosen = _read_json(self._current)
        if chosen.get("learner", "") is None:
            return None
        found = self.get(str(chosen.get("learner", "")))
        if found:
            return found
        people = self.all()
        return people[0] if len(people) == 1 else None

    def get(self, learner_id: str) -> Learner | None:
        """The person of that id, or None."""
        folder = self._folder / learner_id
        return self._read(folder) if SAFE_NAME.fullmatch(learner_id) and self._is_learner(folder) else None

    def create(self, name: str = "") -> Learner:
        """A new person, who is at work from now on. Never fails: what cannot be written now is reported by saving."""
        learner_id = "".join(secrets.choice(_ALPHABET) for _ in range(10)) if self.all() else _FIRST
        learner = Learner(learner_id, clean_name(name), self._folder / learner_id, utc_now())
        self._try_write(learner)
        self.choose(learner)
        return learner

    def rename(self, learner: Learner, name: str) -> Learner:
        """The same person with another name.

        Raises:
            MachineError: it could not be written.
        """
        renamed = replace(learner, name=clean_name(name))
        try:
            self.write(renamed)
        except OSError as error:
            raise MachineError(
                tr("The name could not be saved in {folder}.", folder=learner.folder), tr("Try again later.")
            ) from error
        return renamed

    def choose(self, learner: Learner) -> None:
        """This person is at work on this PC from now on."""
        self._remember(learner.id)

    def park(self) -> None:
        """Nobody is at work: "Not me". The work stays where it is, and its owner can choose it again."""
        self._remember(None)

    def _remember(self, learner_id: str | None) -> None:
        try:
            write_whole(self._current, json.dumps({"learner": learner_id}).encode("ascii"))
        except OSError as error:  # then the question is asked again next time
            _log.warning("who is at work could not be kept: %s", error)

    def _is_learner(self, folder: Path) -> bool:
        return any((folder / part).exists() for part in ("learner.json", "progress", "drafts"))

    def _read(self, folder: Path) -> Learner:
        """A folder without a readable learner.json still holds somebody's work: a person without a name."""
        data = _read_json(folder / "learner.json")
        name = data.get("name", "")
        try:
            created = read_time(str(data.get("created", "")))
        except ValueError:
            created = None
        return Learner(
            folder.name, clean_name(name) if isinstance(name, str) else "", folder, created, _used(folder)
        )

    def _try_write(self, learner: Learner) -> None:
        try:
            self.write(learner)
        except OSError as error:
            _log.warning("learner.json not written: %s", error)

    def write(self, learner: Learner) -> None:
        """Write who a person is.

        Raises:
            OSError: it could not be written.
        """
        created = time_text(learner.created) if learner.created else ""
        data = {"v": 1, "name": learner.name, "created": created}
        write_whole(learner.folder / "learner.json", json.dumps(data, indent=1).encode("ascii"))


def clean_name(name: str) -> str:
    """A name as it is shown: one line, no control characters, not too long."""
    shown = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(shown.split())[:LONGEST_NAME].strip()


def _used(folder: Path) -> datetime | None:
    """When the newest journal was last written."""
    try:
        times = [file.stat().st_mtime for file in (folder / "progress").iterdir()]
        return datetime.fromtimestamp(max(times), UTC) if times else None
    except (OSError, ValueError, OverflowError):
        return None


def _stamp(time: datetime | None) -> float:
    return time.timestamp() if time else 0.0


def _read_json(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
