"""Run as an ordinary user by test_hostile.py: runs programs one by one, and tells what the tutor made of each.

Prints one JSON line a program, and waits for a line on standard input before the next, so that the test can count from
outside meanwhile. Needs nothing but the standard library and a copy of tutor/.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])

from tutor.runner.limits import Limits
from tutor.runner.result import Outcome, Program, Question
from tutor.runner.runner import Runner
from tutor.runner.values import is_plain

QUESTIONS = ("total([1, 2, 3])", "total([])", "total([5])", "total([-1, 1])")


def main(settings: dict) -> None:
    runner = Runner(Path(settings["work"]), hardened=settings["hardened"])
    session = next(Path(settings["work"]).glob("session-*"))
    for name in settings["programs"]:
        source = (
            Path(settings["folder"], name)
            .read_bytes()
            .decode("utf-8")
            .replace("@OUTSIDE@", settings["outside"])
        )
        asked = tuple(Question(text) for text in QUESTIONS) if "# check: total" in source else ()
        result = runner.run(Program(source, questions=asked, limits=Limits(seconds=settings["seconds"])))
        outcome = result.outcome
        for answer in result.answers:
            if outcome is Outcome.FINISHED and answer.outcome not in (Outcome.FINISHED, Outcome.ERROR):
                outcome = answer.outcome
                break
        values = [
            answer.value
            if answer.outcome is Outcome.FINISHED and is_plain(answer.value)
            else repr(answer.outcome)
            for answer in result.answers
        ]
        told = {
            "name": name,
            "outcome": outcome,
            "line": result.line,
            "sentence": result.sentence(),
            "stdout": result.stdout[:200],
            "values": values if len(repr(values)) < 1000 else "too long",
            "finished": result.outcome is Outcome.FINISHED,
            "seconds": result.seconds,
            "layers": result.layers,
            "swept": result.detail,
            "left_in_session": [path.name for path in session.iterdir()],
        }
        print(json.dumps(told, default=repr), flush=True)
        sys.stdin.readline()
    runner.close()
    print(
        json.dumps({"closed": True, "left": [path.name for path in Path(settings["work"]).iterdir()]}),
        flush=True,
    )
    sys.stdin.readline()


if __name__ == "__main__":
    main(json.loads(sys.argv[2]))
