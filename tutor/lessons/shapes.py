"""The vocabulary in which the lesson format is described: one description drives reading, `tutor schema` and messages.

A shape says what may stand at one place of a file. `read` turns a node into a plain value and reports what does not
fit; `schema` is the same as JSON Schema.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingType
from collections.abc import Sequence as SequenceType
from dataclasses import dataclass, field
from typing import Any, Final

from tutor.lessons.nodes import UNREADABLE_STYLE, Mapping, Node, Scalar, Sequence, kind_of, shortened
from tutor.lessons.report import Report, did_you_mean, listed, nearest
from tutor.lessons.scalars import is_old_boolean, plain_value


class Unreadable:
    """The type of UNREADABLE: what stands there was reported, and there is no value."""


UNREADABLE: Final = Unreadable()


class Shape(ABC):
    """What may stand at one place."""

    #: What is expected, in a writer's words, for "... was expected".
    wants: str = ""

    def read(self, node: Node, report: Report, where: str) -> Any:
        """The value, or UNREADABLE after reporting why."""
        if node.__class__ is Scalar and node.style == UNREADABLE_STYLE:
            return UNREADABLE
        return self._read(node, report, where)

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """This shape as JSON Schema; shared parts go into `definitions`."""
        return self._schema(definitions)

    @abstractmethod
    def _read(self, node: Node, report: Report, where: str) -> Any: ...

    @abstractmethod
    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]: ...

    def misfit(self, node: Node, report: Report, where: str, hint: str = "") -> Unreadable:
        """Reports that something else was found."""
        report.error(node, where, f"{self.wants} was expected; found {kind_of(node)}", hint)
        return UNREADABLE


# ------------------------------------------------------------------------------------------------------- single values

#: Says what is wrong with a text, what to do, and (where that helps) at which character; None where it is well.
Verify = Callable[[str], tuple[str, str] | tuple[str, str, int] | None]


@dataclass(frozen=True)
class Text(Shape):
    """Text as it was typed: plain numbers, dates and null stay what was typed.

    `blank`: nothing at all between quotes is a text too. `trim`: blanks around it do not count. `verify` looks at it.
    """

    wants: str = "text"
    blank: bool = False
    trim: bool = False
    verify: Verify | None = None
    pattern: str = ""
    options: tuple[str, ...] = ()
    rule: str = "format"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Scalar):
            return self.misfit(node, report, where, self._why_not_text(node))
        text = node.text
        if node.style == "":
            if not text:
                return self.misfit(node, report, where, 'for no text at all write ""' if self.blank else "")
        elif not self.blank and not text.strip():
            report.error(node, where, f"{self.wants} was expected; found nothing between the quotes")
            return UNREADABLE
        if self.trim:
            text = text.strip()
        if self.verify is not None:
            wrong = self.verify(text)
            if wrong:
                if len(wrong) == 3:
                    report.within(node, wrong[2], where, wrong[0], wrong[1], self.rule)
                else:
                    report.error(node, where, wrong[0], wrong[1], self.rule)
                return UNREADABLE
        return text

    @staticmethod
    def _why_not_text(node: Sequence | Mapping) -> str:
        if node.flow:
            opened = "{" if isinstance(node, Mapping) else "["
            return f"text that starts with `{opened}` needs quotes around it"
        if isinstance(node, Mapping) and node.pairs:
            key = node.pairs[0][0].text
            return f"`: ` after `{shortened(key)}` makes a key of it: put the whole text between quotes"
        return ""

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        if self.options:
            return {"type": "string", "enum": list(self.options)}
        if self.pattern:
            return {"type": ["string", "number"], "pattern": self.pattern}
        return {"type": ["string", "number", "boolean", "null"]}


@dataclass(frozen=True)
class Option(Shape):
    """One of a few words."""

    options: tuple[str, ...]

    @property
    def wants(self) -> str:  # type: ignore[override]
        """What is expected, in a writer's words."""
        return listed(self.options)

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if isinstance(node, Scalar) and node.text in self.options:
            return node.text
        return self.misfit(node, report, where, did_you_mean(getattr(node, "text", ""), self.options))

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.options)}


