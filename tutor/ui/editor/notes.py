"""Signs in the margin and words under the lines: several problems of one file at once, as the linter tells them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from tutor.ui.editor.marks import Mark, annotate
from tutor.ui.editor.numbers import MARKER_CAUTION, MARKER_ERROR, STYLE_ANNOTATION, STYLE_ANNOTATION_CAUTION
from tutor.ui.editor.surface import Surface

#: Boxes under lines, at most: a file with more problems is seldom mended by reading all of them.
MOST_BOXES = 40


class Notes(QObject):
    """A sign for every line with a mark; and a box with its words, which goes as soon as the line is edited."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._surface = surface
        self._boxes: dict[int, tuple[str, bool]] = {}  # handle of the sign -> words, whether it is an error
        self._edited: set[int] = set()
        surface.edited.connect(self._on_edited)
        surface.view_changed.connect(self.wrap)
        # Inside a change nothing may be drawn anew, so the clearing waits for the event loop.
        self._clearing = QTimer(self, singleShot=True, interval=0)
        self._clearing.timeout.connect(self._clear_edited)

    def show(self, marks: Sequence[Mark], *, boxes: bool) -> None:
        """Show these instead of the ones before; without `boxes`, only what had a box and still holds keeps it."""
        kept = {words for words, _error in self._boxes.values()}
        self.clear()
        by_line: dict[int, list[Mark]] = {}
        for mark in marks:
            by_line.setdefault(min(mark.line, self._surface.lineCount()), []).append(mark)
        for line, here in sorted(by_line.items()):
            error = any(mark.error for mark in here)
            handle = self._surface.markerAdd(line - 1, MARKER_ERROR if error else MARKER_CAUTION)
            words = "\n".join(dict.fromkeys(mark.text for mark in here))
            if (boxes or words in kept) and len(self._boxes) < MOST_BOXES:
                self._boxes[handle] = (words, error)
        self.wrap()

    def clear(self) -> None:
        """No signs, no boxes."""
        self._clearing.stop()
        self._surface.markerDeleteAll(MARKER_ERROR)
        self._surface.markerDeleteAll(MARKER_CAUTION)
        self._surface.annotationClearAll()
        self._boxes, self._edited = {}, set()

    def words(self) -> dict[int, str]:
        """The words under each line that has any."""
        return {self._line(handle): words for handle, (words, _error) in self._boxes.items()}

    def wrap(self) -> None:
        """Break the words to the width of the editor."""
        some_wrong = any(error for _words, error in self._boxes.values())
        if self._boxes:  # the first style also colours the edges of all boxes
            self._surface.annotationSetStyleOffset(
                STYLE_ANNOTATION if some_wrong else STYLE_ANNOTATION_CAUTION
            )
        for handle, (words, error) in self._boxes.items():
            line = self._line(handle)
            if line:
                annotate(self._surface, line, words, 1 if some_wrong and not error else 0)

    def _line(self, handle: int) -> int:
        """The line of a sign now, however the text has grown above it; 0 where it is gone."""
        return int(self._surface.markerLineFromHandle(handle)) + 1

    def _on_edited(self, line: int, _added: int, _by_history: bool) -> None:
        found = {handle for handle in self._boxes if self._line(handle) in (line, 0)}
        if found:
            self._edited |= found
            self._clearing.start()

    def _clear_edited(self) -> None:
        for handle in self._edited:
            line = self._line(handle)
            if line:
                self._surface.annotationSetText(line - 1, "")
                self._surface.markerDeleteHandle(handle)
            self._boxes.pop(handle, None)
        self._edited = set()
