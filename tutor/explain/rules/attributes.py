"""The word after the dot (AttributeError)."""

from __future__ import annotations

import ast
import difflib
import re

from tutor.explain.crash import FUNCTION_KINDS, Crash, in_words
from tutor.explain.finding import Finding, found
from tutor.explain.rules.names import IN_MODULE
from tutor.explain.rules.nothing import of_function, of_none

#: What beginners write after the dot, and what Python writes, by kind of value.
OTHER_WORDS: dict[str, dict[str, str]] = {
    "list": {
        "push": ".append( )", "add": ".append( )", "push_back": ".append( )", "append_item": ".append( )",
        "addAll": ".extend( )", "concat": ".extend( )", "length": "len( )", "size": "len( )", "len": "len( )",
        "count_items": "len( )", "contains": "in", "includes": "in", "has": "in", "find": ".index( )", "indexOf": ".index( )",
        "delete": ".remove( )", "removeAt": ".pop( )", "shift": ".pop(0)", "unshift": ".insert(0, )", "sum": "sum( )",
        "max": "max( )", "min": "min( )", "sorted": ".sort( )", "reversed": ".reverse( )", "map": "a for loop",
        "forEach": "a for loop", "join": '", ".join( )', "get": "[ ]", "mean": "statistics.mean( )", "put": ".append( )",
        "average": "statistics.mean( )", "isEmpty": "len( ) == 0", "first": "[0]", "last": "[-1]", "slice": "[ : ]",
    },
    "str": {
        "append": "+", "add": "+", "push": "+", "length": "len( )", "size": "len( )", "len": "len( )", "contains": "in",
        "includes": "in", "has": "in", "toUpper": ".upper( )", "toUpperCase": ".upper( )", "uppercase": ".upper( )",
        "toLower": ".lower( )", "toLowerCase": ".lower( )", "lowercase": ".lower( )", "trim": ".strip( )",
        "indexOf": ".find( )", "substring": "[ : ]", "substr": "[ : ]", "slice": "[ : ]", "charAt": "[ ]", "remove": ".replace( )",
        "reverse": "[::-1]", "replaceAll": ".replace( )", "startsWith": ".startswith( )", "endsWith": ".endswith( )",
        "isNumber": ".isdigit( )", "isnumber": ".isdigit( )", "isDigit": ".isdigit( )", "sort": "sorted( )", "concat": "+",
        "capitalise": ".capitalize( )", "tostring": "str( )", "toString": "str( )", "decode": "str( )", "pop": "[:-1]",
        "isinteger": ".isdigit( )", "isnum": ".isdigit( )", "round": "round( )",
    },
    "dict": {
        "has_key": "in", "contains": "in", "has": "in", "append": '["label"] = value', "add": '["label"] = value',
        "push": '["label"] = value', "put": '["label"] = value', "set": '["label"] = value', "insert": '["label"] = value',
        "length": "len( )", "size": "len( )", "len": "len( )", "remove": ".pop( )", "delete": ".pop( )",
        "iteritems": ".items( )", "iterkeys": ".keys( )", "itervalues": ".values( )", "key": ".keys( )", "value": ".values( )",
        "item": ".items( )", "sort": "sorted( )", "extend": ".update( )", "merge": ".update( )",
    },
    "set": {"append": ".add( )", "push": ".add( )", "extend": ".update( )", "length": "len( )", "size": "len( )",
            "contains": "in", "delete": ".remove( )", "sort": "sorted( )", "insert": ".add( )"},
    "tuple": {"length": "len( )", "size": "len( )", "sort": "sorted( )"},
    "int": {"toString": "str( )", "round": "round( )", "abs": "abs( )", "sqrt": "math.sqrt( )", "toFixed": "round( )",
            "format": 'f"{ }"', "length": "len(str( ))", "pow": "**"},
}  # fmt: skip
OTHER_WORDS["float"] = OTHER_WORDS["int"]
_CHANGES = ("append", "add", "insert", "remove", "extend", "sort", "reverse", "pop", "clear", "update")
_TEXT_METHODS = frozenset(name for name in dir(str) if name[0] != "_")


def _attribute(c: Crash) -> tuple[str, ast.Attribute | None]:
    match = re.search(r"attribute '(\w+)'", c.message)
    name = c.error.attributes.get("name") or (match[1] if match else "")
    nodes = [n for n in c.pick(ast.Attribute) if isinstance(n, ast.Attribute) and n.attr == name]
    nodes = nodes or [n for n in c.here if isinstance(n, ast.Attribute) and n.attr == name]
    return name, nodes[0] if nodes else None


