"""What is drawn on lines: the error with its words, the line where the program stopped, live marks, matches of a search."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer

from tutor.ui.editor.gaps import END, START, without_guards
from tutor.ui.editor.numbers import (
    INDICATOR_CAUTION,
    INDICATOR_ERROR,
    INDICATOR_LIVE_ERROR,
    INDICATOR_MARK,
    MARKER_CAUTION,
    MARKER_ERROR,
    MARKER_STOPPED,
    MARKER_STOPPED_LINE,
    STYLE_ANNOTATION,
    STYLE_ANNOTATION_CAUTION,
)
from tutor.ui.editor.surface import Surface

QUIET_MS = 800  # how long the keyboard rests before the program is looked at


class Mark(Struct, frozen=True):
    """A place to underline while somebody writes: line from 1, columns from 0, and the words that a hover or F8 shows.

    `error`: it is drawn as an error is; otherwise as something to look at.
    """

    line: int
    column: int
    end_column: int
    text: str
    error: bool = False


#: Given the program and the caret's line, the marks; None where it is to be asked again later.
LiveCheck = Callable[[str, int], Sequence[Mark] | None]


def place(surface: Surface, line: int, column: int | None = None) -> int:
    """The position of a column of the program on a line (its first word where none is given), at most the line's end."""
    written = surface.line_text(line)
    wanted = len(written) - len(written.lstrip()) if column is None else _with_guards(written, column)
    if written[wanted : wanted + 1] == START:
        wanted += 1  # into the gap
    return surface.position_of(line, wanted)


def span(surface: Surface, line: int, column: int | None, end_column: int | None) -> tuple[int, int]:
    """Start and end (positions) of columns of the program on a line; the line's own words where no columns are given.

    Columns are the program's: guard characters of gaps are not counted.
    """
    written = surface.line_text(line)
    if column is None:
        column, end_column = len(written) - len(written.lstrip()), None
    first = _with_guards(written, column)
    while written[first : first + 1] in (START, END):
        first += 1
    start = surface.position_of(line, first)
    end = surface.position_of(line, len(written) if end_column is None else _with_guards(written, end_column))
    if end <= start:  # at least one character, the last of the line where the place is its end
        start = min(start, max(surface.position_of(line, len(written) - 1), surface.position_of(line, 0)))
        end = surface.positionAfter(start)
    return start, end


def _with_guards(written: str, column: int) -> int:
    """The column in the document for a column of the program."""
    for at in range(len(written) + 1):
        if len(without_guards(written[:at])) >= column:
            return at
    return len(written)


class ErrorMark:
    """One error: a squiggle, a sign in the margin, and its words in a box under the line, wrapped to the editor's width.

    What Python did not complain about is no error: it is marked as a caution, in that colour and with its own sign. It goes as soon as its line is edited.
    """

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._handle = -1
        self._words = ""
        surface.edited.connect(self._on_edited)
        surface.view_changed.connect(self.wrap)
        # Inside a change nothing may be drawn anew, so the clearing waits for the event loop.
        self._clearing = QTimer(surface, singleShot=True, interval=0)
        self._clearing.timeout.connect(self.clear)

    def show(
        self, line: int, column: int | None, end_column: int | None, words: str, *, caution: bool = False
    ) -> None:
        """Show this error (or caution) instead of the one before."""
        surface = self._surface
        self.clear()
        line = min(max(line, 1), surface.lineCount())
        start, end = span(surface, line, column, end_column)
        surface.setIndicatorCurrent(INDICATOR_CAUTION if caution else INDICATOR_ERROR)
        surface.indicatorFillRange(start, end - start)
        self._handle = surface.markerAdd(line - 1, MARKER_CAUTION if caution else MARKER_ERROR)
        self._words = words
        # The first style of an annotation also colours the box around it.
        surface.annotationSetStyleOffset(STYLE_ANNOTATION_CAUTION if caution else STYLE_ANNOTATION)
        self.wrap()
        surface.setAccessibleDescription(words)

    def clear(self) -> None:
        """Take the error away."""
        self._clearing.stop()
        surface = self._surface
        for indicator, marker in ((INDICATOR_ERROR, MARKER_ERROR), (INDICATOR_CAUTION, MARKER_CAUTION)):
            surface.setIndicatorCurrent(indicator)
            surface.indicatorClearRange(0, surface.textLength())
            surface.markerDeleteAll(marker)
        surface.annotationClearAll()
        surface.setScrollWidth(
            1
        )  # it is measured again: the words that stood there bring no scroll bar any more
        if self._words:
            surface.setAccessibleDescription("")
        self._handle, self._words = -1, ""

    @property
    def line(self) -> int | None:
        """The line of the error now, however the program has grown above it."""
        if self._handle == -1:
            return None
        index = int(self._surface.markerLineFromHandle(self._handle))
        return None if index < 0 else index + 1

    def wrap(self) -> None:
        """Break the words to the width of the editor; Scintilla does not wrap annotations itself."""
        line = self.line
        if line is None or not self._words:
            return
        surface = self._surface
        if annotate(surface, line, self._words):
            foot = line - 1 + surface.annotationLines(line - 1)
            surface.scrollRange(
                surface.positionFromLine(min(foot, surface.lineCount() - 1)),
                surface.positionFromLine(line - 1),
            )

    def _on_edited(self, line: int, _added: int, _by_history: bool) -> None:
        if self._handle != -1 and self.line in (line, None):
            self._clearing.start()


