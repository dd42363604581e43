"""Square brackets and loops: positions, labels, and things that have none."""

from __future__ import annotations

import ast
import difflib
import re

from tutor.explain.crash import FUNCTION_KINDS, NUMBERS, Crash, in_words
from tutor.explain.finding import Finding, found
from tutor.explain.reading import called_method, called_name, name_of
from tutor.explain.rules.nothing import of_function, of_none

_VIEWS = ("dict_keys", "dict_values", "dict_items", "map", "zip", "filter", "generator", "reversed", "enumerate",
          "list_iterator", "set", "frozenset")  # fmt: skip


def _subscript(c: Crash) -> ast.Subscript | None:
    found_ones = [n for n in c.pick(ast.Subscript) if isinstance(n, ast.Subscript)]
    for node in found_ones:
        if node is c.node:
            return node
    # The outermost one on the line is evaluated last; the types tell which one can have failed.
    for node in found_ones:
        if c.is_a("KeyError") and c.kind(node.value) == "dict":
            return node
        if c.is_a("IndexError") and c.kind(node.value) in ("list", "str", "tuple"):
            return node
    return found_ones[0] if found_ones else None


def _number(c: Crash, node: ast.AST) -> int | None:
    """A position's value, from the text or the facts."""
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
    ):
        value = node.operand.value
        return -value if isinstance(value, int) else None
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return node.value
    if isinstance(node, ast.Name) and (fact := c.fact(node)) and re.fullmatch(r"-?\d+", fact.text):
        return int(fact.text)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        left, right = _number(c, node.left), _number(c, node.right)
        if left is not None and right is not None:
            return left + right if isinstance(node.op, ast.Add) else left - right
    if called_name(node) == "len" and isinstance(node, ast.Call) and node.args:
        fact = c.fact(node.args[0])
        return fact.length if fact else None
    return None


def past_end(c: Crash) -> Finding | None:
    """A position that is not there."""
    if not c.is_a("IndexError"):
        return None
    node = _subscript(c)
    if node is None or c.inside_library:
        return None
    name = c.text(node.value)
    fact = c.fact(node.value)
    length = fact.length if fact else None
    kind = c.kind(node.value)
    index = _number(c, node.slice)
    span = c.span(node)
    if name == "sys.argv":
        return found("argv-missing", c.line, span=span)
    if length == 0:
        return found("index-in-empty", c.line, span=span, name=name)
    if length is None and isinstance(node.value, ast.Call | ast.Subscript):
        return found("index-too-far-unknown", c.line, span=span, name=name, index=c.text(node.slice))
    if (
        isinstance(node.ctx, ast.Store)
        and kind == "list"
        and index is not None
        and length is not None
        and index >= length
    ):
        return found("index-assign", c.line, span=span, name=name, index=index)
    loop = c.reading.loop_of(node.slice.id, node) if isinstance(node.slice, ast.Name) else None
    if loop is not None and c.text(loop.iter) == name:
        return found("loop-variable-is-item", c.line, span=span, variable=c.text(node.slice), name=name)
    if length is None:
        return found("index-too-far-unknown", c.line, span=span, name=name, index=c.text(node.slice))
    if loop is not None and called_name(loop.iter) == "range":
        return found("range-too-long", loop.lineno, noticed=c.line, span=c.span(loop.iter), name=name, length=length,
                     index=index if index is not None else "more", last=length - 1)  # fmt: skip
    if isinstance(node.slice, ast.BinOp) and isinstance(node.slice.op, ast.Add) and c.reading.loops(node):
        return found("index-plus-one", c.line, span=span, name=name, length=length, index=c.text(node.slice),
                     last=length - 1)  # fmt: skip
    things = "characters" if kind == "str" else "items"
    if length == 1:
        things = things.removesuffix("s")
    if index is not None and index == length:
        return found("index-one-too-far", c.line, span=span, name=name, length=length, things=things, last=length - 1,
                     code=c.reading.line(c.line).replace(c.text(node), f"{name}[{length - 1}]"))  # fmt: skip
    return found("index-too-far", c.line, span=span, name=name, length=length, things=things, last=length - 1,
                 index=index if index is not None else c.text(node.slice))  # fmt: skip


