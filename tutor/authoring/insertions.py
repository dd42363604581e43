"""Putting a step into a lesson, and a lesson or chapter into course.yaml, by writing into the text: all else stays as it is.

What was written must read as what was there and the new thing, and as nothing else; where a file is written in a way that
does not allow that, it is refused with what to do by hand.
"""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec import Struct

from tutor.authoring.step_templates import free_id, step_text
from tutor.errors import UsageError
from tutor.lessons.compose import compose
from tutor.lessons.model import StepKind
from tutor.lessons.nodes import Mapping, Node, Scalar, Sequence
from tutor.translation import tr

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9][\w.-]*(?: [A-Za-z0-9][\w.-]*)*")
_INDENT = 2


class Inserted(Struct, frozen=True):
    """The whole text with the new thing in it, the line (from 1) where that begins, and its id or name."""

    text: str
    line: int
    name: str


def with_step(text: str, kind: StepKind, after: str | None = None) -> Inserted:
    """A lesson's text with one more step, from the template of its kind.

    Args:
        text: the lesson file; line ends as they are.
        kind: the kind of the step.
        after: the id of the step that it stands behind; by default the last.

    Raises:
        UsageError: the file has mistakes, or is written in a way that cannot be added to.
    """
    root = _root(text)
    steps = root.get("steps")
    lines = _LINES.findall(text)
    taken = _ids(steps)
    name = free_id(kind, taken)
    body = step_text(kind, name).splitlines()
    if isinstance(steps, Sequence) and steps.items and not steps.flow:
        dash = _dash(lines, steps)
        number = next((at for at, one in enumerate(steps.items) if _id(one) == after), len(steps.items) - 1)
        at = _end_of(lines, steps.items[number], dash)
        apart = len(steps.items) < 2 or _stands_apart(lines, steps.items[1].line)
        new = [*([""] if apart else []), *_as_item(body, dash)]
        place = number + 1
    elif steps is not None and isinstance(steps, Scalar) and steps.empty and not root.flow:
        at, new, place = steps.line, _as_item(body, _INDENT), 0
    else:
        raise _by_hand(tr("The steps of this lesson are written in a way that a step cannot be put into."))
    made = _inserted(lines, at, new)
    line = at + 1 + (1 if new[0] == "" else 0)
    wanted = _plain(root)
    items = wanted.get("steps") if isinstance(wanted.get("steps"), list) else []
    added = _plain(_root(made))
    got = added.get("steps") if isinstance(added, dict) else None
    if (
        not isinstance(got, list)
        or [*got[:place], *got[place + 1 :]] != items
        or _rest(added) != _rest(wanted)
    ):
        raise _by_hand(tr("A step cannot be put there as this file is written."))
    return Inserted(made, line, name)


def with_lesson(text: str, chapter_id: str, name: str, after: str | None = None) -> Inserted:
    """The text of course.yaml with one more lesson in a chapter.

    Args:
        text: course.yaml; line ends as they are.
        chapter_id: the chapter.
        name: the lesson's file name without `.yaml`.
        after: the name of the lesson that it stands behind; by default the last of the chapter.

    Raises:
        UsageError: the file has mistakes, has no such chapter, or is written in a way that cannot be added to.
    """
    root = _root(text)
    chapter = _chapter(root, chapter_id)
    lessons = chapter.get("lessons")
    if not isinstance(lessons, Sequence) or not all(isinstance(item, Scalar) for item in lessons.items):
        raise _by_hand(
            tr("The lessons of chapter {chapter} are not written as a list.", chapter=chapter_id),
            _line_for(name),
        )
    names = [item.text for item in lessons.items if isinstance(item, Scalar)]
    number = names.index(after) if after in names else len(names) - 1
    lines = _LINES.findall(text)
    if not names:
        raise _by_hand(tr("Chapter {chapter} has no lesson yet.", chapter=chapter_id), _line_for(name))
    item = lessons.items[number]
    assert isinstance(item, Scalar)
    if lessons.flow:
        made = _behind(lines, item, f", {name}")
        line = item.end_line
    else:
        dash = _dash(lines, lessons)
        at = _end_of(lines, item, dash)
        made, line = _inserted(lines, at, [f"{' ' * dash}- {name}"]), at + 1
    got = _chapter(_root(made), chapter_id).get("lessons")
    wanted = [*names[: number + 1], name, *names[number + 1 :]]
    if got is None or _plain(got) != wanted:
        raise _by_hand(tr("A lesson cannot be put there as course.yaml is written."), _line_for(name))
    return Inserted(made, line, name)


