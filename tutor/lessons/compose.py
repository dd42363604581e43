"""YAML text -> tree of nodes, from the parser's events, with bounds.

Events come from libyaml where PyYAML has it, else from PyYAML's own parser. Both build trees by recursion, and
libyaml's crashes the process on deep nesting; this composer keeps its own stack, constructs nothing, and stops at the
first event beyond a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import yaml

from msgspec import Struct, field

from tutor.lessons.nodes import UNREADABLE_STYLE, Mapping, Node, Scalar, Sequence
from tutor.lessons.silent_traps import silent_traps
from tutor.lessons.source import Finding, split_lines, unprintable
from tutor.lessons.syntax import LAYOUT, explain_syntax
from tutor.lessons.yaml_lines import UNREADABLE_MARK
from tutor.lessons.yaml_mistake import DEEPEST, LOADER

#: Nodes; the longest lessons have some 2,000.
MOST_NODES = 40_000
#: Findings of one file; a file with more is something else than a lesson.
MOST_FINDINGS = 100
#: Mistakes in YAML itself that are mended on the fly to find the next one.
MOST_REPAIRS = 20


class Composed(Struct):
    """The tree of a file, or None where there is none, and what is wrong with its YAML."""

    root: Node | None
    findings: list[Finding] = field(default_factory=list)


class _BoundError(Exception):
    """Reading stops; `finding` says why, or None where what was found already is enough."""

    def __init__(self, finding: Finding | None = None) -> None:
        super().__init__(finding.problem if finding else "")
        self.finding = finding


def compose(text: str, loader: Any = None) -> Composed:
    """The tree of a YAML text; never raises, whatever the text.

    A mistake in YAML itself is mended in memory where it is clear what was meant, so that the mistakes behind it are
    found in the same run; the tree then is of the mended text, and the mistake stays reported.

    Args:
        text: the whole file.
        loader: PyYAML's loader class whose parser makes the events; by default libyaml's where there is one.
    """
    finding = unprintable(text)
    if finding:
        return Composed(None, [finding])
    found: list[Finding] = []
    mended: set[int] = set()
    guessed = False
    for _ in range(MOST_REPAIRS):
        composer = _Composer(split_lines(text))
        try:
            root = composer.run(yaml.parse(text, Loader=loader or LOADER))
        except _BoundError as error:
            return Composed(None, [*found, *([error.finding] if error.finding else composer.findings)])
        except yaml.YAMLError as error:
            repair = explain_syntax(text, error)
            if guessed and repair.finding.rule in LAYOUT:
                return Composed(None, found)  # may be of our own making
            if repair.finding.line not in mended:
                found.append(repair.finding)
            if repair.text is None or repair.text == text:
                return Composed(None, found)
            mended |= repair.lines
            guessed = guessed or repair.guessed
            text = repair.text
        else:
            silent = composer.findings
            if root is not None:
                silent = [*silent, *silent_traps(root, composer.lines)]
            found += [finding for finding in silent if finding.line not in mended]
            found.sort(key=lambda finding: (finding.line, finding.column))
            return Composed(root, found[:MOST_FINDINGS])
    return Composed(None, found)


class _Open(Struct):
    """A list or mapping whose end has not come: with the key that waits for its value, and the keys that it has."""

    node: Sequence | Mapping
    key: Scalar | None = None
    seen: set[str] = field(default_factory=set)


class _Composer:
    """Builds the tree; one instance, one text."""

    def __init__(self, lines: list[str]) -> None:
        self.findings: list[Finding] = []
        self.lines = lines
        self._stack: list[_Open] = []
        self._root: Node | None = None
        self._documents = 0
        self._nodes = 0

    def run(self, events: Iterable[Any]) -> Node | None:
        """The root node of the first document."""
        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceStartEvent: self._sequence,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        for event in events:
            handler = handlers.get(event.__class__)
            if handler is not None:
                handler(event)
            if self._documents > 1:
                break
        return self._root

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            problem = "`---` starts a second document; a file holds one"
            self._find(event.start_mark, problem, "delete this line")

    def _mapping(self, event: Any) -> None:
        mark = event.start_mark
        self._open(Mapping(mark.line + 1, mark.column + 1, bool(event.flow_style)), event)

    def _sequence(self, event: Any) -> None:
        mark = event.start_mark
        self._open(Sequence(mark.line + 1, mark.column + 1, bool(event.flow_style)), event)

    def _find(self, mark: Any, problem: str, hint: str = "", rule: str = "yaml") -> None:
        self._keep(Finding(mark.line + 1, mark.column + 1, problem, hint, rule=rule))

    def _keep(self, finding: Finding) -> None:
        self.findings.append(finding)
        if len(self.findings) >= MOST_FINDINGS:
            raise _BoundError

    def _scalar(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self._properties(event)
        start, end = event.start_mark, event.end_mark
        style = event.style if event.style and event.style in "\"'|>" else ""
        if event.value == UNREADABLE_MARK:
            style = UNREADABLE_STYLE
        scalar = Scalar(event.value, start.line + 1, start.column + 1, style, end.line + 1, end.column + 1)
        if style == "|":
            scalar.indent = self._indent(scalar)
        self._add(scalar, event)

    def _indent(self, scalar: Scalar) -> int:
        """How many blanks the lines of a block lost: seen at its first line that is not blank."""
        for number, line in enumerate(scalar.text.split("\n")):
            if line.strip():
                written = self.lines[scalar.line + number] if scalar.line + number < len(self.lines) else line
                return len(written) - len(line)
        return 0

    def _alias(self, event: Any) -> None:
        self._find(
            event.start_mark,
            f"a value that starts with `*` refers to something elsewhere (`*{event.anchor}`), which lessons do not use",
            "put the whole value between quotes",
        )
        mark, end = event.start_mark, event.end_mark
        text = f"*{event.anchor}"
        self._add(Scalar(text, mark.line + 1, mark.column + 1, '"', end.line + 1, end.column + 1), event)

    def _properties(self, event: Any) -> None:
        """Tags (`!`) and anchors (`&`) are refused: nearly always they are text that was meant."""
        if event.anchor is not None:
            self._find(
                event.start_mark,
                f"a value that starts with `&` gives a name to what follows (`&{event.anchor}`), which lessons do not use",
                "put the whole value between quotes",
            )
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._find(
                event.start_mark,
                f"a value that starts with `!` gives a type to what follows (`{tag}`), which lessons do not use",
                "put the whole value between quotes",
            )

    def _open(self, node: Sequence | Mapping, event: Any) -> None:
        self._properties(event)
        if len(self._stack) >= DEEPEST:
            raise _BoundError(
                Finding(
                    node.line,
                    node.column,
                    f"more than {DEEPEST} lists and keys stand inside each other here",
                    "a lesson needs eight at most: look for brackets that are not closed",
                    rule="depth",
                )
            )
        self._add(node, event)
        self._stack.append(_Open(node))

    def _close(self, event: Any) -> None:
        self._stack.pop()

    def _add(self, node: Node, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            problem = f"the file has more than {MOST_NODES:,} values"
            raise _BoundError(Finding(node.line, node.column, problem, "split it", rule="depth"))
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1]
        if parent.node.__class__ is Sequence:
            parent.node.items.append(node)
        elif parent.key is None:
            parent.key = self._key(node, event)
        else:
            self._pair(parent, parent.key, node)
            parent.key = None

    def _pair(self, parent: _Open, key: Scalar, node: Node) -> None:
        assert isinstance(parent.node, Mapping)
        if key.text not in parent.seen:
            parent.seen.add(key.text)
            parent.node.pairs.append((key, node))
            return
        first = next(other for other, _ in parent.node.pairs if other.text == key.text)
        problem = f"`{key.text}` stands here a second time; it first stands in line {first.line}"
        self._keep(Finding(key.line, key.column, problem, "keep one of the two", rule="duplicate-key"))

    def _key(self, node: Node, event: Any) -> Scalar:
        if isinstance(node, Scalar):
            return node
        opened = "{" if isinstance(node, Mapping) else "["
        self._find(
            event.start_mark,
            f"a list or keys stand where a key is expected (`{opened}`)",
            f"text that starts with `{opened}` needs quotes around it",
        )
        return Scalar(f"{opened}...", node.line, node.column, '"', node.line, node.column)
