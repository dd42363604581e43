"""Facts about an exception, from what a learner's process told: checked piece by piece, and set out as Python prints it."""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from typing import Any

from tutor.runner.protocol import ProtocolError, text, whole_number
from tutor.runner.result import ErrorFacts, FrameFact, NameFact

MOST_FRAMES_KEPT = 60
_CAUSE = "The above exception was the direct cause of the following exception:"
_CONTEXT = "During handling of the above exception, another exception occurred:"


class Sources:
    """The texts of the learner's own files, to turn byte columns into characters and to quote lines.

    Args:
        main: the name of the learner's own program.
        texts: name in the working folder -> its text.
    """

    def __init__(self, main: str, texts: Mapping[str, str]) -> None:
        self.main = main
        self._lines = {
            name: re.split("\r\n|\r|\n", source.removeprefix("\ufeff")) for name, source in texts.items()
        }

    def line(self, file: str, number: int) -> str:
        """A line of a file, from 1; "" where there is none."""
        lines = self._lines.get(file, [])
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def characters(self, file: str, number: int, column: int) -> int:
        """How many characters the first so many bytes of a line are."""
        return len(
            self.line(file, number).encode("utf-8", "surrogatepass")[:column].decode("utf-8", "replace")
        )


def error_facts(told: Any, sources: Sources, depth: int = 0) -> ErrorFacts:
    """What a child told about an exception.

    Raises:
        ProtocolError: it is nothing that our own code tells.
    """
    if type(told) is not dict or depth > 10:
        raise ProtocolError("not an error")
    frames = [_frame(item, sources) for item in _items(told, "frames")]
    before: tuple[ErrorFacts, ...] = ()
    how = ""
    if "before" in told:
        how, inner = _pair(told["before"])
        earlier = error_facts(inner, sources, depth + 1)
        before = (earlier, *earlier.chain)
    name, module = text(told, "type"), text(told, "module")
    message = text(told, "message")
    syntax = told.get("syntax")
    if type(syntax) is dict and type(syntax.get("msg")) is str:
        message = syntax["msg"]  # without "(main.py, line 1)": as Python's own last line has it
    attributes = _texts(told, "attributes")
    if module not in ("builtins", "__main__"):
        attributes["module"] = module
    where, shown = _where(told, frames, sources)
    last_words = _last_words(told, name, module, message)
    printed = _print(frames, sources, shown, last_words)
    if before:
        printed = f"{before[0].traceback}\n\n{_CAUSE if how == 'cause' else _CONTEXT}\n\n{printed}"
    if len(frames) > MOST_FRAMES_KEPT:
        frames = frames[: MOST_FRAMES_KEPT // 2] + frames[-MOST_FRAMES_KEPT // 2 :]
    return ErrorFacts(
        type=name,
        message=message,
        frames=tuple(frames),
        bases=tuple(item for item in _items(told, "bases") if type(item) is str),
        attributes=attributes,
        traceback=printed,
        chain=before,
        **where,
    )


def _frame(told: Any, sources: Sources) -> FrameFact:
    if type(told) is not list or len(told) != 8:
        raise ProtocolError("not a frame of a traceback")
    file, line, function, column, end_line, end_column, own, names = told
    if type(file) is not str or type(line) is not int or type(function) is not str or type(own) is not bool:
        raise ProtocolError("not a frame of a traceback")
    for number in (column, end_line, end_column):
        if number is not None and (type(number) is not int or number < 0):
            raise ProtocolError("not a column")
    if own and column is not None and end_column is not None:
        column = sources.characters(file, line, column)
        end_column = sources.characters(file, end_line or line, end_column)
    else:
        column = end_column = None
    return FrameFact(file, line, function, column, end_line, end_column, own, _names(names))


def _names(told: Any) -> dict[str, NameFact]:
    if told is None:
        return {}
    if type(told) is not dict:
        raise ProtocolError("not names")
    found = {}
    for name, fact in told.items():
        if type(fact) is not list or len(fact) != 4 or type(fact[3]) is not list:
            raise ProtocolError("not a name's fact")
        kind, described, length, keys = fact
        if type(kind) is not str or type(described) is not str or not (length is None or type(length) is int):
            raise ProtocolError("not a name's fact")
        found[name] = NameFact(kind, described, length, tuple(key for key in keys if type(key) is str))
    return found


def _where(
    told: dict[str, Any], frames: list[FrameFact], sources: Sources
) -> tuple[dict[str, Any], list[str]]:
    """Where Python points in the learner's own program, and the lines that it prints to show it."""
    nowhere: dict[str, Any] = {
        "line": None,
        "column": None,
        "end_line": None,
        "end_column": None,
        "text": None,
    }
    syntax = told.get("syntax")
    if syntax is not None:
        if type(syntax) is not dict:
            raise ProtocolError("not a place")
        line = whole_number(syntax, "lineno", 0)
        if line and syntax.get("own") is True:
            return _syntax_place(syntax, line, sources)
    own = [frame for frame in frames if frame.own]
    main = [frame for frame in own if frame.file == sources.main] or own
    if not main:
        return nowhere, []
    last = main[-1]
    place = {
        "line": last.line,
        "column": last.column,
        "end_line": last.end_line,
        "end_column": last.end_column,
    }
    return {**place, "text": None}, []


def _syntax_place(syntax: dict[str, Any], line: int, sources: Sources) -> tuple[dict[str, Any], list[str]]:
    offset = _number(syntax, "offset")
    end_line = _number(syntax, "end_lineno") or None
    end_offset = _number(syntax, "end_offset")
    file = text(syntax, "filename", "")
    shown = text(syntax, "text", "") or sources.line(file, line)
    column = offset - 1 if offset > 0 else None
    end_column = end_offset - 1 if end_offset > 0 else None
    printed = [f'  File "{file}", line {line}']
    stripped = shown.rstrip("\r\n").lstrip(" \t\f")
    if stripped:
        printed.append(f"    {stripped}")
        indent = len(shown.rstrip("\r\n")) - len(stripped)
        if column is not None and column >= indent:
            start = column - indent
            same_line = end_line in (None, line) and end_column is not None and end_column > column
            width = max(end_column - column, 1) if same_line and end_column is not None else 1
            blank = "".join(" " if not mark.isspace() else mark for mark in stripped[:start].ljust(start))
            printed.append(f"    {blank}{'^' * max(min(width, len(stripped) - start), 1)}")
    place = {
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": shown or None,
    }
    if file != sources.main:
        place.update(line=None, column=None, end_line=None, end_column=None)
    return place, printed


def _number(told: dict[str, Any], name: str) -> int:
    value = told.get(name, 0)
    if type(value) is not int:
        raise ProtocolError(f"{name} is no number")
    return value


def _last_words(told: dict[str, Any], name: str, module: str, message: str) -> list[str]:
    full_name = name if module in ("builtins", "__main__") else f"{module}.{name}"
    notes = [note for note in _items(told, "notes") if type(note) is str]
    return [f"{full_name}: {message}" if message else full_name, *notes]


def _print(frames: list[FrameFact], sources: Sources, shown: list[str], last_words: list[str]) -> str:
    """The traceback as this version of Python prints it, with the learner's own frames only."""
    summaries = []
    for frame in frames:
        if not frame.own:
            continue
        line = sources.line(frame.file, frame.line) + "\n"  # as the library reads it
        column, end_column = frame.column, frame.end_column
        if column is not None and end_column is not None:  # the library wants bytes again
            column = len(line[:column].encode("utf-8", "surrogatepass"))
            end_text = sources.line(frame.file, frame.end_line or frame.line)
            end_column = len(end_text[:end_column].encode("utf-8", "surrogatepass"))
        summaries.append(
            traceback.FrameSummary(
                frame.file,
                frame.line,
                frame.function,
                lookup_line=False,
                line=line,
                end_lineno=frame.end_line,
                colno=column,
                end_colno=end_column,
            )
        )
    printed = "".join(traceback.StackSummary.from_list(summaries).format()).rstrip("\n") if summaries else ""
    heading = ["Traceback (most recent call last):"] if printed else []
    return "\n".join([*heading, *([printed] if printed else []), *shown, *last_words])


def _items(told: dict[str, Any], name: str) -> list[Any]:
    found = told.get(name)
    if type(found) is not list:
        raise ProtocolError(f"{name} is no list")
    return found


def _pair(told: Any) -> tuple[str, Any]:
    if type(told) is not list or len(told) != 2 or type(told[0]) is not str:
        raise ProtocolError("not a pair")
    return told[0], told[1]


def _texts(told: dict[str, Any], name: str) -> dict[str, str]:
    found = told.get(name)
    if type(found) is not dict or any(type(value) is not str for value in found.values()):
        raise ProtocolError(f"{name} are no texts")
    return dict(found)
