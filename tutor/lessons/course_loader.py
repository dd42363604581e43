"""Loading a course folder: its outline, glossary, rules, pages and tracks. Lessons are read by their headings only."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from collections.abc import Mapping as MappingType
from pathlib import Path

from tutor.errors import LessonError
from tutor.lessons.build_course import build_glossary, build_rules
from tutor.lessons.format_course import COURSE, GLOSSARY, RULES
from tutor.lessons.index import LessonIndex, stamp_of
from tutor.lessons.late_rules import LateRules
from tutor.lessons.loaded import Loaded
from tutor.lessons.merging import extend_course
from tutor.lessons.model import Chapter, Course, LessonHeading, Page, Problem, Rule, Severity, Term, Track
from tutor.lessons.nodes import Mapping, Scalar
from tutor.lessons.nodes import Sequence as SequenceNode
from tutor.lessons.reading import read_file
from tutor.lessons.records import Entry
from tutor.lessons.report import Report, did_you_mean
from tutor.lessons.static_rules.markdown import check_markdown, check_markdown_text
from tutor.lessons.static_rules.rules import check_rule
from tutor.lessons.surroundings import surroundings
from tutor.patience import Patience
from tutor.translation import tr

COURSE_FILE = "course.yaml"
GLOSSARY_FILE = "glossary.yaml"
RULES_FILE = "rules.yaml"


def load_course(
    folder: Path,
    *,
    cache: Path | None = None,
    installed: Collection[Path] | Callable[[], Collection[Path]] = (),
    headings: MappingType[Path, LessonHeading] | None = None,
    patience: Patience | None = None,
) -> Loaded[Course]:
    """A course from its folder.

    Args:
        folder: holds course.yaml.
        cache: a folder for the index of lesson headings; without it every lesson is read.
        installed: folders of other courses, among which `extends` finds its course; or what finds them, asked only then.
        headings: lessons that were read already, by the path of their file; they are not read again.
        patience: for how long to wait for the index; None: as long as it takes.

    Returns:
        the course; None where course.yaml, glossary.yaml or rules.yaml have errors. The problems of lesson files are
        not among these: a broken lesson has a heading with `broken`, and load_lesson tells what is wrong.
    """
    look = installed if callable(installed) else lambda: installed
    return _load(folder, lambda of: LessonIndex(cache, of, headings, patience), look, ())


def _load(
    folder: Path,
    index_of: Callable[[Path], LessonIndex],
    installed: Callable[[], Collection[Path]],
    extending: tuple[str, ...],
) -> Loaded[Course]:
    report = Report(folder / COURSE_FILE)
    read = read_file(report.file, COURSE, report)
    entry: Entry | None = read.value
    others: list[Problem] = []
    glossary = load_glossary(folder)
    index = index_of(folder)
    rules = _rules(folder, index)
    others += [*glossary.problems, *rules.problems]
    if entry is None:
        return Loaded(None, (*report.sorted(), *others))
    chapters = _chapters(entry, folder, index, report)
    index.save()
    base, base_problems = _base(entry, index_of, installed, extending, report)
    others += base_problems
    tracks = tuple(
        Track(one.get("id"), one.get("title"), one.get("lessons")) for one in _whole(entry, "tracks")
    )
    course = Course(
        id=entry.get("id", ""),
        title=entry.get("title", ""),
        version=entry.get("version", ""),
        language=entry.get("language", "en-GB"),
        licence=entry.get("licence", ""),
        summary=entry.get("summary", ""),
        chapters=chapters,
        tracks=tracks,
        pages=_pages(entry, folder, report),
        extends=entry.get("extends"),
        glossary=glossary.value or {},
        rules=rules.value if rules.value is not None else {},  # not `or`: that would read them
        folder=folder,
    )
    if base is not None:
        course = extend_course(base, course)
    _check_ids(entry, course, report)
    if glossary.value is not None:
        others += _check_texts(entry, course, report)
    usable = not any(one.severity is Severity.ERROR for one in others)
    usable = usable and not report.has_errors and glossary.value is not None and rules.value is not None
    return Loaded(course if usable else None, (*report.sorted(), *others))


def load_glossary(folder: Path) -> Loaded[dict[str, Term]]:
    """The glossary of a course folder; an empty one where there is no file."""
    report = Report(folder / GLOSSARY_FILE)
    if not report.file.exists():
        return Loaded({})
    read = read_file(report.file, GLOSSARY, report)
    if report.has_errors or read.value is None or not isinstance(read.root, Mapping):
        return Loaded(None, report.sorted())
    return Loaded(build_glossary(read.value, read.root, report), report.sorted())


def _rules(folder: Path, index: LessonIndex) -> Loaded[MappingType[str, Rule]]:
    """The rules; where the index knows that they have no errors, they are read when one is asked for."""
    file = folder / RULES_FILE
    warnings = index.warnings(file)
    if warnings is not None:
        return Loaded(LateRules(lambda: sound_rules(folder)), warnings)
    stamp = stamp_of(file)
    loaded = load_rules(folder)
    if stamp is not None and loaded.value is not None:
        index.keep_sound(file, stamp, loaded.problems)
    return Loaded(loaded.value, loaded.problems)


def sound_rules(folder: Path) -> MappingType[str, Rule]:
    """The rules of a course folder that were read without an error before.

    Raises:
        LessonError: they have changed since, and cannot be used.
    """
    loaded = load_rules(folder)
    if loaded.value is None:
        raise LessonError(
            tr("{file} has changed and cannot be used. {problem}", file=RULES_FILE, problem=loaded.errors[0]),
            tr("{command} lists all that is to be mended.", command="tutor lint"),
        )
    return loaded.value


def load_rules(folder: Path) -> Loaded[dict[str, Rule]]:
    """The clinical and statistical rules of a course folder; none where there is no file."""
    report = Report(folder / RULES_FILE)
    if not report.file.exists():
        return Loaded({})
    read = read_file(report.file, RULES, report)
    for rule in (read.value or {}).values():
        check_rule(rule, report)
    if report.has_errors or read.value is None:
        return Loaded(None, report.sorted())
    return Loaded(build_rules(read.value, report), report.sorted())


def _whole(entry: Entry, key: str) -> list[Entry]:
    """The records of a list in which nothing is missing."""
    records = entry.get(key, ())
    return [
        one for one in records if all(name in one for name, key in one.record.keys.items() if key.required)
    ]


def _chapters(entry: Entry, folder: Path, index: LessonIndex, report: Report) -> tuple[Chapter, ...]:
    chapters = []
    for one in _whole(entry, "chapters"):
        chapter_folder = folder / one.get("folder")
        if not chapter_folder.is_dir():
            folders = [path.name for path in folder.iterdir() if path.is_dir()]
            hint = did_you_mean(one.get("folder"), folders)
            report.error(
                one.at("folder"), one.where, f"there is no folder `{one.get('folder')}`", hint, "file-missing"
            )
            continue
        headings = _headings(one, chapter_folder, index, report)
        chapters.append(
            Chapter(one.get("id"), one.get("title"), chapter_folder, headings, one.get("card", ""))
        )
    return tuple(chapters)


def _headings(chapter: Entry, folder: Path, index: LessonIndex, report: Report) -> tuple[LessonHeading, ...]:
    headings = []
    for name, node in chapter.items("lessons"):
        path = folder / f"{name}.yaml"
        if not path.is_file():
            names = [
                other.stem for other in folder.glob("*.yaml") if not other.name.endswith(".answers.yaml")
            ]
            report.error(
                node,
                chapter.where,
                f"there is no file `{folder.name}/{path.name}`",
                did_you_mean(name, names),
                "file-missing",
            )
            continue
        headings.append(index.heading(path))
    return tuple(headings)


def _pages(entry: Entry, folder: Path, report: Report) -> tuple[Page, ...]:
    pages = []
    for name, node in entry.items("pages"):
        path = folder / name
        if not path.is_file():
            names = [other.name for other in folder.glob("*.md")]
            report.error(
                node, "pages", f"there is no file `{name}`", did_you_mean(name, names), "file-missing"
            )
            continue
        pages.append(Page(path.stem, _page_title(path), path))
    return tuple(pages)


def _page_title(path: Path) -> str:
    """The page's first heading, or else its file's name."""
    try:
        match = re.search(
            r"^#\s+(.+?)\s*#*\s*$", path.read_text(encoding="utf-8-sig", errors="replace"), re.MULTILINE
        )
    except OSError:
        match = None
    return match.group(1) if match else path.stem.replace("-", " ").capitalize()


def _base(
    entry: Entry,
    index_of: Callable[[Path], LessonIndex],
    installed: Callable[[], Collection[Path]],
    extending: tuple[str, ...],
    report: Report,
) -> tuple[Course | None, list[Problem]]:
    """The course that is extended, found by its id."""
    wanted = entry.get("extends")
    if wanted is None:
        return None, []
    if wanted in (*extending, entry.get("id")):
        report.error(
            entry.at("extends"), "", f"courses extend each other in a ring: `{wanted}`", rule="extends"
        )
        return None, []
    ids = {course_id(folder): folder for folder in installed()}
    if wanted not in ids:
        hint = did_you_mean(wanted, [one for one in ids if one]) or "install it, or leave `extends` out"
        report.error(entry.at("extends"), "", f"no installed course has the id `{wanted}`", hint, "extends")
        return None, []
    loaded = _load(ids[wanted], index_of, installed, (*extending, entry.get("id", "")))
    if loaded.value is None:
        report.error(entry.at("extends"), "", f"the course `{wanted}` cannot be used itself", rule="extends")
    return loaded.value, list(loaded.problems)


def course_id(folder: Path) -> str:
    """The id of the course in a folder, or "" where there is none."""
    return _of_course_file(folder, "id")


def course_title(folder: Path) -> str:
    """The title of the course in a folder, without reading the course; "" where there is none."""
    return _of_course_file(folder, "title")


def extended_id(folder: Path) -> str:
    """The id of the course that the course in a folder extends; "" where it extends none."""
    return _of_course_file(folder, "extends")


def _of_course_file(folder: Path, key: str) -> str:
    read = read_file(folder / COURSE_FILE, COURSE, Report(folder / COURSE_FILE))
    return str(read.value.get(key, "")) if read.value is not None else ""


def _check_ids(entry: Entry, course: Course, report: Report) -> None:
    for key, called in (("chapters", "chapter"), ("tracks", "track")):
        seen: set[str] = set()
        for one in entry.get(key, ()):
            if one.get("id") in seen:
                report.error(
                    one.at("id"),
                    one.where,
                    f"a second {called} has the id `{one.get('id')}`",
                    rule="duplicate-id",
                )
            seen.add(one.get("id", ""))
    _check_lesson_ids(entry, course, report)
    ids = [lesson.id for lesson in course.lessons]
    for track in entry.get("tracks", ()):
        for lesson_id, node in track.items("lessons"):
            if lesson_id not in ids:
                report.error(
                    node,
                    track.where,
                    f"no lesson has the id `{lesson_id}`",
                    did_you_mean(lesson_id, ids),
                    "lesson-unknown",
                )


def _check_lesson_ids(entry: Entry, course: Course, report: Report) -> None:
    places: dict[Path, Scalar] = {}
    for chapter in entry.get("chapters", ()):
        node = chapter.nodes.get("lessons")
        for name, item in chapter.items("lessons"):
            if isinstance(item, Scalar) and isinstance(node, SequenceNode):
                places[course.folder / chapter.get("folder", "") / f"{name}.yaml"] = item
    first: dict[str, LessonHeading] = {}
    for lesson in course.lessons:
        other = first.setdefault(lesson.id, lesson)
        if other is not lesson and lesson.path in places:
            problem = (
                f"the lessons `{other.path.stem}` and `{lesson.path.stem}` have the same id `{lesson.id}`"
            )
            report.error(
                places[lesson.path],
                "",
                problem,
                "ids are stable for ever: give the newer lesson another one",
                "duplicate-id",
            )


def _check_texts(entry: Entry, course: Course, report: Report) -> list[Problem]:
    """The Markdown of chapter cards, and that of the glossary, whose problems are returned."""
    for chapter in entry.get("chapters", ()):
        folder = course.folder / chapter.get("folder", "")
        check_markdown(chapter, "card", surroundings(folder / COURSE_FILE, course), report)
    glossary = Report(course.folder / GLOSSARY_FILE)
    if course.glossary:
        read = read_file(glossary.file, GLOSSARY, Report(glossary.file)) if glossary.file.exists() else None
        if read is not None and isinstance(read.root, Mapping):
            around = surroundings(glossary.file, course)
            for key, text in read.root.pairs:
                if isinstance(text, Scalar):
                    check_markdown_text(text, f"term {key.text}", around, glossary)
    return list(glossary.sorted())
