"""What the tests of explanations share: a runner for all of them, and many working programs."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tutor.explain.advice import Advice
from tutor.explain.explain import explain
from tutor.runner.limits import Limits
from tutor.runner.result import Program, RunResult
from tutor.runner.runner import Runner

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """The real runner; one for all tests."""
    with Runner(tmp_path_factory.mktemp("runs"), spares=2) as runner:
        yield runner


@pytest.fixture(scope="session")
def run(runner: Runner) -> Callable[..., RunResult]:
    """Run a program for real, with a short time limit."""

    def run_it(source: str, *stdin: str, seconds: float = 1.0) -> RunResult:
        limits = Limits(seconds=seconds, memory_mb=256)
        return runner.run(Program(source, stdin=tuple(stdin), limits=limits))

    return run_it


@pytest.fixture(scope="session")
def run_all(run: Callable[..., RunResult]) -> Callable[[list[tuple[str, tuple[str, ...]]]], list[RunResult]]:
    """Run many programs, two at a time, and keep their order."""

    def run_them(programs: list[tuple[str, tuple[str, ...]]]) -> list[RunResult]:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda item: run(item[0], *item[1]), programs))

    return run_them


@pytest.fixture
def advise(run: Callable[..., RunResult]) -> Callable[..., tuple[Advice, ...]]:
    """Run a program for real and explain what came of it."""

    def advise_it(source: str, *stdin: str) -> tuple[Advice, ...]:
        return explain(source, run(source, *stdin))

    return advise_it


@pytest.fixture(scope="session")
def working_programs() -> list[tuple[str, tuple[str, ...]]]:
    """More than a thousand working programs in beginners' styles, each with what is typed in; always the same."""
    text = (HERE / "working_programs.txt").read_text(encoding="utf-8")
    programs: dict[str, tuple[str, ...]] = {}
    chance = random.Random(20)
    for block in re.split(r"^===\n", text, flags=re.MULTILINE)[1:]:
        stdin: tuple[str, ...] = ()
        if match := re.match(r"stdin: (.*)\n", block):
            stdin = tuple(part.strip() for part in match[1].split(","))
            block = block[match.end() :]
        for _ in range(30):
            source = re.sub(r"⟦(.*?)⟧", lambda m: chance.choice(m[1].split("|")), block, flags=re.DOTALL)
            for change in chance.sample(_STYLES, chance.choice((0, 1, 1, 2))):
                source = change(source)
            programs.setdefault(source, stdin)
    return list(programs.items())


def _remark(source: str) -> str:
    return "# My program\n\n" + source


def _blank_lines(source: str) -> str:
    return re.sub(r"\n(?=\w)", "\n\n", source)


def _windows(source: str) -> str:
    return source.replace("\n", "\r\n")


def _no_last_line_end(source: str) -> str:
    return source.rstrip("\n")


def _docstring(source: str) -> str:
    return '"""What this program does."""\n' + source


def _end_remark(source: str) -> str:
    return source.rstrip("\n") + "  # the end\n"


def _sentence(source: str) -> str:
    return source.rstrip("\n") + '\nprint("Done.")\n'


_STYLES = [_remark, _blank_lines, _windows, _no_last_line_end, _docstring, _end_remark, _sentence]
