"""`tutor lint`: everything about a lesson that can be known before a learner sees it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from tutor.authoring import style
from tutor.authoring.held_proofs import HeldProofs
from tutor.authoring.packs import is_pack, opened_pack
from tutor.authoring.proofs import LessonAtHand, proofs_of
from tutor.authoring.reading import Headings, ReadLesson, read_lessons
from tutor.authoring.reviews import Reviewed, reviews_of
from tutor.authoring.shared_ids import shared_ids
from tutor.authoring.style_course import course_texts_style
from tutor.explain.explain import known_rules
from tutor.lessons.course_loader import load_rules
from tutor.lessons.finding import COURSE_FILE, course_folder_of
from tutor.lessons.index import LessonIndex
from tutor.lessons.loader import load_course
from tutor.lessons.model import Course, Place, Problem, Rule, Severity
from tutor.lessons.report import did_you_mean
from tutor.runner.result import Program, RunResult

#: Runs one program and returns what came of it.
RunOne = Callable[[Program], RunResult]

#: Warnings that only running a program can give: not having fired says nothing when nothing was run.
_BY_RUNNING = frozenset({"read-code-ends-badly"})
_BY_MUTANTS = frozenset({"unnoticed-change"})


class Report(Struct, frozen=True):
    """What lint found: the problems by file and line, how much was read, and the state of every review.

    `spared` proofs held when they were last tried, and were not tried again.
    """

    problems: tuple[Problem, ...]
    lessons: int
    steps: int
    reviews: tuple[Reviewed, ...] = ()
    spared: int = 0


class _Found(Struct):
    """What one path stands for, read."""

    problems: list[Problem] = field(default_factory=list)
    lessons: list[ReadLesson] = field(default_factory=list)
    course: Course | None = None
    rules: dict[str, Rule] | None = field(default_factory=dict)
    reviews: list[Reviewed] = field(default_factory=list)


class _Options(Struct, frozen=True):
    """How to lint: the keywords of `lint`."""

    mutants: bool
    progress: Callable[[int, int, str], None] | None
    cache: Path | None
    installed: Collection[Path]
    held: HeldProofs


def lint(
    paths: Sequence[Path],
    run: RunOne | None,
    *,
    mutants: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
    cache: Path | None = None,
    installed: Collection[Path] = (),
    fresh: bool = False,
) -> Report:
    """Check lesson files, courses and packs.

    Args:
        paths: lesson files, folders, or packs (.c4h).
        run: runs a program; None to read only.
        mutants: also report changes to a solution that no check notices.
        progress: told (done, total, what) as the proofs go on.
        cache: the folder of course indexes, which are brought up to date, so that the window need not read a lesson;
            and of the proofs that held, which are tried again only when something changed.
        installed: folders of other courses, among which `extends` finds its course.
        fresh: try every proof again.

    Raises:
        UsageError: a pack cannot be opened.
    """
    held = HeldProofs(cache if run is not None else None, known=not fresh)
    options = _Options(mutants, progress, cache, installed, held)
    reports = [_lint_one(path, run, options) for path in paths]
    if run is not None:
        held.save()
    return Report(
        _in_order(problem for report in reports for problem in report.problems),
        sum(report.lessons for report in reports),
        sum(report.steps for report in reports),
        tuple(review for report in reports for review in report.reviews),
        held.spared,
    )


def _lint_one(path: Path, run: RunOne | None, options: _Options) -> Report:
    if is_pack(path):
        with opened_pack(path) as folder:
            report = _lint_one(folder, run, replace(options, cache=None))
            return replace(report, problems=tuple(_in_pack(report.problems, folder, path)))
    found = _read(path, run, options)
    raised: dict[Path, list[Problem]] = {lesson.path: list(lesson.problems) for lesson in found.lessons}
    if run is not None and found.rules is not None:
        at_hand = [
            LessonAtHand(lesson.lesson, found.rules, lesson.answers)
            for lesson in found.lessons
            if lesson.lesson is not None
        ]
        proved_now = proofs_of(
            at_hand, run, mutants=options.mutants, progress=options.progress, held=options.held
        )
        for proved, problem in proved_now:
            raised[proved.path].append(problem)
    for problem in list(found.problems):
        if problem.place.file in raised:
            raised[problem.place.file].append(problem)
            found.problems.remove(problem)
    silent: frozenset[str] = frozenset() if run is not None else _BY_RUNNING
    silent |= frozenset() if run is not None and options.mutants else _BY_MUTANTS
    problems = list(found.problems)
    for lesson in found.lessons:
        problems += _answered(lesson, raised[lesson.path], silent)
    steps = sum(len(lesson.heading.steps) for lesson in found.lessons)
    return Report(tuple(problems), len(found.lessons), steps, tuple(found.reviews))


# -------------------------------------------------------------------------------------------------------------- reading


def _read(path: Path, run: RunOne | None, options: _Options) -> _Found:
    """The lessons that a path stands for, with their problems and those of their course."""
    found = _Found()
    whole = path.is_dir() or path.name == COURSE_FILE
    folder = course_folder_of(path)
    files = _lesson_files(folder or path) if whole else [path]

    def course_of(headings: Headings) -> Course | None:
        if folder is None:
            return None
        loaded = load_course(folder, cache=options.cache, installed=options.installed, headings=headings)
        if whole:
            found.problems += loaded.problems
        found.course = loaded.value
        return loaded.value

    read = read_lessons(files, course_of, advice_rules=known_rules(), keep_lessons=run is not None)
    found.lessons = _of_course(read, found) if whole and found.course else read
    if folder is not None:
        found.rules = dict(found.course.rules) if found.course else load_rules(folder).value
        if whole and found.course:
            _keep_index(found.course, read, options.cache)
            found.problems += course_texts_style(found.course.folder)
            found.problems += shared_ids(found.course, options.installed, options.cache)
    found.reviews, problems = reviews_of(found.lessons, found.course if whole else None)
    found.problems += problems
    return found


def _lesson_files(folder: Path) -> list[Path]:
    """Every lesson file of a course folder: one folder down, as course.yaml names them; elsewhere at any depth."""
    course = (folder / COURSE_FILE).is_file()
    files = folder.glob("*/*.yaml") if course else folder.rglob("*.yaml")
    return sorted(file for file in files if not file.name.endswith(".answers.yaml"))


def _of_course(read: Sequence[ReadLesson], found: _Found) -> list[ReadLesson]:
    """The lessons that the course names, in its order; a warning for files that it does not name."""
    by_path = {lesson.path: lesson for lesson in read}
    named = [heading.path for heading in found.course.lessons] if found.course else []
    for lesson in read:
        if lesson.path not in named:
            found.problems.append(
                Problem(
                    Place(lesson.path),
                    "",
                    "course.yaml does not name this lesson, so nobody sees it",
                    f"add `{lesson.path.stem}` to its chapter, or move the file out of the course",
                    Severity.WARNING,
                    "not-in-course",
                )
            )
    return [by_path[path] for path in named if path in by_path]


def _keep_index(course: Course, read: Sequence[ReadLesson], cache: Path | None) -> None:
    """Brings the index of headings up to date. Lessons with errors are left to the window, which may judge otherwise."""
    if cache is None:
        return
    index = LessonIndex(cache, course.folder)
    for lesson in read:
        if not lesson.heading.broken:
            index.keep(lesson.heading)
    index.save()


# ------------------------------------------------------------------------------------------------------------- problems


def _answered(lesson: ReadLesson, raised: list[Problem], silent: frozenset[str]) -> list[Problem]:
    """Without the warnings that the lesson's `allow` answers; with one for each `allow` that answers nothing."""
    allowed = {entry.rule for entry in lesson.allow}
    fired = {problem.rule for problem in raised if problem.severity is Severity.WARNING}
    kept = [
        problem for problem in raised if problem.severity is Severity.ERROR or problem.rule not in allowed
    ]
    for rule in sorted(allowed - fired - silent):
        kept.append(
            Problem(
                Place(lesson.path),
                "allow",
                f"no warning of the rule `{rule}` is given here",
                did_you_mean(rule, fired | set(style.RULES))
                if rule not in style.RULES
                else "delete the entry",
                Severity.WARNING,
                "allow-unused",
            )
        )
    return kept


def _in_pack(problems: Iterable[Problem], folder: Path, pack: Path) -> Iterator[Problem]:
    """Problems by the place in the pack instead of the folder that it was opened in."""
    for problem in problems:
        file = pack / problem.place.file.relative_to(folder)
        yield replace(problem, place=replace(problem.place, file=file))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(
        sorted(unique, key=lambda entry: (str(entry.place.file), entry.place.line, entry.place.column))
    )
