"""The vocabulary in which the lesson format is described: one description drives reading, `tutor schema` and messages.

A shape says what may stand at one place of a file. `read` turns a node into a plain value and reports what does not
fit; `schema` is the same as JSON Schema.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tutor.lessons.nodes import UNREADABLE_STYLE, Mapping, Node, Scalar, Sequence, kind_of, shortened
from tutor.lessons.report import Report, did_you_mean, listed
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
