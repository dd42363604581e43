"""The lesson format: checks, and the `when` of known mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tutor.lessons.nodes import Mapping, Node, Scalar, kind_of, shortened
from tutor.lessons.records import Key, Record, TextOr, present
from tutor.lessons.report import Report, did_you_mean, listed, nearest
from tutor.lessons.shapes import UNREADABLE, Boolean, ListOf, MapOf, Number, Option, Shape, Text
from tutor.lessons.texts import (
    CONSTRUCT,
    EXPRESSION,
    GENERATOR,
    NAME,
    PRINTED,
    PROGRAM,
    PROSE,
    REGEX,
    VALUE,
    WORKING_FILE,
    name_problem,
)

IGNORABLE = ("case", "space", "blank-lines", "punctuation")

_COMMON = {
    "name": Key(
        PROSE,
        "A label for this check, shown in the list of checks and named by `failed:`.",
        also=("id", "title", "label"),
    ),
    "say": Key(
        PROSE,
        "Shown when this check fails: what to mend, in a sentence or two.",
        also=("message", "text", "feedback", "because", "explain"),
    ),
    "hidden": Key(Boolean(), "true: the input is not shown before the check fails."),
}
_RUNNING = {
    "stdin": Key(
        ListOf(PRINTED, lone=True),
        "The lines that are typed in for `input()`, in order.",
        also=("input", "inputs", "typed"),
    ),
    "with": Key(
        MapOf(VALUE, verify_key=name_problem),
        "Values that replace the program's first top-level assignment to each name, as in `with: {rr: 8}`.",
        also=("set", "given", "variables"),
    ),
}
_NEARNESS = {
    "close": Key(
        Number(low=0),
        "Numbers may differ by this much (absolute), inside lists and dicts too.",
        also=("tolerance", "within"),
    ),
    "relative": Key(Number(low=0), "Numbers may differ by this part of themselves, as in 1e-6."),
    "exactly": Key(
        Boolean(),
        "true: 1 and 1.0 are told apart, and decimals compared to the last bit.",
        also=("exact", "strict"),
    ),
    "loosely": Key(
        Boolean(), "true: a list may stand for a tuple, and a number for a Boolean.", also=("loose",)
    ),
}
_TEXT_EXPECTATIONS = {
    "equals": Key(
        PRINTED,
        "The whole text; spaces at line ends and the last newline do not matter.",
        also=("is", "expected", "expect"),
    ),
    "contains": Key(
        ListOf(PRINTED, lone=True),
        "Text, or several texts, that must be somewhere in it.",
        also=("includes", "has"),
    ),
    "matches": Key(
        REGEX,
        "A regular expression (`re.search`, MULTILINE) that must be found in it.",
        also=("regex", "pattern", "match"),
    ),
    "lines": Key(
        ListOf(PRINTED, lone=True),
        "These lines in this order; others may stand between them.",
        also=("line",),
    ),
    "numbers": Key(ListOf(Number(), lone=True), "All the numbers in it, in order.", also=("number",)),
    "ignore": Key(
        ListOf(Option(IGNORABLE), lone=True),
        "Differences that do not matter: `case`, `space` (runs of blanks count as one), `blank-lines`, `punctuation`.",
    ),
    "close": _NEARNESS["close"],
    "relative": _NEARNESS["relative"],
}
_PROMPTS = {"prompts": Key(Boolean(), "true: the prompts of `input()` count as output.", also=("prompt",))}

TEXT_EXPECTATIONS = ("equals", "contains", "matches", "lines", "numbers")

PRINTS = Record(
    "prints",
    "what is printed",
    {**_TEXT_EXPECTATIONS, **_PROMPTS},
    "What must be printed: one or more of `equals`, `contains`, `matches`, `lines`, `numbers`.",
)


@dataclass(frozen=True)
class _OutputText(Shape):
    """`output: TEXT`, or `output:` with the expectations under it or beside it."""

    wants: str = "text, or what is expected of it"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if isinstance(node, Mapping):
            return PRINTS.read(node, report, where)
        if isinstance(node, Scalar) and node.empty:
            return None
        return PRINTED.read(node, report, where)

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {"anyOf": [PRINTED.schema(definitions), PRINTS.schema(definitions)]}


OUTPUT = Record(
    "check-output",
    "an `output` check",
    {
        "output": Key(
            _OutputText(),
            "What the program prints: the text itself, or expectations such as `contains`.",
            True,
        ),
        **_TEXT_EXPECTATIONS,
        **_PROMPTS,
        **_RUNNING,
        **_COMMON,
    },
    "Looks at what the program prints.",
)
FILE = Record(
    "check-file",
    "a `file` check",
    {
        "file": Key(WORKING_FILE, "A file that the program writes into its working folder.", True),
        **_TEXT_EXPECTATIONS,
        **_RUNNING,
        **_COMMON,
    },
    "Looks at a file that the program writes.",
)
CALL = Record(
    "check-call",
    "a `call` check",
    {
        "call": Key(
            EXPRESSION,
            "A Python expression among the program's names, as in `resp_score(8)`. Inside { } put it in quotes.",
            True,
        ),
        "returns": Key(
            VALUE,
            "The value that it gives. For values that YAML cannot write: `{python: \"(3, 'high')\"}`.",
            also=("return", "gives", "expected", "expect", "result", "equals", "is"),
        ),
        "raises": Key(
            NAME, "The name of the exception that it raises.", also=("raise", "error", "exception")
        ),
        "saying": Key(PRINTED, "Text that the exception's message contains.", also=("message-contains",)),
        "prints": Key(
            TextOr(PRINTED, PRINTS),
            "What the call prints: the text, or expectations such as `contains`.",
            also=("output",),
        ),
        **_NEARNESS,
        **_RUNNING,
        **_COMMON,
    },
    "Calls the learner's function.",
)
VALUE_CHECK = Record(
    "check-value",
    "a `value` check",
    {
        "value": Key(
            EXPRESSION, "A Python expression, worked out after the program ran.", True, also=("variable",)
        ),
        "equals": Key(VALUE, "The value that it has.", also=("is", "expected", "expect", "returns")),
        "type": Key(NAME, "The name of the value's type, such as `float`."),
        **_NEARNESS,
        **_RUNNING,
        **_COMMON,
    },
    "Looks at a value after the program ran.",
)
CONSTRUCTS = Record(
    "check-constructs",
    "a `uses` or `avoids` check",
    {
        "uses": Key(
            ListOf(CONSTRUCT, lone=True, at_least=1),
            "Constructs that the program has, such as `elif`, `call:print`, `operator:+`.",
            also=("use", "requires", "require"),
        ),
        "avoids": Key(
            ListOf(CONSTRUCT, lone=True, at_least=1),
            "Constructs that the program does without.",
            also=("avoid", "forbids", "forbid"),
        ),
        "must": Key(Boolean(), "true: a program that breaks this does not pass; then `why` says why."),
        "why": Key(PROSE, "Why this construct is needed.", also=("reason",)),
        **_COMMON,
    },
    "Looks at how the program is written, by its syntax tree.",
)
SAME_AS_SOLUTION = Record(
    "check-same-as-solution",
    "a `same-as-solution` check",
    {
        "same-as-solution": Key(NAME, "A function that must answer as the solution's does.", True),
        "given": Key(
            MapOf(GENERATOR, verify_key=name_problem),
            "How each argument is made up, in the function's order: `int 0..40`, `float 34..42 by 0.1`, `text`, `bool`, "
            '`"one-of [A, C]"`, `list of int 0..9`, `date 2020-01-01..2026-12-31`.',
            True,
            also=("with", "arguments", "args", "inputs"),
        ),
        "times": Key(Number(low=1, high=10_000, whole=True), "How many sets of arguments are tried (100)."),
        **_NEARNESS,
        **_RUNNING,
        **_COMMON,
    },
    "Compares the learner's function with the solution's, for made-up arguments.",
)
RULE = Record(
    "check-rule",
    "a `rule` check",
    {
        "rule": Key(
            Text(
                wants="a rule and its part, such as `news2.respiration`",
                trim=True,
                verify=lambda text: (
                    None
                    if text.count(".") == 1 and all(text.split("."))
                    else (
                        f"`{shortened(text)}` does not name a rule and its part",
                        "write `RULE.PART`, such as `news2.respiration`",
                    )
                ),
            ),
            "A part of `rules.yaml`: every boundary case of it is tried.",
            True,
        ),
        "call": Key(
            NAME, "The learner's function, which is called with each case's inputs.", also=("function",)
        ),
        "value": Key(
            NAME,
            "The learner's variable that holds the answer; `with` then feeds the inputs.",
            also=("variable",),
        ),
        **_NEARNESS,
        **_RUNNING,
        **_COMMON,
    },
    "Tries every boundary case of a clinical rule.",
)
TEST = Record(
    "check-test",
    "a `test` check",
    {
        "test": Key(
            PROGRAM,
            "Python: bare `assert`s, functions named `test_...`, or `unittest.TestCase` classes. It may import the learner's program.",
            True,
            also=("tests",),
        ),
        **_RUNNING,
        **_COMMON,
    },
    "Free Python beside the learner's program.",
)
PLANTED = Record(
    "planted-fault",
    "a planted fault",
    {
        "name": Key(
            PROSE, "What is wrong with this program; named when it gets past the learner's tests.", True
        ),
        "program": Key(PROGRAM, "The faulty program.", True, also=("code", "solution", "wrong")),
    },
)
CATCHES = Record(
    "check-catches",
    "a `catches` check",
    {
        "catches": Key(
            ListOf(PLANTED, "fault", at_least=1), "Faulty programs that the learner's tests must catch.", True
        ),
        "module": Key(NAME, "The name under which the tests import the program.", True),
        "right": Key(
            ListOf(PROGRAM, lone=True, at_least=1),
            "Right programs, which the learner's tests must pass.",
            True,
            also=("solution", "correct"),
        ),
        **_COMMON,
    },
    "The learner writes tests: they pass right programs and catch faulty ones.",
)

SUBJECTS = {
    "rule": RULE,
    "same-as-solution": SAME_AS_SOLUTION,
    "catches": CATCHES,
    "test": TEST,
    "file": FILE,
    "output": OUTPUT,
    "call": CALL,
    "value": VALUE_CHECK,
    "uses": CONSTRUCTS,
    "avoids": CONSTRUCTS,
}
_TAKEN_FOR = {
    "prints": "output",
    "stdout": "output",
    "print": "output",
    "contains": "output",
    "lines": "output",
    "matches": "output",
    "numbers": "output",
    "function": "call",
    "expression": "call",
    "variable": "value",
    "equals": "value",
    "tests": "test",
    "requires": "uses",
    "returns": "call",
}


@dataclass(frozen=True)
class CheckShape(Shape):
    """A check: which record it is follows from its subject."""

    wants: str = "a check (keys with values)"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Mapping):
            return self.misfit(node, report, where, "a check has a subject, such as `call:` or `output:`")
        subjects = self.subjects(node)
        if len({id(SUBJECTS[subject]) for subject in subjects}) > 1:
            named = " and ".join(f"`{subject}`" for subject in subjects)
            report.error(
                node,
                where,
                f"a check has one subject; found {named}",
                "make a check of each, with its own dash",
            )
            return UNREADABLE
        if not subjects:
            report.error(
                node, where, f"a check needs a subject: {listed(SUBJECTS)}", self._meant(node), "subject"
            )
            return UNREADABLE
        return SUBJECTS[subjects[0]].read(node, report, where)

    @staticmethod
    def subjects(node: Mapping) -> list[str]:
        """The subjects that a check has; `call` and `value` are parts of a `rule` check."""
        subjects = present(node, tuple(SUBJECTS))
        if "rule" in subjects:
            subjects = [subject for subject in subjects if subject not in ("call", "value")]
        return subjects

    @staticmethod
    def _meant(node: Mapping) -> str:
        for key, _ in node.pairs:
            meant = _TAKEN_FOR.get(key.text) or nearest(key.text, SUBJECTS)
            if meant:
                return f"did you mean `{meant}` by `{shortened(key.text)}`?"
        return ""

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        if "check" not in definitions:
            definitions["check"] = {}
            records = [SUBJECTS[name] for name in SUBJECTS if name != "avoids"]
            options: list[dict[str, Any]] = [
                record.schema(definitions) for record in records if record is not CONSTRUCTS
            ]
            either = [{"required": ["uses"]}, {"required": ["avoids"]}]
            options.append({"allOf": [CONSTRUCTS.schema(definitions)], "anyOf": either})
            definitions["check"] = {
                "anyOf": options,
                "description": "One subject, and what is expected of it.",
            }
        return {"$ref": "#/definitions/check"}


CHECK = CheckShape()
CHECKS = ListOf(CHECK, "check", at_least=1)

WHEN_RECORDS = {
    "failed": Record(
        "when-failed",
        "a condition",
        {
            "failed": Key(
                ListOf(PROSE, lone=True, at_least=1), "Met when the checks of these names all failed.", True
            )
        },
    ),
    "advice": Record(
        "when-advice",
        "a condition",
        {
            "advice": Key(
                Text(wants="an id of advice", trim=True), "Met when this rule of `tutor explain` fires.", True
            )
        },
    ),
    "pattern": Record(
        "when-pattern",
        "a condition",
        {
            "pattern": Key(
                PROGRAM,
                "Python to be found in the program: `_` is any expression, `...` any statements.",
                True,
                also=("code",),
            )
        },
    ),
}


@dataclass(frozen=True)
class WhenShape(Shape):
    """One condition of a known mistake: a check, or one of its own forms."""

    wants: str = "a condition: a check, or `failed`, `advice` or `pattern`"

    def _read(self, node: Node, report: Report, where: str) -> Any:
        if not isinstance(node, Mapping):
            return self.misfit(node, report, where)
        own = present(node, tuple(WHEN_RECORDS))
        subjects = CheckShape.subjects(node)
        if len(own) + len(subjects) > 1 and own:
            named = " and ".join(f"`{name}`" for name in [*own, *subjects])
            report.error(
                node,
                where,
                f"a condition is one thing; found {named}",
                "make a list of them: each with its own dash",
            )
            return UNREADABLE
        if own:
            return WHEN_RECORDS[own[0]].read(node, report, where)
        if not subjects:
            keys = [key.text for key, _ in node.pairs]
            hints = [did_you_mean(key, (*WHEN_RECORDS, *SUBJECTS)) for key in keys]
            hint = next((hint for hint in hints if hint), "")
            report.error(node, where, f"{self.wants} was expected; found {kind_of(node)}", hint, "when")
            return UNREADABLE
        return CHECK.read(node, report, where)

    def _schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        own = [record.schema(definitions) for record in WHEN_RECORDS.values()]
        return {"anyOf": [*own, CHECK.schema(definitions)]}


WHEN = ListOf(WhenShape(), "condition", lone=True, at_least=1)
