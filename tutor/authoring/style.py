"""The house style of lessons, as far as it can be told from the text: warnings, each with its rule, reason and place.

The rules are those of `docs/writing-lessons.md`. A lesson's `allow` answers the ones that are meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path

from tutor.authoring.nhs_numbers import nhs_number_problem, numbers_in
from tutor.authoring.prose import Fence, own_words, paragraphs, readable, without_code, word_count
from tutor.authoring.style_texts import Role, StyledText, hints_of, texts_of
from tutor.authoring.style_words import word_lists, wordings_in
from tutor.lessons.model import Problem, Severity
from tutor.lessons.nodes import Mapping, Node, Scalar
from tutor.lessons.nodes import Sequence as SequenceNode
from tutor.lessons.records import Entry
from tutor.lessons.report import Report

SENTENCE_WORDS = 20
PARAGRAPH_SENTENCES = 3
READ_WORDS = 120
PROMPT_WORDS = 60
HINT_WORDS = 20
FEEDBACK_WORDS = 45
CODE_LINES = 12
CODE_WIDTH = 60
#: A program that stands in the editor alone has the width of Python's own style guide (PEP 8).
PROGRAM_WIDTH = 79
TITLE_LENGTH = 45
FEWEST_HINTS, MOST_HINTS = 2, 4

#: Every rule of the house style, with its reason in a few words (`allow` names them).
RULES = {
    "sentence-length": f"sentences have at most {SENTENCE_WORDS} words: longer ones are read twice",
    "paragraph-length": f"paragraphs have at most {PARAGRAPH_SENTENCES} sentences: a screen is not a page",
    "read-length": f"a read step has at most {READ_WORDS} words and one new idea",
    "prompt-length": f"a prompt has at most {PROMPT_WORDS} words: the task is seen at a glance",
    "hint-length": f"a hint has at most {HINT_WORDS} words",
    "hint-count": f"a step has {FEWEST_HINTS} to {MOST_HINTS} hints, from a question to nearly the answer",
    "feedback-length": f"feedback has at most {FEEDBACK_WORDS} words: what happened, and what to change",
    "code-length": f"an example has at most {CODE_LINES} lines",
    "code-width": f"a line of an example has at most {CODE_WIDTH} characters, one of a program in the editor {PROGRAM_WIDTH}",
    "lesson-title": f"a title has at most {TITLE_LENGTH} characters, in sentence case, and is no question",
    "banned-word": "words that judge the reader, praise or frighten",
    "contraction": "n't is missed by quick readers",
    "spelling": "British spelling",
    "number": "figures, a comma from 1,000, a 0 before the point",
    "range": "ranges have `to`, never a dash",
    "unit": "units as the NHS writes them",
    "date": "6 August 2018 in texts, 2018-08-06 in data",
    "time": "5:30pm in texts, 17:30 in data",
    "nhs-number": "NHS numbers are made up: from the 999 range, with their check digit, written 3-3-4",
    "emphasis": "bold for names of buttons; no italics, no capitals for stress",
    "exclamation": "no exclamation marks",
    "source-year": "a fact has a source with its year",
}

_WITH_HINTS = ("exercise", "fix", "project")


def lesson_style(lesson: Entry, file: Path) -> list[Problem]:
    """What the house style says about a lesson.

    Args:
        lesson: the lesson as it was read; one with errors in it is judged as far as it goes.
        file: where it is.
    """
    style = _Style(file)
    style.texts(list(texts_of(lesson)))
    for step in lesson.get("steps", ()):
        style.hints(step)
    for source in lesson.get("sources", ()):
        # What follows its software has that one's version, and no year of its own.
        if isinstance(source, Entry) and "year" not in source and not _DATED.search(source.get("title", "")):
            style.warn(source.node, 0, "source-year", "the source has no year", "add `year`", "sources")
    style.nhs_numbers(lesson.node)
    return style.problems


def text_style(node: Scalar, where: str, file: Path, *, lengths: bool = True) -> list[Problem]:
    """What the house style says about a text by itself: a glossary entry, a rule's definition, a chapter's card."""
    style = _Style(file)
    style.texts([StyledText(node, Role.OTHER if lengths else Role.DEFINITION, where)])
    return style.problems


class _Style:
    """Collects the warnings of one file."""

    def __init__(self, file: Path) -> None:
        self.problems: list[Problem] = []
        self._report = Report(file)

    def warn(self, node: Node, offset: int, rule: str, problem: str, hint: str, where: str) -> None:
        """One warning at a character of a text."""
        here = (
            self._report.place_within(node, offset) if isinstance(node, Scalar) else self._report.place(node)
        )
        self.problems.append(Problem(here, where, problem, hint, Severity.WARNING, rule))

    def texts(self, texts: list[StyledText]) -> None:
        """All texts; what is about words is looked for in all of them at once, which is many times quicker."""
        starts, proses = [], []
        length = 0
        for text in texts:
            if text.is_code:
                self._code(text, text.node.text.split("\n"), 0, text.role is Role.EXAMPLE)
                continue
            prose, fences = readable(text.node.text)
            self._text(text, prose, fences)
            starts.append((length, text))
            proses.append(prose)
            length += len(prose) + len(_BETWEEN)
        offsets = [start for start, _ in starts]
        for found in wordings_in(_BETWEEN.join(proses)):
            start, text = starts[bisect_right(offsets, found.offset) - 1]
            at = found.offset - start
            if found.rule not in _OF_DATA or not self._is_data(text, at):
                self.warn(text.node, at, found.rule, found.problem, found.hint, text.where)

    @staticmethod
    def _is_data(text: StyledText, offset: int) -> bool:
        """Whether a number or time in a text is one that the step's programs and checks have in the same form."""
        token = _TOKEN.match(text.node.text, offset)
        if token is None or text.step is None:
            return False
        whole = re.compile(rf"(?<![\d.]){re.escape(token.group())}(?![\d])")
        return any(whole.search(node.text) for node, shown in _scalars(text.step) if not shown)

    def _text(self, text: StyledText, prose: str, fences: list[Fence]) -> None:
        self._lengths(text, prose)
        for fence in fences:
            # A block that shows output or data is as wide as what it shows.
            if fence.language in ("python", "py"):
                self._code(text, list(fence.lines), fence.offset, True)
        if text.role is Role.TITLE:
            self._title(text)

    def _code(self, text: StyledText, lines: list[str], offset: int, example: bool) -> None:
        while lines and not lines[-1].strip():
            lines = lines[:-1]
        if example and len(lines) > CODE_LINES:
            problem = f"the example has {len(lines)} lines; {CODE_LINES} are read with ease"
            self.warn(
                text.node, offset, "code-length", problem, "cut it, or show it in two steps", text.where
            )
        width = PROGRAM_WIDTH if text.role is Role.PROGRAM else CODE_WIDTH
        for line in lines:
            if len(line) > width:
                problem = f"this line of code has {len(line)} characters; {width} fit on the screen"
                hint = "break it inside brackets, or name a part"
                self.warn(text.node, offset, "code-width", problem, hint, text.where)
            offset += len(line) + 1

    def _lengths(self, text: StyledText, prose: str) -> None:
        words = word_count(prose)
        if text.role is Role.DEFINITION:
            return  # the bands of a score are one list, however it is written
        if words <= SENTENCE_WORDS and len(_STOPS.findall(prose)) <= PARAGRAPH_SENTENCES:
            return
        # A quotation counts as one word, whatever it says.
        for paragraph in paragraphs(own_words(prose)):
            sentences = paragraph.sentences()
            for sentence in sentences:
                if sentence.words > SENTENCE_WORDS:
                    problem = f"this sentence has {sentence.words} words; {SENTENCE_WORDS} are read with ease"
                    self.warn(
                        text.node, sentence.offset, "sentence-length", problem, "make two of it", text.where
                    )
            # What introduces the list or code below it belongs to that.
            counted = len(sentences) - paragraph.text.rstrip().endswith(":")
            if counted > PARAGRAPH_SENTENCES and text.role is not Role.FEEDBACK:
                problem = f"this paragraph has {counted} sentences; {PARAGRAPH_SENTENCES} are the most"
                self.warn(
                    text.node,
                    sentences[0].offset,
                    "paragraph-length",
                    problem,
                    "put a blank line in",
                    text.where,
                )
        if text.role in _LONGEST:
            rule, most, called, hint = _LONGEST[text.role]
            if words > most:
                self.warn(
                    text.node, 0, rule, f"{called} has {words} words; {most} are the most", hint, text.where
                )

    def _title(self, text: StyledText) -> None:
        title = text.node.text.strip()
        opening = title.split(" ")[0].lower().strip(",")
        capitals = [
            word for word in title.split()[1:] if len(word) > 3 and word[0].isupper() and word[1:].islower()
        ]
        small = [word for word in title.split()[1:] if word[0].islower()]
        for wrong, problem, hint in (
            (len(title) > TITLE_LENGTH, f"the title has {len(title)} characters; {TITLE_LENGTH} fit the outline", "shorten it"),
            (title.endswith("?"), "the title is a question", "say what the learner does: `Read an error message`"),
            (opening in word_lists()["title-openings"] and not title.endswith("?"),
             f"the title starts with `{opening}`", "start with a verb or a noun"),
            (len(capitals) >= 2 and len(capitals) >= len(small), "the title has capitals within it",
             "in sentence case only the first word and names have one"),
            (title[:1].islower(), "the title starts with a small letter", "start with a capital"),
        ):  # fmt: skip
            if wrong:
                self.warn(text.node, 0, "lesson-title", problem, hint, text.where)

    def hints(self, step: Entry) -> None:
        """How many hints a step has."""
        count = len(hints_of(step))
        if count == 0 and step.get("kind") not in _WITH_HINTS:
            return
        if not FEWEST_HINTS <= count <= MOST_HINTS:
            said = "no hint" if count == 0 else "1 hint" if count == 1 else f"{count} hints"
            hint = f"give {FEWEST_HINTS} to {MOST_HINTS}, from a question to nearly the answer"
            self.warn(step.at("hints"), 0, "hint-count", f"this step has {said}", hint, step.where)

    def nhs_numbers(self, root: Node) -> None:
        """Every number of ten digits in the file, in code and data too."""
        known = word_lists()["nhs-numbers"]
        scalars = _scalars(root)
        if not any(numbers_in("\n".join(node.text for node, _ in scalars))):
            return
        data = "\n".join(node.text for node, shown in scalars if not shown)
        for node, shown in scalars:
            for offset, written, digits in numbers_in(node.text):
                problem = nhs_number_problem(digits)
                if problem and digits not in known:
                    hint = "use one such as 999 000 0018; where it is taught as wrong, say so with allow"
                    self.warn(node, offset, "nhs-number", f"`{written}` {problem}", hint, "")
            if shown:  # as data has it, it may be shown as data
                prose = own_words(without_code(node.text)[0])
                for offset, written, digits in numbers_in(prose):
                    if written == digits and written not in data:
                        spaced = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
                        self.warn(
                            node, offset, "nhs-number", f"`{written}` is hard to read", f"write {spaced}", ""
                        )


