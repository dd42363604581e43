"""What can be known without running: each rule refuses the mistake it is for, and lets the right form pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tutor.lessons.model import Course, Severity

EXERCISE = """\
kind: exercise
id: one
solution: |
  rr = 8
  def score(rate, extra=0):
      return 3
"""
CHECKED = EXERCISE + "checks: [{value: rr, equals: 8}]\n"


def _check(check: str) -> str:
    return f"{EXERCISE}checks:\n  - {check}\n"


def _text(text: str) -> str:
    return "kind: read\nid: one\ntext: |\n" + "".join(f"  {line}\n" for line in text.split("\n"))


def _mistake(when: str, example: str = "x = 2") -> str:
    return f"{CHECKED}mistakes:\n  - {{name: m, when: {when}, say: S., example: {example}}}\n"


#: step -> the problem's words (None: nothing is wrong), its rule
CASES: dict[str, tuple[str, str | None]] = {
    "a call of the solution": (_check('{call: "score(8)", returns: 3}'), None),
    "a call of another name": (_check('{call: "scor(8)", returns: 3}'), "the solution has no name `scor`"),
    "a lambda's own names": (_check('{call: "sorted([1], key=lambda x: x)", returns: [1]}'), None),
    "a comprehension's own names": (_check('{value: "[a for a in [rr]]", equals: [8]}'), None),
    "a check of nothing": (_check('{call: "score(8)"}'), "nothing is expected"),
    "a value of nothing": (_check("{value: rr}"), "nothing is expected"),
    "an output of nothing": (_check("{output: }"), "nothing is expected"),
    "output under the key": (_check("{output: {contains: a}}"), None),
    "output beside the key": (_check("{output: , contains: a}"), None),
    "both subjects": (_check("{output: a, value: rr}"), "a check has one subject; found `output` and `value`"),
    "no subject": (_check("{returns: 3}"), "a check needs a subject"),
    "saying without raises": (_check('{call: "score(8)", returns: 3, saying: x}'), "`saying` needs `raises`"),
    "a builtin exception": (_check('{call: "score(8)", raises: ValueError}'), None),
    "an unknown exception": (_check('{call: "score(8)", raises: ValueEror}'), "there is no exception `ValueEror`"),
    "returns and raises": (_check('{call: "score(8)", returns: 3, raises: ValueError}'), "cannot both return"),
    "a type of Python": (_check("{value: rr, type: int}"), None),
    "a type in English": (_check("{value: rr, type: integer}"), "Python has no type `integer`"),
    "with a top-level name": (_check("{output: x, with: {rr: 1}}"), None),
    "with a name inside a function": (_check("{output: x, with: {rate: 1}}"), "gives `rate` no value"),
    "must with why": (_check("{uses: [def], must: true, why: It is practised.}"), None),
    "must without why": (_check("{uses: [def], must: true}"), "needs `why`"),
    "uses and avoids the same": (_check("{uses: [for], avoids: [for]}"), "under both"),
    "a construct": (_check("{uses: [elif]}"), None),
    "a misspelt construct": (_check("{uses: [elsif]}"), "`elsif` is not a construct"),
    "a rule": (_check("{rule: fever.score, call: score}"), None),
    "an unknown rule": (_check("{rule: fevr.score, call: score}"), "rules.yaml has no rule `fevr`"),
    "an unknown part": (_check("{rule: fever.scores, call: score}"), "has no part `scores`"),
    "a rule with no name": (_check("{rule: fever.score}"), "needs `call: FUNCTION`, or `value: NAME`"),
    "a rule with two names": (_check("{rule: fever.score, call: score, value: rr}"), "not both"),
    "arguments as the function takes": (_check("{same-as-solution: score, given: {a: int 0..9}}"), None),
    "too many arguments": (_check("{same-as-solution: score, given: {a: text, b: text, c: text}}"), "takes 1 to 2 arguments"),
    "a test that asserts": (_check('{test: "assert True"}'), None),
    "a test of nothing": (_check('{test: "x = 1"}'), "tests nothing"),
    "a regular expression": (_check('{output: , matches: "a+"}'), None),
    "a broken regular expression": (_check('{output: , matches: "a("}'), "is not a regular expression"),
    "two checks of one name": (_check("{name: a, output: x}") + "  - {name: a, output: y}\n", "a second check is called `a`"),
    "a check that failed": (_mistake("{failed: check 1}"), None),
    "no such check": (_mistake("{failed: check 2}"), "no check called `check 2`"),
    "known advice": (_mistake("{advice: missing-colon}"), None),
    "unknown advice": (_mistake("{advice: missing-comma}"), "`tutor explain` has no rule `missing-comma`"),
    "a pattern": (_mistake('{pattern: "for _ in _: ..."}'), None),
    "a broken pattern": (_mistake('{pattern: "for _ in"}'), "this is not Python"),
    "a solution that is not Python": (CHECKED.replace("rr = 8", "rr ="), "this is not Python"),
    "a starter that is the solution": (
        CHECKED + "starter: |\n  rr = 8\n  def score(rate, extra=0):\n      return 3\n",
        "the starter is the solution",
    ),
    "a missing data file": (CHECKED + "files: [data/none.csv]\n", "there is no file `data/none.csv`"),
    "a data file outside": (CHECKED + "files: [../../../../x.csv]\n", "is outside the course"),
    "a file with backslashes": (CHECKED + "files: ['data\\x.csv']\n", "has backslashes"),
    "a name that cannot be imported": (CHECKED + "filename: my-file.py\n", "cannot be imported"),
    "a distractor": (CHECKED + 'arrange: {distractors: ["rr = 9"]}\n', None),
    "a distractor that is right": (CHECKED + 'arrange: {distractors: ["rr = 8"]}\n', "is a line of the solution"),
    "a step that does not come before": (CHECKED.replace("exercise", "project") + "continues: two\n", "no earlier step"),
    "a known term": (_text("A [[Program]]."), None),
    "an unknown term": (_text("A [[progam]]."), "the glossary has no term `progam`"),
    "a term in code": (_text("`[[progam]]` and\n\n```python\n[[1]]\n```"), None),
    "raw HTML": (_text("A <b>word</b>."), "raw HTML is not shown: `<b>`"),
    "less-than signs": (_text("When a < b or 3<x and `<b>`, see <https://example.org>."), None),
    "a remote picture": (_text("![x](https://example.org/x.png)"), "is not in the course"),
    "a missing picture": (_text("![x](media/none.png)"), "there is no picture `media/none.png`"),
    "a picture elsewhere": (_text("![x](other/x.png)"), "is not in media/"),
    "a page": (_text("[x](data-dictionary.md)"), None),
    "no page": (_text("[x](data-dictionery.md)"), "the course has no page"),
    "a link to nowhere": (_text("[x](javascript:alert)"), "leads nowhere"),
    "a language": (_text("```python\nx\n```"), None),
    "a misspelt language": (_text("```pyhton\nx\n```"), "is not a language that can be coloured"),
    "a block that is not closed": (_text("```python\nx"), "is not closed"),
    "a right choice": ("kind: choose\nid: one\nchoices: [{text: a, correct: true}, {text: b}]\n", None),
    "no right choice": ("kind: choose\nid: one\nchoices: [{text: a}, {text: b}]\n", "none of the choices is correct"),
    "one choice twice": ("kind: predict\nid: one\ncode: x\nchoices: [a, a]\n", "choices 1 and 2 are the same"),
    "gaps": ("kind: fill\nid: one\ncode: x = {{a}}\ngaps: {a: 1}\n", None),
    "a gap without its place": ("kind: fill\nid: one\ncode: x = 1\ngaps: {a: 1}\n", "the code has no gap `{{a}}`"),
    "a gap without answers": ('kind: fill\nid: one\ncode: "x = {{a}} + {{b}}"\ngaps: {a: 1}\n', "the gap `{{b}}` has no answers"),
    "braces in a text": ("kind: fill\nid: one\ncode: 'x = f\"{{b}} {{{a}}}\"'\ngaps: {a: 1}\n", None),
    "an answer that is not Python": ('kind: fill\nid: one\ncode: x = {{a}}\ngaps: {a: [1, "1 +"]}\n', "this is not Python"),
    "one line to arrange": ("kind: arrange\nid: one\nsolution: x = 1\n", "one line alone"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_rule_refuses_its_mistake_and_nothing_else(
    name: str, read_step: Callable[..., object], good_course: Course
) -> None:
    step, said = CASES[name]
    read = read_step(step, good_course, advice_rules={"missing-colon"})
    errors = [problem for problem in read.loaded.problems if problem.severity is Severity.ERROR]  # type: ignore[attr-defined]
    if said is None:
        assert errors == []
    else:
        assert [said in error.problem for error in errors] == [True], [str(error) for error in errors]


def test_without_a_course_nothing_outside_the_file_is_judged(read_step: Callable[..., object]) -> None:
    step = _text("A [[progam]] and a [page](none.md).")
    assert read_step(step).loaded.problems == ()  # type: ignore[attr-defined]
    assert read_step(_check("{rule: none.none, call: score}")).loaded.problems == ()  # type: ignore[attr-defined]
    assert read_step(_mistake("{advice: none}")).loaded.problems == ()  # type: ignore[attr-defined]


def test_a_problem_inside_a_block_has_its_own_line_and_column(
    read_step: Callable[..., object], good_course: Course
) -> None:
    read = read_step(_text("One.\n\nTwo [[progam]]."), good_course)
    place = read.loaded.problems[0].place  # type: ignore[attr-defined]
    assert (place.line, place.column) == (10, 11)


def test_needs_and_references_to_other_lessons_are_looked_up(
    read_text: Callable[..., object], good_course: Course
) -> None:
    text = """\
        format: 1
        title: T
        needs: [no-id, no-idd, the-lesson]
        steps:
          - {kind: project, id: a, solution: x = 1, checks: [{value: x, equals: 1}], continues: no-id#later}
          - {kind: project, id: b, solution: x = 1, checks: [{value: x, equals: 1}], continues: no-id#latr}
          - {kind: project, id: c, solution: x = 1, checks: [{value: x, equals: 1}], continues: a}
        """
    problems = read_text(text, good_course).loaded.problems  # type: ignore[attr-defined]
    assert [problem.problem for problem in problems] == [
        "no lesson has the id `no-idd`",
        "the lesson needs itself",
        "lesson `no-id` has no exercise, fix or project `latr`",
    ]
    assert problems[0].hint == "did you mean `no-id`?"


def test_a_warning_keeps_a_lesson_usable(read_step: Callable[..., object]) -> None:
    read = read_step(_text("```\nx\n```"))
    assert [problem.severity for problem in read.loaded.problems] == [Severity.WARNING]  # type: ignore[attr-defined]
    assert read.loaded.value is not None  # type: ignore[attr-defined]
