"""What to say where no rule fits: where to look."""

from __future__ import annotations

from tutor.explain.crash import Crash
from tutor.explain.finding import Finding, found
from tutor.explain.reading import Reading

#: Python reads up to 200 brackets inside one another; nobody means half as many.
DEEPEST = 99


def unreadable(r: Reading) -> Finding | None:
    """Python cannot read the program, and no rule knows why."""
    if not r.fault:
        return None
    if r.fault.type in ("MemoryError", "RecursionError", "OverflowError") or _depth(r) >= DEEPEST:
        return found("too-deep", None)
    line = min(r.fault.line, len(r.lines))
    if not r.masked_line(line).strip():
        line = r.before(line) or line
    return found("cannot-read", line) if line > 1 else found("cannot-read-first", line)


def _depth(r: Reading) -> int:
    deepest = depth = 0
    for token in r.tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        deepest = max(deepest, depth)
    return deepest


_CLASSES = {
    "TypeError": "error-kind", "ValueError": "error-value", "AttributeError": "error-attribute",
    "IndexError": "error-index", "KeyError": "error-key", "OSError": "error-file", "ImportError": "error-import",
    "SyntaxError": "error-text-as-program",
}  # fmt: skip


def other_error(c: Crash) -> Finding:
    """An exception that no rule knows: its line, and what its class is about."""
    line = c.line or None
    rule = next(
        (_CLASSES[name] for name in (c.error.type, *c.error.bases) if name in _CLASSES), "error-other"
    )
    return found(rule, line, error=c.error.type)
