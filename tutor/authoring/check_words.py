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
from tutor.translation import counted, tr


def check_in_words(check: AnyCheck) -> str:
    """One check as a sentence or two."""
    said = [_condition(check)]
    if isinstance(check, ConstructCheck):
        said.append(_force(check))
    if check.hidden:
        said.append(tr("The input is hidden until it fails."))
    return " ".join(said)


def when_in_words(whens: Sequence[When]) -> str:
    """How a mistake is recognised."""
    said, *others = [_when(when) for when in whens]
    for other in others:
        said = tr("{one}; and {other}", one=said, other=other)
    return said


def _when(when: When) -> str:
    if isinstance(when, WhenCheck):
        return _lowered(_condition(when.check)).rstrip(".")
    if isinstance(when, WhenFailed):
        return tr("these checks fail: {names}", names=", ".join(when.names))
    if isinstance(when, WhenAdvice):
        return tr("the explanation {name} applies", name=code(when.rule))
    assert isinstance(when, WhenPattern)
    return tr("the program has the pattern {pattern}", pattern=code(when.code))


def _condition(check: AnyCheck) -> str:
    asked = _asked(check)
    if not isinstance(check, RunningCheck) or not (check.with_ or check.stdin):
        return asked
    values = ", ".join(code(f"{name} = {value!r}") for name, value in check.with_.items())
    lines = ", ".join(code(line) if line else tr("an empty line") for line in check.stdin)
    asked = _lowered(asked)
    if not lines:
        return tr("With {values}: {check}", values=values, check=asked)
    if not values:
        return tr("With {lines} typed in: {check}", lines=lines, check=asked)
    return tr("With {values} and with {lines} typed in: {check}", values=values, lines=lines, check=asked)


def _lowered(text: str) -> str:
    """A sentence as a part of another one."""
    return text[:1].lower() + text[1:]


def _asked(check: AnyCheck) -> str:
    if isinstance(check, OutputCheck):
        return tr("What is printed {is_so}.", is_so=_texts(check.expectations))
    if isinstance(check, FileCheck):
        return tr("The file {file} {is_so}.", file=code(check.path), is_so=_texts(check.expectations))
    if isinstance(check, CallCheck):
        return f"{code(check.expression)} {_call(check)}."
    if isinstance(check, ValueCheck):
        return f"{code(check.expression)} {_value(check)}."
    if isinstance(check, ConstructCheck):
        return _constructs(check)
    if isinstance(check, SameAsSolutionCheck):
        given = ", ".join(f"{name} ({generator_in_words(made)})" for name, made in check.given)
        return counted(
            check.times,
            "{function} answers as the solution does{near}, %n time, for generated arguments: {arguments}.",
            "{function} answers as the solution does{near}, %n times, for generated arguments: {arguments}.",
            function=code(check.function),
            near=_near(check.tolerance),
            arguments=given,
        )
    if isinstance(check, RuleCheck):
        return _rule(check)
    if isinstance(check, TestCheck):
        return f"{tr('These tests pass:')}\n\n{fenced(check.code)}"
    assert isinstance(check, CatchesCheck)
    return counted(
        len(check.right),
        "The learner's tests of {module} pass against %n right program, and catch each planted fault: {faults}.",
        "The learner's tests of {module} pass against %n right programs, and catch each planted fault: {faults}.",
        module=code(check.module),
        faults=", ".join(fault.name for fault in check.faults),
    )


def _and(parts: Sequence[str]) -> str:
    said, *others = parts or ("",)
    for other in others:
        said = tr("{one} and {other}", one=said, other=other)
    return said


def _value(check: ValueCheck) -> str:
    parts = []
    if check.equals is not MISSING:
        parts.append(tr("is {value}", value=f"{value(check.equals)}{_near(check.tolerance)}"))
    if check.type:
        parts.append(tr("has the type {kind}", kind=code(check.type)))
    return _and(parts)