def nothing_to_take(c: Crash) -> Finding | None:
    """pop from an empty list or set, choice of an empty list."""
    for node in c.pick(ast.Call):
        assert isinstance(node, ast.Call)
        method = called_method(node) or called_name(node)
        if (
            c.is_a("IndexError", "KeyError")
            and method in ("pop", "popleft")
            and isinstance(node.func, ast.Attribute)
        ):
            fact = c.fact(node.func.value)
            target = c.text(node.func.value)
            if (fact and fact.length == 0) or "empty" in c.message:
                return found("pop-empty", c.line, span=c.span(node), name=target)
            if c.is_a("IndexError") and fact and node.args:
                return found("pop-too-far", c.line, span=c.span(node), name=target, length=fact.length or 0,
                             index=c.text(node.args[0]))  # fmt: skip
        if c.is_a("IndexError", "ValueError") and method in ("choice", "choices", "sample") and node.args:
            fact = c.fact(node.args[0])
            if fact and fact.length == 0:
                return found(
                    "choice-of-nothing", c.line, span=c.span(node), name=c.text(node.args[0]), method=method
                )
    return None


def key_missing(c: Crash) -> Finding | None:
    """A label that the dictionary does not have."""
    if not c.is_a("KeyError"):
        return None
    node = _subscript(c)
    key, key_type = (
        c.error.attributes.get("key", c.message.strip("'\"")),
        c.error.attributes.get("key_type", "str"),
    )
    shown = f'"{key}"' if key_type == "str" else key
    for call in c.pick(ast.Call):
        assert isinstance(call, ast.Call)
        method = called_method(call)
        if (
            method in ("pop", "remove")
            and isinstance(call.func, ast.Attribute)
            and (call is c.node or node is None)
        ):
            rule = "remove-missing" if method == "remove" else "pop-label-missing"
            return found(rule, c.line, span=c.span(call), name=c.text(call.func.value), item=shown)
        if method in ("format", "format_map") and (call is c.node or node is None):
            return found("format-name-missing", c.line, span=c.span(call), name=key)
    if node is None or c.inside_library:
        return None
    name, span = c.text(node.value), c.span(node)
    if name == "os.environ":
        return found("key-missing-unknown", c.line, span=span, name=name, key=shown)
    fact = c.fact(node.value)
    keys = list(fact.keys) if fact and fact.kind in ("dict", "OrderedDict", "Counter") else None
    if keys is None:
        return found("key-missing-unknown", c.line, span=span, name=name, key=shown)
    if not keys:
        return found("key-in-empty", c.line, span=span, name=name, key=shown)
    if isinstance(c.reading.parents.get(node), ast.AugAssign):
        return found("key-counted", c.line, span=span, name=name, key=shown)
    return _close_key(c, node, name, key, key_type, keys)


def _close_key(c: Crash, node: ast.Subscript, name: str, key: str, key_type: str, keys: list[str]) -> Finding:
    span, shown = c.span(node), f'"{key}"' if key_type == "str" else key
    for known in keys:
        if key_type == "str" and known != key and known.strip().lower() == key.strip().lower():
            return found("key-capital", c.line, span=span, name=name, key=shown, known=known)
    if key_type == "str" and re.fullmatch(r"-?\d+", key) and key in keys:
        return found(
            "key-kind", c.line, span=span, name=name, key=shown, known=key, kind="text", other="a number"
        )
    if key_type == "int" and key in keys:
        return found(
            "key-kind",
            c.line,
            span=span,
            name=name,
            key=shown,
            known=f'"{key}"',
            kind="a number",
            other="text",
        )
    close = difflib.get_close_matches(key, keys, n=2, cutoff=0.72) if key_type == "str" else []
    if len(close) == 1 or (close and len(close) == 2 and close[0] != close[1]):
        return found("key-misspelt", c.line, span=span, name=name, key=shown, known=close[0])
    listed = ", ".join(
        f'"{k}"' if not re.fullmatch(r"-?[\d.]+|\(.*\)|None|True|False", k) else k for k in keys[:3]
    )
    listed += " and more" if len(keys) > 3 else ""
    return found("key-missing", c.line, span=span, name=name, key=shown, keys=listed)


