"""Rules that are known to be sound are read when they are first asked for."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tutor.errors import LessonError
from tutor.lessons.late_rules import LateRules
from tutor.lessons.loader import load_course


@pytest.fixture
def copied(courses: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(courses / "good", tmp_path / "course"))


def touched(file: Path, text: str) -> None:
    """Written so that size or time tell, whatever the grain of the file system's clock."""
    before = file.stat().st_mtime_ns
    file.write_text(text, encoding="utf-8")
    os.utime(file, ns=(before + 2_000_000_000, before + 2_000_000_000))


def test_the_second_start_reads_the_rules_only_when_they_are_asked_for(copied: Path, tmp_path: Path) -> None:
    first = load_course(copied, cache=tmp_path / "cache").value
    second = load_course(copied, cache=tmp_path / "cache").value
    assert first is not None
    assert second is not None
    assert isinstance(second.rules, LateRules)
    assert "not read yet" in repr(second.rules)
    assert dict(second.rules) == dict(first.rules) != {}
    assert "not read yet" not in repr(second.rules)


def test_rules_that_were_changed_are_read_at_once_and_their_mistakes_are_told(
    copied: Path, tmp_path: Path
) -> None:
    assert load_course(copied, cache=tmp_path / "cache").value is not None
    touched(copied / "rules.yaml", "news2: 3\n")
    again = load_course(copied, cache=tmp_path / "cache")
    assert again.value is None
    assert any(problem.place.file.name == "rules.yaml" for problem in again.problems)
    third = load_course(copied, cache=tmp_path / "cache")
    assert third.problems == again.problems


def test_a_warning_about_the_rules_is_told_at_every_start(copied: Path, tmp_path: Path) -> None:
    text = (copied / "rules.yaml").read_text(encoding="utf-8")
    case = next(
        line
        for line in text.splitlines()
        if line.strip().startswith("- {in:") or line.strip().startswith("- in:")
    )
    touched(copied / "rules.yaml", text.replace(case, f"{case}\n{case}", 1))
    told = [load_course(copied, cache=tmp_path / "cache").problems for _turn in range(2)]
    assert [str(problem.severity) for problem in told[0]] == ["warning"]
    assert told[0] == told[1]


def test_rules_that_break_after_the_start_are_a_fault_of_the_lesson(copied: Path, tmp_path: Path) -> None:
    load_course(copied, cache=tmp_path / "cache")
    course = load_course(copied, cache=tmp_path / "cache").value
    assert course is not None
    (copied / "rules.yaml").write_text("news2: 3\n", encoding="utf-8")
    with pytest.raises(LessonError, match=r"rules\.yaml has changed and cannot be used"):
        len(course.rules)


def test_without_a_cache_everything_is_read_at_once(copied: Path) -> None:
    course = load_course(copied).value
    assert course is not None
    assert not isinstance(course.rules, LateRules)


def test_a_damaged_index_is_made_again(copied: Path, tmp_path: Path) -> None:
    load_course(copied, cache=tmp_path / "cache")
    for file in (tmp_path / "cache").iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace('"sound": {', '"sound": [{').replace("}}", "}]}"), encoding="utf-8")
    assert load_course(copied, cache=tmp_path / "cache").value is not None
