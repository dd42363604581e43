"""Adding a program to a lesson's answers file by writing into its text: comments, order and blank lines stay as they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tutor.errors import UsageError
from tutor.files import write_whole
from tutor.lessons.compose import compose
from tutor.lessons.format_lesson import ANSWERS
from tutor.lessons.loader import answers_path
from tutor.lessons.nodes import Mapping, Node, Scalar, Sequence
from tutor.lessons.reading import read_text
from tutor.lessons.records import Entry
from tutor.lessons.report import Report
from tutor.lessons.source import Finding, read_source
from tutor.translation import tr

_HEAD = "# Right and wrong programs for the steps of this lesson, in other people's styles; lint tries them all.\n"


def add_right_answer(lesson_file: Path, step_id: str, program: str) -> bool:
    """Adds a program to the right answers of a step.

    Args:
        lesson_file: the lesson; its answers file is beside it, and is made where there is none.
        step_id: the step.
        program: the program.

    Returns:
        whether it was added: not when it is among the right answers already.

    Raises:
        UsageError: the file is not as it must be, or is written in a way that cannot be added to.
        OSError: it cannot be written.
    """
    file = answers_path(lesson_file)
    before = _text(file)
    known = _right(before, file)
    program = program.rstrip() + "\n"
    if program.rstrip() in {one.rstrip() for one in known.get(step_id, ())}:
        return False
    after = with_right_answer(before, step_id, program)
    wanted = {**known, step_id: (*known.get(step_id, ()), program)}
    # What was written must read as what was there and the new program, and as nothing else.
    if after is None or _right(after, file) != wanted:
        raise UsageError(
            tr("{file}: step {step_id} cannot be added to as it is written.", file=file, step_id=step_id),
            tr("Add the program by hand."),
        )
    write_whole(file, after.encode())
    return True


def with_right_answer(text: str, step_id: str, program: str) -> str | None:
    """The text of an answers file with one more right program; None where its way of writing does not allow it."""
    root = compose(text).root if text.strip() else None
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    step = _value(root, step_id)
    if step is None:
        if root is not None and not isinstance(root, Mapping):
            return None
        new = [f"{step_id}:\n", "  right:\n", *_item(program, 4)]
        return "".join([*(lines or [_HEAD]), *new])
    key, body = step
    if not isinstance(body, Mapping) or body.flow:
        return None
    right = _value(body, "right")
    if right is None:
        indent = body.pairs[0][0].column - 1
        new = [f"{' ' * indent}right:\n", *_item(program, indent + 2)]
        return "".join([*lines[: key.line], *new, *lines[key.line :]])
    if not isinstance(right[1], Sequence) or right[1].flow or not right[1].items:
        return None
    indent = _dash(lines, right[1])
    end = _end_of(lines, right[1].items[-1], indent)
    return "".join([*lines[:end], *_item(program, indent), *lines[end:]])


def _text(file: Path) -> str:
    if not file.is_file():
        return ""
    text = read_source(file)
    if isinstance(text, Finding):
        raise UsageError(f"{file}:{text.line}: {text.problem}.", tr("Mend the file first."))
    return re.sub(r"\r\n?", "\n", text)


def _right(text: str, file: Path) -> dict[str, tuple[str, ...]]:
    """The right answers by step."""
    if not text.strip():
        return {}
    report = Report(file)
    value = read_text(text, ANSWERS, report).value
    if value is None or report.has_errors:
        raise UsageError(f"{report.sorted()[0]}.", tr("Mend the file first."))
    return {step: tuple(entry.get("right", ())) for step, entry in value.items() if isinstance(entry, Entry)}


def _value(node: Node | None, name: str) -> tuple[Scalar, Node] | None:
    pairs = node.pairs if isinstance(node, Mapping) else ()
    return next(((key, value) for key, value in pairs if key.text == name), None)


def _dash(lines: list[str], sequence: Sequence) -> int:
    """How far the dashes of a list are indented."""
    line = lines[sequence.line - 1]
    return len(line) - len(line.lstrip(" "))


def _end_of(lines: list[str], item: Node, indent: int) -> int:
    """The number of lines up to the end of a list's last item: what is indented below its dash belongs to it."""
    end = item.line
    for number in range(item.line, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if len(line) - len(line.lstrip(" ")) <= indent:
            break
        end = number + 1
    return end


def _item(program: str, indent: int) -> list[str]:
    """A program as an item of a list."""
    blanks = " " * indent
    lines = program.rstrip("\n").split("\n")
    if (
        not lines[0].strip()
        or lines[0].startswith(" ")
        or "\t" in program
        or not program.isascii()
        and not _plain(program)
    ):
        return [f"{blanks}- {json.dumps(program, ensure_ascii=False)}\n"]
    return [f"{blanks}- |\n", *(f"{blanks}  {line}".rstrip() + "\n" for line in lines)]


def _plain(program: str) -> bool:
    return all(mark.isprintable() or mark == "\n" for mark in program)
