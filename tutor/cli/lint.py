"""`tutor lint PATH...`"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tutor.authoring.lint import Report, lint
from tutor.cli.running import one_runner
from tutor.errors import UsageError
from tutor.lessons.model import Problem, Severity


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("lint", parents=[everywhere], help="check lesson files and courses")
    verb.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a lesson file or a course folder")
    verb.add_argument("--no-run", action="store_true", help="read only; run no program")
    verb.add_argument("--mutants", action="store_true", help="also look for holes in the checks")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Check them all."""
    for path in options.paths:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder.", "Check the name and the folder.")
    if options.no_run:
        report = lint(options.paths, run=None)
    else:
        with one_runner(options.data_dir, spares=2) as runner:
            report = lint(options.paths, run=runner.run, mutants=options.mutants, progress=_progress)
    if options.json:
        print(json.dumps(_as_json(report)))
    else:
        _say(report)
    return 1 if any(problem.severity is Severity.ERROR for problem in report.problems) else 0


def _progress(done: int, total: int, what: str) -> None:
    """One line that overwrites itself, where a person is looking."""
    if sys.stderr.isatty():
        print(f"\r{done} of {total}  {what[:60]:60}", end="" if done < total else "\n", file=sys.stderr)


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "problems": [_problem_json(problem) for problem in report.problems],
        "lessons": report.lessons,
        "steps": report.steps,
    }


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


def _say(report: Report) -> None:
    for problem in report.problems:
        mark = "" if problem.severity is Severity.ERROR else f" [{problem.severity}: {problem.rule}]"
        print(f"{problem}{mark}")
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    warnings = len(report.problems) - errors
    print(
        f"{report.lessons} lessons, {report.steps} steps: "
        + (f"{errors} to mend, {warnings} warnings." if report.problems else "no problem.")
    )
