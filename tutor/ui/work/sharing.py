"""How the height of the right half is shared between the program and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QSplitter

from tutor.ui.qt_calls import called_by_qt

#: The program's part of the height at first: a little more than half, and less where the window is low.
AT_FIRST, AT_FIRST_LOW = 0.54, 0.44

#: The program's part where there is no room for both it and what came of it: that is what one looks at now.
CRAMPED = 0.42


def upper_height(height: int, now: int, program: int, results: int, *, shown: bool) -> int:
    """How high the upper part should be, so that both parts show what they have.

    As long as both fit, as little as possible moves: the boundary stays where it is, or goes only as far as it must.

    Args:
        height: of both, in pixels.
        now: the height of the upper part as it is.
        program, results: what each would like to have.
        shown: whether anything has come of the program yet.
    """
    if program + results <= height:
        return min(max(now, program), height - results)
    if not shown:  # a line that says that nothing has run needs no more than its own height
        return height - results
    fair = int(height * CRAMPED)
    if program <= fair:
        return program
    return max(fair, height - results)


class Sharing(QObject):
    """Moves the boundary between a program and its results, until the learner has moved it.

    Args:
        splitter: the two parts, one above the other.
        program, results: ask each part for the height that it would like to have.
        shown: whether anything has come of the program yet.
        low: whether this is little height for both.
        whole: takes off a height of the upper part what would show a part of a line.
    """

    def __init__(
        self,
        splitter: QSplitter,
        program: Callable[[], int],
        results: Callable[[], int],
        shown: Callable[[], bool],
        low: Callable[[int], bool],
        whole: Callable[[int], int],
    ) -> None:
        super().__init__(splitter)
        self._splitter = splitter
        self._program, self._results = program, results
        self._shown, self._low, self._whole = shown, low, whole
        self._moved = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.fit_results)
        splitter.splitterMoved.connect(lambda _at, _index: self._was_moved())
        splitter.installEventFilter(self)

    def begin(self) -> None:
        """Another step, or another height: share out anew."""
        height = self._height
        if height > 0 and not self._moved:
            first = AT_FIRST_LOW if self._low(height) else AT_FIRST
            self._share(int(height * first))

    def fit_program(self) -> None:
        """The program wants another height than before: see that both have what they need."""
        if self._height > 0 and not self._moved:
            self._share(self._splitter.sizes()[0])

    def fit_results(self) -> None:
        """More has come of the program: give it room, if it needs more than it has. It keeps what it has been given."""
        if self._height > 0 and not self._moved:
            now = self._splitter.sizes()[0]
            self._share(now, at_most=now)

    def fit_soon(self) -> None:
        """Give results room once all parts know their new sizes."""
        self._soon.start(0)

    @property
    def _height(self) -> int:
        return self._splitter.height() - self._splitter.handleWidth()

    def _share(self, now: int, at_most: int | None = None) -> None:
        height = self._height
        program, results = self._program(), self._results()
        upper = upper_height(height, now, program, results, shown=self._shown())
        if program + results > height:
            upper = self._whole(upper)
        if at_most is not None:
            upper = min(upper, at_most)
        if upper != self._splitter.sizes()[0]:
            self._splitter.setSizes([upper, height - upper])

    def _was_moved(self) -> None:
        self._moved = True

    @called_by_qt(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share out as soon as there is a height, and whenever it changes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show} and not self._moved:
            QTimer.singleShot(0, self, self.begin)
        return False
