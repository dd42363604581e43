"""Slips that look like another one: the explanation must be about what was meant."""

from __future__ import annotations

import pytest

from tutor.explain.explain import explain

SLIPS = [
    ("flag = no flag\nprint(flag)\n", "text-without-quotes", 1, 'flag = "no flag"'),
    ("has_pain = no pain\n", "text-without-quotes", 1, 'has_pain = "no pain"'),
    ("pain = False\nwell = no pain\n", "misspelt-keyword", 2, "well = not pain"),
    ("def well(pain):\n    free = nto pain\n", "misspelt-keyword", 2, "free = not pain"),
    ("print(Bed 6: free)\n", "text-without-quotes", 1, 'print("Bed 6: free")'),
    ("note = Bed 6: free\n", "text-without-quotes", 1, 'note = "Bed 6: free"'),
    ('x = 2.5\nprint(f"{x.1f} kg")\n', "fstring-format-colon", 2, 'print(f"{x:.1f} kg")'),
    ('x = 2.5\nprint(f"{x,.1f}")\n', "fstring-format-colon", 2, 'print(f"{x:.1f}")'),
    ('x = 2\nprint(f"{x +}")\n', "fstring-inside", 2, ""),
    ("a = 3\nif a < 90 or <= 60:\n    pass\n", "half-comparison", 2, "if a < 90 or a <= 60:"),
    (
        "hr = 1\nspo2 = 2\nif hr > 90 and spo2 < 90 or <= 60:\n    pass\n",
        "half-comparison", 3, "if hr > 90 and spo2 < 90 or spo2 <= 60:",
    ),
    ("a = 3\nb = 4\nif a + b < 9 or > 60:\n    pass\n", "half-comparison", 3, "if a + b < 9 or a + b > 60:"),
    ("a = 3\nif 90 < a or <= 60:\n    pass\n", "half-comparison", 2, "if 90 < a or a <= 60:"),
    ('b = {"s": 3}\nif b["s"] < 90 or > 9:\n    pass\n', "half-comparison", 2, 'if b["s"] < 90 or b["s"] > 9:'),
]  # fmt: skip


@pytest.mark.parametrize(("program", "rule", "line", "code"), SLIPS)
def test_the_explanation_is_about_what_was_meant(program: str, rule: str, line: int, code: str) -> None:
    advice = explain(program, None)[0]
    assert (advice.rule, advice.line, advice.code) == (rule, line, code)


def test_words_that_are_names_are_not_put_into_quotes() -> None:
    assert explain("total = 3\nprint(total: 5)\n", None)[0].rule != "text-without-quotes"
