"""Names that Python does not know (NameError), or not yet (UnboundLocalError)."""

from __future__ import annotations

import ast
import difflib
import keyword
import re
import sys

from tutor.explain.crash import Crash
from tutor.explain.finding import Finding, found

BUILTINS = tuple(
    [
        "abs",
        "all",
        "any",
        "bool",
        "chr",
        "dict",
        "enumerate",
        "filter",
        "float",
        "format",
        "input",
        "int",
        "isinstance",
        "len",
        "list",
        "map",
        "max",
        "min",
        "open",
        "ord",
        "print",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "sorted",
        "str",
        "sum",
        "super",
        "tuple",
        "type",
        "zip",
        "True",
        "False",
        "None",
        "ValueError",
        "TypeError",
        "KeyError",
        "IndexError",
        "ZeroDivisionError",
        "FileNotFoundError",
        "Exception",
        "NameError",
    ]
)
#: Names that beginners use without bringing them in, and the module that has them.
IN_MODULE = {
    **dict.fromkeys(["sqrt", "pi", "floor", "ceil", "log", "log10", "exp", "sin", "cos", "tan", "isclose"], "math"),
    **dict.fromkeys(["randint", "choice", "shuffle", "uniform", "sample"], "random"),
    **dict.fromkeys(["mean", "median", "stdev", "mode"], "statistics"),
    **dict.fromkeys(["date", "timedelta", "strptime"], "datetime"),
    **dict.fromkeys(["Counter", "defaultdict", "namedtuple", "deque"], "collections"),
    **dict.fromkeys(["DictReader", "DictWriter"], "csv"),
    **{"sleep": "time", "Decimal": "decimal", "Fraction": "fractions", "Path": "pathlib", "dataclass": "dataclasses",
       "Enum": "enum", "reduce": "functools", "pprint": "pprint", "dumps": "json", "loads": "json"},
}  # fmt: skip
_OTHER = {
    "null": "None", "nil": "None", "NULL": "None", "undefined": "None", "printf": "print( )", "println": "print( )",
    "echo": "print( )", "puts": "print( )", "console": "print( )", "System": "print( )", "cout": "print( )",
    "Console": "print( )", "document": "print( )", "alert": "print( )", "MsgBox": "print( )", "write": "print( )",
    "sizeof": "len( )", "length": "len( )", "strlen": "len( )", "count": "len( )", "size": "len( )",
    "string": "str( )", "String": "str( )", "integer": "int( )", "Integer": "int( )", "number": "float( )",
    "double": "float( )", "boolean": "bool( )", "parseInt": "int( )", "parseFloat": "float( )", "array": "list( )",
    "Array": "list( )", "this": "self", "Math": "the module math", "raw_input": "input( )", "xrange": "range( )",
    "unicode": "str( )", "average": "sum( ) / len( )", "avg": "sum( ) / len( )", "otherwise": "else", "readline": "input( )",
    "scanf": "input( )", "prompt": "input( )", "sqr": "** 2", "power": "**", "AND": "and", "OR": "or", "NOT": "not",
}  # fmt: skip
_ALIASES = {"np": "numpy", "pd": "pandas", "plt": "matplotlib"}


def _name(c: Crash) -> str | None:
    if name := c.error.attributes.get("name"):
        return name
    match = re.search(r"(?:name|variable) '(\w+)'", c.message)
    return match[1] if match else None


def _use(c: Crash, name: str) -> ast.Name | None:
    return next((n for n in c.pick(ast.Name) if isinstance(n, ast.Name) and n.id == name), None)


def _around(c: Crash, node: ast.AST | None) -> ast.AST | None:
    return c.reading.parents.get(node) if node is not None else None


def unbound(c: Crash) -> Finding | None:
    """A name of a function that has no value yet there."""
    name = _name(c)
    if not name or not c.is_a("UnboundLocalError"):
        return None
    use = _use(c, name)
    scope = c.reading.scope(use) if use else None
    outer = [line for line in c.reading.stored.get(name, []) if scope is None or not _inside(scope, line)]
    inner = [line for line in c.reading.stored.get(name, []) if scope is not None and _inside(scope, line)]
    if any(line < c.line for line in inner):
        return _in_branch(c, name, max(line for line in inner if line < c.line))
    if outer and inner:
        return found("outer-name-in-function", c.line, span=c.span(use), name=name,
                     function=scope.name if scope else "the function")  # fmt: skip
    return found("used-before-value", c.line, span=c.span(use), name=name)


def _inside(scope: ast.AST, line: int) -> bool:
    return scope.lineno <= line <= scope.end_lineno  # type: ignore[attr-defined,no-any-return]


