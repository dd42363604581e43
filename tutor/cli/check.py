"""`tutor check LESSON.yaml#STEP PROGRAM`"""

from __future__ import annotations

import argparse
import json
from typing import Any

from tutor.checks.result import CheckResult
from tutor.cli.lessons import named_lesson, named_step
from tutor.cli.reading import read_program
from tutor.cli.run import advice_json
from tutor.cli.running import one_runner
from tutor.errors import Fault, MachineError, UsageError
from tutor.session.judging import Judged, judge


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("check", parents=[everywhere], help="try a program against a step")
    verb.add_argument("step", metavar="LESSON.yaml#STEP")
    verb.add_argument("program", metavar="PROGRAM", help="a Python file; - for standard input")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def report(judged: Judged) -> dict[str, Any]:
    """The JSON object of the contract."""
    verdict = judged.verdict
    return {
        "passed": verdict.passed,
        "status": str(verdict.run.outcome) if verdict.run else "not-started",
        "checks": [
            {"name": check.name, "passed": check.passed, "message": check.message} for check in verdict.checks
        ],
        "notes": list(verdict.notes),
        "mistake": verdict.mistake.name if verdict.mistake else None,
        "error": advice_json(judged.advice[0]) if judged.advice else None,
    }


def act(options: argparse.Namespace) -> int:
    """Judge it."""
    file, mark, step_id = options.step.rpartition("#")
    if not mark:
        raise UsageError(f"{options.step}: no step is named.", "Write LESSON.yaml#STEP.")
    lesson, rules = named_lesson(file)
    step = named_step(lesson, step_id)
    program = read_program(options.program)
    with one_runner(options.data_dir) as runner:
        judged = judge(step, program, runner.run, rules)
    if judged.verdict.fault is Fault.PC:
        raise MachineError(judged.verdict.run.sentence() if judged.verdict.run else "Nothing could be run.")
    if options.json:
        print(json.dumps(report(judged)))
    else:
        _say(judged)
    return 0 if judged.verdict.passed else 1


def _say(judged: Judged) -> None:
    verdict = judged.verdict
    print(verdict.sentence())
    if verdict.mistake:
        print(f"  {verdict.mistake.say}")
    for advice in judged.advice[:1]:
        where = f"Line {advice.line}: " if advice.line else ""
        print(f"  {where}{advice.text}")
    for check in verdict.checks:
        _say_check(check)
    for note in verdict.notes:
        print(note)


def _say_check(check: CheckResult) -> None:
    print(f"{'✓' if check.passed else '✗'} {check.subject or check.name}")
    if check.message:
        print(f"    {check.message}")
    for word, text in (("expected", check.expected), ("got", check.got)):
        if not check.passed and text is not None:
            print(f"    {word:9}" + text.replace("\n", "\n" + " " * 13))
