"""An exception of the learner's program as facts, for `tutor.runner.result.ErrorFacts`."""

from __future__ import annotations

import sys
from itertools import islice
from types import CodeType, TracebackType
from typing import Any

from .encode import ancestors, class_module, class_name
from .names import brief, fact, names_at

MOST_FRAMES = 1200  # Python's own recursion limit is 1000
FRAMES_WITH_NAMES = 4
LONGEST_MESSAGE = 4000
LONGEST_CHAIN = 5
#: Attributes of the library's exceptions that help to explain them, by class.
_ATTRIBUTES = {
    "NameError": ("name",),
    "AttributeError": ("name",),
    "ImportError": ("name", "path", "name_from"),
    "OSError": ("errno", "strerror", "filename", "filename2"),
    "UnicodeError": ("encoding", "reason", "start", "end"),
    "JSONDecodeError": ("msg", "lineno", "colno"),
    "SyntaxError": ("msg", "lineno", "offset", "end_lineno", "end_offset"),
}


class Describer:
    """Describes exceptions of one program.

    Args:
        filename: the name that the learner's own program was compiled under.
        folder: the working folder, whose other files count as the learner's own too.
        ours: the folder of this code as its frames name it; they are nobody's business.
    """

    def __init__(self, filename: str, folder: str, ours: str) -> None:
        self._filename = filename
        self._folder = folder.rstrip("/\\")
        self._ours = ours

    def own_file(self, path: str) -> str | None:
        """The name in the working folder of a file of the learner's; None for anyone else's."""
        if path == self._filename:
            return path
        if path.startswith(self._folder) and path[len(self._folder) : len(self._folder) + 1] in ("/", "\\"):
            return path[len(self._folder) + 1 :]
        return None

    def describe(self, error: BaseException, depth: int = 0) -> dict[str, Any]:
        """All that can be known about an exception; the only code of the program's that it calls is `__str__`."""
        kind = type(error)
        facts: dict[str, Any] = {
            "type": class_name(kind),
            "module": class_module(kind),
            "message": self._without_folder(_message(error)),
            "bases": [class_name(cls) for cls in ancestors(kind) if cls is not object][:12],
            "attributes": _attributes(error, kind),
            "frames": self._frames(error.__traceback__),
            "notes": _notes(error),
        }
        if isinstance(error, SyntaxError):
            facts["syntax"] = self._syntax(error)
        shadows = self._shadows(error)
        if shadows:
            facts["attributes"]["shadows"] = shadows
        before, how = error.__cause__, "cause"
        if before is None and not error.__suppress_context__:
            before, how = error.__context__, "context"
        if before is not None and depth < LONGEST_CHAIN:
            facts["before"] = [how, self.describe(before, depth + 1)]
        return facts

    def _without_folder(self, message: str) -> str:
        """Some versions of Python name files in full; where the working folder lies is nobody's business."""
        return message.replace(self._folder + "/", "").replace(self._folder + "\\", "")

    def line_of(self, error: BaseException) -> int | None:
        """The innermost line of the learner's own program that an exception passed through."""
        line, traceback = None, error.__traceback__
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename == self._filename:
                line = traceback.tb_lineno
            traceback = traceback.tb_next
        return line

    def _frames(self, traceback: TracebackType | None) -> list[list[Any]]:
        steps: list[TracebackType] = []
        while traceback is not None:
            if not traceback.tb_frame.f_code.co_filename.startswith(self._ours):
                steps.append(traceback)
            traceback = traceback.tb_next
        if len(steps) > MOST_FRAMES:
            steps = steps[: MOST_FRAMES // 2] + steps[-MOST_FRAMES // 2 :]
        own = [step for step in steps if self.own_file(step.tb_frame.f_code.co_filename) is not None]
        named = {id(step) for step in own[-FRAMES_WITH_NAMES:]}
        frames = []
        for step in steps:
            code = step.tb_frame.f_code
            file = self.own_file(code.co_filename)
            line, end_line, column, end_column = _position(code, step.tb_lasti)
            names = None
            if id(step) in named:
                names = names_at(step.tb_frame, with_globals=step is own[-1])
            frames.append(
                [
                    file if file is not None else code.co_filename[-200:],
                    step.tb_lineno or line or 0,
                    code.co_name[:80],
                    column if line == step.tb_lineno else None,
                    end_line if line == step.tb_lineno else None,
                    end_column if line == step.tb_lineno else None,
                    file is not None,
                    names,
                ]
            )
        return frames

    def _syntax(self, error: SyntaxError) -> dict[str, Any]:
        """Where a SyntaxError points; offsets as Python gives them, in characters from 1."""
        found: dict[str, Any] = {}
        for name in ("lineno", "offset", "end_lineno", "end_offset", "text", "msg", "filename"):
            value = SyntaxError.__dict__[name].__get__(error)
            if type(value) is int:
                found[name] = value
            elif type(value) is str:
                found[name] = value[:2000]
        if "filename" in found:
            file = self.own_file(found["filename"])
            found["own"] = file is not None
            found["filename"] = file if file is not None else found["filename"][-200:]
        return found

    def _shadows(self, error: BaseException) -> str:
        """The name of a standard module in whose place Python found a file of the learner's."""
        step = error.__traceback__
        importing = (
            False  # the first time, a module's own lines are the program's start; after that, an import
        )
        while step is not None:
            code = step.tb_frame.f_code
            file = self.own_file(code.co_filename)
            if file is not None and code.co_name == "<module>":
                name = file.rpartition(".")[0]
                if importing and name in sys.stdlib_module_names:
                    return name
                importing = True
            step = step.tb_next
        for name, module in list(dict.items(sys.modules)):
            if type(name) is str and name in sys.stdlib_module_names:
                try:
                    file = module.__dict__.get("__file__")
                except BaseException:
                    continue
                if type(file) is str and self.own_file(file) is not None:
                    return name
        return ""


def _message(error: BaseException) -> str:
    try:
        text = str(error)
    except BaseException as problem:
        return f"(its message could not be read: {class_name(type(problem))})"
    if type(text) is not str:
        text = str.__getitem__(text, slice(None))
    return text if len(text) <= LONGEST_MESSAGE else text[:LONGEST_MESSAGE] + " ..."


def _attributes(error: BaseException, kind: type) -> dict[str, str]:
    found: dict[str, str] = {}
    for cls in ancestors(kind):
        for name in _ATTRIBUTES.get(class_name(cls), ()):
            value = _read(error, name)
            if type(value) is str or type(value) is int:
                found[name] = str(value)[:500]
    if isinstance(error, AttributeError | NameError):
        target = _read(error, "obj")
        if target is not None:
            described = fact(target)
            found["obj"] = described[0]
            found["obj_text"] = described[1]
            found["obj_keys"] = "\n".join(described[3])
    arguments = BaseException.__dict__["args"].__get__(error)
    if isinstance(error, KeyError) and len(arguments) == 1:
        key = arguments[0]
        found["key"] = key[:500] if type(key) is str else brief(key)
        found["key_type"] = class_name(type(key))
    if (
        isinstance(error, BaseException)
        and class_name(kind).endswith("Group")
        and hasattr(error, "exceptions")
    ):
        found["exceptions"] = str(len(error.exceptions))
    return found


def _read(error: BaseException, name: str) -> Any:
    """An attribute that the library's own class defines, whatever a subclass says."""
    for cls in ancestors(type(error)):
        member = type.__dict__["__dict__"].__get__(cls).get(name)
        if member is not None and class_module(cls) != "__main__" and hasattr(type(member), "__get__"):
            try:
                return member.__get__(error)
            except BaseException:
                return None
    held = BaseException.__dict__["__dict__"].__get__(error)
    return held.get(name) if type(held) is dict else None


def _notes(error: BaseException) -> list[str]:
    held = BaseException.__dict__["__dict__"].__get__(error)
    notes = held.get("__notes__") if type(held) is dict else None
    return [note[:500] for note in notes[:5] if type(note) is str] if type(notes) is list else []


def _position(code: CodeType, instruction: int) -> tuple[int | None, int | None, int | None, int | None]:
    if instruction < 0:
        return None, None, None, None
    return next(islice(code.co_positions(), instruction // 2, None), (None, None, None, None))
