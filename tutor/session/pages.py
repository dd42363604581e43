"""Reference pages of the course, read on the session's thread: the course may lie on a disk that stalls."""

from __future__ import annotations

from collections.abc import Callable

from tutor.lessons.model import Page
from tutor.lessons.pictures import read_pictures
from tutor.session.desk import Desk
from tutor.session.events import Openable, PageOpened, SessionEvent
from tutor.session.telling_opening import TellingOpening


class Pages:
    """Returns at once; what comes of it arrives as an event."""

    def __init__(
        self, desk: Desk, do: Callable[[Callable[[], None]], None], emit: Callable[[SessionEvent], None]
    ) -> None:
        self._desk, self._emit = desk, emit
        self._opening = TellingOpening(do, emit)

    def open(self, page_id: str) -> None:
        """Read the page of that id. -> PageOpened, where the course has it."""
        page = next((one for one in self._desk.course.pages if one.id == page_id), None)
        if page is not None:
            self._opening(lambda: self._read(page), Openable.PAGE, page.title)

    def _read(self, page: Page) -> None:
        try:
            text = page.path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError as error:
            self._emit(PageOpened(page, "", trouble=error.strerror or type(error).__name__))
            return
        self._emit(PageOpened(page, text, read_pictures(text, page.path.parent / "media")))
