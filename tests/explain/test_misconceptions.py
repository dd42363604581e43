"""The mistakes of novices that can be told without knowing the lesson; the others stay silent here."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tutor.explain.advice import Advice

TOLD = {
    "spo2 = 96\nif spo2 = 96:\n    print('ok')": "single-equals",
    "weight = 70\ndose = weight * 5\nweight = 80\nprint(dose)": "not-recalculated",
    "70 = weight": "assign-to-value",
    "def bmi(kg, m):\n    print(kg / m ** 2)\nx = bmi(70, 1.75)\nprint(x)": "print-not-return",
    "def greet():\n    print('Hello')\ngreet": "function-not-run",
    "def triage(n):\n    return 'seen'\n    print('logged')\ntriage(1)": "after-return",
    "rr = 8\nif rr <= 8:\n    s = 3\nif rr <= 11:\n    s = 1\nprint(s)": "if-overwrites",
    "t = 39.5\nif t > 38:\n    s = 1\nelif t > 39:\n    s = 2\nprint(s)": "band-never-reached",
    "acvpu = 'A'\nif acvpu == 'V' or 'P':\n    print('red score')": "or-shorthand",
    "weight = input()\nprint(weight * 2)": "input-repeated",
    "score = 7\nprint('NEWS2: ' + score)": "text-plus-number",
    "print(int(27.9))": "int-cuts",
    "print(0.1 + 0.2 == 0.3)": "decimals-compared",
    "print(round(2.5), round(3.5))": "round-half",
    "urea = round(6.6 / 1000, 3)\nprint(urea * 1000)": "rounded-early",
    "temps = [36.8, 38.4]\nfor i in temps:\n    print(temps[i])": "loop-variable-is-item",
    "total = 0\nfor x in [1, 2, 3]:\n    total = 0\n    total = total + x\nprint(total)": "start-inside-loop",
    "def any_fever(ts):\n    for t in ts:\n        if t > 38:\n            return True\n        else:\n            return False\n"
    "print(any_fever([36.5, 39.0]))": "return-in-loop",
    "beds = ['A', 'B', 'C']\nprint(beds[3])": "index-one-too-far",
    "beds = ['A']\nbeds = beds.append('B')\nprint(beds)": "method-gives-none",
    "n = '999 000 0018'\nn.replace(' ', '')\nprint(n)": "text-not-kept",
    "monday = ['Dr A']\ntuesday = monday\ntuesday.append('Dr B')\nprint(monday)": "same-list",
    "n = int('0123456789')\nprint(n)": "identifier-as-number",
    "p = {'bed': 4}\nprint(p['news'])": "key-missing",
    "row = {'TEMP': ''}\nprint(float(row['TEMP']))": "convert-blank",
    "open('obs.csv')": "file-missing",
    "try:\n    x = 1 / 0\nexcept:\n    x = 0\nprint(x)": "except-everything",
    "from datetime import date\nprint((date(2024, 6, 14) - date(1980, 6, 15)).days // 365)": "days-365",
    "for t in [1, 2]:\n    x = t\nprint(x)": "only-last-kept",
}

#: These programs are right for one lesson and mistaken for another, or are a matter of style, which checks note.
NOT_TOLD = [
    "diastolic = 120\nsystolic = 80\nprint(systolic - diastolic)",
    "rr = 30\nprint(rr > 30)",
    "on_oxygen = True\nif on_oxygen == True:\n    print(2)",
    "def adult(age):\n    if age >= 18:\n        return True\n    else:\n        return False\nprint(adult(20))",
    "n = 3\nwhile n > 0:\n    n = n - 3\n    print(n)",
    "n = 3\nif n > 0:\n    n = n - 1\nprint(n)",
]


@pytest.mark.parametrize(("program", "rule"), TOLD.items(), ids=TOLD.values())
def test_the_mistake_is_told(advise: Callable[..., tuple[Advice, ...]], program: str, rule: str) -> None:
    assert advise(program, "70")[0].rule == rule


@pytest.mark.parametrize("program", NOT_TOLD)
def test_what_needs_the_lesson_is_left_to_the_lesson(
    advise: Callable[..., tuple[Advice, ...]], program: str
) -> None:
    assert advise(program) == ()
