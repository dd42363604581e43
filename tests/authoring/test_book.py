"""The book: all of a course is in it, it needs nothing else, and it is built so that everybody can read it."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tutor import LEARNING_BANNER
from tutor.authoring.book import STYLE, book
from tutor.authoring.book_markup import anchor, markdown
from tutor.authoring.check_words import check_in_words, when_in_words
from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import Course, ExerciseStep

TODAY = datetime.date(2026, 8, 6)
VOID = {"meta", "img", "br", "hr", "link", "input"}


class Page(HTMLParser):
    """Reads a page as strictly as HTML needs: every element is closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.headings: list[int] = []
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.sources += [given["src"] or ""] if "src" in given else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img":
            assert given.get("alt")

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, (tag, self.open[-3:], self.getpos())

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def good() -> Course:
    course = load_course(Path(__file__).resolve().parents[1] / "courses" / "good").value
    assert course is not None
    return course


@pytest.fixture(scope="module")
def page(good: Course) -> str:
    return book(good, TODAY)


def test_the_page_is_well_formed_and_stands_alone(page: str) -> None:
    read = Page(page)
    assert read.open == []
    assert all(source.startswith("data:") for source in read.sources) and read.sources
    assert "script" not in read.tags and "iframe" not in read.tags and "link" not in read.tags
    assert "@import" not in page and "url(" not in STYLE.read_text(encoding="utf-8")
    inside = [link for link in read.links if link.startswith("#")]
    assert inside and set(inside) <= {f"#{name}" for name in read.ids}
    assert len(read.ids) == len(set(read.ids))


def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = Page(page).headings
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_banner_comes_first_and_the_language_is_named(page: str) -> None:
    assert '<html lang="en-GB">' in page
    body = page[page.index("<body>") :]
    assert body.index(LEARNING_BANNER) < body.index("<h1>")
    assert 'class="skip" href="#content"' in body and '<main id="content">' in body


def test_every_step_check_mistake_and_hint_is_in_it(good: Course, page: str) -> None:
    words = " ".join("".join(Page(page).words).split())
    for heading in good.lessons:
        lesson = load_lesson(heading.path, good).value
        assert lesson is not None
        assert lesson.content_hash[:12] in page
        assert "Sign-off sheet: " in page and lesson.title in words
        for step in lesson.steps:
            assert f'id="{lesson.id}-{step.id}"' in page
            if isinstance(step, ExerciseStep):
                for line in step.solution.splitlines():
                    assert " ".join(line.split()) in words
                for mistake in step.mistakes:
                    assert mistake.name in words
    assert page.count('class="sign-off"') == len(good.lessons)


def test_rules_come_with_their_cases_source_and_review(good: Course, page: str) -> None:
    for rule in good.rules.values():
        section = page[page.index(f'id="{anchor("rule", rule.id)}"') :]
        assert "not yet reviewed by a clinician" in section or "reviewed" in section
        assert rule.content_hash[:12] in section
        for part in rule.parts.values():
            for case in part.cases:
                for value in (*case.inputs.values(), case.out):
                    assert str(value).split("(")[0] in section


def test_glossary_terms_are_linked(good: Course, page: str) -> None:
    for term in good.glossary.values():
        assert f'<dt id="{anchor("term", term.name)}">' in page


def test_the_same_course_gives_the_same_page(good: Course, page: str) -> None:
    assert book(good, TODAY) == page


def test_every_kind_of_check_and_mistake_has_words(good: Course) -> None:
    seen = set()
    for heading in good.lessons:
        lesson = load_lesson(heading.path, good).value
        assert lesson is not None
        for step in lesson.steps:
            for check in getattr(step, "checks", ()):
                said = check_in_words(check)
                seen.add(type(check).__name__)
                assert said.strip() and "None" not in said.replace("`None`", "") and "MISSING" not in said
                assert said.count("`") % 2 == 0
            for mistake in getattr(step, "mistakes", ()):
                assert when_in_words(mistake.when).strip()
    assert seen == {
        "OutputCheck", "FileCheck", "CallCheck", "ValueCheck", "ConstructCheck", "SameAsSolutionCheck", "RuleCheck",
        "TestCheck", "CatchesCheck",
    }  # fmt: skip


def test_a_broken_lesson_is_named_and_the_rest_is_there(course: Path) -> None:
    (course / "01-first" / "01-add.yaml").write_text(
        "format: 1\nid: add\ntitle: Add\nsteps: []\n", encoding="utf-8"
    )
    loaded = load_course(course).value
    assert loaded is not None
    page = book(loaded, TODAY)
    assert "This lesson has mistakes and cannot be shown." in page and "01-add.yaml:4:" in page


def test_text_of_a_lesson_stays_text(course: Path) -> None:
    assert "<script>" not in markdown("<script>alert(1)</script> [x](javascript:alert)")
    assert "[Picture: a chart]" in markdown("![a chart](media/none.png)", course)
    assert "[Picture: a chart]" in markdown("![a chart](media/../course.yaml)", course)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["text", "muted", "link"])
@pytest.mark.parametrize("ground", ["#FFFFFF", "sunken"])
def test_colours_of_text_have_contrast(name: str, ground: str) -> None:
    colours = dict(re.findall(r"--(\w+): (#[0-9A-Fa-f]{6})", STYLE.read_text(encoding="utf-8")))
    light, dark = sorted((luminance(colours.get(ground, ground)), luminance(colours[name])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 5.5
