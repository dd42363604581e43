"""Versions of a program: what was typed, run or checked, and how much of the past is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from tutor.progress.lines import milliseconds, read_time, time_text

#: Versions kept of one step in one session.
MOST_VERSIONS = 30

#: Characters of text kept in these versions.
MOST_TEXT = 500_000

#: A larger file is damage: no program of a lesson comes near it.
LARGEST = 8_000_000


class Version(Struct, frozen=True):
    """A text that was typed, or run, or checked.

    Args:
        text: the program; "" for steps that have none.
        answer: what was given in fill, arrange and choose steps, as a small mapping of texts.
        time: when, by the clock of the PC that it was typed on.
        outcome: "" for what was typed and not run; a word of `Outcome` for a run; "passed" or "refused" for a check.
        machine, session: who wrote it.
        tick: milliseconds that never go back (see `Entry.tick`); newer versions have later ticks.
        content_hash: of the step at that moment.
    """

    text: str
    time: datetime
    answer: Mapping[str, str] = field(default_factory=dict)
    outcome: str = ""
    machine: str = ""
    session: str = ""
    tick: int = 0
    content_hash: str = ""

    @property
    def worked(self) -> bool:
        """Whether it ran to its end or passed its checks."""
        return self.outcome in ("finished", "exited", "passed")


def keep_versions(versions: list[Version]) -> list[Version]:
    """Which of these versions (oldest first) to keep.

    The same program with the same outcome run again is kept once, the last time. When there are too many, the oldest
    go first; but the last one that passed and the last one that worked stay.
    """
    last: dict[tuple[str, str, str], Version] = {}
    for version in versions:
        mark = (version.text, str(version.answer), version.outcome)
        last.pop(mark, None)
        last[mark] = version
    kept = list(last.values())
    precious = {
        id(next((v for v in reversed(kept) if v.outcome == "passed"), None)),
        id(next((v for v in reversed(kept) if v.worked), None)),
        id(kept[-1]) if kept else 0,
    }
    while len(kept) > MOST_VERSIONS or sum(len(v.text) for v in kept) > MOST_TEXT:
        oldest = next((v for v in kept if id(v) not in precious), None)
        if oldest is None:
            break
        kept.remove(oldest)
    return kept


def write_versions(versions: list[Version]) -> bytes:
    """The content of a file of versions; ASCII, so that any text, even half a surrogate pair, goes through."""
    items = [
        {
            "time": time_text(version.time),
            "tick": version.tick,
            "outcome": version.outcome,
            "machine": version.machine,
            "session": version.session,
            "hash": version.content_hash,
            "answer": dict(version.answer),
            "text": version.text,
        }
        for version in versions
    ]
    return json.dumps({"v": 1, "versions": items}, indent=1).encode("ascii") + b"\n"


def read_versions(data: bytes) -> list[Version]:
    """The versions that a file holds.

    Raises:
        ValueError: it is damaged; the message says how.
    """
    if len(data) > LARGEST:
        raise ValueError("the file is too large")
    try:
        content = json.loads(data.decode("utf-8"))
        return [_read_version(item) for item in content["versions"]]
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise ValueError(f"not a draft: {type(error).__name__}") from None


def _read_version(item: Any) -> Version:
    time = read_time(item["time"])
    texts = {name: item.get(name, "") for name in ("text", "outcome", "machine", "session", "hash")}
    answer = item.get("answer", {})
    tick = item.get("tick", milliseconds(time))
    if (
        not all(isinstance(value, str) for value in (*texts.values(), *answer.values()))
        or type(tick) is not int
    ):
        raise ValueError("a field is of another type")
    return Version(
        text=texts["text"],
        time=time,
        answer=answer,
        outcome=texts["outcome"],
        machine=texts["machine"],
        session=texts["session"],
        tick=tick,
        content_hash=texts["hash"],
    )
