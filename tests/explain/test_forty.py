"""The forty commonest errors of beginners: the rule that explains each, and what the explanation must name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tutor.explain.advice import Advice

FORTY = [
    (1, 'temp = 38.2\nif temp > 38\n    print("Fever")\n', "missing-colon", 2, ["Line 2", "if", "colon (:)"]),
    (2, 'print(round(72.5, 0)\nprint("Done")\n', "bracket-not-closed", 1, ["round bracket", ")", "line 1"]),
    (3, 'meds = {\n    "am": "ramipril",\n    "pm": "atorvastatin"\n\ndose = 5\nprint(dose)\n',
     "bracket-not-closed-later", 1, ["curly bracket {", "line 4"]),
    (4, 'ward = "Beech\nprint(ward)\n', "quote-not-closed", 1, ["after Beech"]),
    (5, "print('Don't forget the allergy band')\n", "apostrophe-in-text", 1, ["Don't", "double quotes"]),
    (6, "print(“Ready”)\n", "curly-quotes", 1, ["curly quotes", "Straighten quotes"]),
    (7, "pulse = 72\npulse\u00a0= 80\n", "hidden-space", 2, ["non-breaking space"]),
    (8, "loss = 3 — 1\n", "long-dash", 1, ["long dash", "hyphen"]),
    (9, "area = 4²\n", "maths-sign", 1, ["²", "** 2"]),
    (10, 'sex = "F"\nif sex = "F":\n    print("Ask about pregnancy")\n', "single-equals", 2, ["is it equal?", "=="]),
    (11, "age = 30\nif age > 65:\n    pass\nelse if age > 18:\n    pass\n", "else-if", 4, ["elif", "line 4"]),
    (12, "x = 3\nif x > 5:\n    pass\nelse x < 2:\n    pass\n", "else-with-test", 4, ["elif x < 2:", "else:"]),
    (13, 'print "Hello"\n', "print-without-brackets", 1, ["round brackets"]),
    (14, "For n in [1, 2]:\n    print(n)\n", "capital-keyword", 1, ["For", "for", "small letters"]),
    (15, "for n in [1, 2]:\nprint(n)\n", "not-indented", 2, ["Line 1", "4 more spaces", "Tab"]),
    (16, "a = 1\n  b = 2\n", "unexpected-indent", 2, ["Line 2", "Remove"]),
    (17, "if True:\n    a = 1\n  b = 2\n", "indent-mismatch", 3, ["line 3", "line 1 or line 2"]),
    (18, "if True:\n        a = 1\n\tb = 2\n", "tabs-and-spaces", 3, ["a tab", "spaces", "4 spaces"]),
    (19, "obs = [98, 97 96]\n", "missing-comma", 1, ["between 97 and 96"]),
    (20, "blood pressure = 120\n", "space-in-name", 1, ["blood_pressure", "underscore"]),
    (21, "weight = 72kg\n", "unit-after-number", 1, ["72", "weight_kg"]),
    (22, 'bmi = 24\nprint(f"BMI {bmi")\n', "fstring-not-closed", 2, ["}", "bmi"]),
    (23, ">>> age = 40\n", "copied-prompt", 1, [">>>", "copied"]),
    (24, "a = 1\nif a => 1 && a > 0:\n    pass\n", "other-sign", 2, [">= (not =>)", "and (not &&)"]),
    (25, "patient_count = 3\nprint(pateint_count)\n", "misspelt-name", 2, ["pateint_count", "Did you mean patient_count?"]),
    (26, 'ward = "Elm"\nprint(Ward)\n', "wrong-capital", 2, ["Ward", "ward", "capitals"]),
    (27, "status = stable\n", "quotes-missing", 1, ['"stable"']),
    (28, "print(random.randint(1, 6))\n", "import-missing", 1, ["import random"]),
    (29, "def f():\n    total = total + 1\nf()\n", "used-before-value", 2, ["total = 0", "line 2"]),
    (30, 'beds = 4\nprint("Free beds: " + beds)\n', "text-plus-number", 2, ["comma"]),
    (31, 'age = input("Age: ")\nprint(age + 1)\n', "input-is-text", 1, ["text", "line 1"]),
    (32, 'dose = int("2.5")\n', "int-of-decimal", 1, ["2.5", "float"]),
    (33, 'drugs = ["a", "b"]\nprint(drugs[2])\n', "index-one-too-far", 2, ["2 items", "drugs[1]", "counts from 0"]),
    (33, 'code = "J18"\nprint(code[3])\n', "index-one-too-far", 2, ["3 characters", "code[2]", "counts from 0"]),
    (33, 'code = "J"\nprint(code[4])\n', "index-too-far", 2, ["code has 1 character,", "no position 4"]),
    (34, 'pt = {"name": "Ali"}\nprint(pt["age"])\n', "key-missing", 2, ['"age"', '"name"']),
    (35, 'names = ["Bo"]\nnames.push("Di")\n', "other-method", 2, [".push", ".append( )"]),
    (36, "def double(x):\n    x * 2\nprint(double(4) + 1)\n", "missing-return", 2, ["double", "None", "return"]),
    (37, "def total():\n    return 4\nprint(total + 1)\n", "function-not-called", 3, ["total()", "brackets"]),
    (38, "for i in 3:\n    print(i)\n", "for-over-number", 1, ["range(3)"]),
    (39, "sum = 0\nprint(sum([1, 2]))\n", "builtin-covered", 1, ["sum", "hides"]),
    (40, "n = 0\nfor i in range(3):\n    n =+ 1\nprint(n)\n", "swapped-plus", 3, ["n += 1"]),
    (41, "def note(x, notes=[]):\n    notes.append(x)\n    return notes\n", "shared-default", 1, ["notes=None"]),
    (42, 'answer = "no"\nif answer == "yes" or "y":\n    print("Go")\n', "or-shorthand", 2, ['"y"', "always true"]),
    (43, "dose = 5\ndose == 10\n", "comparison-thrown-away", 2, ["one ="]),
    (44, 'name = "Ali"\nprint("Hello {name}")\n', "f-missing", 2, ["{name}", "no f"]),
    (45, 'beds = ["b", "a"]\nbeds.sort\nprint(beds)\n', "method-not-run", 2, ["beds.sort", "brackets"]),
    (46, "fluids = 0\nwhile fluids < 3:\n    pass\n", "loop-never-changes", 2, ["nothing inside the loop changes fluids"]),
    (47, 'wards = [\n    "Elm",\n    "Oak"\n    "Ash",\n]\nprint(len(wards))\n', "texts-joined", 3, ["line 3", '"Oak"', '"Ash"']),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "program", "rule", "line", "names"), FORTY, ids=lambda value: str(value)[:12]
)
def test_the_common_error_is_explained(
    advise: Callable[..., tuple[Advice, ...]],
    number: int,
    program: str,
    rule: str,
    line: int,
    names: list[str],
) -> None:
    first = advise(program, "45")[0]
    assert (first.rule, first.line) == (rule, line)
    for word in names:
        assert word in first.text, first.text
    assert first.silent == (number >= 40 and rule != "loop-never-changes")
