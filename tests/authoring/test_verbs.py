"""The verbs of lesson writers as real processes: what they print, and how they end."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from tutor.authoring.cases import case_text
from tutor.lessons.loader import load_course, load_lesson

Tutor = Callable[..., subprocess.CompletedProcess[str]]
Change = Callable[[str, str], Path]


def test_lint_says_the_rule_its_reason_and_the_allow(tutor: Tutor, change: Change) -> None:
    file = change("text: Write", "text: Just write")
    done = tutor("lint", "--no-run", file)
    assert done.returncode == 0 and done.stderr == ""
    first, reason, review, end = done.stdout.splitlines()
    assert first == (
        f"{file}:9:11: step add: `Just`: it makes the step sound small to a reader who is stuck; leave it out, or reword "
        "[warning: banned-word]"
    )
    assert reason == (
        "  banned-word: words that judge the reader, praise or frighten. "
        'Where it is meant: allow: [{rule: banned-word, because: "..."}]'
    )
    assert review.startswith("lesson add: not yet reviewed by a clinician; of: ")
    assert end == "1 lesson, 1 step: 0 to mend, 1 warning."


def test_lint_json_names_reviews_when_asked(tutor: Tutor, course: Path) -> None:
    plain = json.loads(tutor("lint", "--no-run", "--json", course).stdout)
    assert set(plain) == {"problems", "lessons", "steps"}
    asked = json.loads(tutor("lint", "--no-run", "--json", "--reviews", course).stdout)
    (review,) = asked["reviews"]
    assert (review["what"], review["id"], len(review["of"])) == ("lesson", "add", 12)


def test_pack_list_unpack_and_lint_of_a_pack(
    tutor: Tutor, course: Path, change: Change, tmp_path: Path
) -> None:
    change("clinical-review: none", "clinical-review: {by: A. Reader, on: 2026-01-05, of: 0123456789ab}")
    file = tmp_path / "small.c4h"
    done = tutor("pack", course, "-o", file)
    assert done.returncode == 0, done.stderr
    assert "Warning: " in done.stdout and "changed since its review" in done.stdout
    assert f"{file}: 2 files" in done.stdout
    listed = tutor("unpack", "--list", file)
    assert "01-first/01-add.yaml" in listed.stdout and not (tmp_path / "out").exists()
    done = tutor("unpack", file, tmp_path / "out")
    assert done.returncode == 0 and (tmp_path / "out" / "course.yaml").is_file()
    again = tutor("unpack", file, tmp_path / "out")
    assert again.returncode == 2
    assert again.stderr == f"{tmp_path / 'out'}: there is something in it already. Name a new folder.\n"
    done = tutor("lint", file)
    assert done.returncode == 0 and "[warning: review-changed]" in done.stdout


def test_pack_warns_of_a_course_with_errors(
    tutor: Tutor, course: Path, change: Change, tmp_path: Path
) -> None:
    change("kind: exercise", "kind: exercize")
    done = tutor("pack", course, "-o", tmp_path / "a.c4h")
    assert done.returncode == 0
    assert f"Warning: the course has 1 error. tutor lint {course} lists it." in done.stdout


def test_book_writes_one_file(tutor: Tutor, course: Path, tmp_path: Path) -> None:
    done = tutor("book", course, "-o", tmp_path / "book.html")
    assert done.returncode == 0, done.stderr
    assert "<h1>Small</h1>" in (tmp_path / "book.html").read_text(encoding="utf-8")
    wrong = tutor("book", course, "-o", tmp_path / "book.pdf")
    assert wrong.returncode == 2 and "the name of a book ends in .html" in wrong.stderr


def test_cases_are_sorted_and_accepted(tutor: Tutor, course: Path, lesson: Path, tmp_path: Path) -> None:
    loaded = load_course(course).value
    step = load_lesson(lesson, loaded).value.step("add")  # type: ignore[union-attr]
    assert step is not None
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, program in (
        ("right", "def add(x, y):\n    return y + x\n"),
        ("wrong", "def add(x, y):\n    return x\n"),
    ):
        text = case_text(
            course="small 1.0", lesson="add", step="add", content_hash=step.content_hash, program=program
        )
        (folder / f"{name}.case.txt").write_text(text, encoding="utf-8")
    found = json.loads(tutor("cases", folder, "--course", course, "--json").stdout)["cases"]
    assert [(Path(one["file"]).name, one["state"], one["accepted"]) for one in found] == [
        ("right.case.txt", "now-passes", False),
        ("wrong.case.txt", "still-refused", False),
    ]
    done = tutor("cases", folder, "--course", course, "--accept")
    assert done.returncode == 0 and "It passes now. It is added to the right answers." in done.stdout
    assert "def add(x, y):" in lesson.with_suffix(".answers.yaml").read_text(encoding="utf-8")
    assert tutor("lint", course).stdout.endswith("1 lesson, 1 step: no problem.\n")


def test_every_schema_is_printed(tutor: Tutor) -> None:
    for part in ("lesson", "course", "rules", "glossary", "answers"):
        schema = json.loads(tutor("schema", part).stdout)
        assert schema["$schema"].startswith("http://json-schema.org/draft-07/")
