"""Program output made harmless for a text view: no terminal codes, no control characters, no endless lines."""

from __future__ import annotations

import re

#: A line on the screen is cut here; Qt lays out very long lines slowly.
LONGEST_LINE = 2_000

_ESCAPE = re.compile(
    r"\x1b(?:"
    r"\[[0-?]*[ -/]*[@-~]"  # CSI ... final byte
    r"|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS, SOS, PM, APC ... end
    r"|[ -/]*[0-~]"  # two-character and charset sequences
    r")"
)
#: The start of an escape sequence whose end has not come yet.
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]{0,200}\x1b?|[ -/]*)?$")
#: Bidirectional overrides and zero-width characters could make output read as something that it is not.
_INVISIBLE = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF], "\ufffd")
_CONTROL = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: "\u2421"}


class OutputCleaner:
    """Cleans a stream that comes in pieces: an escape sequence may be cut anywhere."""

    def __init__(self) -> None:
        self._held = ""
        self._column = 0

    def clean(self, piece: str) -> str:
        """The text to show for this piece."""
        text = self._held + piece
        self._held = ""
        if "\x1b" in text:
            text = _ESCAPE.sub("", text)
            unfinished = _UNFINISHED.search(text)
            if unfinished:
                self._held = unfinished.group()
                text = text[: unfinished.start()]
        if text.endswith("\r"):
            self._held = "\r" + self._held
            text = text[:-1]
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = text.translate(_CONTROL).translate(_INVISIBLE)
        return self._cut_lines(text)

    def flush(self) -> str:
        """What was held back, once nothing more will come."""
        held, self._held = self._held, ""
        self._column = 0
        return "\n" if held == "\r" else ""

    def _cut_lines(self, text: str) -> str:
        """Cut each line at LONGEST_LINE, once, with a mark; the rest of that line is left out."""
        if self._column + len(text) <= LONGEST_LINE:
            last = text.rfind("\n")
            self._column = self._column + len(text) if last < 0 else len(text) - last - 1
            return text
        lines = text.split("\n")
        kept = []
        for place, line in enumerate(lines):
            if place:
                self._column = 0
            room = LONGEST_LINE - self._column
            if len(line) > room >= 0:
                kept.append(line[:room] + " \u2026 [line cut]")
                self._column = LONGEST_LINE + 1
            elif room < 0:
                kept.append("")
            else:
                kept.append(line)
                self._column += len(line)
        return "\n".join(kept)