_LONGEST = {
    Role.READING: ("read-length", READ_WORDS, "this text", "make two steps of it, each with one new idea"),
    Role.PROMPT: (
        "prompt-length",
        PROMPT_WORDS,
        "this prompt",
        "put the background into a read step before it",
    ),
    Role.HINT: ("hint-length", HINT_WORDS, "this hint", "say one thing"),
    Role.FEEDBACK: (
        "feedback-length",
        FEEDBACK_WORDS,
        "this feedback",
        "say what happened and what to change",
    ),
}

_BETWEEN = "\n\n\n"
_STOPS = re.compile(r"[.?!:](?=\s|$)")
_DATED = re.compile(r"\b(?:19|20)\d\d\b|[Dd]ocumentation|[Mm]anual|[Vv]ersion \d")
#: Rules that a text may break to show what stands in a program or in its data.
_OF_DATA = frozenset({"number", "time", "date", "range", "unit"})
_TOKEN = re.compile(r"[\d.:/-]*\d")

_READ = frozenset({"text", "say", "because", "why", "hints", "summary", "title"})


def _scalars(root: Node) -> list[tuple[Scalar, bool]]:
    """Every value under a node, and whether a learner reads it as text."""
    found: list[tuple[Scalar, bool]] = []
    left: list[tuple[Node, bool]] = [(root, False)]
    while left:
        node, shown = left.pop()
        if isinstance(node, Scalar):
            found.append((node, shown))
        elif isinstance(node, SequenceNode):
            left += [(item, shown) for item in node.items]
        elif isinstance(node, Mapping):
            left += [(value, key.text in _READ) for key, value in node.pairs]
    return found
