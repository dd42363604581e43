"""Which keys and words are offered in a half-written file; `^` is the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.lessons.offering import offered

HEAD = "format: 1\ntitle: x\n"
STEP = f"{HEAD}steps:\n  - kind: exercise\n    id: a\n"


def words(text: str) -> set[str]:
    place = text.index("^")
    found = offered(text.replace("^", "", 1), place)
    return {name for name, _says in found.words} if found else set()


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        (f"{HEAD}mi^\nsteps:\n", "minutes: ", "title: "),
        (f"{STEP}    st^", "starter: ", "choices: "),
        (f"{STEP}    st^", "solution: ", "id: "),
        (f"{STEP}    ^\n    solution: x\n", "hints: ", "solution: "),
        (f"{STEP}    checks:\n      - ca^", "call: ", "kind: "),
        (f"{STEP}    checks:\n      - call: f()\n        re^", "returns: ", "output: "),
        (f"{STEP}    mistakes:\n      - name: a\n        ^", "when: ", "name: "),
        (f"{HEAD}steps:\n  - kind: ^", "predict", "kind: "),
        (f"{HEAD}steps:\n- kind: choose\n  choices:\n  - text: a\n    co^", "correct: ", "id: "),
        (f"{HEAD}steps:\n  - kind: choose\n    choices:\n      - text: a\n        correct: ^", "true", "a"),
        (f"{HEAD}steps:\n  - ^", "kind: ", "id: "),
        ("chapters:\n  - id: a\n    ^", "lessons: ", "id: "),
    ],
)
def test_what_fits_there_is_offered_and_what_does_not_is_not(text: str, some: str, none: str) -> None:
    found = words(text)
    assert some in found
    assert none not in found


@pytest.mark.parametrize(
    "text",
    [
        f"{STEP}    text: |\n      Write st^",
        f"{STEP}    text: Write st^",
        "# a remark st^",
        f"{STEP}    hints:\n      - st^",
        "something: else\n  st^",
    ],
)  # fmt: skip
def test_in_texts_and_remarks_nothing_is_offered(text: str) -> None:
    assert not {name for name in words(text) if name.startswith("st")}


def test_no_place_of_any_lesson_is_too_much(root: Path) -> None:
    for file in sorted((root / "lessons").glob("*/*.yaml"))[::12]:
        text = file.read_text(encoding="utf-8")
        for offset in range(0, len(text), 397):
            offered(text, offset)
            offered(text[:offset], offset)