def wrong_index(c: Crash) -> Finding | None:
    """A list indexed by a text, a decimal, its own item; a text indexed by a label."""
    if not c.is_a("TypeError") or "indices must be" not in c.message:
        return None
    node = _subscript(c)
    if node is None:
        return None
    name, index, span = c.text(node.value), node.slice, c.span(node)
    said = c.message.rsplit("not ", 1)[-1].strip(" '\"")
    kind = c.kind(index) or said
    holder = c.message.split(" ")[0].replace("string", "str")
    if kind == "NoneType":
        return of_none(c, index)
    if asked := c.input_line(index):
        return found("input-is-text", asked[0], noticed=c.line, name=asked[1], code=asked[2])
    if holder == "str":
        loop = c.reading.loop_of(name, node)
        if loop is not None:
            return found("loop-gives-text", loop.lineno, noticed=c.line, span=c.span(loop.iter), name=name,
                         what=c.text(loop.iter), index=c.text(index))  # fmt: skip
        return found("text-index-text", c.line, span=span, name=name, index=c.text(index))
    if (
        isinstance(index, ast.Name)
        and (loop := c.reading.loop_of(index.id, node))
        and c.text(loop.iter) == name
    ):
        return found("loop-variable-is-item", c.line, span=span, variable=index.id, name=name)
    if isinstance(index, ast.Tuple):
        if isinstance(node.value, ast.List):
            return found("list-comma-missing", c.line, span=span)
        return found("index-comma", c.line, span=span, name=name,
                     code="".join([name, *[f"[{c.text(part)}]" for part in index.elts]]))  # fmt: skip
    if kind == "float":
        return found("index-float", c.line, span=span, name=name, index=c.text(index))
    if kind == "str":
        return found(
            "list-index-text", c.line, span=span, name=name, index=c.text(index), kind=in_words(holder)
        )
    return found("index-kind", c.line, span=span, name=name, index=c.text(index), kind=in_words(kind))


def not_indexed(c: Crash) -> Finding | None:
    """Square brackets on something that has no items."""
    if not c.is_a("TypeError") or not re.search("subscriptable|item assignment|item deletion", c.message):
        return None
    node = _subscript(c)
    if node is None:
        return None
    name, span = c.text(node.value), c.span(node)
    quoted = c.quoted_kinds()
    kind = quoted[0] if quoted else c.kind(node.value)
    if kind == "NoneType":
        return of_none(c, node.value)
    if kind in FUNCTION_KINDS:
        inside = c.text(node.slice)
        return found("square-call", c.line, span=span, name=name, code=f"{name}({inside})")
    if kind in ("str", "tuple", "bytes") and "subscriptable" not in c.message:
        rule = "text-cannot-change" if kind == "str" else "tuple-cannot-change"
        return found(rule, c.line, span=span, name=name)
    if kind in _VIEWS:
        return found(
            "view-indexed", c.line, span=span, name=name, kind=in_words(kind) if kind != "set" else "a set"
        )
    if kind in NUMBERS:
        return found("number-indexed", c.line, span=span, name=name)
    return found("thing-indexed", c.line, span=span, name=name, kind=in_words(kind))


def not_iterable(c: Crash) -> Finding | None:
    """for over a number, sum of a number, unpacking a number."""
    if not c.is_a("TypeError") or "iterable" not in c.message or " in " in c.message:
        return None
    quoted = c.quoted_kinds()
    match = re.search(r"non-iterable (\w+)", c.message)
    kind = match[1] if match else quoted[0] if quoted else None
    node: ast.AST | None = None
    loops = [n for n in c.here if isinstance(n, ast.For)] + [
        n for n in c.here if isinstance(n, ast.comprehension)
    ]
    loops += [
        g
        for n in c.here
        if isinstance(n, ast.ListComp | ast.SetComp | ast.GeneratorExp)
        for g in n.generators
    ]
    loop = next((n for n in loops if isinstance(n, ast.For | ast.comprehension)), None)
    calls = [n for n in c.pick(ast.Call) if isinstance(n, ast.Call) and n.args]
    call = c.node if isinstance(c.node, ast.Call) and c.node.args and match is None else None
    if loop is not None and (c.node is loop.iter or c.node is None or call is None):
        node = loop.iter
    elif calls and match is None:
        call = call or calls[0]
        assert isinstance(call, ast.Call)
        node = call.args[0]
    elif match:
        stores = [n for n in c.here if isinstance(n, ast.Assign)]
        node = stores[0].value if stores else None
    if kind == "NoneType":
        return of_none(c, node)
    if kind in FUNCTION_KINDS:
        return of_function(c, node)
    if match:
        return found("unpack-one", c.line, span=c.span(node), value=c.text(node))
    if loop is not None and node is loop.iter:
        if called_name(node) == "len":
            return found("for-over-len", c.line, span=c.span(node), what=c.text(node),
                         code=c.reading.line(c.line).replace(c.text(node), f"range({c.text(node)})"))  # fmt: skip
        if asked := c.input_line(node):
            return found("for-over-number", c.line, span=c.span(node), number=asked[1], code="")
        fact = c.fact(node)
        shown = c.text(node)
        value = f"{shown} is" if not fact or shown == fact.text else f"{shown} is {fact.text},"
        return found("for-over-number", c.line, span=c.span(node), number=shown, value=value,
                     code=c.reading.line(c.line).replace(f"in {shown}", f"in range({shown})"))  # fmt: skip
    if call is not None and isinstance(call, ast.Call):
        return found("needs-several", c.line, span=c.span(call), function=c.text(call.func), value=c.text(node),
                     code=f"{c.text(call.func)}([{', '.join(c.text(a) for a in call.args)}])")  # fmt: skip
    return None


