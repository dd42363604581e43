"""Settings of the person who is signed in, and the policy that can fix any of them for a whole PC.

Settings and policy file are JSON that somebody may edit in Notepad: what cannot be used is named and passed over, never fatal,
and keys that this version does not know are kept. Windows' registry can hold the policy too, and comes first.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from tutor.files import why_not_written, write_whole
from tutor.paths import Folders, folders, policy_file
from tutor.patience import Patience
from tutor.registry import SHOWN_KEY, registered_policy
from tutor.translation import tr

#: A larger file is no settings file.
LARGEST = 1_000_000

THEMES = ("system", "light", "dark", "high-contrast")


def _one_of(*words: str, default: str) -> Any:
    return field(default=default, metadata={"words": words})


def _between(low: float, high: float, *, default: float) -> Any:
    return field(default=default, metadata={"between": (low, high)})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person can set.

    Args:
        text_size: of all text, in per cent.
        theme: one of THEMES.
        font: the code font; "" for the one that the tutor chooses.
        editor_width: the editor's share of the window, in per cent.
        run_seconds: how long a free run may take.
        run_memory_mb: memory of a free run, in MiB.
        author: show what lesson writers need.
        animations: anything moves at all; in remote sessions nothing does.
        review_cards: offer review cards at the start.
        check_for_patients: ask about text that looks like patient data.
    """

    text_size: int = _between(80, 250, default=100)
    theme: str = _one_of(*THEMES, default="system")
    font: str = ""
    editor_width: int = _between(20, 80, default=50)
    run_seconds: float = _between(1, 600, default=10.0)
    run_memory_mb: int = _between(64, 4096, default=512)
    author: bool = False
    animations: bool = True
    review_cards: bool = True
    check_for_patients: bool = True


#: The names of all settings.
NAMES = tuple(each.name for each in fields(Settings))


@dataclass(frozen=True, slots=True)
class Policy:
    """What is fixed on this PC.

    Args:
        fixed: setting -> value.
        data_dir: where everybody's work is kept, with environment variables replaced; "" where that is not fixed.
        problems: what could not be used, a sentence each, for the log and the Settings page.
    """

    fixed: Mapping[str, Any] = field(default_factory=dict)
    data_dir: str = ""
    problems: tuple[str, ...] = ()


def read_policy(file: Path, registered: tuple[dict[str, Any], list[str]] | None = None) -> Policy:
    """What the registry fixes, and then what this file fixes of the rest.

    Args:
        file: the policy file; one that does not exist or cannot be read fixes nothing.
        registered: what the registry holds, as `registered_policy` gives it; None for this PC's.
    """
    in_registry, problems = registered_policy() if registered is None else registered
    in_registry = _with_truth_values(in_registry)
    in_file, more = _read(file)
    problems = [*problems, *more]
    fixed: dict[str, Any] = {}
    folder = ""
    for data, where in ((in_registry, SHOWN_KEY), (in_file, file)):
        usable, more = _usable(data, where)
        problems += more
        fixed = usable | fixed
        named = data.get("data_dir", "")
        if not isinstance(named, str):
            problems.append(
                tr('{where}: "data_dir" is {value}; it has to be text.', where=where, value=_shown(named))
            )
        else:
            folder = folder or named
    return Policy(fixed, os.path.expandvars(folder), tuple(problems))


def kept_in(data_dir: Path | str | None = None) -> Folders:
    """Where this person's things are kept: in `data_dir`, else where the policy says, else as `folders` finds."""
    return folders(data_dir or read_policy(policy_file()).data_dir or None)


def _with_truth_values(registered: dict[str, Any]) -> dict[str, Any]:
    """Values of the registry, which has no true and false, with 1 and 0 read as such where a setting is one of them."""
    truths = {each.name for each in fields(Settings) if each.type == "bool"}
    return {
        name: bool(value) if name in truths and value in (0, 1) else value
        for name, value in registered.items()
    }


