"""`lint`: what is read, which warnings `allow` answers, and what it says of reviews."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import asdict

from tutor.authoring import reading
from tutor.authoring.lint import Report, lint
from tutor.authoring.packs import pack
from tutor.authoring.templates import lesson_text
from tutor.lessons.index import LessonIndex
from tutor.lessons.model import MISSING, Severity
from tutor.runner.runner import Runner

Change = Callable[[str, str], Path]


def rules(report: Report) -> list[str]:
    return [problem.rule for problem in report.problems]


def test_a_sound_course_has_no_problem(course: Path, runner: Runner) -> None:
    report = lint([course], runner.run, mutants=True)
    assert (report.problems, report.lessons, report.steps) == ((), 1, 1)


def test_lessons_are_read_when_the_course_itself_has_errors(course: Path, change: Change) -> None:
    (course / "course.yaml").write_text("format: 1\nid: small\ntitle: Small\nchapter: []\n", encoding="utf-8")
    change("kind: exercise", "kind: exercize")
    report = lint([course], None)
    files = {problem.place.file.name for problem in report.problems}
    assert files == {"course.yaml", "01-add.yaml"}
    assert report.lessons == 1


def test_a_lesson_that_the_course_does_not_name_is_reported_and_not_judged(course: Path) -> None:
    (course / "01-first" / "02-draft.yaml").write_text("nothing yet", encoding="utf-8")
    report = lint([course], None)
    assert [(problem.rule, problem.place.file.name) for problem in report.problems] == [
        ("not-in-course", "02-draft.yaml")
    ]


def test_errors_and_warnings_of_a_lesson_come_together(lesson: Path, change: Change) -> None:
    change("text: Write", "text: Just write")
    change("kind: exercise", "kind: exercise\n    colour: red")
    assert sorted(rules(lint([lesson], None))) == ["banned-word", "unknown-key"]


def test_allow_answers_a_warning_and_no_error(lesson: Path, change: Change) -> None:
    change("text: Write", "text: Just write")
    change("clinical-review: none", "allow:\n  - {rule: banned-word, because: It is the ward's own word.}")
    assert rules(lint([lesson], None)) == []
    change("rule: banned-word", "rule: unknown-key")
    change("kind: exercise", "kind: exercise\n    colour: red")
    assert sorted(rules(lint([lesson], None))) == ["allow-unused", "banned-word", "unknown-key"]


def test_an_allow_that_answers_nothing_is_reported_with_what_was_meant(lesson: Path, change: Change) -> None:
    change("clinical-review: none", "allow:\n  - {rule: sentence-lenght, because: It is long.}")
    (problem,) = lint([lesson], None).problems
    assert problem.rule == "allow-unused" and problem.severity is Severity.WARNING
    assert "did you mean `sentence-length`?" in str(problem)


def test_an_allow_for_what_only_a_run_can_tell_waits_for_the_run(
    lesson: Path, change: Change, runner: Runner
) -> None:
    change("clinical-review: none", "allow:\n  - {rule: unnoticed-change, because: It makes no difference.}")
    assert rules(lint([lesson], None)) == []
    assert rules(lint([lesson], runner.run)) == []
    assert rules(lint([lesson], runner.run, mutants=True)) == ["allow-unused"]


def test_a_review_of_other_content_is_reported_with_the_hash_that_it_needs(
    lesson: Path, change: Change
) -> None:
    plain = lint([lesson], None)
    (state,) = plain.reviews
    assert (state.what, state.id, str(state.state)) == ("lesson", "add", "not yet reviewed by a clinician")
    change("none", f"{{by: A. Reader, on: 2026-01-05, until: 2999-01-05, of: {state.hash}}}")
    assert rules(lint([lesson], None)) == []
    change("It gives their sum.", "It gives back their sum.")
    (problem,) = lint([lesson], None).problems
    (state,) = lint([lesson], None).reviews
    assert problem.rule == "review-changed"
    assert (
        f"changed since its review of 2026-01-05; have it reviewed again, and write `of: {state.hash}`"
        in str(problem)
    )


def test_a_review_that_is_due_or_names_no_content_is_reported(lesson: Path, change: Change) -> None:
    change("none", "{by: A. Reader, on: 2019-01-05, until: 2020-01-05}")
    assert rules(lint([lesson], None)) == ["review-out-of-date"]
    change(", until: 2020-01-05", "")
    assert rules(lint([lesson], None)) == ["review-of-what"]


def test_a_changed_rule_names_every_lesson_that_it_touches(course: Path, change: Change) -> None:
    (course / "rules.yaml").write_text(
        "sum:\n  title: Sums\n  source: {title: Arithmetic, year: 2020}\n  status: ok\n"
        "  review: {by: A. Reader, on: 2026-01-05, of: 0123456789ab}\n  parts:\n    two:\n      text: The sum of two numbers.\n"
        "      cases:\n        - {in: {a: 1, b: 2}, out: 3}\n        - {in: {a: 2, b: 2}, out: 4}\n",
        encoding="utf-8",
    )
    change('- {call: "add(-1, 1)", returns: 0}', "- {rule: sum.two, call: add}")
    report = lint([course], None)
    (problem,) = report.problems
    assert problem.rule == "review-changed" and problem.place.file.name == "rules.yaml"
    assert "(lessons that use it: add)" in problem.problem
    assert [(one.id, one.touches) for one in report.reviews] == [("add", ()), ("sum", ("add",))]


def test_a_pack_is_judged_like_its_course_and_places_name_the_pack(
    course: Path, change: Change, tmp_path: Path
) -> None:
    change("text: Write", "text: Just write")
    file = tmp_path / "small.c4h"
    pack(course, file)
    (problem,) = lint([file], None).problems
    assert problem.rule == "banned-word"
    assert problem.place.file == file / "01-first" / "01-add.yaml"


def test_texts_outside_lessons_are_in_the_house_style_too(course: Path) -> None:
    (course / "glossary.yaml").write_text("sum: What you simply add up.\n", encoding="utf-8")
    (problem,) = lint([course], None).problems
    assert (problem.rule, problem.where, problem.place.column) == ("banned-word", "term sum", 15)


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    files = []
    for number in range(12):
        file = tmp_path / f"{number:02}-lesson.yaml"
        text = lesson_text(file)
        file.write_text(
            text.replace("What does", "Just what does") if number % 3 else text + "nonsense: 1\n",
            encoding="utf-8",
        )
        files.append(file)

    def read(processes: int) -> list[reading.ReadLesson]:
        return reading.read_lessons(files, lambda headings: None, processes=processes)

    one, several = read(1), read(3)
    assert [(lesson.path, lesson.problems, lesson.content_hash) for lesson in one] == [
        (lesson.path, lesson.problems, lesson.content_hash) for lesson in several
    ]
    assert all(lesson.problems for lesson in one)
    checks = several[1].lesson.step("write-first").checks  # type: ignore[union-attr]
    assert checks[0].raises is None and checks[1].returns == 0


def test_missing_stays_itself_in_another_process(lesson: Path, course: Path) -> None:
    more = [lesson, *(course / "01-first" / f"0{number}-more.yaml" for number in range(2, 5))]
    for file in more[1:]:
        file.write_text(
            lesson.read_text(encoding="utf-8").replace("returns: 3", 'prints: "3"'), encoding="utf-8"
        )
    read = reading.read_lessons(more, lambda headings: None, processes=2)
    checks = [check for one in read[1:] for check in one.lesson.steps[0].checks[:1]]  # type: ignore[union-attr]
    assert [check.returns is MISSING for check in checks] == [True] * 3


def test_the_index_is_kept_so_that_the_window_reads_no_lesson(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    lint([course], None, cache=cache)
    monkeypatch.setattr("tutor.lessons.index.read_lesson", lambda path: pytest.fail(f"{path} was read"))
    heading = LessonIndex(cache, course).heading(course / "01-first" / "01-add.yaml")
    assert (heading.id, heading.broken, len(heading.steps)) == ("add", False, 1)


def test_a_broken_lesson_is_left_out_of_the_index(course: Path, change: Change, tmp_path: Path) -> None:
    change("kind: exercise", "kind: exercize")
    cache = tmp_path / "cache"
    lint([course], None, cache=cache)
    assert LessonIndex(cache, course).heading(course / "01-first" / "01-add.yaml").broken


def test_problems_come_in_the_order_of_files_and_lines(course: Path, change: Change) -> None:
    change("text: Write", "text: Just write")
    change("say: That", "say: Simply that")
    (course / "glossary.yaml").write_text("sum: What you simply add up.\n", encoding="utf-8")
    report = lint([course], None)
    places = [(str(problem.place.file), problem.place.line) for problem in report.problems]
    assert places == sorted(places) and len(places) == 3
    assert asdict(report)["lessons"] == 1
