"""The house style: what is warned of, and what looks like it but is well."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.authoring.prose import paragraphs, readable, word_count
from tutor.authoring.style import RULES, lesson_style
from tutor.authoring.style_words import word_lists, wordings_in
from tutor.guarding.nhs_numbers import check_digit_holds
from tutor.lessons.lesson_loader import LessonFile
from tutor.lessons.model import Problem

TWENTY = "one " * 20


def of_lesson(text: str) -> list[Problem]:
    file = Path("lesson.yaml")
    entry = LessonFile(file, text).entry
    assert entry is not None
    return lesson_style(entry, file)


def in_read(text: str, extra: str = "") -> list[Problem]:
    body = "".join(f"      {line}\n" for line in text.split("\n"))
    return of_lesson(
        f"format: 1\ntitle: Read it\nsteps:\n  - kind: read\n    id: a\n{extra}    text: |\n{body}"
    )


def rules(problems: list[Problem]) -> set[str]:
    return {problem.rule for problem in problems}


WARNED = {
    "banned-word": [
        "This is easy.",
        "Simply add them.",
        "It is just a name.",
        "You should add.",
        "Of course it adds.",
        "Well done, it adds.",
    ],
    "contraction": ["It doesn't add.", "You can\u2019t add.", "Don't add."],
    "spelling": [
        "The color changes.",
        "Her hemoglobin is 120.",
        "Anemia is common.",
        "Organize the list.",
        "A randomized trial.",
        "Hypoglycemia is treated.",
        "Hemorrhage is treated.",
    ],
    "number": [
        "There are 1500000 rows.",
        "It has 12000 rows.",
        "The factor is .5 here.",
        "It takes five minutes.",
    ],
    "range": ["From 12-20 it scores 0.", "A pulse of 51 \u2013 90 scores 0."],
    "unit": ["Give 50mcg.", "Give 50\u03bcg.", "Give 5 mg.", "Give 5mL.", "It is 5.1 mmol/l."],
    "date": [
        "On 2018-08-06 he came.",
        "On 06/08/2018 he came.",
        "On August 6, 2018 he came.",
        "On 6th August he came.",
    ],
    "time": ["At 17:30 he came.", "At 5.30pm he came.", "At 5:30 pm he came."],
    "emphasis": [
        "This is *very* important.",
        "This is **important** here.",
        "Do NOT add them.",
        "Do it _now_ then.",
    ],
    "exclamation": ["It adds!", "Right! Go on."],
}
WELL = [
    "Write `easy` and `just` in quotes.",
    'The program shows "This is easy!" and ends.',
    "A score just below the boundary is 0.",
    "It is a simple fracture of the wrist.",
    "She'll have it. It's well.",
    "The prize is the size of the organism. Emphasise it.",
    "The academia of Gray at the Mayo Medical Center.",
    "In 2013 there were 1,500 rows, and in 1999 none. BMJ 2013;347:f5142.",
    "It was published in 2017.",
    "The telephone code is 0151 here.",
    "CURB-65 has 5 points. The PHQ-9 has 9.",
    "The ward is 3-4-5 in code.",
    "Give 0.5mg, or 5ml. The result is 5.1 mmol/L.",
    "On 6 August 2018 at 5:30pm he came.",
    "Choose **Run** or **Check**.",
    "The MUST score is 2. The NEWS2 chart has 7 rows.",
    "A name_with_underscores_in it, and 2 * 3 * 4.",
    "One of these is read twice. Three beds are free.",
    "If `rate != 8` it is another one.",
    "See https://example.org/easy-2018-08-06 for more.",
    "The [[hemoglobin]] of the glossary.",
    "Use a 1:10 ratio.",
    "",
]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in WARNED.items() for text in texts])
def test_the_style_warns(rule: str, text: str) -> None:
    found = list(wordings_in(readable(text)[0]))
    assert rule in {one.rule for one in found}, found
    assert all(one.hint and one.problem for one in found)


@pytest.mark.parametrize("text", WELL)
def test_the_style_leaves_alone_what_is_well(text: str) -> None:
    assert list(wordings_in(readable(text)[0])) == []


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (TWENTY.strip() + ".", False),
        (TWENTY + "more.", True),
        ("Put `a long program with very many words in it that nobody counts as words at all, not one` here.", False),
        ("It has the pressure of 1.5 to 2.5 units, e.g. in a vein, i.e. one of " + "them " * 8 + ".", True),
        ("- one two three four five six seven eight nine ten\n- one two three four five six seven eight nine ten\n"
         "- one two three", False),
        ("| one two three four five six | seven eight nine ten eleven |\n|---|---|\n"
         "| one two three four five six | seven eight nine ten eleven |", False),
        ("```text\n" + TWENTY + "twenty-one\n```", False),
    ],
)  # fmt: skip
def test_sentences_have_at_most_20_words(text: str, warned: bool) -> None:
    assert ("sentence-length" in rules(in_read(text))) is warned


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("One is here. Two is here. Three is here.", False),
        ("One is here. Two is here. Three is here. Four is here.", True),
        ("One is here. Two is here.\n\nThree is here. Four is here.", False),
        ("One is here. Two is here. Three is here. It shows:\n\n```text\n3\n```", False),
        ('He writes: "One is here. Two is here. Three is here. Four." Mend it.', False),
        ("The letters are A, C, V, P and U. The scores are 0.5 and 1.5. It ends.", False),
    ],
)
def test_paragraphs_have_at_most_3_sentences(text: str, warned: bool) -> None:
    assert ("paragraph-length" in rules(in_read(text))) is warned


def test_a_read_step_has_at_most_120_words() -> None:
    sentence = "There are five words here.\n\n"
    assert "read-length" not in rules(in_read(sentence * 24))
    assert "read-length" in rules(in_read(sentence * 25))


def test_an_example_has_at_most_12_lines_of_60_characters() -> None:
    def with_code(lines: list[str]) -> set[str]:
        return rules(in_read("Read it.", "    code: |\n" + "".join(f"      {line}\n" for line in lines)))

    assert with_code(["x = 1"] * 12) == set()
    assert with_code(["x = 1"] * 13) == {"code-length"}
    assert with_code(["x = " + "1" * 56]) == set()
    assert with_code(["x = " + "1" * 57]) == {"code-width"}


def test_a_program_in_the_editor_may_be_wider_than_an_example() -> None:
    def solution(width: int) -> set[str]:
        name = "x" * (width - 4)
        return rules(
            of_lesson(
                "format: 1\ntitle: Write it\nsteps:\n  - kind: exercise\n    id: a\n    text: Write it.\n"
                f"    solution: {name} = 1\n    checks: [{{output: x}}]\n    hints: [One?, Two.]\n"
            )
        )

    assert solution(79) == set()
    assert solution(80) == {"code-width"}


def test_code_in_the_text_counts_as_code_and_output_does_not() -> None:
    wide = "x = " + "1" * 60
    assert rules(in_read(f"Read:\n\n```python\n{wide}\n```")) == {"code-width"}
    assert rules(in_read(f"Read:\n\n```text\n{wide}\n```")) == set()


def exercise(prompt: str = "Write it.", hints: str = "[One?, Two.]", say: str = "It is 3.") -> list[Problem]:
    return of_lesson(
        "format: 1\ntitle: Write it\nsteps:\n  - kind: exercise\n    id: a\n"
        f'    text: {prompt}\n    solution: x = 3\n    checks:\n      - {{value: x, equals: 3, say: "{say}"}}\n    hints: {hints}\n'
    )


def test_prompts_hints_and_feedback_have_their_lengths() -> None:
    assert exercise() == []
    short = "There are five words here. "
    assert rules(exercise(prompt=short * 12)) == {"paragraph-length"}
    assert rules(exercise(prompt=short * 13)) == {"paragraph-length", "prompt-length"}
    assert rules(exercise(hints=f"[{TWENTY.strip()}, Two]")) == set()
    assert "hint-length" in rules(exercise(hints=f"[{TWENTY}more, Two]"))
    assert rules(exercise(say=short * 9)) == set()
    assert rules(exercise(say=short * 9 + "More.")) == {"feedback-length"}


@pytest.mark.parametrize(("count", "warned"), [(0, True), (1, True), (2, False), (4, False), (5, True)])
def test_a_step_has_2_to_4_hints(count: int, warned: bool) -> None:
    assert ("hint-count" in rules(exercise(hints=str([f"Hint {n}" for n in range(count)])))) is warned


@pytest.mark.parametrize(
    ("title", "well"),
    [
        ("Read an error message", True),
        ("Score a NEWS2 row in Python on Monday", True),
        ("And, or, not", True),
        ("Prototype: an observation chart", True),
        ("What is a variable?", False),
        ("How to add", False),
        ("Adding Two Numbers Together", False),
        ("add two numbers", False),
        ("Add two numbers, then three, then four, and five", False),
    ],
)
def test_lesson_titles(title: str, well: bool) -> None:
    found = of_lesson(f'format: 1\ntitle: "{title}"\nsteps:\n  - {{kind: read, id: a, text: Read.}}\n')
    assert (rules(found) == set()) is well
    assert rules(found) <= {"lesson-title"}


def test_a_warning_names_line_and_column_of_the_word() -> None:
    found = in_read("One line.\n\nThen you just add.")
    assert [(one.place.line, one.place.column) for one in found] == [(9, 16)]
    assert str(found[0]) == (
        "lesson.yaml:9:16: step a: `just`: it makes the step sound small to a reader who is stuck; leave it out, or reword"
    )


def test_what_the_programs_data_has_may_be_quoted() -> None:
    step = (
        "format: 1\ntitle: Mend it\nsteps:\n  - kind: fix\n    id: a\n    text: At 06:00 it shows 12000. Mend it.\n"
        '    starter: print("06:00", 12001)\n    solution: print("06:00", 12000)\n    checks:\n'
        "      - {output: 06:00 12000}\n    hints: [One?, Two.]\n"
    )
    assert of_lesson(step) == []
    assert rules(of_lesson(step.replace("At 06:00 it shows 12000", "At 07:00 it shows 13000"))) == {
        "time",
        "number",
    }


@pytest.mark.parametrize(
    ("digits", "holds"),
    [("9990000018", True), ("9434765919", True), ("9990000017", False), ("9990000000", False)],
)
def test_check_digits_of_nhs_numbers(digits: str, holds: bool) -> None:
    assert check_digit_holds(digits) is holds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The number is 999 000 0018.", None),
        ("The number is 400 000 0004.", "may belong to a person"),
        ("The number is 999 000 0017.", "does not pass the check"),
        ("The number is 9990000018.", "write 999 000 0018"),
        ("The number 943 476 5919 is well known.", None),
        ("The number `123 456 7890` is made up.", None),
        ("Ring 01632 960001. The id is 123456789012.", None),
    ],
)
def test_nhs_numbers_are_made_up(text: str, words: str | None) -> None:
    found = [str(one) for one in in_read(text) if one.rule == "nhs-number"]
    assert (not found) if words is None else (len(found) == 1 and words in found[0])


def test_nhs_numbers_in_code_are_looked_at_too() -> None:
    found = in_read("Read it.", '    code: |\n      number = "4000000004"\n')
    assert rules(found) == {"nhs-number"}


def test_exceptions_are_data_with_a_reason() -> None:
    assert all(len(digits) == 10 and reason for digits, reason in word_lists()["nhs-numbers"].items())
    assert all(reason for reason in word_lists()["banned"].values())


def test_sources_have_a_year() -> None:
    head = "format: 1\ntitle: Read it\nsources:\n"
    steps = "steps:\n  - {kind: read, id: a, text: Read.}\n"
    assert rules(of_lesson(f"{head}  - {{title: A guideline}}\n{steps}")) == {"source-year"}
    assert of_lesson(f"{head}  - {{title: A guideline, year: 2017}}\n{steps}") == []
    assert of_lesson(f"{head}  - {{title: Python documentation}}\n{steps}") == []


def test_every_rule_has_its_reason_and_is_told_of_in_the_guide(root: Path) -> None:
    guide = (root / "docs" / "writing-lessons.md").read_text(encoding="utf-8")
    for rule, reason in RULES.items():
        assert reason and f"`{rule}`" in guide, rule


def test_masks_keep_the_length_of_a_text() -> None:
    text = "Write `x` [here](https://example.org).\n\n```python\nx = 1\n```\n\n    indented\n"
    assert len(readable(text)[0]) == len(text)
    assert word_count(readable(text)[0]) == 3
    assert [paragraph.offset for paragraph in paragraphs("one\ntwo\n\n- three\n- four")] == [0, 9, 17]


@given(st.text(st.sampled_from(list("aA .,:!?`*_[]|-#>\n0159'\"/%\ue000é")), max_size=120))
def test_no_text_is_too_odd(text: str) -> None:
    prose, _ = readable(text)
    assert len(prose) == len(text)
    assert all(0 <= found.offset < max(len(text), 1) for found in wordings_in(prose))
    for paragraph in paragraphs(prose):
        assert all(paragraph.offset <= sentence.offset <= len(text) for sentence in paragraph.sentences())