class SettingsFile:
    """The settings in force: the person's own, and over them what the policy fixes. Safe from any thread.

    Args:
        file: the person's settings file; it need not exist.
        policy: what is fixed.
        patience: for how long to wait for the file; until it has been read, the defaults are in force. None: as long as
            it takes.
        late: told, on another thread, when the file was read after all.

    Attributes:
        settings: in force now.
        problems: what in the files could not be used, a sentence each.
    """

    def __init__(
        self,
        file: Path,
        policy: Policy | None = None,
        *,
        patience: Patience | None = None,
        late: Callable[[], None] = lambda: None,
    ) -> None:
        self._file = file
        self._policy = policy or Policy()
        self._lock = threading.Lock()
        self._own: dict[str, Any] = {}
        self._changed: dict[str, Any] = {}
        self.problems: tuple[str, ...] = self._policy.problems
        self.settings = self._in_force()
        if patience is None:
            self._take(self._read())
            return

        def take_late(read: tuple[dict[str, Any], list[str]]) -> None:
            self._take(read)
            late()

        found = patience.within(self._read, late=take_late)
        if found is not None:
            self._take(found)

    def _read(self) -> tuple[dict[str, Any], list[str]]:
        """What the file holds that can be used, and what in it cannot."""
        data, problems = _read(self._file)
        if problems:
            self._set_aside()
        own, more = _usable(data, self._file)
        return own, [*problems, *more]

    def _take(self, read: tuple[dict[str, Any], list[str]]) -> None:
        with self._lock:
            self._own = read[0] | self._changed
            self.problems = (*self._policy.problems, *read[1])
            self.settings = self._in_force()

    @property
    def fixed(self) -> frozenset[str]:
        """The names of the settings that nobody can change here."""
        return frozenset(self._policy.fixed)

    @property
    def fixed_folder(self) -> Path | None:
        """Where the policy keeps everybody's work; None where it does not say."""
        return Path(self._policy.data_dir) if self._policy.data_dir else None

    def change(self, **values: Any) -> Settings:
        """Change settings; what is fixed stays as it is. On disk only after `save`.

        Returns:
            The settings now in force.

        Raises:
            ValueError: there is no such setting, or it cannot have this value.
        """
        usable, problems = _usable(values, self._file)
        unknown = sorted(set(values) - set(NAMES))
        if problems or unknown:
            raise ValueError(problems[0] if problems else tr("There is no setting {name}.", name=unknown[0]))
        with self._lock:
            self._own |= usable
            self._changed |= usable
            self.settings = self._in_force()
            return self.settings

    def save(self) -> None:
        """Write what was changed into the file as it is now: another window's changes and unknown keys stay.

        Raises:
            MachineError: it could not be written; the changes are kept for the next try.
        """
        with self._lock:
            changed = dict(self._changed)
        try:
            data, _ = _parsed(_content(self._file), self._file)
            write_whole(self._file, json.dumps({**data, **changed}, indent=2).encode("ascii") + b"\n")
        except OSError as error:
            trouble = why_not_written(error, self._file.parent, "settings")
            raise trouble from error
        with self._lock:
            self._changed = {
                name: value for name, value in self._changed.items() if changed.get(name) != value
            }

    def _in_force(self) -> Settings:
        return replace(Settings(), **{**self._own, **self._policy.fixed})

    def _set_aside(self) -> None:
        """Keep a copy of a damaged file: the next save replaces it."""
        with suppress(OSError):
            if self._file.stat().st_size <= LARGEST:
                shutil.copyfile(self._file, self._file.with_name(f"{self._file.name}.damaged"))


def _read(file: Path) -> tuple[dict[str, Any], list[str]]:
    """What a JSON file holds, and what is wrong with it."""
    try:
        return _parsed(_content(file), file)
    except OSError as error:
        return {}, [tr("{file} cannot be read ({why}).", file=file, why=error.strerror or error)]


def _content(file: Path) -> bytes | None:
    """The bytes of a file, as many as a settings file can have; None where there is no file."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError:
        return None


def _parsed(data: bytes | None, file: Path) -> tuple[dict[str, Any], list[str]]:
    if data is None:
        return {}, []
    if len(data) > LARGEST:
        return {}, [tr("{file} is too large for a settings file, so nothing in it is used.", file=file)]
    try:
        content = json.loads(_decoded(data))
    except (ValueError, RecursionError) as error:
        if not isinstance(error, json.JSONDecodeError):
            return {}, [tr("{file} is not JSON, so nothing in it is used.", file=file)]
        near = error.lineno
        return {}, [
            tr("{file} is not JSON near line {line}, so nothing in it is used.", file=file, line=near)
        ]
    if not isinstance(content, dict):
        return {}, [tr('{file} holds no settings: it has to begin with "{{".', file=file)]
    return content, []


def _decoded(data: bytes) -> str:
    """The text of a file that Notepad may have saved in its own ways."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


def _usable(data: Mapping[str, Any], where: object) -> tuple[dict[str, Any], list[str]]:
    """The settings with values that can be used, and a sentence about each other one."""
    usable: dict[str, Any] = {}
    problems: list[str] = []
    for each in fields(Settings):
        if each.name not in data:
            continue
        value = data[each.name]
        wanted = _wanted(each.type, each.metadata, value)
        if wanted:
            problems.append(
                tr(
                    '{where}: "{name}" is {value}; it has to be {wanted}.',
                    where=where,
                    name=each.name,
                    value=_shown(value),
                    wanted=wanted,
                )
            )
        else:
            usable[each.name] = float(value) if each.type == "float" else value
    return usable, problems


def _wanted(kind: Any, rule: Mapping[str, Any], value: Any) -> str:
    """What this setting has to be, where the value is something else; "" where it will do."""
    if kind == "bool":
        return "" if isinstance(value, bool) else tr("true or false")
    if kind == "str":
        words = rule.get("words", ())
        if words:
            return "" if value in words else tr("one of {words}", words=", ".join(words))
        return "" if isinstance(value, str) and len(value) <= 200 else tr("text")
    low, high = rule["between"]
    number = isinstance(value, int) or (kind == "float" and isinstance(value, float))
    if number and not isinstance(value, bool) and low <= value <= high:
        return ""
    if kind == "int":
        return tr("a whole number from {low} to {high}", low=low, high=high)
    return tr("a number from {low} to {high}", low=low, high=high)


def _shown(value: Any) -> str:
    text = json.dumps(value, default=repr)
    return text if len(text) <= 60 else f"{text[:57]}..."
