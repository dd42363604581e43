"""Shapes of texts that mean something: ids, names, Python, regular expressions, dates; and of values."""

from __future__ import annotations

import datetime
import keyword
import re
from dataclasses import dataclass
from typing import Any

from tutor.lessons.constructs import construct_problem
from tutor.lessons.generators import GeneratorError, parse_generator
from tutor.lessons.nodes import Mapping, Node, Scalar, Sequence, kind_of, shortened
from tutor.lessons.python_text import NotPython, parse_expression, parse_program
from tutor.lessons.python_values import PythonValueError, python_value
from tutor.lessons.report import Report
from tutor.lessons.scalars import has_leading_zero, is_old_boolean, plain_value
from tutor.lessons.shapes import UNREADABLE, Shape, Text
from tutor.syntax import alone

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 60


def id_problem(text: str) -> tuple[str, str] | None:
    """What is wrong with an id, and one like it that would do; None where it is well."""
    if _ID.fullmatch(text) and len(text) <= LONGEST_ID:
        return None
    near = "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:LONGEST_ID].strip("-")
    hint = f"for example `{near}`" if near else "for example `say-hello`"
    return f"`{shortened(text)}` is not an id; ids are small letters, digits and single hyphens", hint


def name_problem(text: str) -> tuple[str, str] | None:
    """What is wrong with a Python name; dots join several."""
    if all(part.isidentifier() and not keyword.iskeyword(part) for part in text.split(".")):
        return None
    if text.endswith(")") and "(" in text:
        return f"`{shortened(text)}` is not a name", f"write the name alone: `{text.partition('(')[0]}`"
    return f"`{shortened(text)}` is not a name in Python", "letters, digits and _; no blanks"


def filename_problem(text: str) -> tuple[str, str] | None:
    """What is wrong with the name of a learner's program."""
    stem, dot, suffix = text.rpartition(".")
    if dot and suffix == "py" and stem.isidentifier() and not keyword.iskeyword(stem):
        return None
    return (
        f"`{shortened(text)}` cannot be imported",
        "a program's name is letters, digits and _, then .py: `main.py`",
    )


def path_problem(text: str) -> tuple[str, str] | None:
    """What is wrong with a path inside a course, or of a file in the working folder."""
    if "\\" in text:
        return f"`{shortened(text)}` has backslashes", f"write `{text.replace(chr(92), '/')}`"
    if text.startswith("/") or re.match(r"[A-Za-z]:", text):
        return f"`{shortened(text)}` starts at the top of a disk", "give the path from this file's own folder"
    if "\x00" in text or not text.strip("./"):
        return f"`{shortened(text)}` names no file", ""
    return None


def working_file_problem(text: str) -> tuple[str, str] | None:
    """What is wrong with the path of a file that a program writes into its working folder."""
    if ".." in text.split("/"):
        return f"`{shortened(text)}` leaves the working folder", "name a file in it"
    return path_problem(text)


def expression_problem(text: str) -> tuple[str, str] | None:
    """Why a text is not one Python expression."""
    tree = parse_expression(text)
    if isinstance(tree, NotPython):
        return f"`{shortened(text)}` is not an expression in Python: {tree.words}", ""
    return None


def program_problem(text: str) -> tuple[str, str, int] | None:
    """Why a text is not a Python program, and at which character."""
    tree = parse_program(text)
    if not isinstance(tree, NotPython):
        return None
    lines = text.split("\n")
    line = min(tree.line, len(lines)) - 1
    offset = sum(len(one) + 1 for one in lines[:line]) + min(tree.column, len(lines[line]))
    return f"this is not Python: {tree.words} (line {line + 1} of the program)", "", offset


