"""The lesson format: a lesson and its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tutor.lessons.format_check import CHECKS, WHEN
from tutor.lessons.nodes import Mapping, Node, Scalar
from tutor.lessons.records import ByKind, Key, Record, TextOr
from tutor.lessons.report import Report
from tutor.lessons.shapes import UNREADABLE, Boolean, ListOf, MapOf, Number, Option, Shape, Text
from tutor.lessons.texts import (
    CODE,
    DATE,
    FILENAME,
    ID,
    MARKDOWN,
    NAME,
    PATH,
    PRINTED,
    PROGRAM,
    PROSE,
    name_problem,
)


@dataclass(frozen=True)
class FormatVersion(Shape):
    """`format: 1`."""

    wants: str = "format 1"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if isinstance(node, Scalar) and node.text == "1":
            return 1
        newer = isinstance(node, Scalar) and node.text.isdecimal()
        return self.misfit(
            node, report, where, "this tutor knows format 1; a newer tutor may be needed" if newer else ""
        )

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"const": 1}


FORMAT = Key(FormatVersion(), "The version of the lesson format: 1.", True, also=("version",))

_REVIEW_RECORD = Record(
    "clinical-review",
    "a clinical review",
    {
        "by": Key(PROSE, "Who reviewed it, with their profession.", True, also=("reviewer", "who")),
        "on": Key(DATE, "The day of the review.", True, also=("date", "when")),
        "until": Key(DATE, "The day on which it is due again."),
        "of": Key(
            Text(wants="a hash", trim=True),
            "The hash of the reviewed content, which `tutor lint` prints.",
            also=("hash",),
        ),
    },
    "A clinician's review; it never blocks a learner.",
)


@dataclass(frozen=True)
class ReviewShape(Shape):
    """`none`, or who reviewed it and when."""

    wants: str = "`none`, or `by`, `on`, `until` and `of`"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if isinstance(node, Mapping):
            return _REVIEW_RECORD.read(node, report, where)
        if isinstance(node, Scalar) and node.text == "none":
            return None
        return self.misfit(node, report, where)

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [{"const": "none"}, _REVIEW_RECORD.schema(definitions)]}


REVIEW = ReviewShape()

SOURCE = Record(
    "source",
    "a source",
    {
        "title": Key(PROSE, "The document's title.", True, also=("name",)),
        "year": Key(Number(1500, 2200, whole=True), "The year in which it came out.", also=("date",)),
        "url": Key(Text(wants="an address", trim=True), "Where it can be read.", also=("link", "href")),
        "confirmed": Key(Boolean(), "true: somebody has read the fact there."),
    },
    "Where a fact comes from.",
)

_STEP = {
    "kind": Key(PROSE, "What the learner does in this step.", True, also=("type",)),
    "id": Key(
        ID, "Unique in the lesson, and stable for ever: progress is stored under it.", True, also=("name",)
    ),
    "title": Key(PROSE, "A few words for the outline.", also=("heading",)),
    "concepts": Key(
        ListOf(ID, lone=True),
        "What is practised; review is scheduled by concept.",
        also=("concept", "topics"),
    ),
    "text": Key(
        MARKDOWN,
        "What the learner reads, in Markdown. `[[term]]` links to the glossary.",
        also=("prompt", "question", "body", "description", "instructions", "task"),
    ),
}
_REVIEW_CARD = {"review": Key(Boolean(), "true: this step may come back as a review card.")}

_HELP = {
    "mistakes": Key(
        ListOf(
            Record(
                "mistake",
                "a known mistake",
                {
                    "name": Key(ID, "The mistake's name.", True, also=("id",)),
                    "when": Key(
                        WHEN,
                        "How it is recognised: a check that would pass, `failed`, `uses`, `avoids`, `advice` or `pattern`; a list means all of them.",
                        True,
                        also=("if",),
                    ),
                    "say": Key(
                        PROSE, "What the learner is told.", True, also=("message", "text", "feedback")
                    ),
                    "example": Key(
                        CODE,
                        "A program that makes this mistake; `tutor lint` proves that it is recognised.",
                        True,
                        also=("program", "code", "wrong"),
                    ),
                },
                "A wrong turn that is recognised when a check fails.",
            ),
            "mistake",
        ),
        "Wrong turns that are recognised, looked at in order when a check fails.",
        also=("mistake", "errors"),
    ),
    "hints": Key(
        ListOf(PROSE, "hint", lone=True), "Hints, from a question to nearly the answer.", also=("hint",)
    ),
}
_OPTIONAL_CHECKS = {"checks": Key(CHECKS, "What a right program does.", also=("check", "tests"))}
_STDIN = {
    "stdin": Key(
        ListOf(PRINTED, lone=True), "The lines that are typed in for `input()`.", also=("input", "inputs")
    )
}

_LIMITS = Record(
    "limits",
    "limits",
    {
        "seconds": Key(
            Number(0.1, 600),
            "Seconds for one run, from the program's own first line (5).",
            also=("time", "timeout"),
        ),
        "memory_mb": Key(Number(16, 8192, whole=True), "Memory in MB (256).", also=("memory",)),
        "output_kb": Key(Number(1, 100_000, whole=True), "Printed output in kB (256).", also=("output",)),
    },
)
_FIELD = Record(
    "form-field",
    "a field",
    {
        "label": Key(PROSE, "What stands before the field."),
        "min": Key(Number(), "The smallest number.", also=("low", "from")),
        "max": Key(Number(), "The largest number.", also=("high", "to")),
        "choices": Key(ListOf(PRINTED, at_least=1), "The values to choose from.", also=("options",)),
    },
)
_PROTOTYPE = Record(
    "prototype",
    "a prototype",
    {
        "function": Key(NAME, "The learner's function that the form calls.", True, also=("call",)),
        "title": Key(PROSE, "The form's title.", True),
        "fields": Key(
            MapOf(_FIELD, "field", name_problem), "The form's fields, by the function's parameters."
        ),
        "result": Key(
            Record("form-result", "a result", {"label": Key(PROSE, "What stands before the result.", True)}),
            "How the result is shown.",
        ),
    },
    "The form that the learner's function becomes.",
)
_EXERCISE = {
    "filename": Key(FILENAME, "The name of the learner's program (main.py).", also=("file",)),
    "files": Key(
        ListOf(PATH, lone=True),
        "Data files that are copied into the working folder, by their path from this lesson's folder.",
        also=("data",),
    ),
    "starter": Key(
        Text(wants="code", blank=True), "What the learner starts from.", also=("start", "template")
    ),
    "solution": Key(PROGRAM, "The whole answer.", True, also=("answer", "code")),
    "limits": Key(_LIMITS, "What one run may use."),
    "checks": Key(CHECKS, "What a right program does.", True, also=("check", "tests")),
    **_HELP,
    "arrange": Key(
        Record(
            "arrange-version",
            "an arrange version",
            {
                "distractors": Key(
                    ListOf(PRINTED, "distractor"), "Lines that do not belong.", also=("distractor",)
                )
            },
        ),
        "The version with shuffled lines, offered after three tries; `{}` for one without distractors.",
        also=("parsons",),
    ),
}
_CHOICE = Record(
    "choice",
    "a choice",
    {
        "text": Key(PRINTED, "The answer that is offered.", True, also=("answer", "choice", "label")),
        "correct": Key(Boolean(), "true: this answer is right.", also=("right", "answer")),
        "because": Key(
            PROSE,
            "Why it is right or wrong, shown after the choice.",
            also=("why", "say", "feedback", "reason"),
        ),
    },
)
_PREDICTION = Record(
    "prediction",
    "a choice",
    {
        "text": Key(PRINTED, "What would be printed, or how this answer is called.", also=("output",)),
        "because": Key(PROSE, "Shown when this one was chosen.", also=("why", "say", "feedback")),
        "is": Key(
            Option(("nothing", "error")),
            "`nothing`: the program prints nothing. `error`: it ends in an error.",
        ),
    },
)


def _step(kind: str, doc: str, keys: dict[str, Key]) -> Record:
    said = {**_STEP, "kind": Key(Option((kind,)), doc, True, also=("type",))}
    article = "an" if kind[0] in "ae" else "a"
    return Record(f"step-{kind}", f"{article} `{kind}` step", {**said, **keys}, doc)


STEPS = {
    "read": _step(
        "read",
        "Reads; code can be run and changed freely.",
        {"code": Key(CODE, "A program that can be run and changed.", also=("example", "program"))},
    ),
    "predict": _step(
        "predict",
        "Says what a program prints before it runs.",
        {
            "code": Key(CODE, "The program.", True, also=("program",)),
            **_STDIN,
            "why": Key(
                PROSE,
                "Why it does what it does, shown with the truth.",
                also=("because", "explain", "reason"),
            ),
            "choices": Key(
                ListOf(TextOr(PRINTED, _PREDICTION), "choice", at_least=2),
                "What it may print; the right one is what it really does. Without choices the learner types it.",
                also=("options", "answers"),
            ),
            **_REVIEW_CARD,
        },
    ),
    "choose": _step(
        "choose",
        "Picks one or several answers.",
        {
            "choices": Key(
                ListOf(_CHOICE, "choice", at_least=2),
                "The answers on offer; those with `correct: true` are right.",
                True,
                also=("options", "answers"),
            ),
            **_REVIEW_CARD,
        },
    ),
    "fill": _step(
        "fill",
        "Fills gaps in a program.",
        {
            "code": Key(CODE, "The program, with gaps written `{{name}}`.", True, also=("program",)),
            "gaps": Key(
                MapOf(ListOf(PRINTED, lone=True, at_least=1), "gap", name_problem),
                "For each gap the answers that are accepted; the first makes the solution.",
                True,
                also=("gap", "answers", "blanks"),
            ),
            **_OPTIONAL_CHECKS,
            **_HELP,
        },
    ),
    "arrange": _step(
        "arrange",
        "Puts shuffled lines in order, with their indentation.",
        {
            "solution": Key(PROGRAM, "The lines in their order.", True, also=("lines", "code", "answer")),
            "distractors": Key(
                ListOf(PRINTED, "distractor", lone=True),
                "Lines that do not belong.",
                also=("distractor", "extra"),
            ),
            **_OPTIONAL_CHECKS,
            **_HELP,
        },
    ),
    "fix": _step("fix", "Repairs a broken program.", _EXERCISE),
    "exercise": _step("exercise", "Writes a program.", _EXERCISE),
    "project": _step(
        "project",
        "Builds a prototype over several parts.",
        {
            **_EXERCISE,
            "prototype": Key(_PROTOTYPE, "The form that the learner's function becomes."),
            "continues": Key(
                Text(wants="a step", trim=True),
                "Starts from the learner's own program of that step: `STEP`, or `LESSON#STEP`.",
                also=("continue", "from"),
            ),
        },
    ),
}
STEP = ByKind(
    "kind",
    "a step",
    STEPS,
    {
        "parsons": "arrange",
        "quiz": "choose",
        "choice": "choose",
        "fill-in": "fill",
        "fix-the-bug": "fix",
        "text": "read",
        "code": "exercise",
        "write": "exercise",
        "predict-output": "predict",
    },
)

LESSON = Record(
    "lesson",
    "a lesson",
    {
        "format": FORMAT,
        "id": Key(
            ID,
            "Stable for ever: progress is stored under it. Without it, the file's name without its number.",
        ),
        "title": Key(PROSE, "The lesson's title.", True, also=("name",)),
        "minutes": Key(Number(1, 600, whole=True), "How long it takes.", also=("time", "duration")),
        "summary": Key(PROSE, "One sentence for the course list.", also=("description",)),
        "objectives": Key(
            ListOf(PROSE, lone=True),
            "What the learner can do afterwards.",
            also=("objective", "goals", "aims"),
        ),
        "needs": Key(
            ListOf(ID, lone=True),
            "Ids of lessons that are best done before; nothing is ever locked.",
            also=("requires", "prerequisites", "need"),
        ),
        "concepts": Key(
            ListOf(ID, lone=True),
            "What is taught; review is scheduled by concept.",
            also=("concept", "topics"),
        ),
        "sources": Key(
            ListOf(SOURCE, "source"),
            "Where facts come from that are not in rules.yaml.",
            also=("source", "references"),
        ),
        "clinical-review": Key(
            REVIEW,
            "`none`, or who reviewed the lesson, when, until when, and the hash of what they reviewed.",
            also=("review", "reviewed"),
        ),
        "allow": Key(
            ListOf(
                Record(
                    "allowed",
                    "an allowed warning",
                    {
                        "rule": Key(
                            Text(wants="a rule's id", trim=True),
                            "The id of the warning, as `tutor lint` prints it.",
                            True,
                        ),
                        "because": Key(PROSE, "Why it is meant.", True, also=("why", "reason")),
                    },
                ),
                "allow",
            ),
            "Lint warnings that are meant.",
        ),
        "steps": Key(
            ListOf(STEP, "step", at_least=1), "The lesson's steps, in order.", True, also=("step", "content")
        ),
    },
    "One lesson of Code4Health Tutor (format 1).",
)

_PROGRAMS = ListOf(CODE, "program", lone=True)
ANSWERS = MapOf(
    Record(
        "answers",
        "answers",
        {
            "right": Key(_PROGRAMS, "Programs that must pass.", also=("correct", "good", "accepted")),
            "wrong": Key(_PROGRAMS, "Programs that must fail.", also=("incorrect", "bad")),
        },
        "Other people's programs for one step.",
    ),
    "step",
)
__all__ = ["ANSWERS", "FORMAT", "LESSON", "REVIEW", "SOURCE", "STEP", "STEPS", "UNREADABLE"]
