"""Case files: what a learner sends who thinks that a refused program is right.

A case is a short text that anybody can read before it is sent: which step, which program, what the checks said, which
versions. Nothing in it is about a person or a PC. It is read tolerantly: mail programs quote it, change its line ends and add
lines around it. A program that arrives changed is noticed by its hash.
"""

from __future__ import annotations

import hashlib
import platform
import re
from collections.abc import Sequence

from msgspec import Struct

from tutor import __version__
from tutor.checks.result import CheckResult
from tutor.translation import tr

TITLE = "Code4Health Tutor: I think my program is right"
FORMAT = "1"
#: What a case file is called when it is saved.
SUFFIX = ".case.txt"

_PROGRAM = "--- program"
_CHECKS = "--- what the checks said"
_REASON = "--- why I think so"
_END = "--- end"
_FIELD = re.compile(
    r"^(course|lesson|step|content|tutor|python|system|program-lines|program-hash|format):[ \t]*(.*?)[ \t]*$"
)
_QUOTE = re.compile(r"^(?:>[ \t]?)+")
_NEEDED = ("lesson", "step", "content", "program-lines", "program-hash")


class Case(Struct, frozen=True):
    """A case as it was read.

    Args:
        lesson, step: ids.
        content_hash: of the step, when it was judged.
        program: the learner's program.
        course: the course's id and version, as it was written.
        checks: what the checks said, a line each.
        reason: the learner's own words, if any.
        versions: of the tutor and Python, and the system's name.
    """

    lesson: str
    step: str
    content_hash: str
    program: str
    course: str = ""
    checks: tuple[str, ...] = ()
    reason: str = ""
    versions: tuple[str, ...] = ()


class DamagedCase(ValueError):
    """A text that is no case, or one that did not arrive whole; its words say what is wrong."""


def case_text(
    *,
    course: str,
    lesson: str,
    step: str,
    content_hash: str,
    program: str,
    checks: Sequence[CheckResult] = (),
    reason: str = "",
) -> str:
    """A case file's text.

    Args:
        course: the course's id and version, such as "code4health 1.0".
        lesson, step: ids.
        content_hash: the step's `content_hash`.
        program: the learner's program, as it was judged.
        checks: how the checks went.
        reason: what the learner writes about it; nothing personal is added to it.
    """
    lines = _lines(program)
    said = [
        f"{'passed' if check.passed else 'failed'}  {_one_line(check.subject or check.name)}"
        + (f": {_one_line(check.message)}" if check.message and not check.passed else "")
        for check in checks
    ]
    parts = [
        TITLE,
        "You can read all of it: it holds your program and what the checks said, and nothing about you.",
        "",
        f"format: {FORMAT}",
        f"course: {_one_line(course)}",
        f"lesson: {lesson}",
        f"step: {step}",
        f"content: {content_hash}",
        f"tutor: {__version__}",
        f"python: {platform.python_version()}",
        f"system: {platform.system() or 'unknown'}",
        f"program-lines: {len(lines)}",
        f"program-hash: {_hash(lines)}",
        "",
        _PROGRAM,
        *(f"| {line}".rstrip() for line in lines),
        "",
        _CHECKS,
        *said,
        "",
    ]
    if reason.strip():
        parts += [_REASON, *(line.rstrip() for line in reason.strip().splitlines()), ""]
    return "\n".join([*parts, _END, ""])


def read_case(text: str) -> Case:
    """Read a case file.

    Raises:
        DamagedCase: it is none, or a part of it is missing or changed.
    """
    lines = [_QUOTE.sub("", line).rstrip() for line in text.lstrip("\ufeff").splitlines()]
    fields, rest = _fields(lines)
    missing = [name for name in _NEEDED if not fields.get(name)]
    if len(missing) == len(_NEEDED):
        raise DamagedCase(tr("This is no case file."))
    if missing:
        raise DamagedCase(tr("It does not say its {names}.", names=", ".join(missing)))
    if fields.get("format", FORMAT) != FORMAT:
        raise DamagedCase(tr("It was written by a newer tutor."))
    program = [line[1:].removeprefix(" ") for line in _section(rest, _PROGRAM) if line.startswith("|")]
    if str(len(program)) != fields["program-lines"]:
        raise DamagedCase(
            tr(
                "Its program has {now} lines; it had {before}.",
                now=len(program),
                before=fields["program-lines"],
            )
        )
    if _hash(program) != fields["program-hash"]:
        raise DamagedCase(tr("Its program was changed on the way."))
    return Case(
        lesson=fields["lesson"],
        step=fields["step"],
        content_hash=fields["content"],
        program="\n".join(program) + "\n",
        course=fields.get("course", ""),
        checks=tuple(line for line in _section(rest, _CHECKS) if line),
        reason="\n".join(_section(rest, _REASON)).strip(),
        versions=tuple(fields.get(name, "") for name in ("tutor", "python", "system")),
    )


def _fields(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The `name: value` lines before the first section, and the lines from there on."""
    fields: dict[str, str] = {}
    for number, line in enumerate(lines):
        if line.strip() == _PROGRAM:
            return fields, lines[number:]
        match = _FIELD.match(line.strip())
        if match:
            fields.setdefault(match[1], match[2])
    return fields, []


def _section(lines: list[str], name: str) -> list[str]:
    """The lines below a section's title, to the next title."""
    found: list[str] = []
    inside = False
    for line in lines:
        if line.strip() in (_PROGRAM, _CHECKS, _REASON, _END):
            inside = line.strip() == name
        elif inside:
            found.append(line)
    return found


def _lines(program: str) -> list[str]:
    """A program's lines without blanks at their ends, which mail does not keep, and no Python needs."""
    text = program.encode("utf-8", "replace").decode("utf-8")
    lines = [line.rstrip() for line in re.split(r"\r\n|\n|\r", text)]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _hash(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
