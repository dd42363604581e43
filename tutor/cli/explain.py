"""`tutor explain PROGRAM`"""

from __future__ import annotations

import argparse
import json
from typing import Any

from tutor.cli.run import add_run_options, advice_json, program_from, typed_lines
from tutor.cli.running import one_runner
from tutor.explain.explain import explain


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser(
        "explain", parents=[everywhere], help="run a program, then say what went wrong or looks wrong"
    )
    verb.add_argument("program", metavar="PROGRAM", help="a Python file; - for standard input")
    add_run_options(verb)
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Run it and explain."""
    program = program_from(options, typed_lines(options))
    with one_runner(options.data_dir) as runner:
        result = runner.run(program)
    advice = explain(program.source, result)
    if options.json:
        print(json.dumps({"status": str(result.outcome), "advice": [advice_json(entry) for entry in advice]}))
    else:
        print(result.sentence())
        for entry in advice:
            where = f"Line {entry.line}: " if entry.line else ""
            print(f"\n{where}{entry.title}\n  {entry.text}")
            if entry.code:
                print(f"  Try: {entry.code}")
            if entry.python:
                print(f"  Python's own words: {entry.python}")
        if not advice and result.ended_well:
            print("Nothing to say about it.")
    return 0 if result.ended_well else 1
