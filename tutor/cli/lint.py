"""`tutor lint PATH...`"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from tutor.authoring.lint import Report, lint
from tutor.authoring.reviews import Reviewed
from tutor.authoring.style import RULES
from tutor.cli.running import one_runner
from tutor.errors import UsageError
from tutor.lessons.model import Problem, Severity
from tutor.settings import kept_in


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("lint", parents=[everywhere], help="check lesson files, courses and packs")
    verb.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="a lesson file, a course folder or a .c4h pack"
    )
    verb.add_argument("--no-run", action="store_true", help="read only; run no program")
    verb.add_argument("--fresh", action="store_true", help="run again what held before and has not changed")
    verb.add_argument("--mutants", action="store_true", help="also look for holes in the checks")
    verb.add_argument(
        "--reviews", action="store_true", help="also list each review, with the hash that its `of:` takes"
    )
    verb.add_argument("--rules", action="store_true", help="list the rules of the house style, and end")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Check them all."""
    if options.rules:
        for rule, reason in RULES.items():
            print(f"{rule:18} {reason}")
        return 0
    if not options.paths:
        raise UsageError("tutor lint: no path is named.", "Name a lesson file, a course folder or a pack.")
    for path in options.paths:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder.", "Check the name and the folder.")
    kept = kept_in(options.data_dir)
    known: dict[str, Any] = {"cache": kept.cache, "installed": kept.installed_courses}
    if options.no_run:
        report = lint(options.paths, run=None, **known)
    else:
        with one_runner(options.data_dir, spares=os.cpu_count() or 1) as runner:
            report = lint(options.paths, run=runner.run, mutants=options.mutants, progress=_progress, **known)
    one_lesson = len(options.paths) == 1 and options.paths[0].suffix == ".yaml"
    if options.json:
        print(json.dumps(_as_json(report, options.reviews)))
    else:
        _say(report, options.reviews or one_lesson)
    return 1 if any(problem.severity is Severity.ERROR for problem in report.problems) else 0


def _progress(done: int, total: int, what: str) -> None:
    """One line that overwrites itself, where a person is looking."""
    if sys.stderr.isatty():
        end = "" if done < total else "\n"
        print(f"\r{done} of {total}  {what[:60]:60}", end=end, file=sys.stderr, flush=True)


def _as_json(report: Report, reviews: bool) -> dict[str, Any]:
    said: dict[str, Any] = {
        "problems": [_problem_json(problem) for problem in report.problems],
        "lessons": report.lessons,
        "steps": report.steps,
    }
    if reviews:
        said["reviews"] = [_review_json(review) for review in report.reviews]
    return said


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "file": str(problem.place.file),
        "line": problem.place.line,
        "column": problem.place.column,
        "where": problem.where,
        "severity": str(problem.severity),
        "rule": problem.rule,
        "problem": problem.problem,
        "hint": problem.hint,
    }


def _review_json(review: Reviewed) -> dict[str, Any]:
    said = {"what": review.what, "id": review.id, "state": str(review.state), "of": review.hash}
    return said | {"lessons": list(review.touches)} if review.what == "rule" else said


def _say(report: Report, reviews: bool) -> None:
    for problem in report.problems:
        mark = "" if problem.severity is Severity.ERROR else f" [{problem.severity}: {problem.rule}]"
        print(f"{problem}{mark}")
    fired = dict.fromkeys(problem.rule for problem in report.problems if problem.rule in RULES)
    for rule in fired:
        print(f'  {rule}: {RULES[rule]}. Where it is meant: allow: [{{rule: {rule}, because: "..."}}]')
    for review in report.reviews if reviews else ():
        touches = f"; used by {', '.join(review.touches)}" if review.touches else ""
        print(f"{review.what} {review.id}: {review.state}; of: {review.hash}{touches}")
    if report.spared:
        held = _counted(report.spared, "proof")
        print(f"{held} held before, and nothing about them has changed (--fresh runs them again).")
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    warnings = len(report.problems) - errors
    found = "no problem." if not report.problems else f"{errors} to mend, {_counted(warnings, 'warning')}."
    print(f"{_counted(report.lessons, 'lesson')}, {_counted(report.steps, 'step')}: {found}")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