def unhashable(c: Crash) -> Finding | None:
    """A list as a label or in a set."""
    if not c.is_a("TypeError") or "unhashable" not in c.message:
        return None
    kind = (c.quoted_kinds() or ["list"])[-1]
    return found("list-as-key", c.line, span=c.span(c.node), kind=in_words(kind))


def unpacking(c: Crash) -> Finding | None:
    """a, b = three values; for k, v in a dictionary."""
    if not c.is_a("ValueError") or "unpack" not in c.message:
        return None
    for node in c.here:
        if isinstance(node, ast.For) and isinstance(node.target, ast.Tuple):
            wanted = len(node.target.elts)
            if c.kind(node.iter) == "dict" and isinstance(node.iter, ast.Name):
                return found("dict-items-missing", c.line, span=c.span(node.iter), name=node.iter.id,
                             code=c.reading.line(c.line).replace(f"in {node.iter.id}", f"in {node.iter.id}.items()"))  # fmt: skip
            return found(
                "unpack-count-in-loop",
                c.line,
                span=c.span(node.target),
                wanted=wanted,
                what=c.text(node.iter),
            )
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple | ast.List):
            wanted = len(node.targets[0].elts)
            fact = c.fact(node.value)
            count = fact.length if fact else None
            if count is None and isinstance(node.value, ast.Tuple | ast.List):
                count = len(node.value.elts)
            if count is None and (match := re.search(r"got (\d+)", c.message)):
                count = int(match[1])
            shown = count if count is not None else "more" if "too many" in c.message else "fewer"
            return found("unpack-count", c.line, span=c.span(node.targets[0]), wanted=wanted, count=shown)
    return None


def not_in_list(c: Crash) -> Finding | None:
    """remove or index of something that is not there."""
    if not c.is_a("ValueError"):
        return None
    for node in c.pick(ast.Call):
        assert isinstance(node, ast.Call)
        method = called_method(node)
        if method in ("remove", "index", "rindex") and isinstance(node.func, ast.Attribute) and node.args:
            rule = "remove-missing" if method == "remove" else "index-of-missing"
            item = c.fact(node.args[0])
            shown = item.text.replace("'", '"') if item else c.text(node.args[0])
            return found(rule, c.line, span=c.span(node), name=c.text(node.func.value), item=shown)
    return None


def changed_while_looping(c: Crash) -> Finding | None:
    """A dictionary or set that changes its size while for goes through it."""
    if not c.is_a("RuntimeError") or "during iteration" not in c.message:
        return None
    loop = next((n for n in c.here if isinstance(n, ast.For)), None)
    name = c.text(loop.iter) if loop is not None else "It"
    owner = name_of(loop.iter) if loop is not None else None
    return found("changed-while-looping", c.line, span=c.span(loop.iter) if loop else None, name=owner or name,
                 code=c.reading.line(c.line).replace(f"in {name}", f"in list({name})") if loop else "")  # fmt: skip


RULES = (
    past_end, nothing_to_take, key_missing, wrong_index, not_indexed, not_iterable, unhashable, unpacking, not_in_list,
    changed_while_looping,
)  # fmt: skip
