"""`tutor run PROGRAM`"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from tutor.cli.reading import read_program, read_text
from tutor.cli.running import one_runner
from tutor.errors import UsageError
from tutor.explain.explain import explain
from tutor.runner.limits import FREE_RUN, Limits
from tutor.runner.process import Run
from tutor.runner.result import Program, RunResult
from tutor.runner.runner import Runner


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("run", parents=[everywhere], help="run a program as the window would")
    verb.add_argument("program", metavar="PROGRAM", help="a Python file; - for standard input")
    add_run_options(verb)
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def add_run_options(verb: argparse.ArgumentParser) -> None:
    """The options of every verb that runs one program."""
    verb.add_argument("--stdin", metavar="FILE", help="the lines to type in")
    verb.add_argument(
        "--seconds", metavar="S", type=float, help=f"time limit, {FREE_RUN.seconds:g} by default"
    )
    verb.add_argument(
        "--memory-mb", metavar="M", type=int, help=f"memory limit, {FREE_RUN.memory_mb} by default"
    )


def limits_from(options: argparse.Namespace) -> Limits:
    """The free run's limits, with what was asked for.

    Raises:
        UsageError: for a limit that is no positive number.
    """
    limits = FREE_RUN
    for name in ("seconds", "memory_mb"):
        wanted = getattr(options, name)
        if wanted is None:
            continue
        if not 0 < wanted < 1_000_000:
            raise UsageError(f"--{name.replace('_', '-')} {wanted}: not a limit.", "Give a number above 0.")
        limits = replace(limits, **{name: wanted})
    return limits


def program_from(options: argparse.Namespace, stdin: tuple[str, ...] | None) -> Program:
    """The program that the command line names."""
    return Program(
        source=read_program(options.program),
        filename="main.py" if options.program == "-" else Path(options.program).name,
        stdin=stdin,
        limits=limits_from(options),
    )


def typed_lines(options: argparse.Namespace) -> tuple[str, ...]:
    """The lines of --stdin; none without it."""
    return tuple(read_text(options.stdin).splitlines()) if options.stdin else ()


def report(source: str, result: RunResult) -> dict[str, Any]:
    """The JSON object of the contract."""
    error = None
    if not result.ended_well:
        advice = explain(source, result, silent=False)
        error = advice_json(advice[0]) if advice else None
    return {
        "status": str(result.outcome),
        "stdout": result.stdout,
        "stderr": result.stderr,
        "seconds": round(result.seconds, 3),
        "line": result.line,
        "error": error,
    }


def advice_json(advice: Any) -> dict[str, Any]:
    """One piece of advice, as the contract has it."""
    return {name: getattr(advice, name) for name in ("rule", "line", "title", "text", "python")}


def act(options: argparse.Namespace) -> int:
    """Run it. Without --json its output appears as it is printed, and a person may type."""
    live = not options.json and not options.stdin
    program = program_from(options, None if live else typed_lines(options))
    with one_runner(options.data_dir) as runner:
        result = _live(runner, program) if live else runner.run(program)
    if options.json:
        print(json.dumps(report(program.source, result)))
    else:
        if not live:
            sys.stdout.write(result.stdout)
            sys.stderr.write(result.stderr)
        _say_how_it_ended(program, result)
    return 0 if result.ended_well else 1


def _live(runner: Runner, program: Program) -> RunResult:
    """Run with the terminal as screen and keyboard."""
    more = threading.Event()
    run = runner.start(program, lambda _event: more.set())
    keyboard = threading.Thread(target=_type_in, args=(run,), daemon=True)
    keyboard.start()
    try:
        while True:
            more.wait(0.2)
            more.clear()
            _show(run)
            if run.result is not None:
                _show(run)
                return run.result
    except KeyboardInterrupt:
        run.stop()
        result = run.wait()
        _show(run)
        if result is None:
            raise
        return result


def _show(run: Run) -> None:
    """Print what is waiting."""
    while waiting := run.take_output():
        for stream, text in waiting:
            if stream == "stdin":  # what was typed is on the terminal already
                continue
            target = sys.stderr if stream == "stderr" else sys.stdout
            target.write(text)
            target.flush()


def _type_in(run: Run) -> None:
    """Hand on what is typed, to the end of input."""
    for line in sys.stdin:
        run.send_line(line.rstrip("\n"))
    run.end_input()


def _say_how_it_ended(program: Program, result: RunResult) -> None:
    """One sentence on standard error, where there is something to say."""
    sys.stdout.flush()
    if result.ended_well:
        return
    print(result.sentence(), file=sys.stderr)
    for advice in explain(program.source, result, silent=False)[:1]:
        print(advice.text, file=sys.stderr)
