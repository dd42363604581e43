"""Shapes with named keys: records, records told apart by their kind, and the entries that come of reading them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from collections.abc import Sequence as SequenceType
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from tutor.lessons.nodes import UNREADABLE_STYLE, Mapping, Node, Scalar, Sequence, kind_of, shortened
from tutor.lessons.report import Report, listed, nearest
from tutor.lessons.shapes import UNREADABLE, Shape


class Key(Struct, frozen=True):
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