@dataclass(frozen=True)
class Boolean(Shape):
    """`true` or `false`."""

    wants: str = "`true` or `false`"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if isinstance(node, Scalar) and node.plain:
            value = plain_value(node.text)
            if isinstance(value, bool):
                return value
            if is_old_boolean(node.text):
                meant = "true" if node.text.lower() in ("yes", "on") else "false"
                return self.misfit(node, report, where, f"write `{meant}`")
        elif isinstance(node, Scalar) and node.text.lower() in ("true", "false"):
            return self.misfit(node, report, where, "leave out the quotes")
        return self.misfit(node, report, where)

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Number(Shape):
    """A number between two bounds (both count in); `whole`: without decimals."""

    low: float | None = None
    high: float | None = None
    whole: bool = False

    @property
    def wants(self) -> str:  # type: ignore[override]
        """What is expected, in a writer's words."""
        kind = "a whole number" if self.whole else "a number"
        if self.low is not None and self.high is not None:
            return f"{kind} from {self.low:g} to {self.high:g}"
        return f"{kind} of {self.low:g} or more" if self.low is not None else kind

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Scalar):
            return self.misfit(node, report, where)
        value = plain_value(node.text) if node.text else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self.misfit(node, report, where)
        if not node.plain:
            return self.misfit(node, report, where, f"write {shortened(node.text)} without quotes")
        if self.whole and not isinstance(value, int):
            return self.misfit(node, report, where)
        if (self.low is not None and not value >= self.low) or (
            self.high is not None and not value <= self.high
        ):
            return self.misfit(node, report, where)
        return value

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        result: dict[str, Any] = {"type": "integer" if self.whole else "number"}
        if self.low is not None:
            result["minimum"] = self.low
        if self.high is not None:
            result["maximum"] = self.high
        return result


# ------------------------------------------------------------------------------------------------------ several values


@dataclass(frozen=True)
class ListOf(Shape):
    """A list. `label` names an item in messages ("check 2"); `lone`: one item may stand without a list."""

    item: Shape
    label: str = ""
    lone: bool = False
    at_least: int = 0

    @property
    def wants(self) -> str:  # type: ignore[override]
        """What is expected, in a writer's words."""
        return f"a list of {self.label}s" if self.label else "a list"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Sequence):
            if self.lone:
                value = self.item.read(node, report, where)
                return value if value is UNREADABLE else (value,)
            hint = "start each line with `- `" if not (isinstance(node, Scalar) and node.empty) else ""
            return self.misfit(node, report, where, hint)
        if len(node.items) < self.at_least:
            report.error(
                node,
                where,
                f"at least {self.at_least} {self.label or 'value'} was expected; found none"
                if self.at_least == 1
                else f"at least {self.at_least} {self.label or 'value'}s were expected; found {len(node.items)}",
            )
            return UNREADABLE
        values = []
        for number, item in enumerate(node.items, start=1):
            inner = self.inner(where, number, item) if self.label else where
            values.append(self.item.read(item, report, inner))
        return tuple(value for value in values if value is not UNREADABLE)

    def inner(self, where: str, number: int, item: Node) -> str:
        """Where an item is: by its own id or name, else by its number."""
        name: Node | None = None
        if isinstance(item, Mapping):
            name = item.get("id") or item.get("name")
        if isinstance(name, Scalar) and name.text:
            label = f"{self.label} {shortened(name.text)}"
        else:
            label = f"{self.label} {number}"
        return f"{where}, {label}" if where else label

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        items = self.item.schema(definitions)
        many: dict[str, Any] = {"type": "array", "items": items}
        if self.at_least:
            many["minItems"] = self.at_least
        return {"anyOf": [many, items]} if self.lone else many


