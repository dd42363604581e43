"""Files, folders and modules that are not there or may not be used."""

from __future__ import annotations

import ast
import difflib
import re
import sys

from tutor.explain.crash import Crash
from tutor.explain.finding import Finding, found
from tutor.explain.reading import called_method, called_name

_NOT_HERE = frozenset(
    [
        "numpy",
        "pandas",
        "matplotlib",
        "requests",
        "scipy",
        "sklearn",
        "seaborn",
        "flask",
        "django",
        "torch",
        "tensorflow",
        "openpyxl",
        "bs4",
        "pytest",
        "pygame",
        "yaml",
        "PIL",
        "cv2",
        "plotly",
        "polars",
        "statsmodels",
    ]
)


def _opened(c: Crash) -> str:
    name = c.error.attributes.get("filename")
    if not name:
        match = re.search(r": ['\"](.+?)['\"]$", c.message)
        name = match[1] if match else "the file"
    return name


def file_missing(c: Crash) -> Finding | None:
    """A file that is not in the project folder."""
    if not c.is_a("FileNotFoundError"):
        return None
    name = _opened(c)
    node = next((n for n in c.here if called_name(n) == "open"), None)
    span = c.span(node)
    if re.search(r"^[A-Za-z]:|^/|\\", name):
        return found("file-elsewhere", c.line, span=span, name=name.replace("\\", "/").rsplit("/", 1)[-1])
    if "/" in name:
        return found("folder-missing", c.line, span=span, name=name, folder=name.rsplit("/", 1)[0])
    if "." not in name:
        return found("file-ending-missing", c.line, span=span, name=name)
    if name != name.strip():
        return found("file-name-spaces", c.line, span=span, name=name.strip())
    return found("file-missing", c.line, span=span, name=name)


def file_other(c: Crash) -> Finding | None:
    """A folder in place of a file, a file that is there already, no right to it, the wrong mode."""
    if c.is_a("IsADirectoryError") or (c.is_a("PermissionError") and _opened(c).endswith(("/", "\\", "."))):
        return found("file-is-folder", c.line, name=_opened(c))
    if c.is_a("FileExistsError"):
        return found("file-exists", c.line, name=_opened(c))
    if c.is_a("PermissionError"):
        return found("file-not-allowed", c.line, name=_opened(c))
    if c.is_a("UnsupportedOperation"):
        writing = "writ" in c.message
        return found(
            "file-mode", c.line, doing="writing" if writing else "reading", mode='"w"' if writing else '"r"'
        )
    if c.is_a("UnicodeDecodeError"):
        return found("file-encoding", c.line)
    if c.is_a("UnicodeEncodeError"):
        return found("text-encoding", c.line)
    return None


def module_missing(c: Crash) -> Finding | None:
    """import of what is not there."""
    if not c.is_a("ImportError"):
        return None
    node = next((n for n in c.here if isinstance(n, ast.Import | ast.ImportFrom)), None)
    name = c.error.attributes.get("name") or ""
    match = re.search(r"No module named '([\w.]+)'", c.message)
    span = c.span(node)
    if match:
        return _no_module(c, match[1], node, span)
    wanted = re.search(r"cannot import name '(\w+)'", c.message)
    if wanted and node is not None:
        if (
            re.search(r"partially initialized|shadow|consider renaming", c.message)
            or c.error.attributes.get("shadows") == name
        ):
            return found("file-hides-module", c.line, span=span, module=name)
        known = _module_names(name)
        close = difflib.get_close_matches(wanted[1], known, n=1, cutoff=0.6)
        lower = [k for k in known if k.lower() == wanted[1].lower()]
        if lower or close:
            return found(
                "import-name-misspelt",
                c.line,
                span=span,
                module=name,
                name=wanted[1],
                known=(lower or close)[0],
            )
        return found("import-name-missing", c.line, span=span, module=name, name=wanted[1])
    return None


def _module_names(name: str) -> list[str]:
    """The public names of a module of the standard library that this program has loaded already; imports nothing."""
    module = sys.modules.get(name) if name in sys.stdlib_module_names else None
    return [n for n in dir(module) if not n.startswith("_")] if module else []


def _no_module(c: Crash, module: str, node: ast.AST | None, span: tuple[int, int] | None) -> Finding:
    first, _, rest = module.partition(".")
    if rest == "py":
        return found("import-ending", c.line, span=span, module=first)
    if "is not a package" in c.message and rest:
        line = f"from {first} import {rest.split('.')[-1]}"
        return found("import-dotted", c.line, span=span, module=first, name=rest, code=line)
    if first in _NOT_HERE:
        return found("module-not-here", c.line, span=span, module=first)
    for known in sys.stdlib_module_names:
        if known.lower() == module.lower() and known != module:
            return found("module-misspelt", c.line, span=span, module=module, known=known)
    public = [m for m in sys.stdlib_module_names if not m.startswith("_")]
    favourite = ["math", "random", "statistics", "datetime", "csv", "json", "collections", "time", "re", "string", "os", "sys",
                 "pathlib", "itertools", "functools", "decimal", "fractions", "dataclasses", "typing", "unittest"]  # fmt: skip
    close = difflib.get_close_matches(module, favourite, n=1, cutoff=0.75) or difflib.get_close_matches(
        module, public, n=1, cutoff=0.8
    )
    if close:
        return found("module-misspelt", c.line, span=span, module=module, known=close[0])
    return found("module-missing", c.line, span=span, module=module)


def recursion(c: Crash) -> Finding | None:
    """A function that calls itself without end."""
    if not c.is_a("RecursionError"):
        return None
    names = [f.function for f in c.error.frames if f.own and f.function != "<module>"]
    name = max(set(names), key=names.count) if names else None
    function = c.reading.functions.get(name or "")
    if function is None:
        return found("recursion", c.line, name=name or "A function")
    calls = [
        n
        for n in ast.walk(function)
        if isinstance(n, ast.Call) and name in (called_name(n), called_method(n))
    ]
    line = calls[0].lineno if calls else function.lineno
    span = c.span(calls[0]) if calls else None
    if not any(isinstance(n, ast.If | ast.IfExp | ast.Match | ast.While) for n in ast.walk(function)):
        return found("recursion-no-end", line, span=span, name=name)
    own = [a.arg for a in function.args.args if a.arg != "self"]
    if (
        calls
        and own
        and len(calls[0].args) == len(own)
        and all(
            isinstance(a, ast.Name) and a.id == parameter
            for a, parameter in zip(calls[0].args, own, strict=True)
        )
    ):
        return found("recursion-same", line, span=span, name=name, inputs=", ".join(own))
    return found("recursion", line, span=span, name=name)


RULES = (file_missing, file_other, module_missing, recursion)