def _rule(check: RuleCheck) -> str:
    words = {"rule": check.rule, "part": f"{check.part}{_near(check.tolerance)}"}
    if check.call:
        called = code(check.call + "(...)")
        return tr("{call} is right for every case of the rule {rule}, part {part}.", call=called, **words)
    name = code(check.value or "")
    return tr(
        "The value of {name} is right for every case of the rule {rule}, part {part}.", name=name, **words
    )


def _call(check: CallCheck) -> str:
    parts = []
    if check.returns is not MISSING:
        parts.append(tr("gives {value}", value=f"{value(check.returns)}{_near(check.tolerance)}"))
    if check.raises and check.saying:
        parts.append(tr("raises {error} saying {words}", error=code(check.raises), words=code(check.saying)))
    elif check.raises:
        parts.append(tr("raises {error}", error=code(check.raises)))
    if check.prints:
        parts.append(tr("prints text that {is_so}", is_so=_texts(check.prints)))
    return _and(parts)


def _constructs(check: ConstructCheck) -> str:
    used, avoided = (", ".join(map(code, names)) for names in (check.uses, check.avoids))
    if used and avoided:
        return tr("The program uses {used} and avoids {avoided}.", used=used, avoided=avoided)
    if used:
        return tr("The program uses {used}.", used=used)
    return tr("The program avoids {avoided}.", avoided=avoided)


def _force(check: ConstructCheck) -> str:
    if check.must:
        return tr("This must be so: {why}", why=check.why)
    return tr("Where it does not, a program that is right still passes, with a note.")


def _texts(expectations: Sequence[TextExpectation]) -> str:
    return _and([_text(one) for one in expectations])


def _text(one: TextExpectation) -> str:
    notes = []
    if one.ignore:
        notes.append(tr("{what} not counted", what=", ".join(sorted(one.ignore))))
    if one.prompts:
        notes.append(tr("prompts counted"))
    said = f" ({'; '.join(notes)})" if notes else ""
    wanted = one.wanted
    if isinstance(wanted, str):
        block = "\n" in wanted.strip("\n")
        return _is_so(one.how, f"\n\n{fenced(wanted)}\n" if block else code(wanted.rstrip("\n"))) + said
    items = ", ".join(code(item if isinstance(item, str) else f"{item:g}") for item in wanted)
    return f"{_is_so(one.how, items)}{_near(one.tolerance)}{said}"


def _is_so(how: TextMatch, text: str) -> str:
    match how:
        case TextMatch.EQUALS:
            return tr("is {text}", text=text)
        case TextMatch.CONTAINS:
            return tr("contains {text}", text=text)
        case TextMatch.MATCHES:
            return tr("matches the regular expression {text}", text=text)
        case TextMatch.LINES:
            return tr("has the lines, in this order, {text}", text=text)
        case TextMatch.NUMBERS:
            return tr("has the numbers, in this order, {text}", text=text)


def _near(tolerance: Tolerance) -> str:
    parts = []
    if tolerance.close is not None:
        parts.append(tr("within {number}", number=f"{tolerance.close:g}"))
    if tolerance.relative is not None:
        parts.append(tr("within {share} of its size", share=f"{tolerance.relative:g}"))
    if tolerance.exactly:
        parts.append(tr("exactly, also in its type"))
    if tolerance.loosely:
        parts.append(tr("whatever its kind of list or number"))
    return f" ({', '.join(parts)})" if parts else ""


def generator_in_words(made: Generator) -> str:
    """How an argument is made up."""
    if made.kind == "one-of":
        return tr("one of {words}", words=", ".join(repr(option) for option in made.options))
    if made.kind == "list" and made.of is not None:
        return tr("a list of {items}", items=generator_in_words(made.of))
    if made.low is not None:
        words = {"kind": made.kind, "low": made.low, "high": made.high}
        if made.step not in (None, 1):
            return tr("{kind} from {low} to {high} in steps of {step}", step=made.step, **words)
        return tr("{kind} from {low} to {high}", **words)
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