def annotate(surface: Surface, line: int, words: str, style: int = 0) -> bool:
    """Put words in a box under a line, broken to the width of the editor; whether that changed anything.

    `style` is counted from the offset that Appearance sets.
    """
    indent = surface.point_at(surface.lineIndentPosition(line - 1)).x() - surface.point_at(
        surface.positionFromLine(line - 1)
    ).x()  # fmt: skip
    font = STYLE_ANNOTATION + style
    room = surface.text_area_width() - indent - surface.textWidth(font, "MM")
    room = max(surface.textWidth(font, "M" * 12), room)
    text = "\n".join(wrapped(words, lambda part: surface.textWidth(font, part) <= room))
    if bytes(surface.annotationText(line - 1).data()).decode() == text:
        return False
    surface.annotationSetText(line - 1, text)
    surface.annotationSetStyle(line - 1, style)
    return True


def wrapped(words: str, fits: Callable[[str], bool]) -> list[str]:
    """Lines of `words` that fit, broken between words, and inside a word only where it alone is too long."""
    lines: list[str] = []
    for paragraph in words.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if fits(longer):
                line = longer
                continue
            if line:
                lines.append(line)
            while len(word) > 1 and not fits(word):
                cut = next((n for n in range(len(word) - 1, 1, -1) if fits(word[:n])), 1)
                lines.append(word[:cut])
                word = word[cut:]
            line = word
        lines.append(line)
    return lines


class StoppedLine:
    """An arrow in the margin and a coloured line: here the program is, or stopped."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    def show(self, line: int | None) -> None:
        """Mark this line only; none for None."""
        surface = self._surface
        surface.markerDeleteAll(MARKER_STOPPED)
        surface.markerDeleteAll(MARKER_STOPPED_LINE)
        if line is not None and 1 <= line <= surface.lineCount():
            surface.markerAdd(line - 1, MARKER_STOPPED)
            surface.markerAdd(line - 1, MARKER_STOPPED_LINE)
            start = surface.positionFromLine(line - 1)
            surface.scrollRange(start, start)


class LiveMarks(QObject):
    """Squiggles while somebody writes: after a quiet moment, and never under the line of the caret."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._check: LiveCheck | None = None
        self.marks: list[Mark] = []
        self._marked_text = ""
        self._caret_line = 1
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.check_now)
        surface.text_settled.connect(self._on_text)
        surface.selection_moved.connect(self._on_moved)

    def set_check(self, check: LiveCheck | None) -> None:
        """What to look with: given the program and the caret's line, it returns marks."""
        self._check = check
        self.clear()
        self._timer.start()

    def put(self, marks: Sequence[Mark]) -> None:
        """Show these marks: somebody else has looked at the text as it stands now."""
        self.marks = sorted(marks, key=lambda mark: (mark.line, mark.column))
        self._marked_text = ""
        self._draw()

    def clear(self) -> None:
        """Forget all marks (another document)."""
        self._timer.stop()
        self.marks, self._marked_text = [], ""
        self._draw()
        self._caret_line = self._surface.caret()[0]

    def check_soon(self) -> None:
        """Look after a quiet moment."""
        if self._check is not None:
            self._timer.start()

    def check_now(self) -> None:
        """Look at the program. A mark that was there before the caret came to its line stays until that line is edited."""
        if self._check is None:
            return
        program = without_guards(self._surface.document_text())
        here = self._surface.caret()[0]
        checked = self._check(program, here)
        if checked is None:
            self._timer.start()
            return
        found = [mark for mark in checked if mark.line != here]
        if program == self._marked_text:
            found += [mark for mark in self.marks if mark.line == here]
        self.marks = sorted(found, key=lambda mark: (mark.line, mark.column))
        self._marked_text = program
        self._draw()

    def at(self, position: int) -> Mark | None:
        """The mark under a position."""
        for mark in self.marks:
            start, end = span(self._surface, mark.line, mark.column, mark.end_column)
            if start <= position <= end:
                return mark
        return None

    def next(self, *, forward: bool) -> Mark | None:
        """The mark after (or before) the caret, round the end of the program."""
        if not self.marks:
            return None
        line, column = self._surface.caret()
        places = [(mark.line, mark.column) for mark in self.marks]
        if forward:
            index = next((n for n, place in enumerate(places) if place > (line, column)), 0)
        else:
            index = next(
                (n for n in reversed(range(len(places))) if places[n] < (line, column)), len(places) - 1
            )
        return self.marks[index]

    def _on_text(self) -> None:
        """Marks are about a text that is gone: those of the edited line go at once, the others follow the quiet moment."""
        here = self._surface.caret()[0]
        self.marks = [mark for mark in self.marks if mark.line < here]
        start = self._surface.positionFromLine(here - 1)
        for indicator in (INDICATOR_MARK, INDICATOR_LIVE_ERROR):
            self._surface.setIndicatorCurrent(indicator)
            self._surface.indicatorClearRange(start, self._surface.lineEndPosition(here - 1) - start)
        self._marked_text = ""
        self._caret_line = here
        self.check_soon()

    def _on_moved(self) -> None:
        here = self._surface.caret()[0]
        if here != self._caret_line:
            self._caret_line = here
            self.check_soon()

    def _draw(self) -> None:
        surface = self._surface
        for indicator in (INDICATOR_MARK, INDICATOR_LIVE_ERROR):
            surface.setIndicatorCurrent(indicator)
            surface.indicatorClearRange(0, surface.textLength())
        for mark in self.marks:
            if mark.line <= surface.lineCount():
                surface.setIndicatorCurrent(INDICATOR_LIVE_ERROR if mark.error else INDICATOR_MARK)
                start, end = span(surface, mark.line, mark.column, mark.end_column)
                surface.indicatorFillRange(start, end - start)