def attribute(c: Crash) -> Finding | None:
    """The rules for AttributeError, in order."""
    if not c.is_a("AttributeError"):
        return None
    name, node = _attribute(c)
    if not name or node is None or c.inside_library:
        return None
    match = re.match(r"(?:type object )?'([\w.]+)'(?: object)? has no", c.message)
    kind = c.error.attributes.get("obj") or (match[1] if match else c.kind(node.value)) or ""
    if "module '" in c.message or kind == "module":
        return _of_module(c, name, node)
    if kind == "NoneType":
        return of_none(c, node.value)
    if name in ("append", "add", "sort") and kind in FUNCTION_KINDS or kind in ("function", "method"):
        if kind == "type" and isinstance(node.value, ast.Name) and node.value.id == "datetime":
            return found("date-attribute", c.line, span=c.span(node), name=name)
        return of_function(c, node.value)
    if kind == "type" and c.text(node.value) == name and name in ("datetime", "date", "time"):
        rest = c.reading.line(c.line).replace(f"{name}.{name}", name)
        return found("datetime-once", c.line, span=c.span(node), name=name, code=rest)
    if kind in c.reading.classes:
        return _of_own_class(c, name, node, kind)
    return _of_value(c, name, node, kind)


def _keys(c: Crash, node: ast.Attribute) -> list[str]:
    if listed := c.error.attributes.get("obj_keys"):
        return listed.split("\n")
    fact = c.fact(node.value)
    return list(fact.keys) if fact else []


def _of_module(c: Crash, name: str, node: ast.Attribute) -> Finding | None:
    match = re.search(r"module '([\w.]+)'", c.message)
    module = match[1] if match else c.text(node.value)
    span = c.span(node)
    if c.error.attributes.get("shadows") == module or re.search(
        r"partially initialized|shadow|consider renaming", c.message
    ):
        return found("file-hides-module", c.line, span=span, module=module)
    if module == "datetime" and name in ("now", "today", "strptime", "fromisoformat", "combine"):
        inner = "date" if name == "today" else "datetime"
        return found("datetime-twice", c.line, span=span, name=name, inner=inner,
                     code=c.reading.line(c.line).replace(f"{c.text(node.value)}.{name}", f"{c.text(node.value)}.{inner}.{name}"))  # fmt: skip
    if name in IN_MODULE and IN_MODULE[name] != module:
        return found("module-other", c.line, span=span, module=module, name=name, other=IN_MODULE[name])
    if module == "math" and name.lower().replace("_", "") in ("squareroot", "root", "sqroot"):
        return found("module-attribute-misspelt", c.line, span=span, module=module, name=name, known="sqrt")
    close = difflib.get_close_matches(name, _keys(c, node), n=2, cutoff=0.7)
    lower = [k for k in _keys(c, node) if k.lower() == name.lower()]
    if lower or close:
        return found(
            "module-attribute-misspelt",
            c.line,
            span=span,
            module=module,
            name=name,
            known=(lower or close)[0],
        )
    return found("module-attribute", c.line, span=span, module=module, name=name)


def _of_own_class(c: Crash, name: str, node: ast.Attribute, kind: str) -> Finding | None:
    span = c.span(node)
    known = [k for k in _keys(c, node) if not k.startswith("__")]
    owner = c.reading.classes[kind]
    for method in owner.body:
        if isinstance(method, ast.FunctionDef):
            for n in ast.walk(method):
                if (
                    isinstance(n, ast.Name)
                    and n.id == name
                    and isinstance(n.ctx, ast.Store)
                    and name not in known
                ):
                    return found(
                        "self-missing-store", n.lineno, noticed=c.line, name=name, span=c.reading.span(n)
                    )
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.65)
    if close:
        return found("attribute-misspelt", c.line, span=span, kind=f"a {kind}", name=name, known=close[0])
    listed = ", ".join(known[:4]) or "nothing"
    return found("own-attribute", c.line, span=span, kind=kind, name=name, known=listed)


def _of_value(c: Crash, name: str, node: ast.Attribute, kind: str) -> Finding | None:
    span, target = c.span(node), c.text(node.value)
    keys = _keys(c, node)
    if kind == "dict" and name in keys:
        return found("dictionary-dot", c.line, span=span, name=name, target=target,
                     code=c.reading.line(c.line).replace(c.text(node), f'{target}["{name}"]'))  # fmt: skip
    if kind == "list" and name in _TEXT_METHODS and name not in OTHER_WORDS["list"]:
        return found("list-of-texts", c.line, span=span, name=name, target=target)
    if word := OTHER_WORDS.get(kind, {}).get(name):
        return found("other-method", c.line, span=span, kind=in_words(kind), name=name, word=word)
    if kind == "tuple" and name in _CHANGES:
        return found("tuple-cannot-change", c.line, span=span, name=target)
    if kind in ("int", "float", "bool") and name in _TEXT_METHODS:
        return found("number-text-method", c.line, span=span, name=name, target=target)
    if kind in ("int", "float", "str") and name in _CHANGES:
        return found("not-a-list", c.line, span=span, name=name, target=target, kind=in_words(kind))
    members = dir(_kinds()[kind]) if kind in _kinds() else keys
    close = difflib.get_close_matches(name, [m for m in members if not m.startswith("_")], n=1, cutoff=0.65)
    lower = [m for m in members if m.lower() == name.lower()]
    if lower or close:
        return found(
            "attribute-misspelt", c.line, span=span, kind=in_words(kind), name=name, known=(lower or close)[0]
        )
    return found("attribute-missing", c.line, span=span, kind=in_words(kind), name=name, target=target)


def _kinds() -> dict[str, type]:
    return {kind.__name__: kind for kind in (str, list, dict, set, tuple, int, float, bool, bytes, range)}


RULES = (attribute,)
