"""The plain-words list of what can be typed: built-ins, Python's words, methods, modules of the course."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec import Struct


class Entry(Struct, frozen=True):
    """Something to offer: its name, how it is written (may be empty), and what it does."""

    name: str
    call: str = ""
    says: str = ""

    @property
    def takes_values(self) -> bool:
        """Whether it is called with brackets."""
        return self.call.endswith(")")


class Signatures(Struct, frozen=True):
    """The whole list: groups of entries by name, and modules with theirs."""

    builtins: dict[str, Entry]
    words: dict[str, Entry]
    kinds: dict[str, dict[str, Entry]]
    modules: dict[str, dict[str, Entry]]
    about: dict[str, str]


KINDS = ("text", "list", "dict", "set", "file")


@cache
def signatures() -> Signatures:
    """The list as shipped (`signatures.yaml` beside this file), read once."""
    import yaml  # noqa: PLC0415  (a slow import, and the list is first wanted when somebody types)

    text = Path(__file__).with_name("signatures.yaml").read_text(encoding="utf-8")
    data = yaml.load(
        text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )  # in C where it is there: ten times quicker
    return Signatures(
        builtins=_entries(data["builtins"]),
        words=_entries({_spelled(word): entry for word, entry in data["words"].items()}),
        kinds={kind: _entries(data[kind]) for kind in KINDS},
        modules={
            module: _entries({name: entry for name, entry in names.items() if name != "about"})
            for module, names in data["modules"].items()
        },
        about={module: names["about"] for module, names in data["modules"].items()},
    )


def _spelled(word: object) -> str:
    """YAML reads True, False and None as values; here they are words."""
    return str(word)


def _entries(group: dict[str, list[str]]) -> dict[str, Entry]:
    return {name: Entry(name, call, says) for name, (call, says) in group.items()}
