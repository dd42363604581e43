"""Every rule has words, and an example that sets it off when it is run for real."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tutor.explain.advice import Advice
from tutor.explain.explain import known_rules
from tutor.explain.reading import fault_in
from tutor.explain.wording import Wording, placeholders, wordings
from tutor.runner.runner import Runner

HERE = Path(__file__).parent
GOLDEN = HERE / "golden_messages.txt"
Examples = list[tuple[Wording, tuple[Advice, ...]]]


def _examples_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("advise_examples", HERE / "advise_examples.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def as_text() -> Callable[[Wording, tuple[Advice, ...]], str]:
    return _examples_module().as_text  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def examples(runner: Runner) -> Examples:
    """All examples, run once for all the tests of this file."""
    return list(_examples_module().advice_on_examples(runner))


def test_there_are_many_rules_and_each_has_its_words() -> None:
    assert len(known_rules()) >= 110
    assert known_rules() == frozenset(wordings())


def test_every_rule_named_in_the_code_has_words_and_every_wording_a_rule(root: Path) -> None:
    code = "\n".join(
        p.read_text(encoding="utf-8") for p in (root / "tutor" / "explain" / "rules").glob("*.py")
    )
    quoted = set(re.findall(r"\"([a-z0-9]+(?:-[a-z0-9]+)+)\"", code))
    missing = {
        name for name in re.findall(r"(?:found|Finding|_convert)\(\s*(?:r, )?\"([a-z0-9-]+)\"", code)
    } - known_rules()
    assert not missing
    assert known_rules() <= quoted | {"recursion", "blocked"}


def test_each_example_sets_off_its_own_rule_and_no_other_rule_wins(examples: Examples) -> None:
    wrong = [
        (w.id, [a.rule for a in advice]) for w, advice in examples if not advice or advice[0].rule != w.id
    ]
    assert wrong == []
    assert len(examples) >= len(known_rules()) - 1


def test_the_line_named_is_the_line_of_the_mistake(examples: Examples) -> None:
    wrong = [(w.id, w.line, advice[0].line) for w, advice in examples if advice[0].line != w.line]
    assert wrong == []


def test_what_is_underlined_lies_in_its_line(examples: Examples) -> None:
    for wording, advice in examples:
        lines = wording.example.split("\n")
        for item in advice:
            if item.column is not None:
                assert item.line is not None and item.end_column is not None
                assert 0 <= item.column < item.end_column <= max(len(lines[item.line - 1]), 1), wording.id


def test_only_silent_mistakes_come_without_pythons_own_words(examples: Examples) -> None:
    ended = {
        "left-running",
        "time-is-up",
        "waited-too-long",
        "python-stopped",
        "ended-at-once",
        "result-not-readable",
    }
    for wording, advice in examples:
        stopped = (
            wording.id.startswith(("loop-", "too-much", "input-in", "needs-input")) or wording.id in ended
        )
        assert advice[0].silent or stopped or advice[0].python, wording.id
        assert not (advice[0].silent and advice[0].python), wording.id


def test_a_line_to_type_instead_is_a_line_that_python_can_read(examples: Examples) -> None:
    wrong = []
    for wording, advice in examples:
        code = advice[0].code.strip()
        if not code:
            continue
        if code.startswith(("elif", "else")):
            code = f"if 1:\n    pass\n{code}"
        if code.startswith("except"):
            code = f"try:\n    pass\n{code}"
        code += "\n    pass\n" if code.rstrip().endswith(":") else "\n"
        code = f"def f():\n    {code}" if code.startswith("return") else code
        code = f"{{\n{code}\n}}" if code.rstrip().endswith(",") else code
        if fault_in(code) is not None:
            wrong.append((wording.id, advice[0].code))
    assert wrong == []


def test_all_messages_read_as_agreed(examples: Examples, as_text: Callable[..., str]) -> None:
    """The golden file; `python tests/explain/advise_examples.py > tests/explain/golden_messages.txt` writes it anew
    (with Python 3.11, which has one example more)."""
    golden = dict(_blocks(GOLDEN.read_text(encoding="utf-8")))
    assert set(golden) == known_rules()
    for wording, advice in examples:
        assert as_text(wording, advice).strip() == golden[wording.id].strip()


def _blocks(text: str) -> list[tuple[str, str]]:
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return [(part.split("\n", 1)[0][3:], part) for part in parts if part.startswith("## ")]


# ---- the words --------------------------------------------------------------------------------------------------


def _texts(examples: Examples) -> list[tuple[str, str]]:
    return [(w.id, advice[0].text) for w, advice in examples]


def test_no_text_has_more_than_thirty_words(examples: Examples) -> None:
    assert [(name, len(text.split())) for name, text in _texts(examples) if len(text.split()) > 30] == []


def test_titles_are_a_few_words(examples: Examples) -> None:
    for wording, advice in examples:
        assert 1 <= len(advice[0].title.split()) <= 8, wording.id
        assert not advice[0].title.endswith("."), wording.id


BANNED = frozenset(
    """
    token literal iterable operand object-oriented scope concatenate invalid illegal fatal abort
    EOF positional oops simply just easy obviously trivial please should parenthesis
    parentheses failure failed critical terminated forgot forgotten wrong error-prone stupid bad
    sorry don't can't doesn't isn't won't didn't program's-fault
    """.split()  # noqa: SIM905 - words read better as words
)


def test_no_text_has_a_word_that_is_not_used_here(examples: Examples) -> None:
    for name, text in _texts(examples):
        plain = re.sub(r"[\"“'][^\"”']*[\"”']", "", text)
        words = set(re.findall(r"[A-Za-z][\w'-]*", plain))
        assert not words & BANNED, (name, words & BANNED)


def test_no_text_shouts_or_blames(examples: Examples) -> None:
    for name, text in _texts(examples):
        assert "!" not in text.replace("!=", "").replace("!r", ""), name
        assert not re.search(r"\b[Yy]ou (forgot|did not|have not|failed|made a mistake)\b", text), name


def test_spelling_is_british(examples: Examples) -> None:
    american = re.compile(
        r"\b\w*(color|behavior|center|analyz|organiz|recogniz|initializ|labeled|gray|favorite)\w*\b", re.I
    )
    for name, text in _texts(examples):
        assert not american.search(text), name


def test_every_text_is_whole_sentences(examples: Examples) -> None:
    for name, text in _texts(examples):
        assert text[-1] in ".)?:”;" or text.rstrip()[-1] in ";=,.1f", (name, text)
        assert "{" not in re.sub(r"\{[^{}]*\}", "", text) or "{ " in text or "{n" in text or " {" in text, (
            name,
            text,
        )


def test_every_example_is_short_and_every_placeholder_is_filled(examples: Examples) -> None:
    for wording in wordings().values():
        assert len(wording.example.strip().split("\n")) <= 8, wording.id
        assert placeholders(wording.text) <= {*placeholders(wording.text)}, wording.id
    for wording, advice in examples:
        assert "None" not in placeholders(wording.text)
        assert not re.search(r"\bNone \(nothing\) \(nothing\)", advice[0].text), wording.id


def test_the_examples_run_on_this_python() -> None:
    assert sys.version_info >= (3, 11)
