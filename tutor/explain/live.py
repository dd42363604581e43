"""Marks for the editor while a program is written: what Python cannot read, and names that it will not know."""

from __future__ import annotations

from pyflakes import checker, messages

from tutor.explain.advice import Advice
from tutor.explain.crash import Crash
from tutor.explain.explain import explain
from tutor.explain.reading import LONGEST, Reading
from tutor.explain.rules import names
from tutor.explain.wording import put
from tutor.runner.result import ErrorFacts, FrameFact

#: A program with more unknown names than this is not a program yet.
MOST_MARKS = 20


def live_marks(source: str, caret_line: int | None = None) -> tuple[Advice, ...]:
    """What to mark while somebody types; nothing is run.

    Args:
        source: the program as it stands in the editor.
        caret_line: the line (from 1) that is being typed, which is never marked; nor is what Python only notices there.

    Returns:
        One mark for the first thing that Python cannot read; where there is none, one for each name that nothing in
        the program gives a value, by line. Silent mistakes are not among them: those are for after a run.
    """
    if len(source) > LONGEST:
        return ()
    reading = Reading(source)
    if reading.fault is not None:
        marks = explain(source, None, silent=False)
        return tuple(
            mark for mark in marks if caret_line is None or caret_line not in (mark.line, reading.fault.line)
        )
    if reading.tree is None:
        return ()
    return tuple(_unknown_names(reading, caret_line))


def _unknown_names(reading: Reading, caret_line: int | None) -> list[Advice]:
    try:
        found = checker.Checker(reading.tree, filename="main.py").messages
    except RecursionError:  # a very deep tree: no marks rather than an error while typing
        return []
    marks: dict[tuple[int, str], Advice] = {}
    for message in sorted(found, key=lambda item: (item.lineno, item.col)):
        if not isinstance(message, messages.UndefinedName) or message.lineno == caret_line:
            continue
        name = str(message.message_args[0])
        words = f"name '{name}' is not defined"
        frame = FrameFact(
            "main.py", message.lineno, "<module>", message.col, message.lineno, message.col + len(name)
        )
        error = ErrorFacts(
            "NameError", words, (frame,), message.lineno, bases=("NameError",), attributes={"name": name}
        )
        finding = names.explain_name(Crash(reading, error))
        if finding is not None and len(marks) < MOST_MARKS:
            marks[message.lineno, name] = put(finding, error.python)
    return list(marks.values())
