"""Small slips put into working programs on purpose: the right rule, at the right line."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tutor.explain.explain import explain
from tutor.explain.reading import Reading

EXPECTED = {
    "colon": {"missing-colon"},
    "closing bracket": {"bracket-not-closed", "bracket-not-closed-later", "bracket-missing-before"},
    "bracket too many": {"bracket-extra"},
    "closing quote": {"quote-not-closed", "triple-quote-not-closed"},
    "single equals": {"single-equals"},
    "capital": {"capital-keyword"},
    "misspelt": {"misspelt-keyword"},
    "comma": {"missing-comma"},
    "curly quotes": {"curly-quotes"},
    "print without brackets": {"print-without-brackets"},
    "not indented": {"not-indented"},
}


def _slips(source: str) -> Iterator[tuple[str, int, str]]:
    """What was done, to which line, and the program then."""
    reading = Reading(source)
    for number, line in enumerate(reading.lines, 1):
        masked = reading.masked_line(number)
        if re.match(r"\s*(if|elif|else|for|while|def|class|try|except|with)\b.*:\s*$", masked):
            colon = masked.rstrip().rfind(":")
            yield "colon", number, reading.with_line(number, line[:colon] + line[colon + 1 :])
            if reading.line(number + 1).startswith("    "):
                yield (
                    "not indented",
                    number + 1,
                    reading.with_line(number + 1, reading.line(number + 1).lstrip()),
                )
        if masked.rstrip().endswith(")") and '"""' not in source:
            end = masked.rstrip().rfind(")")
            yield "closing bracket", number, reading.with_line(number, line[:end] + line[end + 1 :])
            yield "bracket too many", number, reading.with_line(number, line[:end] + ")" + line[end:])
        texts = [t for t in reading.tokens if t.kind == "text" and t.line == t.end_line == number]
        if texts and len(texts[0].text) > 3 and '"""' not in source:
            end = texts[0].end_column
            yield "closing quote", number, reading.with_line(number, line[: end - 1] + line[end:])
        if re.match(r"\s*(if|elif|while)\b", masked) and "==" in masked:
            at = masked.index("==")
            yield "single equals", number, reading.with_line(number, line[:at] + line[at + 1 :])
        if word := re.match(r"\s*(if|for|while|def|return|import|from)\b", masked):
            start, end = word.span(1)
            yield (
                "capital",
                number,
                reading.with_line(number, line[:start] + word[1].capitalize() + line[end:]),
            )
            if len(word[1]) > 2:
                swapped = word[1][:-2] + word[1][-1] + word[1][-2]
                yield "misspelt", number, reading.with_line(number, line[:start] + swapped + line[end:])
        for comma in re.finditer(r"(?<=\w), (?=\w)", masked):
            if sum(masked[: comma.start()].count(c) for c in "([{") > sum(
                masked[: comma.start()].count(c) for c in ")]}"
            ):
                yield (
                    "comma",
                    number,
                    reading.with_line(number, line[: comma.start()] + line[comma.start() + 1 :]),
                )
                break
        if '"' in line and "'" not in line and 'f"' not in line and "#" not in line:
            yield "curly quotes", number, reading.with_line(number, re.sub(r'"([^"]*)"', "“\\1”", line))
        if re.match(r"\s*print\(.*\)\s*$", masked):
            yield (
                "print without brackets",
                number,
                reading.with_line(number, re.sub(r"print\((.*)\)\s*$", r"print \1", line)),
            )


def _measured(programs: list[str]) -> tuple[Counter[str], Counter[str], list[tuple[str, str, str]]]:
    tried: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong = []
    chance = random.Random(4)
    for source in programs:
        for kind, line, broken in _slips(source.replace("\r\n", "\n")):
            if chance.random() < 0.5 or Reading(broken).fault is None:
                continue
            advice = explain(broken, None)[0]
            tried[kind] += 1
            if advice.rule in EXPECTED[kind] and advice.line == line:
                right[kind] += 1
            else:
                wrong.append((kind, advice.rule, broken))
    return tried, right, wrong


def test_slips_get_the_right_explanation_at_the_right_line(
    working_programs: list[tuple[str, tuple[str, ...]]],
) -> None:
    sample = random.Random(8).sample([source for source, _ in working_programs], 150)
    tried, right, wrong = _measured(sample)
    assert set(tried) == set(EXPECTED)
    assert sum(right.values()) / sum(tried.values()) >= 0.98, wrong[:3]
    for kind, count in tried.items():
        assert right[kind] / count >= 0.9, (kind, [w for w in wrong if w[0] == kind][:2])


@pytest.mark.long
def test_slips_in_all_working_programs_get_the_right_explanation(
    working_programs: list[tuple[str, tuple[str, ...]]],
) -> None:
    tried, right, wrong = _measured([source for source, _ in working_programs])
    assert sum(right.values()) / sum(tried.values()) >= 0.98, wrong[:5]
