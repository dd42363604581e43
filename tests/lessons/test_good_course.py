"""A course that uses every key of the format loads without a problem, and says what was written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.lessons.compose import compose
from tutor.lessons.format_check import WHEN_RECORDS
from tutor.lessons.format_course import COURSE, GLOSSARY, RULES
from tutor.lessons.format_lesson import ANSWERS, LESSON
from tutor.lessons.loader import answers_path, load_answers, load_course, load_lesson
from tutor.lessons.model import (
    MISSING,
    CallCheck,
    CatchesCheck,
    ChooseStep,
    ConstructCheck,
    Course,
    ExerciseStep,
    FileCheck,
    FillStep,
    Generator,
    Lesson,
    OutputCheck,
    PredictedKind,
    PredictStep,
    RuleCheck,
    RuleStatus,
    SameAsSolutionCheck,
    StepLimits,
    TestCheck,
    TextMatch,
    ValueCheck,
    WhenAdvice,
    WhenCheck,
    WhenFailed,
    WhenPattern,
)
from tutor.lessons.records import Entry, Record
from tutor.lessons.report import Report


def _lesson(course: Course, lesson_id: str) -> Lesson:
    heading = course.heading(lesson_id)
    assert heading is not None
    loaded = load_lesson(heading.path, course, advice_rules={"missing-colon"})
    assert loaded.problems == ()
    assert loaded.value is not None
    return loaded.value


@pytest.fixture(scope="module")
def steps(good_course: Course) -> Lesson:
    return _lesson(good_course, "every-step")


@pytest.fixture(scope="module")
def checks(good_course: Course) -> ExerciseStep:
    step = _lesson(good_course, "every-check").step("all")
    assert isinstance(step, ExerciseStep)
    return step


def test_the_good_course_has_no_problem(courses: Path, good_course: Course) -> None:
    assert load_course(courses / "good").problems == ()
    for heading in good_course.lessons:
        assert not heading.broken
        _lesson(good_course, heading.id)


def _entries(value: object) -> Iterator[Entry]:
    if isinstance(value, Entry):
        yield value
        for inner in value.values.values():
            yield from _entries(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _entries(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _entries(inner)


def test_the_good_course_uses_every_key_of_the_format(courses: Path) -> None:
    written: dict[int, set[str]] = {}
    records: dict[int, Record] = {}
    shapes = {"course.yaml": COURSE, "glossary.yaml": GLOSSARY, "rules.yaml": RULES}
    for file in (courses / "good").rglob("*.yaml"):
        shape = shapes.get(file.name) or (ANSWERS if file.name.endswith(".answers.yaml") else LESSON)
        root = compose(file.read_text(encoding="utf-8")).root
        assert root is not None
        for entry in _entries([shape.read(root, Report(file), "")]):
            records[id(entry.record)] = entry.record
            written.setdefault(id(entry.record), set()).update(entry.nodes)
    missing = {
        records[key].name: set(records[key].keys) - keys - {"extends"}
        for key, keys in written.items()
        if set(records[key].keys) - keys - {"extends"}
    }
    # The keys that steps and checks share are each written somewhere, not in every kind.
    shared = set(
        [
            "title",
            "concepts",
            "text",
            "name",
            "say",
            "hidden",
            "stdin",
            "with",
            "hints",
            "mistakes",
            "files",
            "limits",
            "filename",
            "starter",
            "arrange",
            "close",
            "relative",
            "exactly",
            "loosely",
            "prompts",
            "ignore",
            "confirmed",
            "year",
            "url",
        ]
    )
    assert {name: keys - shared for name, keys in missing.items() if keys - shared} == {}
    assert {record.name for record in records.values()} >= {record.name for record in WHEN_RECORDS.values()}


def test_the_course_is_read_whole(good_course: Course) -> None:
    assert (good_course.id, good_course.title, good_course.version) == ("good", "A good course", "1.0")
    assert [chapter.id for chapter in good_course.chapters] == ["first", "second"]
    assert good_course.chapters[0].card.startswith("Then and now")
    assert [lesson.id for lesson in good_course.lessons] == ["every-step", "every-check", "no-id"]
    assert good_course.tracks[0].lessons == ("every-step", "no-id")
    assert [(page.id, page.title) for page in good_course.pages] == [
        ("data-dictionary", "The data dictionary")
    ]
    assert list(good_course.glossary) == ["program", "List"]
    assert good_course.glossary["List"].place.line == 2


def test_rules_are_read_with_their_cases(good_course: Course) -> None:
    fever = good_course.rules["fever"]
    assert fever.status is RuleStatus.DEMO_ONLY
    assert fever.source.year == 2026
    assert fever.review is not None
    assert [(dict(case.inputs), case.out) for case in fever.parts["score"].cases] == [
        ({"temperature": 37.9}, 0),
        ({"temperature": 38.0}, 1),
    ]
    assert good_course.rules["plain"].status is RuleStatus.OK
    assert good_course.rules["plain"].parts["pair"].cases[0].out == (1, True)


def test_text_is_what_was_typed(steps: Lesson) -> None:
    predict = steps.step("predicting")
    assert isinstance(predict, PredictStep)
    assert [choice.text for choice in predict.choices] == [
        "True 1.0 None",
        "1.0",
        "Nothing at all",
        "An error",
    ]
    assert predict.choices[2].kind is PredictedKind.NOTHING
    assert predict.choices[3].kind is PredictedKind.ERROR
    choose = steps.step("choosing")
    assert isinstance(choose, ChooseStep)
    assert [choice.text for choice in choose.choices] == ["12:30", "08", "null"]
    assert not choose.several


def test_a_fill_step_makes_its_solution_from_its_first_answers(steps: Lesson) -> None:
    fill = steps.step("filling")
    assert isinstance(fill, FillStep)
    assert fill.solution == 'x = 1\nprint(f"{{literal}} {x}")\n'
    assert fill.gaps[0].accepted == ("1", "1.0")


def test_an_exercise_knows_its_files_limits_and_arrange_version(steps: Lesson, courses: Path) -> None:
    step = steps.step("writing")
    assert isinstance(step, ExerciseStep)
    assert step.limits == StepLimits(2.5, 128, 64)
    assert step.arrange == ("    return None",)
    folder = (courses / "good").resolve()
    assert step.files == (folder / "01-first" / "data" / "obs.csv", folder / "shared" / "list.csv")


def test_a_project_knows_its_form_and_where_it_starts(steps: Lesson) -> None:
    project = steps.step("building")
    assert isinstance(project, ExerciseStep)
    assert project.continues == ("", "writing")
    assert project.prototype is not None
    assert [field.name for field in project.prototype.fields] == ["rate", "alert"]
    assert project.prototype.result_label == "Score"
    other = steps.step("building-on")
    assert isinstance(other, ExerciseStep)
    assert other.continues == ("no-id", "later")


def test_a_lesson_without_an_id_is_called_by_its_file(good_course: Course) -> None:
    assert good_course.lessons[2].path.name == "10-no-id.yaml"
    assert good_course.lessons[2].id == "no-id"


def test_output_can_be_expected_in_each_way(checks: ExerciseStep) -> None:
    outputs = [check for check in checks.checks if isinstance(check, OutputCheck)]
    assert [expected.how for expected in outputs[2].expectations] == list(TextMatch)
    assert outputs[1].expectations[0].ignore == {"case", "space", "blank-lines", "punctuation"}
    assert outputs[1].expectations[0].prompts
    assert outputs[3].expectations[0].wanted == ("Score", "20")
    assert outputs[7].expectations[0].wanted == (3.0,)
    file = next(check for check in checks.checks if isinstance(check, FileCheck))
    assert file.stdin == ("1", "08", "yes", "null")
    assert file.with_ == {"rr": 12}
    assert file.hidden


def test_calls_and_values_are_read_with_what_is_expected(checks: ExerciseStep) -> None:
    calls = [check for check in checks.checks if isinstance(check, CallCheck)]
    assert calls[0].returns == [8, 1.5]
    assert calls[0].tolerance.exactly
    assert calls[1].returns == (1, 2)
    assert calls[2].returns is MISSING
    assert (calls[2].raises, calls[2].saying) == ("ValueError", "below")
    assert calls[3].prints[0].wanted == "scored"
    values = [check for check in checks.checks if isinstance(check, ValueCheck)]
    assert values[0].type == "int"
    assert values[-1].equals == [datetime.date(2020, 1, 1)]


def test_the_other_subjects_are_read(checks: ExerciseStep) -> None:
    constructs = [check for check in checks.checks if isinstance(check, ConstructCheck)]
    assert constructs[1].must
    assert constructs[2].uses == ("def",)
    assert constructs[2].avoids == ("while",)
    same = next(check for check in checks.checks if isinstance(check, SameAsSolutionCheck))
    assert same.times == 50
    assert dict(same.given)["f"] == Generator("list", of=Generator("int", -5, 5))
    assert dict(same.given)["e"].options == ("A", 2, True)
    rules = [check for check in checks.checks if isinstance(check, RuleCheck)]
    assert (rules[0].rule, rules[0].part, rules[0].call) == ("fever", "score", "fever")
    assert (rules[1].value, rules[1].with_) == ("points", {"temperature": "temperature"})
    assert next(check for check in checks.checks if isinstance(check, TestCheck)).name == "free"
    catches = next(check for check in checks.checks if isinstance(check, CatchesCheck))
    assert (catches.module, catches.faults[0].name) == ("must", "wrong sign")


def test_mistakes_know_when_they_are_met(checks: ExerciseStep) -> None:
    first, second, third = checks.mistakes
    assert isinstance(first.when[0], WhenCheck)
    assert second.when == (WhenFailed(("exact", "check 1")),)
    assert [type(when) for when in third.when] == [WhenCheck, WhenCheck, WhenAdvice, WhenPattern]


def test_checks_without_a_name_are_called_by_their_number(checks: ExerciseStep) -> None:
    assert checks.checks[0].name == "check 1"
    assert checks.checks[8].name == "the file"
    assert checks.checks[9].name == "exact"


def test_answers_are_read_for_their_steps(good_course: Course) -> None:
    lesson = _lesson(good_course, "every-check")
    loaded = load_answers(answers_path(lesson.path), lesson)
    assert loaded.problems == ()
    assert loaded.value is not None
    assert (loaded.value[0].step_id, loaded.value[0].right, loaded.value[0].wrong) == (
        "all",
        ("x = 1",),
        ("x = 2\n",),
    )


def test_answers_for_no_step_are_named(good_course: Course, tmp_path: Path) -> None:
    lesson = _lesson(good_course, "every-check")
    file = tmp_path / "x.answers.yaml"
    file.write_text("al: {right: [x]}\n", encoding="utf-8")
    problem = load_answers(file, lesson).problems[0]
    assert (problem.place.line, problem.hint) == (1, "did you mean `all`?")
