"""What a test found in a file that has been changed since: each problem at the line where its own line is now."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tutor.lessons.model import Problem


def since_tested(problems: Iterable[Problem], was: str, now: str) -> tuple[Problem, ...]:
    """The problems whose lines stand before or behind all that was changed.

    A line between the first and the last change may have been mended: what was said about it is left out until it is
    tested again.

    Args:
        problems: of one file.
        was: the file's text when it was tested.
        now: its text as it stands in the editor.
    """
    old, new = was.split("\n"), now.split("\n")
    if old == new:
        return tuple(problems)
    shorter = min(len(old), len(new))
    before = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    behind = next((at for at in range(shorter - before) if old[-1 - at] != new[-1 - at]), shorter - before)
    moved = []
    for problem in problems:
        line = problem.place.line
        if line > len(old) - behind:
            line += len(new) - len(old)
        elif line > before:
            continue
        moved.append(replace(problem, place=replace(problem.place, line=line)))
    return tuple(moved)