def regex_problem(text: str) -> tuple[str, str] | None:
    """Why a text is not a regular expression."""
    try:
        with alone():
            re.compile(text, re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as error:
        return (
            f"`{shortened(text)}` is not a regular expression: {error}",
            "write \\ before ( ) [ ] { } . * + ? that are meant as such",
        )
    return None


def date_problem(text: str) -> tuple[str, str] | None:
    """Why a text is not a date."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            datetime.date.fromisoformat(text)
            return None
    except ValueError:
        pass
    return f"`{shortened(text)}` is not a date", "write year, month and day, such as 2026-08-06"


ID = Text(wants="an id", trim=True, verify=id_problem, pattern=f"^{_ID.pattern}$", rule="id")
NAME = Text(wants="a name", trim=True, verify=name_problem, rule="name")
FILENAME = Text(wants="a file name", trim=True, verify=filename_problem, pattern=r"^\w+\.py$", rule="name")
PATH = Text(wants="a path", trim=True, verify=path_problem, rule="path")
WORKING_FILE = Text(wants="a path", trim=True, verify=working_file_problem, rule="path")
EXPRESSION = Text(wants="an expression", trim=True, verify=expression_problem, rule="python")
PROGRAM = Text(wants="a program", verify=program_problem, rule="python")
CODE = Text(wants="code")
REGEX = Text(wants="a regular expression", verify=regex_problem, rule="regex")
DATE = Text(wants="a date", trim=True, verify=date_problem, rule="date")
CONSTRUCT = Text(wants="a construct", trim=True, verify=construct_problem, rule="construct")
PROSE = Text(trim=True)
MARKDOWN = Text()
PRINTED = Text(blank=True)


@dataclass(frozen=True)
class PlainValue(Shape):
    """A value for Python: YAML 1.2 values, lists, dicts, and `{python: EXPRESSION}` at any depth."""

    wants: str = "a value"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if isinstance(node, Scalar):
            return self._scalar(node, report, where)
        if isinstance(node, Sequence):
            items = [self.read(item, report, where) for item in node.items]
            return UNREADABLE if any(item is UNREADABLE for item in items) else items
        if len(node.pairs) == 1 and node.pairs[0][0].text == "python":
            return self._python(node.pairs[0][1], report, where)
        return self._dict(node, report, where)

    def _scalar(self, node: Scalar, report: Report, where: str) -> Any:
        if not node.plain:
            return node.text
        if is_old_boolean(node.text):
            meant = "true" if node.text.lower() in ("yes", "on") else "false"
            report.error(
                node,
                where,
                f"`{node.text}` may be text or a Boolean",
                f'write `{meant}` for the Boolean, "{node.text}" for the text',
                "boolean",
            )
            return UNREADABLE
        if has_leading_zero(node.text):
            report.warning(
                node,
                where,
                f"`{node.text}` is the number {int(node.text)}",
                f'write {int(node.text)}, or "{node.text}" for the text',
                "leading-zero",
            )
        return plain_value(node.text)

    def _python(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Scalar):
            report.error(
                node,
                where,
                f"an expression was expected after `python:`; found {kind_of(node)}",
                "put it between quotes",
            )
            return UNREADABLE
        try:
            return python_value(node.text)
        except PythonValueError as error:
            report.error(node, where, f"`python:` cannot take this: {error}", rule="python-value")
            return UNREADABLE

    def _dict(self, node: Mapping, report: Report, where: str) -> Any:
        result: dict[Any, Any] = {}
        well = True
        for key, item in node.pairs:
            name = self._scalar(key, report, where)
            value = self.read(item, report, where)
            if name is UNREADABLE or value is UNREADABLE:
                well = False
                continue
            if name in result:
                report.error(
                    key, where, f"`{key.text}` is the same key as one before it", rule="duplicate-key"
                )
                well = False
            result[name] = value
        return result if well else UNREADABLE

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {}


VALUE = PlainValue()


@dataclass(frozen=True)
class GeneratorShape(Shape):
    """How an argument is made up."""

    wants: str = "a generator, such as `int 0..40`"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Scalar) or node.empty:
            hint = "put quotes around it" if isinstance(node, Sequence | Mapping) and node.flow else ""
            return self.misfit(node, report, where, hint)
        try:
            return parse_generator(node.text)
        except GeneratorError as error:
            report.error(node, where, str(error), rule="generator")
            return UNREADABLE

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^(int|float|date|one-of|list of|text|bool)\b"}


GENERATOR = GeneratorShape()
