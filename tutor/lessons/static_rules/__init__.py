"""What can be known about a lesson without running it: one small file a subject."""

from __future__ import annotations

from tutor.lessons.records import Entry
from tutor.lessons.report import Report
from tutor.lessons.static_rules.checks import check_checks
from tutor.lessons.static_rules.choices import check_choices
from tutor.lessons.static_rules.files import check_files
from tutor.lessons.static_rules.gaps import check_gaps
from tutor.lessons.static_rules.ids import check_ids, check_references
from tutor.lessons.static_rules.lines import check_lines
from tutor.lessons.static_rules.markdown import check_markdown
from tutor.lessons.static_rules.mistakes import check_mistakes
from tutor.lessons.static_rules.programs import check_programs
from tutor.lessons.static_rules.reviews import check_review
from tutor.lessons.surroundings import Surroundings


def check_lesson(entry: Entry, lesson_id: str, around: Surroundings, report: Report) -> None:
    """Reports what is wrong with a lesson, beyond the shape of its keys."""
    check_ids(entry, report)
    check_references(entry, lesson_id, around, report)
    check_review(entry, "clinical-review", report)
    for step in entry.get("steps", ()):
        check_markdown(step, "text", around, report)
        check_choices(step, report)
        check_gaps(step, report)
        check_lines(step, report)
        check_checks(step, around, report)
        check_mistakes(step, around, report)
        check_programs(step, report)
        check_files(step, around, report)
