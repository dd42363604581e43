"""What a check or a mistake asks, in words, for people who review a lesson. Code stands between backticks (Markdown)."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.lessons.model import (
    MISSING,
    AnyCheck,
    CallCheck,
    CatchesCheck,
    ConstructCheck,
    FileCheck,
    Generator,
    OutputCheck,
    RuleCheck,
    RunningCheck,
    SameAsSolutionCheck,
    TestCheck,
    TextExpectation,
    TextMatch,
    Tolerance,
    ValueCheck,
    When,
    WhenAdvice,
    WhenCheck,
    WhenFailed,
    WhenPattern,
)

_TEXT_WORDS = {
    TextMatch.EQUALS: "is",
    TextMatch.CONTAINS: "contains",
    TextMatch.MATCHES: "matches the regular expression",
    TextMatch.LINES: "has the lines, in this order,",
    TextMatch.NUMBERS: "has the numbers, in this order,",
}


def check_in_words(check: AnyCheck) -> str:
    """One check as a sentence or two."""
    force = _force(check) if isinstance(check, ConstructCheck) else ""
    return f"{_condition(check)}{force}{_hidden(check)}"


def when_in_words(whens: Sequence[When]) -> str:
    """How a mistake is recognised."""
    return "; and ".join(_when(when) for when in whens)


def _when(when: When) -> str:
    if isinstance(when, WhenCheck):
        return _lowered(_condition(when.check)).rstrip(".")
    if isinstance(when, WhenFailed):
        return "these checks fail: " + ", ".join(when.names)
    if isinstance(when, WhenAdvice):
        return f"the explanation {code(when.rule)} applies"
    assert isinstance(when, WhenPattern)
    return f"the program has the pattern {code(when.code)}"


def _condition(check: AnyCheck) -> str:
    given = _given(check)
    return f"{given}{_lowered(_asked(check))}" if given else _asked(check)


def _lowered(text: str) -> str:
    """A sentence as a part of another one."""
    return text[:1].lower() + text[1:]


def _given(check: AnyCheck) -> str:
    if not isinstance(check, RunningCheck):
        return ""
    parts = []
    if check.with_:
        parts.append("with " + ", ".join(code(f"{name} = {value!r}") for name, value in check.with_.items()))
    if check.stdin:
        parts.append(
            "with " + ", ".join(code(line) if line else "an empty line" for line in check.stdin) + " typed in"
        )
    said = " and ".join(parts)
    return f"{said[0].upper()}{said[1:]}: " if said else ""


def _hidden(check: AnyCheck) -> str:
    return " The input is hidden until it fails." if check.hidden else ""


def _asked(check: AnyCheck) -> str:
    if isinstance(check, OutputCheck):
        return "What is printed " + _texts(check.expectations)
    if isinstance(check, FileCheck):
        return f"The file {code(check.path)} " + _texts(check.expectations)
    if isinstance(check, CallCheck):
        return _call(check)
    if isinstance(check, ValueCheck):
        type_ = f" has the type {code(check.type)}" if check.type else ""
        equals = f" is {value(check.equals)}{_near(check.tolerance)}" if check.equals is not MISSING else ""
        return f"{code(check.expression)}{' and'.join(part for part in (equals, type_) if part)}."
    if isinstance(check, ConstructCheck):
        return _constructs(check)
    if isinstance(check, SameAsSolutionCheck):
        given = ", ".join(f"{name} ({generator_in_words(made)})" for name, made in check.given)
        return (
            f"{code(check.function)} answers as the solution does{_near(check.tolerance)}, "
            f"{check.times} times, for generated arguments: {given}."
        )
    if isinstance(check, RuleCheck):
        how = f"{code(check.call + '(...)')}" if check.call else f"the value of {code(check.value or '')}"
        return f"{how[0].upper()}{how[1:]} is right for every case of the rule {check.rule}, part {check.part}{_near(check.tolerance)}."
    if isinstance(check, TestCheck):
        return "These tests pass:\n\n" + fenced(check.code)
    assert isinstance(check, CatchesCheck)
    faults = ", ".join(fault.name for fault in check.faults)
    return (
        f"The learner's tests of {code(check.module)} pass against {len(check.right)} right "
        f"{'program' if len(check.right) == 1 else 'programs'}, and catch each planted fault: {faults}."
    )


def _call(check: CallCheck) -> str:
    parts = []
    if check.returns is not MISSING:
        parts.append(f"gives {value(check.returns)}{_near(check.tolerance)}")
    if check.raises:
        saying = f" saying {code(check.saying)}" if check.saying else ""
        parts.append(f"raises {code(check.raises)}{saying}")
    if check.prints:
        parts.append("prints text that " + _texts(check.prints).rstrip("."))
    return f"{code(check.expression)} {' and '.join(parts)}."


def _constructs(check: ConstructCheck) -> str:
    parts = []
    if check.uses:
        parts.append("uses " + ", ".join(map(code, check.uses)))
    if check.avoids:
        parts.append("avoids " + ", ".join(map(code, check.avoids)))
    return f"The program {' and '.join(parts)}."


def _force(check: ConstructCheck) -> str:
    if check.must:
        return f" This must be so: {check.why}"
    return " Where it does not, a program that is right still passes, with a note."


def _texts(expectations: Sequence[TextExpectation]) -> str:
    return " and ".join(_text(one) for one in expectations) + "."


def _text(one: TextExpectation) -> str:
    notes = []
    if one.ignore:
        notes.append(f"{', '.join(sorted(one.ignore))} not counted")
    if one.prompts:
        notes.append("prompts counted")
    said = f" ({'; '.join(notes)})" if notes else ""
    wanted = one.wanted
    if isinstance(wanted, str):
        shown = (
            code(wanted.rstrip("\n")) if "\n" not in wanted.strip("\n") else "\n\n" + fenced(wanted) + "\n"
        )
        return f"{_TEXT_WORDS[one.how]} {shown}{said}"
    items = [item if isinstance(item, str) else f"{item:g}" for item in wanted]
    return f"{_TEXT_WORDS[one.how]} {', '.join(map(code, items))}{_near(one.tolerance)}{said}"


def _near(tolerance: Tolerance) -> str:
    parts = []
    if tolerance.close is not None:
        parts.append(f"within {tolerance.close:g}")
    if tolerance.relative is not None:
        parts.append(f"within {tolerance.relative:g} of its size")
    if tolerance.exactly:
        parts.append("exactly, also in its type")
    if tolerance.loosely:
        parts.append("whatever its kind of list or number")
    return f" ({', '.join(parts)})" if parts else ""


def generator_in_words(made: Generator) -> str:
    """How an argument is made up."""
    if made.kind == "one-of":
        return "one of " + ", ".join(repr(option) for option in made.options)
    if made.kind == "list" and made.of is not None:
        return f"a list of {generator_in_words(made.of)}"
    if made.low is not None:
        step = f" in steps of {made.step}" if made.step not in (None, 1) else ""
        return f"{made.kind} from {made.low} to {made.high}{step}"
    return str(made.kind)


def value(given: object) -> str:
    """A value as Python writes it."""
    return code(repr(given))


def code(text: str) -> str:
    """Text as inline code, whatever backticks are in it."""
    text = text.replace("\n", " ⏎ ")
    ticks = "`"
    while ticks in text:
        ticks += "`"
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{ticks}{pad}{text or ' '}{pad}{ticks}"


def fenced(text: str, language: str = "text") -> str:
    """Text as a fenced code block."""
    ticks = "```"
    while ticks in text:
        ticks += "`"
    return f"{ticks}{language}\n{text.rstrip()}\n{ticks}"