@dataclass(frozen=True)
class MapOf(Shape):
    """Free keys, each with the same kind of value; becomes a dict of the keys as typed."""

    value: Shape
    label: str = ""
    verify_key: Verify | None = None
    wants: str = "keys with values"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Mapping):
            return self.misfit(node, report, where)
        result = {}
        for key, item in node.pairs:
            wrong = self.verify_key(key.text) if self.verify_key else None
            if wrong:
                report.error(key, where, wrong[0], wrong[1])
                continue
            label = f"{self.label} {shortened(key.text)}" if self.label else ""
            inner = ", ".join(part for part in (where, label) if part)
            value = self.value.read(item, report, inner)
            if value is not UNREADABLE:
                result[key.text] = value
        return result

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.value.schema(definitions)}


@dataclass(frozen=True)
class Key:
    """One key of a record. `also`: names that writers take it for."""

    shape: Shape
    doc: str
    required: bool = False
    also: tuple[str, ...] = ()


class Entry:
    """A record that was read: its values by key, and its nodes, so that later rules can point at them."""

    __slots__ = ("node", "nodes", "record", "values", "where")

    def __init__(self, record: Record, node: Mapping, where: str) -> None:
        self.record = record
        self.node = node
        self.where = where
        self.values: dict[str, Any] = {}
        self.nodes: dict[str, Node] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """The value under a key; the default where it is missing or could not be read."""
        return self.values.get(key, default)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text_node(self, key: str) -> Scalar | None:
        """The node of a text."""
        node = self.nodes.get(key)
        return node if isinstance(node, Scalar) else None

    def at(self, key: str) -> Node:
        """Where a key's value stands, or else the record."""
        return self.nodes.get(key, self.node)

    def items(self, key: str) -> Iterator[tuple[Any, Node]]:
        """Each readable text of a list with its node (a lone value counts as a list of one)."""
        node = self.nodes.get(key)
        nodes = node.items if isinstance(node, Sequence) else [node] if node is not None else []
        values = self.values.get(key) or ()
        return zip(values, nodes, strict=False) if len(values) == len(nodes) else iter(())


@dataclass(frozen=True, eq=False)
class Record(Shape):
    """Named keys. `name` is for the schema's definitions, `called` for messages ("a check")."""

    name: str
    called: str
    keys: MappingType[str, Key]
    doc: str = ""
    #: Keys that are allowed here, but read by somebody else.
    silent: frozenset[str] = field(default_factory=frozenset)

    @property
    def wants(self) -> str:  # type: ignore[override]
        """What is expected, in a writer's words."""
        return f"{self.called} (keys with values)"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Mapping):
            return self.misfit(node, report, where)
        entry = Entry(self, node, where)
        cut = self._cut_by_commas(node, report, where) if node.flow else frozenset()
        misnamed = set()
        for key, item in node.pairs:
            described = self.keys.get(key.text)
            if described is not None:
                entry.nodes[key.text] = item
                value = described.shape.read(item, report, where)
                if value is not UNREADABLE:
                    entry.values[key.text] = value
            elif id(key) not in cut:
                misnamed.add(self._unknown(key, report, where))
        for name, described in self.keys.items():
            if described.required and name not in entry.nodes and name not in misnamed:
                report.error(node, where, f"{self.called} needs `{name}`, which is missing")
        return entry

    def meant(self, text: str) -> str:
        """The key that was probably meant, or ""."""
        folded = text.strip().lower().partition(":")[0]
        for name, key in self.keys.items():
            if folded == name or folded in key.also:
                return name
        names = {other: name for name, key in self.keys.items() for other in (name, *key.also)}
        return names.get(nearest(folded, names), "")

    def _cut_by_commas(self, node: Mapping, report: Report, where: str) -> frozenset[int]:
        """`{say: Well done, all of you}`: what follows the comma is a key without a value. The ids of such keys."""
        cut = set()
        previous: Node | None = None
        for key, item in node.pairs:
            empty = isinstance(item, Scalar) and item.empty and key.plain and key.text not in self.keys
            if empty and ":" not in key.text and isinstance(previous, Scalar) and previous.plain:
                whole = shortened(f"{previous.text}, {key.text}")
                report.error(
                    previous,
                    where,
                    f"the comma inside {{ }} cuts this value in two: `{shortened(previous.text)}` and "
                    f"`{shortened(key.text)}`",
                    f'put quotes around the whole value: "{whole}"',
                    "comma",
                )
                previous.style = UNREADABLE_STYLE
                cut.add(id(key))
            else:
                previous = item
        return frozenset(cut)

    def _unknown(self, key: Scalar, report: Report, where: str) -> str:
        """Reports a key that is none of these, and returns the one that was meant."""
        meant = self.meant(key.text)
        name, colon, rest = key.text.partition(":")
        if colon and rest and name in self.keys:
            hint = f"write `{name}: {shortened(rest)}`"
            report.error(key, where, f"a space is missing after `{name}:`", hint, "space")
            return meant
        hint = f"did you mean `{meant}`?" if meant else f"the keys here are {listed(self.keys)}"
        report.error(
            key, where, f"`{shortened(key.text)}` is not a key of {self.called}", hint, "unknown-key"
        )
        return meant

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        if self.name not in definitions:
            definitions[self.name] = {}  # stands here already where a record contains itself
            definitions[self.name] = self.object_schema(definitions)
        return {"$ref": f"#/definitions/{self.name}"}

    def object_schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """The record itself, written out."""
        properties = {}
        for name, key in self.keys.items():
            schema = key.shape.schema(definitions)
            if "$ref" in schema:  # what stands beside it is ignored by draft 7
                schema = {"allOf": [schema]}
            properties[name] = {"description": key.doc, **schema}
        result: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        if self.doc:
            result["description"] = self.doc
        required = [name for name, key in self.keys.items() if key.required]
        if required:
            result["required"] = required
        return result


