"""The learner's program: compiled and run as `__main__`, as `python main.py` would."""

from __future__ import annotations

import builtins
import gc
import sys
from types import CodeType, ModuleType
from typing import Any

_compile, _exec = compile, exec


class LearnersProgram:
    """One program and its names.

    Args:
        source: the text in the editor.
        filename: its name in the working folder; what Python's messages call it.
        folder: the working folder.
        by_python: names of the modules that Python itself had loaded at its start.
    """

    def __init__(self, source: str, filename: str, folder: str, by_python: frozenset[str]) -> None:
        self._source = source
        self.filename = filename
        self.module = ModuleType("__main__")
        self.names: dict[str, Any] = self.module.__dict__
        self.names["__file__"] = f"{folder}{_separator(folder)}{filename}"
        self.names["__builtins__"] = builtins
        sys.modules["__main__"] = self.module
        sys.argv[:] = [filename]
        sys.path.insert(0, folder)
        sys.dont_write_bytecode = True
        _forget_shadowed(folder, by_python)

    def run(self) -> None:
        """Compile and run it. Whatever it raises is raised here."""
        code = self.compile()
        self._source = ""
        _exec(code, self.names)

    def compile(self) -> CodeType:
        """The program's code. Its text is taken as text: a coding line cannot change what the editor showed."""
        source = self._source
        if source[:1] == "\ufeff":
            source = source[1:]
        zero = source.find("\0")
        if zero >= 0:  # some versions of Python raise a ValueError without a line
            line = source.count("\n", 0, zero) + 1
            start = source.rfind("\n", 0, zero) + 1
            text = source[start : source.find("\n", zero) if "\n" in source[zero:] else len(source)]
            where = (self.filename, line, zero - start + 1, text.replace("\0", "\ufffd"))
            raise SyntaxError("source code cannot contain null bytes", where)
        try:
            source.encode("utf-8")
        except UnicodeEncodeError as error:
            line = source.count("\n", 0, error.start) + 1
            start = source.rfind("\n", 0, error.start) + 1
            raise SyntaxError(
                "a character here is half of one and cannot be read",
                (self.filename, line, error.start - start + 1, None),
            ) from None
        return _compile(source, self.filename, "exec", dont_inherit=True)

    def evaluate(self, text: str) -> Any:
        """The value of an expression among the program's names, worked out afresh."""
        return eval(_compile(text, "<question>", "eval", dont_inherit=True), self.names)

    def module_name(self) -> str:
        """What test code imports it as."""
        return self.filename.rpartition(".")[0] or self.filename


def _separator(folder: str) -> str:
    return "\\" if "\\" in folder and "/" not in folder else "/"


def _forget_shadowed(folder: str, by_python: frozenset[str]) -> None:
    """Let the learner's own files be found first, although the tutor has loaded some of the library already."""
    import os

    try:
        entries = os.listdir(folder)
    except OSError:
        return
    own = {entry[:-3] if entry.endswith(".py") else entry for entry in entries}
    for name in list(sys.modules):
        top = name.partition(".")[0]
        if top in own and top not in by_python and top != "__main__":
            del sys.modules[name]


def freeze() -> None:
    """Tidy memory once before the program, so that its own first collection has little to look at."""
    gc.collect()
    gc.freeze()
