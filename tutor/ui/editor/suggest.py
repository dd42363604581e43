"""What to offer at the caret, from the program as it stands and the plain-words list. Knows nothing of any widget."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable

from msgspec import Struct

from tutor.translation import tr
from tutor.ui.editor.code_text import Where, code_only, open_bracket, where
from tutor.ui.editor.signatures import Entry, signatures

LETTERS_BEFORE_OFFER = 3
_LONGEST = 200_000  # characters; a longer text is no learner's program, and typing stays quick
_NAME = re.compile(r"(?<![.\w])[^\W\d]\w*(?![\w\"])")  # not after a dot (methods), not the f of f""
_LAST_NAME = re.compile(r"(?:([^\W\d]\w*)(\s*\.\s*))?([^\W\d]\w*)?\Z")
_DEF = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+([^\W\d]\w*)[ \t]*\(([^)]*)\)", re.MULTILINE)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([\w.]+)(?:[ \t]+as[ \t]+(\w+))?", re.MULTILINE)
_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+([\w, \t]+)", re.MULTILINE)
_KIND_OF_VALUE = (
    (re.compile(r"[rRfFuU]{0,2}[\"']|str\(|input\("), "text"),
    (re.compile(r"\[|list\(|sorted\("), "list"),
    (re.compile(r"dict\(|\{\s*\}|\{[^{}]*?:|(?:collections\.)?(?:Counter|defaultdict)\("), "dict"),
    (re.compile(r"set\(|\{"), "set"),
    (re.compile(r"open\("), "file"),
)
_KIND_OF_ANSWER = {  # what a method at the end of the line gives back
    "text": ("strip", "lower", "upper", "title", "replace", "join", "format", "read", "readline", "zfill"),
    "list": ("split", "splitlines", "readlines"),
}
_PYTHON_WORDS = frozenset(keyword.kwlist)


class Offer(Struct, frozen=True):
    """What has been typed of a name (`prefix`, after a dot or not), and what it could become."""

    prefix: str
    after_dot: bool
    entries: tuple[Entry, ...]


class CallTip(Struct, frozen=True):
    """The signature of the call that the caret is in; `part` is the value (start and end in `call`) that is due now."""

    call: str
    says: str
    part: tuple[int, int]
    offset: int  # of the bracket, in characters


def offer(program: str, offset: int, extra: Iterable[Entry] = (), *, asked: bool = False) -> Offer | None:
    """What to offer at a place; None for nothing. `asked`: Ctrl+Space, so from the first letter on."""
    if len(program) > _LONGEST or where(program, offset) is not Where.CODE:
        return None
    line = program[:offset].rpartition("\n")[2]
    found = _LAST_NAME.search(line)
    if found is None:
        return None
    owner, dot, prefix = found[1], found[2], found[3] or ""
    if not dot and (
        line[: found.start(3) if prefix else len(line)].endswith(".") or _names_something_new(line, prefix)
    ):
        return None
    if not dot and not asked and len(prefix) < LETTERS_BEFORE_OFFER:
        return None
    code = program[: offset - len(prefix)] + " " * len(prefix) + program[offset:]
    entries = _members(code, offset, owner) if dot else _names(code, line, prefix, extra)
    wanted = prefix.casefold()
    fitting = [e for e in entries if e.name.casefold().startswith(wanted) and (e.name != prefix or asked)]
    fitting.sort(key=lambda e: (not e.name.startswith(prefix), e.name.startswith("_"), e.name.casefold()))
    return (
        Offer(prefix, bool(dot), tuple(fitting))
        if fitting and not (len(fitting) == 1 and fitting[0].name == prefix)
        else None
    )


def call_tip(program: str, offset: int) -> CallTip | None:
    """The call that is open at a place, if its function is known."""
    if len(program) > _LONGEST:
        return None
    code = code_only(program)
    bracket = open_bracket(code, offset)
    if bracket is None or bracket.sign != "(":
        return None
    named = re.search(r"((?:[^\W\d]\w*\.)?[^\W\d]\w*)\s*\Z", code[: bracket.offset])
    if named is None or re.search(r"\b(def|class)\s+\Z", code[: named.start()]):
        return None
    entry = _called(program, bracket.offset, named[1])
    if entry is None or not entry.takes_values:
        return None
    return CallTip(entry.call, entry.says, _part(entry.call, bracket.commas), bracket.offset)


def names_in(code: str) -> dict[str, Entry]:
    """The names that a program makes or uses, functions with how they are called."""
    plain = code_only(code)
    said, own = tr("in your program"), tr("your function")
    found = {name: Entry(name, "", said) for name in _NAME.findall(plain)}
    for name, values in _DEF.findall(code):
        found[name] = Entry(name, f"{name}({' '.join(values.split())})", own)
    for word in _PYTHON_WORDS:
        found.pop(word, None)
    return found


def _names(code: str, line: str, prefix: str, extra: Iterable[Entry]) -> list[Entry]:
    known = signatures()
    before = line[: len(line) - len(prefix)]
    if re.match(r"\s*(import|from)\s+\Z", before):
        return [Entry(module, module, says) for module, says in known.about.items()]
    taken_from = re.match(r"\s*from\s+([\w.]+)\s+import\s+(?:\w+\s*,\s*)*\Z", before)
    if taken_from is not None:
        return list(known.modules.get(taken_from[1], {}).values())
    own = {name: entry for name, entry in names_in(code).items() if name not in known.builtins}
    named = {entry.name: entry for entry in extra}
    modules = {m: Entry(m, m, known.about[m]) for m in _modules(code).values() if m in known.about}
    return list({**named, **known.words, **known.builtins, **own, **modules}.values())


def _names_something_new(line: str, prefix: str) -> bool:
    """Where a name is being invented, nothing is offered: after def, class, for, as."""
    before = line[: len(line) - len(prefix)]
    return bool(re.search(r"(\b(def|class|for|as)\s+|\bdef\s+\w+\s*\([^)=]*)\Z", before))


def _members(code: str, offset: int, owner: str | None) -> list[Entry]:
    """What can follow a dot: the functions of a module, or the methods of what the name was last given."""
    known = signatures()
    if owner is None:
        return []
    module = _modules(code).get(owner)
    if module is not None:
        return list(known.modules.get(module, {}).values())
    kind = _kind_of(code[:offset], owner)
    return list(known.kinds[kind].values()) if kind else []


def _modules(code: str) -> dict[str, str]:
    """The names under which modules are imported."""
    return {alias or module: module for module, alias in _IMPORT.findall(code)}


def _kind_of(before: str, name: str) -> str | None:
    """The kind of value of the last assignment to a name; None where that is not certain."""
    given = re.findall(rf"^[ \t]*{re.escape(name)}[ \t]*(?::[^=\n]+)?=(?!=)[ \t]*(.+)$", before, re.MULTILINE)
    opened = re.search(rf"\bopen\(.*\)[ \t]+as[ \t]+{re.escape(name)}\b", before)
    if not given:
        return "file" if opened else None
    value = given[-1].strip()
    method = re.search(r"\.(\w+)\([^()]*\)\Z", value)
    if method is not None:
        return next((kind for kind, methods in _KIND_OF_ANSWER.items() if method[1] in methods), None)
    for pattern, kind in _KIND_OF_VALUE:
        if pattern.match(value):
            # "a" in b, [1][0] and the like are something else; only a value that ends as it began is certain.
            return kind if value[-1:] in "\"')]}" and not re.search(r"[\"'\])}]\s*\[", value) else None
    return None


def _called(program: str, offset: int, dotted: str) -> Entry | None:
    known = signatures()
    owner, _, name = dotted.rpartition(".")
    if owner:
        return {entry.name: entry for entry in _members(program, offset, owner)}.get(name)
    for own, values in reversed(_DEF.findall(program)):
        if own == name:
            return Entry(name, f"{name}({' '.join(values.split())})", tr("your function"))
    for module, names in _FROM.findall(program):
        if name in re.split(r"[,\s]+", names) and name in known.modules.get(module, {}):
            return known.modules[module][name]
    return known.builtins.get(name) if hasattr(builtins, name) else None


def _part(call: str, commas: int) -> tuple[int, int]:
    """Where the value after so many commas stands in a signature."""
    opened = call.find("(") + 1
    parts = call[opened:-1].split(",")
    start = opened
    for number, part in enumerate(parts):
        if number == min(commas, len(parts) - 1) and (commas < len(parts) or part.strip() == "..."):
            lead = len(part) - len(part.lstrip())
            return start + lead, start + len(part)
        start += len(part) + 1
    return 0, 0