def _in_branch(c: Crash, name: str, line: int) -> Finding | None:
    """A value that is given only in an if, a loop or a try that did not come to it."""
    store = next((n for n in c.reading.nodes if isinstance(n, ast.Name) and n.id == name and n.lineno == line
                  and isinstance(n.ctx, ast.Store)), None)  # fmt: skip
    around = c.reading.parents.get(store) if store is not None else None
    while around is not None:
        if isinstance(around, ast.If):
            return found("value-only-in-if", line, noticed=c.line, name=name, head=around.lineno)
        if isinstance(around, ast.For | ast.While):
            word = "for" if isinstance(around, ast.For) else "while"
            return found("value-only-in-loop", line, noticed=c.line, name=name, head=around.lineno, word=word)
        if isinstance(around, ast.Try):
            return found("value-only-in-try", line, noticed=c.line, name=name, head=around.lineno)
        around = c.reading.parents.get(around)
    return None


def known_elsewhere(c: Crash) -> Finding | None:
    """The program does give the name a value: later, in another function, in a branch, or it was deleted."""
    name = _name(c)
    lines = c.reading.stored.get(name or "", [])
    if not name or not lines:
        return None
    use = _use(c, name)
    scope = c.reading.scope(use) if use else None
    for node in c.reading.nodes:
        if (
            isinstance(node, ast.Name)
            and node.id == name
            and isinstance(node.ctx, ast.Del)
            and node.lineno < c.line
        ):
            return found("name-deleted", c.line, span=c.span(use), name=name, deleted=node.lineno)
        if (
            isinstance(node, ast.ExceptHandler)
            and node.name == name
            and node.lineno < c.line
            and len(lines) == 1
        ):
            return found("except-name-gone", c.line, span=c.span(use), name=name, head=node.lineno)
    owners = {}
    for line in lines:
        owner = [f for f in c.reading.functions.values() if f.lineno < line <= (f.end_lineno or 0)]
        owners[line] = max(owner, key=lambda f: f.lineno) if owner else None
    outside = [line for line, owner in owners.items() if owner is None or owner is scope]
    if not outside:
        line, inside = next(iter(owners.items()))
        if inside is not None:
            return found(
                "name-inside-function", c.line, span=c.span(use), name=name, function=inside.name, made=line
            )
    classes = [k for k in c.reading.classes.values() if any(_inside(k, line) for line in outside)]
    if classes and all(any(_inside(k, line) and k.lineno != line for k in classes) for line in outside):
        return found("name-inside-class", c.line, span=c.span(use), name=name, owner=classes[0].name)
    top = c.frame.function == "<module>" if c.frame else True
    before = [line for line in outside if line < c.line]
    if before and top:
        return _in_branch(c, name, max(before))
    if outside and min(outside) == c.line and top:
        return found("used-before-value", c.line, span=c.span(use), name=name)
    if outside and top:
        is_function = name in c.reading.functions
        return found("used-too-early", c.line, span=c.span(use), name=name, made=min(outside),
                     thing="function" if is_function else "name")  # fmt: skip
    if outside and c.error.frames:
        start = next((f.line for f in c.error.frames if f.own and f.function == "<module>"), c.line)
        return found("used-too-early", start, noticed=c.line, name=name, made=min(outside), thing="name")
    return None


def python_word(c: Crash) -> Finding | None:
    """true, FALSE, none; words of other languages and of older Pythons; In[1] of a notebook."""
    name = _name(c)
    use = _use(c, name or "")
    if not name:
        return None
    if name.lower() in ("true", "false", "none"):
        return found("true-capital", c.line, span=c.span(use), name=name, word=name.capitalize())
    if name in ("In", "Out") and isinstance(_around(c, use), ast.Subscript):
        text = c.reading.line(c.line)
        prompt = text.split(":")[0].strip() + ":"
        return found("notebook-prompt", c.line, prompt=prompt, code=text.split(":", 1)[-1])
    around = _around(c, use)
    used = isinstance(around, ast.Attribute) or (isinstance(around, ast.Call) and around.func is use)
    mine = any(known.lower() == name.lower() for known in c.reading.stored)
    quiet = name in ("null", "nil", "NULL", "undefined", "AND", "OR", "NOT")
    if name in _OTHER and (used or quiet) and not mine:
        return found("other-language-name", c.line, span=c.span(use), name=name, word=_OTHER[name])
    return None


def capitals(c: Crash) -> Finding | None:
    """The same name with other capitals."""
    name = _name(c)
    if not name:
        return None
    use = _use(c, name)
    own = [known for known in c.reading.stored if known.lower() == name.lower() and known != name]
    if len(own) == 1:
        known = own[0]
        made = c.reading.stored[known][0]
        return found("wrong-capital", c.line, span=c.span(use), name=name, known=known, made=made)
    words = [known for known in BUILTINS if known.lower() == name.lower()]
    if words:
        return found("wrong-capital-builtin", c.line, span=c.span(use), name=name, known=words[0])
    modules = [
        m
        for m in ("math", "random", "datetime", "statistics", "csv", "json")
        if m == name.lower() and m in c.names
    ]
    if modules:
        return found("wrong-capital-builtin", c.line, span=c.span(use), name=name, known=modules[0])
    return None


