"""`tutor book`: a whole course as one HTML file that needs nothing else, for people who review it.

The same course gives the same file. There is no script in it and nothing is fetched, so it opens on any PC and prints.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tutor import LEARNING_BANNER, NAME, UNOFFICIAL, __version__
from tutor.authoring.book_markup import anchor, inline, markdown
from tutor.authoring.book_steps import step_html
from tutor.authoring.reviews import SHOWN
from tutor.authoring.rules_used import rules_used
from tutor.lessons.loader import load_lesson
from tutor.lessons.model import (
    Chapter,
    Course,
    Lesson,
    Problem,
    Review,
    ReviewState,
    Rule,
    RulePart,
    RuleStatus,
    Source,
)
from tutor.lessons.review import review_state

STYLE = Path(__file__).with_name("book.css")
_STATUS = {
    RuleStatus.OK: "may be taught as it stands",
    RuleStatus.CONTESTED: "contested: sources differ",
    RuleStatus.DEMO_ONLY: "for demonstration only",
    RuleStatus.SENSITIVE: "sensitive: needs care",
}
_SIGNED = ("Clinical content", "Programs and checks", "Wording")


def book(course: Course, today: datetime.date | None = None) -> str:
    """The course as one HTML page.

    Args:
        course: the course.
        today: for reviews that are due again; by default today.
    """
    return _Book(course, today or datetime.date.today()).page()


class _Book:
    def __init__(self, course: Course, today: datetime.date) -> None:
        self._course = course
        self._today = today
        self._lessons: dict[str, Lesson | None] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        for heading in course.lessons:
            loaded = load_lesson(heading.path, course)
            self._lessons[heading.id] = loaded.value
            self._problems[heading.id] = loaded.errors

    def page(self) -> str:
        course = self._course
        title = escape(course.title)
        language = escape(course.language or "en-GB")
        parts = [
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}: the book</title>\n'
            f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#content">To the lessons</a>\n'
            f'<div class="banner" role="note">{escape(LEARNING_BANNER)}</div>\n',
            self._front(),
            self._contents(),
            '<main id="content">\n',
            *(self._chapter(number, chapter) for number, chapter in enumerate(course.chapters, start=1)),
            self._rules(),
            self._glossary(),
            self._pages(),
            "</main>\n</body>\n</html>\n",
        ]
        return "".join(parts)

    # ---------------------------------------------------------------------------------------------------------- front

    def _front(self) -> str:
        course = self._course
        steps = sum(len(lesson.steps) for lesson in self._lessons.values() if lesson)
        facts = [
            ("Course", f"{escape(course.id)}, version {escape(course.version or 'not given')}"),
            ("Licence", escape(course.licence or "not given")),
            ("Extent", f"{len(course.chapters)} chapters, {len(course.lessons)} lessons, {steps} steps"),
            ("Reviewed", self._reviewed()),
            ("Made with", f"{NAME} {__version__} ({UNOFFICIAL})"),
        ]
        return (
            f'<header>\n<h1>{escape(course.title)}</h1>\n<p class="lead">{inline(course.summary)}</p>\n'
            f"{_facts(facts)}</header>\n"
        )

    def _reviewed(self) -> str:
        states = [self._state(lesson) for lesson in self._lessons.values() if lesson]
        counts = {state: states.count(state) for state in ReviewState}
        return "; ".join(
            f"{count} of {len(states)} lessons {state}" for state, count in counts.items() if count
        )

    def _contents(self) -> str:
        rows = []
        for number, chapter in enumerate(self._course.chapters, start=1):
            lessons = "".join(
                f'<li><a href="#{anchor("lesson", lesson.id)}">{number}.{at} {escape(lesson.title)}</a></li>'
                for at, lesson in enumerate(chapter.lessons, start=1)
            )
            link = anchor("chapter", chapter.id)
            rows.append(f'<li><a href="#{link}">{number} {escape(chapter.title)}</a><ul>{lessons}</ul></li>')
        ends = [("rules", "Rules", self._course.rules), ("glossary", "Glossary", self._course.glossary)]
        rows += [f'<li><a href="#{link}">{name}</a></li>' for link, name, there in ends if there]
        return f'<nav aria-label="Contents">\n<h2>Contents</h2>\n<ul class="contents">{"".join(rows)}</ul>\n</nav>\n'

    # -------------------------------------------------------------------------------------------------------- lessons

    def _chapter(self, number: int, chapter: Chapter) -> str:
        card = f'<aside class="card">{markdown(chapter.card)}</aside>\n' if chapter.card else ""
        lessons = "".join(
            self._lesson(f"{number}.{at}", heading.id, heading.title, heading.path)
            for at, heading in enumerate(chapter.lessons, start=1)
        )
        link = anchor("chapter", chapter.id)
        return f'<section class="chapter">\n<h2 id="{link}">{number} {escape(chapter.title)}</h2>\n{card}{lessons}</section>\n'

    def _lesson(self, number: str, lesson_id: str, title: str, path: Path) -> str:
        lesson = self._lessons[lesson_id]
        head = f'<article class="lesson">\n<h3 id="{anchor("lesson", lesson_id)}">{number} {escape(title)}</h3>\n'
        if lesson is None:
            problems = "".join(f"<li>{escape(_short(problem))}</li>" for problem in self._problems[lesson_id])
            return (
                f"{head}<p>This lesson has mistakes and cannot be shown.</p><ul>{problems}</ul></article>\n"
            )
        steps = "".join(
            step_html(step, at, lesson_id, path.parent) for at, step in enumerate(lesson.steps, start=1)
        )
        return f"{head}{self._lesson_facts(lesson)}{steps}{self._sign_off(number, lesson)}</article>\n"

    def _lesson_facts(self, lesson: Lesson) -> str:
        rules = ", ".join(
            f'<a href="#{anchor("rule", rule)}">{escape(rule)}</a>' for rule in sorted(rules_used(lesson))
        )
        facts = [
            ("Review", self._review(lesson.clinical_review, self._state(lesson))),
            ("Time", f"{lesson.minutes} minutes" if lesson.minutes else ""),
            ("Afterwards a learner can", _items(lesson.objectives)),
            ("Best done first", escape(", ".join(lesson.needs))),
            ("Concepts", escape(", ".join(lesson.concepts))),
            ("Rules", rules),
            ("Sources", _sources(lesson.sources)),
            ("Style exceptions", _items([f"{one.rule}: {one.because}" for one in lesson.allow])),
        ]
        summary = f'<p class="lead">{inline(lesson.summary)}</p>\n' if lesson.summary else ""
        return f"{summary}{_facts(facts)}"

    def _sign_off(self, number: str, lesson: Lesson) -> str:
        rows = "".join(
            f'<tr><th scope="row">{what}</th><td></td><td></td><td></td><td></td></tr>' for what in _SIGNED
        )
        return (
            f'<section class="sign-off">\n<h4>Sign-off sheet: {number} {escape(lesson.title)}</h4>\n'
            f"<p>Content <code>{lesson.content_hash[:SHOWN]}</code>. "
            "Whoever has read all of this lesson signs one line, and says what is to be changed.</p>\n"
            '<table><thead><tr><th scope="col">Read for</th><th scope="col">Right as it is, or changes</th>'
            '<th scope="col">Name and profession</th><th scope="col">Date</th><th scope="col">Signature</th></tr></thead>'
            f"<tbody>{rows}</tbody></table>\n</section>\n"
        )

    def _state(self, lesson: Lesson) -> ReviewState:
        return review_state(lesson.clinical_review, lesson.content_hash, self._today)

    @staticmethod
    def _review(review: Review | None, state: ReviewState) -> str:
        if review is None:
            return escape(str(state))
        until = f", due again on {escape(review.until)}" if review.until else ""
        return f"{escape(str(state))}: by {escape(review.by)} on {escape(review.on)}{until}"

    # -------------------------------------------------------------------------------------------------- rules and terms

    def _rules(self) -> str:
        if not self._course.rules:
            return ""
        return (
            '<section>\n<h2 id="rules">Rules</h2>\n'
            + "".join(self._rule(rule) for rule in self._course.rules.values())
            + "</section>\n"
        )

    def _rule(self, rule: Rule) -> str:
        state = review_state(rule.review, rule.content_hash, self._today)
        using = [
            f'<a href="#{anchor("lesson", lesson.id)}">{escape(lesson.title)}</a>'
            for lesson in self._lessons.values()
            if lesson and rule.id in rules_used(lesson)
        ]
        facts = [
            ("Review", self._review(rule.review, state)),
            ("Status", _STATUS[rule.status]),
            ("Source", _source(rule.source)),
            ("Lessons that use it", ", ".join(using) or "none"),
            ("Content", f"<code>{rule.content_hash[:SHOWN]}</code>"),
        ]
        parts = "".join(_part(part) for part in rule.parts.values())
        return f'<section class="rule">\n<h3 id="{anchor("rule", rule.id)}">{escape(rule.title)}</h3>\n{_facts(facts)}{parts}</section>\n'

    def _glossary(self) -> str:
        if not self._course.glossary:
            return ""
        terms = sorted(self._course.glossary.values(), key=lambda term: term.name.casefold())
        rows = "".join(
            f'<dt id="{anchor("term", term.name)}">{escape(term.name)}</dt><dd>{markdown(term.text)}</dd>'
            for term in terms
        )
        return f'<section>\n<h2 id="glossary">Glossary</h2>\n<dl class="glossary">{rows}</dl>\n</section>\n'

    def _pages(self) -> str:
        return "".join(
            f'<section class="page"><h2 id="{anchor("page", page.id)}">{escape(page.title)}</h2>\n'
            f"{markdown(_text_of(page.path, page.title))}</section>\n"
            for page in self._course.pages
        )


def _part(part: RulePart) -> str:
    """A part of a rule with its cases, one line a case."""
    names = list(dict.fromkeys(name for case in part.cases for name in case.inputs))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{_cell(case.inputs[name]) if name in case.inputs else ''}</td>" for name in names)
        + f'<td class="out">{_cell(case.out)}</td></tr>'
        for case in part.cases
    )
    return (
        f"<h4>{escape(part.id)}</h4>\n{markdown(part.text)}"
        f'<div class="wide" tabindex="0"><table class="cases"><thead><tr>{head}<th scope="col">gives</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>\n"
    )


def _cell(value: object) -> str:
    return f"<code>{escape(repr(value))}</code>"


def _facts(facts: list[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{name}</dt><dd>{said}</dd></div>" for name, said in facts if said)
    return f'<dl class="facts">{rows}</dl>\n'


def _items(texts: object) -> str:
    rows = [f"<li>{inline(str(text))}</li>" for text in texts] if isinstance(texts, tuple | list) else []
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def _sources(sources: tuple[Source, ...]) -> str:
    rows = [f"<li>{_source(source)}</li>" for source in sources]
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def _source(source: Source) -> str:
    year = f" ({source.year})" if source.year else ""
    url = f' <span class="url">{escape(source.url)}</span>' if source.url else ""
    confirmed = "read there" if source.confirmed else "not yet read there"
    return f"{escape(source.title)}{year}{url}, {confirmed}"


def _short(problem: Problem) -> str:
    return f"{problem.place.file.name}:{problem.place.line}: {problem.problem}"


def _text_of(path: Path, title: str) -> str:
    """A page's text without its own title, which stands above it already."""
    lines = list(_lines(path))
    if lines and lines[0].lstrip("# ").strip() == title:
        lines = lines[1:]
    return "\n".join(lines)


def _lines(path: Path) -> Iterator[str]:
    yield from path.read_text(encoding="utf-8-sig", errors="replace").strip().splitlines()