@dataclass(frozen=True)
class TextOr(Shape):
    """A text, or a record with more to say."""

    text: Shape
    record: Record

    @property
    def wants(self) -> str:  # type: ignore[override]
        """What is expected, in a writer's words."""
        return f"{self.text.wants} or {self.record.wants}"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Mapping):
            return self.text.read(node, report, where)
        cut = not node.flow and len(node.pairs) == 1 and not self.record.meant(node.pairs[0][0].text)
        return (self.text if cut else self.record).read(node, report, where)

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [self.text.schema(definitions), self.record.schema(definitions)]}


@dataclass(frozen=True)
class ByKind(Shape):
    """Records told apart by the value of one key."""

    key: str
    called: str
    records: MappingType[str, Record]
    also: MappingType[str, str] = field(default_factory=dict)

    @property
    def wants(self) -> str:  # type: ignore[override]
        """What is expected, in a writer's words."""
        return f"{self.called} (keys with values)"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Mapping):
            return self.misfit(node, report, where)
        chosen = node.get(self.key)
        if chosen is None:
            keys = [key.text for key, _ in node.pairs if nearest(key.text, [self.key])]
            hint = (
                f"did you mean `{self.key}` by `{keys[0]}`?"
                if keys
                else f"{self.key} is {listed(self.records)}"
            )
            report.error(node, where, f"{self.called} needs `{self.key}`, which is missing", hint)
            return UNREADABLE
        text = chosen.text if isinstance(chosen, Scalar) else ""
        record = self.records.get(text)
        if record is None:
            meant = self.also.get(text.lower()) or nearest(text, self.records)
            hint = f"did you mean `{meant}`?" if meant else ""
            found = kind_of(chosen)
            report.error(
                chosen, where, f"`{self.key}` is {listed(self.records)}; found {found}", hint, "kind"
            )
            return UNREADABLE
        return record.read(node, report, where)

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"oneOf": [record.schema(definitions) for record in self.records.values()]}


def present(node: Mapping, keys: SequenceType[str]) -> list[str]:
    """Those of some keys that a mapping has, in the order of `keys`."""
    written = {key.text for key, _ in node.pairs}
    return [key for key in keys if key in written]