def own_object(c: Crash) -> Finding | None:
    """self where there is none, or an attribute without self."""
    name = _name(c)
    if not name:
        return None
    use = _use(c, name)
    scope = c.reading.scope(use) if use else None
    if name == "self":
        return found("self-unknown", c.line, span=c.span(use))
    owner = c.reading.parents.get(scope) if scope is not None else None
    if isinstance(owner, ast.ClassDef):
        attributes = {
            n.attr for n in ast.walk(owner) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)
        }
        attributes |= {n.name for n in owner.body if isinstance(n, ast.FunctionDef)}
        if name in attributes:
            return found("self-missing", c.line, span=c.span(use), name=name)
    return None


def not_imported(c: Crash) -> Finding | None:
    """A module, or something of a module, that was not brought in."""
    name = _name(c)
    if not name:
        return None
    use = _use(c, name)
    around = _around(c, use)
    if isinstance(around, ast.Attribute):
        if name in _ALIASES:
            return found("module-alias", c.line, span=c.span(use), name=name, module=_ALIASES[name])
        if name in sys.stdlib_module_names or name in _ALIASES.values():
            return found("import-missing", c.line, span=c.span(use), name=name, code=f"import {name}")
    called = isinstance(around, ast.Call) and around.func is use
    if name in IN_MODULE and (called or isinstance(around, ast.Attribute) or name in ("pi", "dataclass")):
        module = IN_MODULE[name]
        imported = module in c.reading.stored
        if imported:
            return found("module-dot-missing", c.line, span=c.span(use), name=name, module=module)
        return found("name-needs-import", c.line, span=c.span(use), name=name, module=module,
                     code=f"from {module} import {name}")  # fmt: skip
    if name == "datetime" and isinstance(around, ast.Attribute | ast.Call):
        return found("name-needs-import", c.line, span=c.span(use), name=name, module="datetime",
                     code="from datetime import datetime")  # fmt: skip
    return None


def misspelt(c: Crash) -> Finding | None:
    """One close match among the program's names and Python's own."""
    name = _name(c)
    if not name:
        return None
    use = _use(c, name)
    own = [known for known in c.reading.stored if known != name and len(known) > 1]
    plain = {known.replace("_", "").lower(): known for known in own}
    known = plain.get(name.replace("_", "").lower())
    if known is None and len(name) > 2:
        close = difflib.get_close_matches(name, [*own, *BUILTINS, *keyword.kwlist], n=3, cutoff=0.74)
        ratio = {k: difflib.SequenceMatcher(None, name, k).ratio() for k in close}
        best = [k for k in close if ratio[k] >= ratio[close[0]] - 0.03]
        mine = [k for k in best if k in own]
        best = mine if len(mine) == 1 else best
        known = best[0] if len(best) == 1 else None
        if known is None and close and "".join(sorted(name)) == "".join(sorted(close[0])):
            known = close[0]
    if known is None:
        return None
    return found("misspelt-name", c.line, span=c.span(use), name=name, known=known)


def quotes_missing(c: Crash) -> Finding | None:
    """A bare word where a text is most likely meant."""
    name = _name(c)
    use = _use(c, name or "")
    around = _around(c, use)
    if not name or use is None or len(name) < 2:
        return None
    value = isinstance(around, ast.Assign | ast.List | ast.Tuple | ast.Dict | ast.keyword | ast.Set)
    compared = isinstance(around, ast.Compare) and use in around.comparators
    given = isinstance(around, ast.Call) and use in around.args
    index = isinstance(around, ast.Subscript) and around.slice is use
    if value or compared or given or index:
        return found("quotes-missing", c.line, span=c.span(use), name=name)
    return None


def unknown(c: Crash) -> Finding | None:
    """A name that is nowhere in the program."""
    name = _name(c)
    use = _use(c, name or "")
    around = _around(c, use)
    if not name:
        return None
    if isinstance(around, ast.Call) and around.func is use:
        return found("function-unknown", c.line, span=c.span(use), name=name)
    return found("name-unknown", c.line, span=c.span(use), name=name)


def explain_name(c: Crash) -> Finding | None:
    """The rules for NameError, in order."""
    if not c.is_a("NameError"):
        return None
    for rule in (
        unbound,
        python_word,
        known_elsewhere,
        own_object,
        capitals,
        not_imported,
        misspelt,
        quotes_missing,
        unknown,
    ):
        if finding := rule(c):
            return finding
    return None


RULES = (explain_name,)