def with_chapter(text: str, chapter_id: str, title: str, folder: str, lesson: str) -> Inserted:
    """The text of course.yaml with one more chapter at its end, which has one lesson.

    Args:
        text: course.yaml; line ends as they are.
        chapter_id, title, folder: the chapter's; none has this id yet.
        lesson: the lesson's file name without `.yaml`.

    Raises:
        UsageError: the file has mistakes, or is written in a way that cannot be added to.
    """
    root = _root(text)
    by_hand = _by_hand(
        tr("A chapter cannot be put there as course.yaml is written."),
        tr(
            "Add the chapter {chapter}, with its folder {folder} and its lesson {lesson}, by hand.",
            chapter=chapter_id,
            folder=folder,
            lesson=lesson,
        ),
    )
    chapters = root.get("chapters")
    if not isinstance(chapters, Sequence) or not chapters.items or chapters.flow:
        raise by_hand
    lines = _LINES.findall(text)
    dash = _dash(lines, chapters)
    at = _end_of(lines, chapters.items[-1], dash)
    apart = len(chapters.items) > 1 and _stands_apart(lines, chapters.items[1].line)
    body = [
        f"id: {chapter_id}",
        f"title: {_word(title)}",
        f"folder: {_word(folder)}",
        "lessons:",
        f"  - {_word(lesson)}",
    ]
    made = _inserted(lines, at, [*([""] if apart else []), *_as_item(body, dash)])
    was, now = _plain(root), _plain(_root(made))
    got, last = now.pop("chapters"), _chapter(_root(made), chapter_id)
    said = [node.text for key in ("title", "folder") if isinstance(node := last.get(key), Scalar)]
    if (
        got[:-1] != was.pop("chapters")
        or now != was
        or said != [title, folder]
        or got[-1]["lessons"] != [lesson]
    ):
        raise by_hand
    return Inserted(made, at + 1 + apart, chapter_id)


# ------------------------------------------------------------------------------------------------------------- reading


def _root(text: str) -> Mapping:
    composed = compose(text)
    wrong = next((one for one in composed.findings if not one.warning), None)
    if wrong is not None:
        raise UsageError(
            tr("Line {line}: {problem}.", line=wrong.line, problem=wrong.problem), tr("Mend the file first.")
        )
    if not isinstance(composed.root, Mapping):
        raise UsageError(tr("There is nothing in this file yet."), tr("Begin with a new lesson."))
    return composed.root


def _chapter(root: Mapping, chapter_id: str) -> Mapping:
    chapters = root.get("chapters")
    for one in chapters.items if isinstance(chapters, Sequence) else []:
        if isinstance(one, Mapping) and _id(one) == chapter_id:
            return one
    raise UsageError(
        tr("course.yaml has no chapter {chapter}.", chapter=chapter_id), tr("Choose another chapter.")
    )


def _ids(steps: Node | None) -> set[str]:
    return {_id(one) for one in steps.items} if isinstance(steps, Sequence) else set()


def _id(node: Node) -> str:
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.text if isinstance(found, Scalar) else ""


def _plain(node: Node) -> Any:
    """What a node says, without its places."""
    if isinstance(node, Scalar):
        return (node.text, node.style in ("|", ">"), node.style in "\"'" and node.style != "")
    if isinstance(node, Sequence):
        texts = [item.text for item in node.items if isinstance(item, Scalar)]
        return texts if len(texts) == len(node.items) else [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.pairs}


def _rest(lesson: Any) -> Any:
    return (
        {key: value for key, value in lesson.items() if key != "steps"} if isinstance(lesson, dict) else None
    )


# ------------------------------------------------------------------------------------------------------------- writing


def _dash(lines: list[str], sequence: Sequence) -> int:
    """How many blanks stand before the dashes of a list."""
    line = lines[sequence.line - 1]
    return len(line) - len(line.lstrip(" "))


def _last_line(node: Node) -> int:
    """The last line that a node is seen to be on; of a block of text only its head."""
    if isinstance(node, Scalar):
        return node.line if node.style in ("|", ">") else max(node.line, node.end_line)
    inner: list[Node] = list(node.items) if isinstance(node, Sequence) else [value for _, value in node.pairs]
    return max([node.line, *map(_last_line, inner)])


def _end_of(lines: list[str], item: Node, dash: int) -> int:
    """The number of lines up to the end of an item: what is indented below its dash belongs to it."""
    end = _last_line(item)
    for number in range(end, len(lines)):
        line = lines[number].rstrip("\r\n")
        if not line.strip():
            continue
        if len(line) - len(line.lstrip(" ")) <= dash:
            break
        end = number + 1
    return end


def _stands_apart(lines: list[str], line: int) -> bool:
    """Whether an empty line stands before an item, or before the remarks above it."""
    at = line - 2
    while at >= 0 and lines[at].lstrip().startswith("#"):
        at -= 1
    return at >= 0 and not lines[at].strip()


def _as_item(body: list[str], dash: int) -> list[str]:
    blanks = " " * dash
    return [f"{blanks}{'- ' if at == 0 else '  '}{line}".rstrip() for at, line in enumerate(body)]


def _line_end(lines: list[str]) -> str:
    ends = [line[len(line.rstrip("\r\n")) :] for line in lines]
    return max(("\n", "\r\n", "\r"), key=ends.count)


def _inserted(lines: list[str], at: int, new: list[str]) -> str:
    """The lines with new ones behind the first `at`, in the file's own line end."""
    end = _line_end(lines)
    before, after = lines[:at], lines[at:]
    if before and not before[-1].endswith(("\n", "\r")):
        before = [*before[:-1], before[-1] + end]
    return "".join([*before, *(line + end for line in new), *after])


def _behind(lines: list[str], item: Scalar, words: str) -> str:
    at = item.end_line - 1
    line = lines[at]
    column = item.end_column - 1
    return "".join([*lines[:at], line[:column] + words + line[column:], *lines[at + 1 :]])


def _word(text: str) -> str:
    """A text as it may stand in YAML."""
    return text if _PLAIN_WORD.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _line_for(name: str) -> str:
    return tr("Add the line `- {name}` to its lessons by hand.", name=name)


def _by_hand(what: str, do: str = "") -> UsageError:
    return UsageError(what, do or tr("Add it by hand, in the file."))
