"""The texts of a lesson file that a learner reads, each with what it is: the house style asks other things of a hint than of a prompt."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from tutor.lessons.nodes import Node, Scalar
from tutor.lessons.nodes import Sequence as SequenceNode
from tutor.lessons.records import Entry


class Role(Enum):
    """What a text is for."""

    TITLE = "a lesson's title"
    LINE = "a line of the outline"
    READING = "the text of a read step"
    PROMPT = "a prompt"
    FEEDBACK = "feedback"
    HINT = "a hint"
    EXAMPLE = "code to read"
    LINES = "code to read and complete"
    PROGRAM = "code to write"
    DEFINITION = "a rule's definition"
    OTHER = "a text"


class StyledText(Struct, frozen=True):
    """One text: its node, what it is for, where it stands in the writer's terms, and the step (or lesson) whose data it may show."""

    node: Scalar
    role: Role
    where: str
    step: Node | None = None

    @property
    def is_code(self) -> bool:
        """Whether it is a program."""
        return self.role in (Role.EXAMPLE, Role.LINES, Role.PROGRAM)


_STEP = {"title": Role.LINE, "why": Role.FEEDBACK, "starter": Role.PROGRAM}
_NESTED = {"say": Role.FEEDBACK, "because": Role.FEEDBACK, "why": Role.FEEDBACK}
#: Kinds whose `code` is an example, which the limit of lines holds for.
_EXAMPLES = ("read", "predict")


def texts_of(lesson: Entry) -> Iterator[StyledText]:
    """Every text of a lesson, in no order that matters."""
    yield from _text(lesson, "title", Role.TITLE, "title")
    yield from _text(lesson, "summary", Role.LINE, "summary", lesson.node)
    for number, (_, node) in enumerate(lesson.items("objectives"), start=1):
        if isinstance(node, Scalar):
            yield StyledText(node, Role.LINE, f"objective {number}", lesson.node)
    for step in lesson.get("steps", ()):
        yield from _step_texts(step)


def _step_texts(step: Entry) -> Iterator[StyledText]:
    kind = step.get("kind")
    roles = {
        "text": Role.READING if kind == "read" else Role.PROMPT,
        "code": Role.EXAMPLE if kind in _EXAMPLES else Role.LINES,
        **_STEP,
        "solution": Role.LINES if kind == "arrange" else Role.PROGRAM,
    }
    for key, role in roles.items():
        yield from _text(step, key, role, step.where, step.node)
    for number, node in enumerate(hints_of(step), start=1):
        yield StyledText(node, Role.HINT, f"{step.where}, hint {number}", step.node)
    for key in ("checks", "mistakes", "choices"):
        for one in step.get(key) or ():
            if isinstance(one, Entry):
                for name, role in _NESTED.items():
                    yield from _text(one, name, role, one.where or step.where, step.node)


def hints_of(step: Entry) -> list[Scalar]:
    """The hints of a step, by their nodes."""
    node = step.nodes.get("hints")
    nodes = node.items if isinstance(node, SequenceNode) else [node] if node is not None else []
    return [one for one in nodes if isinstance(one, Scalar)]


def _text(entry: Entry, key: str, role: Role, where: str, step: Node | None = None) -> Iterator[StyledText]:
    node = entry.text_node(key)
    if node is not None and key in entry:
        yield StyledText(node, role, where, step)
