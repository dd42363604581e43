"""Cuts very long lines of output before Qt has to lay them out: that is slow, and nobody reads them to the end."""

from __future__ import annotations

from tutor.translation import tr

#: A line on the screen is cut here, in characters.
LONGEST_LINE = 2_000


class LineCutter:
    """Cuts one stream that comes in pieces. Control characters have been made harmless before (`tutor.runner.output`)."""

    def __init__(self) -> None:
        self._column = (
            0  # where the next character would stand in its line; more than LONGEST_LINE: cut already
        )

    def cut(self, piece: str) -> str:
        """The text to show for this piece."""
        if self._column + len(piece) <= LONGEST_LINE:
            last = piece.rfind("\n")
            self._column = self._column + len(piece) if last < 0 else len(piece) - last - 1
            return piece
        kept = []
        for place, line in enumerate(piece.split("\n")):
            if place:
                self._column = 0
            room = LONGEST_LINE - self._column
            if room < 0:
                kept.append("")
            elif len(line) > room:
                kept.append(f"{line[:room]} \u2026 {tr('[line cut]')}")
                self._column = LONGEST_LINE + 1
            else:
                kept.append(line)
                self._column += len(line)
        return "\n".join(kept)
