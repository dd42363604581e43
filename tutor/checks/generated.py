"""`same-as-solution:` the same made-up arguments for the learner's function and the solution's; the smallest difference."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msgspec import Struct

from tutor.checks.case import Case, failed, passed
from tutor.checks.compare import equal
from tutor.checks.outcomes import (
    call_trouble,
    could_be_judged,
    given_words,
    missing_assignment,
    python_words,
    setting_of,
)
from tutor.checks.outputs import run_failed
from tutor.checks.replacing import literal
from tutor.checks.result import CheckResult
from tutor.checks.showing import show
from tutor.checks.trial import Demand, Seen
from tutor.checks.value_feedback import value_feedback
from tutor.errors import LessonError
from tutor.lessons.model import Generator, SameAsSolutionCheck, Tolerance
from tutor.runner.result import Answer, Outcome, Question
from tutor.translation import tr

Arguments = tuple[Any, ...]

_SEED = "code4health"  # fixed: every learner gets the same arguments
_ROUNDS = 8  # of shrinking; each asks both programs once
_CANDIDATES = 40  # tried in one round
_LONGEST_LIST = 8
_WORDS = (
    "",
    "a",
    " ",
    "Amara",
    "amara",
    "BED 4",
    "0",
    "12",
    "x" * 20,
    "é",
    "a b  c",
    "Q.E.D.",
    "N/A",
    "level",
)


# ----------------------------------------------------------------------------------------------------------- arguments


def arguments_for(check: SameAsSolutionCheck) -> list[Arguments]:
    """The made-up arguments: first all lowest, all highest, then at random; no two the same."""
    dice = random.Random(f"{_SEED}:{check.function}")
    generators = [generator for _, generator in check.given]
    made: dict[str, Arguments] = {}
    for arguments in _corners(generators):
        made.setdefault(_code(arguments), arguments)
    for _ in range(check.times * 5):
        if len(made) >= check.times:
            break
        arguments = tuple(_random(generator, dice) for generator in generators)
        made.setdefault(_code(arguments), arguments)
    return list(made.values())[: max(check.times, 1)]


def _corners(generators: list[Generator]) -> Iterator[Arguments]:
    yield tuple(_simplest(generator) for generator in generators)
    yield tuple(_highest(generator) for generator in generators)


def _code(arguments: Arguments) -> str:
    return ", ".join(map(literal, arguments))


def _random(generator: Generator, dice: random.Random) -> Any:
    match generator.kind:
        case "int":
            step = int(generator.step or 1)
            return int(generator.low) + step * dice.randint(
                0, (int(generator.high) - int(generator.low)) // step
            )
        case "float":
            return _on_grid(generator, dice.random())
        case "text":
            return (
                dice.choice(_WORDS)
                if dice.random() < 0.6
                else "".join(dice.choices("abcXYZ 019-é", k=dice.randint(1, 12)))
            )
        case "bool":
            return dice.random() < 0.5
        case "one-of":
            return dice.choice(generator.options)
        case "list" if generator.of is not None:
            return [_random(generator.of, dice) for _ in range(dice.randint(0, _LONGEST_LIST))]
        case "date":
            return generator.low + datetime.timedelta(
                days=dice.randint(0, (generator.high - generator.low).days)
            )
    raise LessonError(tr("There is no generator {kind}.", kind=repr(generator.kind)))


def _on_grid(generator: Generator, part: float) -> float:
    """A float between low and high (`part` from 0 to 1), on the steps where there are some: 36.6, not 36.6000000001."""
    low, high = Decimal(str(generator.low)), Decimal(str(generator.high))
    step = Decimal(str(generator.step)) if generator.step else None
    if not step:
        return float(generator.low) + part * (float(generator.high) - float(generator.low))
    return float(low + step * round(part * float((high - low) // step)))


def _simplest(generator: Generator) -> Any:
    match generator.kind:
        case "int":
            low = int(generator.low)
            return low if generator.step else min(max(0, low), int(generator.high))
        case "float":
            return _on_grid(generator, 0.0) if not generator.low <= 0 <= generator.high else 0.0
        case "one-of":
            return generator.options[0]
        case "date":
            return generator.low
    return {"text": "", "bool": False, "list": []}.get(generator.kind)


def _highest(generator: Generator) -> Any:
    match generator.kind:
        case "int":
            low, high, step = int(generator.low), int(generator.high), int(generator.step or 1)
            return low + (high - low) // step * step
        case "float":
            return _on_grid(generator, 1.0)
        case "one-of":
            return generator.options[-1]
        case "date":
            return generator.high
        case "list" if generator.of is not None:
            return [_highest(generator.of)]
    return {"text": "Amara", "bool": True}.get(generator.kind)


# ------------------------------------------------------------------------------------------------------------ shrinking


def simpler(arguments: Arguments, check: SameAsSolutionCheck) -> list[Arguments]:
    """Arguments like these with one of them simpler, the simplest first."""
    found: dict[str, Arguments] = {}
    for position, (_, generator) in enumerate(check.given):
        for value in _simpler(arguments[position], generator):
            changed = (*arguments[:position], value, *arguments[position + 1 :])
            found.setdefault(_code(changed), changed)
    found.pop(_code(arguments), None)
    return sorted(found.values(), key=_size)[:_CANDIDATES]


def _simpler(value: Any, generator: Generator) -> Iterator[Any]:
    simplest = _simplest(generator)
    match generator.kind:
        case "int":
            step = int(generator.step or 1)
            yield from (value - step * away for away in _halves((value - simplest) // step))
        case "float" if generator.step:
            grid = Decimal(str(generator.step))
            steps = round((Decimal(str(value)) - Decimal(str(simplest))) / grid)
            yield from (float(Decimal(str(value)) - grid * away) for away in _halves(steps))
        case "float":
            yield from (simplest, float(round(value)), round(value, 1))
        case "date":
            yield from (value - datetime.timedelta(days=away) for away in _halves((value - simplest).days))
        case "bool" if value:
            yield False
        case "one-of":
            yield from generator.options[: generator.options.index(value)]
        case "text":
            yield from ("", *(value[:i] + value[i + 1 :] for i in range(len(value))))
        case "list" if generator.of is not None:
            yield from ([], *(value[:i] + value[i + 1 :] for i in range(len(value))))
            for i, item in enumerate(value):
                yield from (value[:i] + [other] + value[i + 1 :] for other in _simpler(item, generator.of))


def _halves(distance: int) -> Iterator[int]:
    """The whole distance, half of it, a quarter ... down to one."""
    while distance:
        yield distance
        distance = int(distance / 2)


def _size(arguments: Arguments) -> tuple[int, float, str]:
    """How much a person has to take in: fewer characters, then smaller numbers."""
    numbers = [item for value in arguments for item in (value if isinstance(value, list) else [value])]
    magnitude = sum(abs(item) for item in numbers if isinstance(item, (int, float)))
    items = sum(1 + len(value) for value in arguments if isinstance(value, (list, str)))
    return items, magnitude, _code(arguments)


# -------------------------------------------------------------------------------------------------------------- judging


class _Pair(Struct, frozen=True):
    """What both programs made of one set of arguments."""

    arguments: Arguments
    got: Answer
    wanted: Answer


def demands(check: SameAsSolutionCheck) -> tuple[Demand, ...]:
    """One run with all the calls; after one that ends the process the others are not made."""
    return (_demand(check, arguments_for(check)),)


def _demand(check: SameAsSolutionCheck, many: list[Arguments]) -> Demand:
    questions = tuple(Question(f"{check.function}({_code(arguments)})") for arguments in many)
    return Demand(setting_of(check), questions, together=True)


def judge(check: SameAsSolutionCheck, seen: Seen, case: Case) -> CheckResult:
    """Compare with the solution; the first difference is shrunk and shown."""
    if seen.run is None:
        return failed(
            check, missing_assignment(seen.missing, dict(setting_of(check).replaced).get(seen.missing, "..."))
        )
    if not could_be_judged(seen):
        return run_failed(check, seen)
    many = arguments_for(check)
    wanted = case.solution.observe([_demand(check, many)], reuse=True)[0]
    for answer in wanted.answers:
        if answer.outcome not in (Outcome.FINISHED, Outcome.ERROR):
            raise LessonError(
                tr(
                    "The lesson's own {function} does not answer {code}.",
                    function=check.function,
                    code=answer.question.code,
                )
            )
    pairs = [_Pair(*three) for three in zip(many, seen.answers, wanted.answers, strict=True)]
    if any(pair.got.outcome is Outcome.ERROR and _is_unknown(pair.got, check.function) for pair in pairs):
        return _differs(check, pairs[0], seen, case)
    different = [
        pair for pair in pairs if pair.got.outcome is not Outcome.NOT_STARTED and not _agree(pair, check)
    ]
    if not different:
        if all(pair.got.outcome is not Outcome.NOT_STARTED for pair in pairs):
            return passed(check, f"{check.function}(...)", given_words(setting_of(check), check))
        return _differs(
            check, next(pair for pair in pairs if pair.got.outcome is Outcome.NOT_STARTED), seen, case
        )
    smallest = min(different, key=lambda pair: _size(pair.arguments))
    return _differs(check, _shrunk(check, smallest, case), seen, case)


def _is_unknown(answer: Answer, function: str) -> bool:
    return (
        answer.error is not None
        and answer.error.type == "NameError"
        and answer.error.attributes.get("name") == function
    )


def _agree(pair: _Pair, check: SameAsSolutionCheck) -> bool:
    got, wanted = pair.got, pair.wanted
    if got.outcome is not wanted.outcome:
        return False
    if got.outcome is Outcome.ERROR and got.error is not None and wanted.error is not None:
        return got.error.type == wanted.error.type
    return equal(wanted.value, got.value, check.tolerance)


def _shrunk(check: SameAsSolutionCheck, pair: _Pair, case: Case) -> _Pair:
    """The smallest difference that can be found from this one. A call that ends the process is not asked again."""
    for _ in range(_ROUNDS):
        if pair.got.outcome not in (Outcome.FINISHED, Outcome.ERROR):
            return pair
        many = simpler(pair.arguments, check)
        if not many:
            return pair
        demand = _demand(check, many)
        got = case.trial.observe([demand], reuse=True)[0].answers
        wanted = case.solution.observe([demand], reuse=True)[0].answers
        tried = [_Pair(*three) for three in zip(many, got, wanted, strict=True)]
        answered = (Outcome.FINISHED, Outcome.ERROR)
        smaller = next(
            (
                one
                for one in tried
                if one.got.outcome in answered and one.wanted.outcome in answered and not _agree(one, check)
            ),
            None,
        )
        if smaller is None:
            return pair
        pair = smaller
    return pair


def _differs(check: SameAsSolutionCheck, pair: _Pair, seen: Seen, case: Case) -> CheckResult:
    call = f"{check.function}({', '.join(map(show, pair.arguments))})"
    given = given_words(setting_of(check), check)
    got, wanted = pair.got, pair.wanted
    assert seen.run is not None
    if got.outcome is Outcome.FINISHED and wanted.outcome is Outcome.FINISHED:
        sentence, sides = value_feedback(call, wanted.value, got.value, check.tolerance, printed=got.stdout)
        near = _tolerance_words(check.tolerance)
        result = CheckResult(
            "", False, "", call, sides.expected, sides.got, sides.marks_expected, sides.marks_got, given=given
        )
        return failed(
            check,
            tr("{sentence} It has to be {near}.", sentence=sentence, near=near) if near else sentence,
            result,
        )
    expected = wanted.error.type if wanted.error else show(wanted.value)
    came = got.error.type if got.error else show(got.value)
    result = CheckResult("", False, subject=call, expected=expected, got=came, given=given)
    if got.outcome is Outcome.FINISHED:
        return failed(
            check,
            tr(
                "{call} gave {value}, expected it to raise {error}.",
                call=call,
                value=show(got.value, 50),
                error=expected,
            ),
            result,
        )
    if got.outcome is Outcome.ERROR and wanted.error and got.error and not _is_unknown(got, check.function):
        return failed(
            check,
            tr(
                "{call} raised {words} Expected is {error}.",
                call=call,
                words=python_words(got.error),
                error=expected,
            ),
            result,
        )
    return failed(check, call_trouble(call, got, seen.run, case.source), result)


def _tolerance_words(tolerance: Tolerance) -> str:
    """How near a number must be, in words; "" for fair equality."""
    if tolerance.close is not None:
        return f"within {tolerance.close:g}"
    return (
        tr("within {relative:g} of its size", relative=tolerance.relative)
        if tolerance.relative is not None
        else ""
    )
