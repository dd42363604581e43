"""How a run or a call ended, in the sentence of a check that could not go well because of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from difflib import get_close_matches

from tutor.checks.replacing import literal
from tutor.checks.showing import shorten
from tutor.checks.source import Source
from tutor.checks.trial import Seen, Setting
from tutor.errors import Fault
from tutor.lessons.model import RunningCheck
from tutor.runner.refused import tried_in_words
from tutor.runner.result import Answer, ErrorFacts, Outcome, RunResult
from tutor.translation import tr

_PLACE = re.compile(r" \([^()]*, line \d+\)$")  # a SyntaxError names file and line once more
_LONGEST_WORDS = 120  # characters of Python's own words inside a sentence


def run_trouble(result: RunResult) -> str:
    """What kept a run from ending well, as a sentence."""
    if result.outcome is Outcome.ERROR and result.error is not None:
        words, line = python_words(result.error), result.line or result.error.line
        if line:
            return tr("Python stopped on line {line}: {words}", line=line, words=words)
        return tr("Python stopped: {words}", words=words)
    if result.outcome is Outcome.EXITED and result.exit_code:
        return tr(
            "The program ended itself with the code {code}, which means that something went wrong.",
            code=result.exit_code,
        )
    return result.sentence()


def python_words(error: ErrorFacts) -> str:
    """Python's own words, on one line, with a full stop."""
    said = _PLACE.sub("", " ".join(error.python.split()))
    words = shorten(said, _LONGEST_WORDS)
    return words if words.endswith((".", "?", "!")) else f"{words}."


def call_trouble(subject: str, answer: Answer, run: RunResult, source: Source) -> str:
    """Why a call gave no value, as a sentence."""
    limits = run.limits
    match answer.outcome:
        case Outcome.ERROR if answer.error is not None:
            return _call_error(subject, answer.error, source)
        case Outcome.TIME_LIMIT:
            return tr(
                "{subject} had not ended after {seconds:g} seconds.", subject=subject, seconds=limits.seconds
            )
        case Outcome.MEMORY_LIMIT:
            return tr(
                "{subject} asked for more than {size} MB of memory.",
                subject=subject,
                size=limits.memory_mb,
            )
        case Outcome.OUTPUT_LIMIT:
            return tr("{subject} printed more than this step allows.", subject=subject)
        case Outcome.NEEDS_INPUT:
            return tr("{subject} asked for input. It gets its values in its brackets.", subject=subject)
        case Outcome.EXITED:
            return tr(
                "{subject} ended the whole program. A function hands its answer back with return.",
                subject=subject,
            )
        case Outcome.ABRUPT | Outcome.CRASHED | Outcome.LINGERING:
            return tr("{subject} ended the whole program all at once.", subject=subject)
        case Outcome.BLOCKED:
            tried = tried_in_words(run.blocked)
            return tr("{subject} was stopped: programs here may not {tried}.", subject=subject, tried=tried)
        case Outcome.NOT_STARTED:
            return tr("{subject} was not tried, because a call before it did not end well.", subject=subject)
        case _:
            return tr("{subject} could not be tried. {sentence}", subject=subject, sentence=run.sentence())


def _call_error(subject: str, error: ErrorFacts, source: Source) -> str:
    if error.type == "EOFError":
        return tr("{subject} asked for input. It gets its values in its brackets.", subject=subject)
    if error.type == "NameError" and (name := error.attributes.get("name")):
        called = subject.partition("(")[0].strip()
        if name == called:
            return no_such_name(name, source)
    words = python_words(error)
    if error.line:
        return tr("{subject} stopped on line {line}: {words}", subject=subject, line=error.line, words=words)
    return tr("{subject} stopped: {words}", subject=subject, words=words)


def no_such_name(name: str, source: Source) -> str:
    """The sentence for a name that the checks need and the program does not have."""
    own = sorted(top_level_names(source))
    near = get_close_matches(name, own, n=1, cutoff=0.6) or [
        other for other in own if other.casefold() == name.casefold()
    ]
    if near:
        return tr(
            "There is no {name} in your program yet, but there is {near}. The name has to be {name}.",
            name=name,
            near=near[0],
        )
    return tr("There is no {name} in your program yet.", name=name)


def top_level_names(source: Source) -> set[str]:
    """The names that a program gives at its top level: functions, classes and values."""
    if source.tree is None:
        return set()
    names = set()
    for node in source.tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif not isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {
                n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            }
    return names


def missing_assignment(name: str, value: str) -> str:
    """The sentence for a program in which `with:` finds no line to replace."""
    return tr(
        "This check gives {name} another value, and your program has no line for it. A line such as {name} = {value} is missing.",
        name=name,
        value=value,
    )


def fault_of(result: RunResult | None) -> Fault | None:
    """PC where nothing could be run, else None: what a program does is not our trouble."""
    return Fault.PC if result is not None and result.outcome is Outcome.NOT_STARTED else None


def given_words(setting: Setting, check: RunningCheck) -> str:
    """What the program was given, for people: "Typed in: Amara", "With rr = 8"."""
    parts = []
    if setting.replaced:
        values = ", ".join(f"{name} = {expression}" for name, expression in setting.replaced)
        parts.append(tr("With {values}", values=values))
    if check.stdin:
        parts.append(tr("Typed in: {lines}", lines=", ".join(check.stdin)))
    return ". ".join(parts)


def setting_of(check: RunningCheck, with_: Mapping[str, object] | None = None) -> Setting:
    """The setting that a check asks for."""
    values = check.with_ if with_ is None else with_
    return Setting(check.stdin, tuple((name, literal(value)) for name, value in values.items()))


def could_be_judged(seen: Seen) -> bool:
    """Whether calls and values can be judged after this run (lesson-format, "How checks run")."""
    return seen.run is not None and seen.run.outcome in (
        Outcome.FINISHED,
        Outcome.EXITED,
        Outcome.NEEDS_INPUT,
    )
