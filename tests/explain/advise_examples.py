"""Runs every example of wording.yaml for real and prints the advice as text: the golden file, and the proof that the
words are the same under another Python.

    python tests/explain/advise_examples.py            the golden text
    python tests/explain/advise_examples.py --json     for the tests
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tutor.explain.advice import Advice
from tutor.explain.explain import explain
from tutor.explain.wording import Wording, wordings
from tutor.runner.limits import Limits
from tutor.runner.result import Program
from tutor.runner.runner import Runner


def for_this_python(wording: Wording) -> bool:
    """Whether an example is meant for the Python that runs this."""
    if not wording.python:
        return True
    return sys.version_info < tuple(int(part) for part in wording.python.removeprefix("<").split("."))


def advice_on_examples(runner: Runner) -> Iterator[tuple[Wording, tuple[Advice, ...]]]:
    """Every rule's wording, and what is said about its example once that has run."""

    def advise(wording: Wording) -> tuple[Wording, tuple[Advice, ...]]:
        limits = Limits(seconds=1, memory_mb=256)
        result = runner.run(Program(wording.example, stdin=wording.stdin, limits=limits))
        return wording, explain(wording.example, result)

    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(advise, [w for w in wordings().values() if for_this_python(w)])


def as_text(wording: Wording, advice: tuple[Advice, ...]) -> str:
    """One rule as the golden file shows it: its example, and all that is said, without Python's own words."""
    lines = [f"## {wording.id}", ""]
    lines += [f"    {line}".rstrip() for line in wording.example.replace("\0", "␀").rstrip("\n").split("\n")]
    lines += [f"    ({len(wording.stdin)} answers typed in)"] if wording.stdin else []
    for item in advice:
        where = f"line {item.line}" if item.line else "no line"
        where += f" (noticed on line {item.noticed})" if item.noticed else ""
        lines += ["", f"{item.title} | {where}{' | silent' if item.silent else ''} | {item.rule}", item.text]
        lines += [f"    > {item.code}"] if item.code else []
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print all examples with their advice."""
    with tempfile.TemporaryDirectory() as folder, Runner(Path(folder), spares=2) as runner:
        found = list(advice_on_examples(runner))
    if "--json" in sys.argv:
        facts = {
            wording.id: {"rules": [a.rule for a in advice], "text": as_text(wording, advice)}
            for wording, advice in found
        }
        print(json.dumps(facts))
    else:
        print("\n".join(as_text(wording, advice) for wording, advice in found), end="")


if __name__ == "__main__":
    main()
