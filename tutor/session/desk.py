"""What lies open before the learner: the course, their work, the step with what was typed, and what runs for it."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from tutor.errors import MachineError, TutorError
from tutor.lessons.model import Course
from tutor.progress.review import ReviewCard
from tutor.progress.store import Store
from tutor.session.activity import Activity
from tutor.session.bench import Bench
from tutor.session.library import Library
from tutor.translation import tr


class Desk:
    """The session's state, and nothing that is said of it: whoever changes it tells.

    It is changed on the session's thread, but for what is typed (`typed`) and for a course whose files were changed.
    Anybody may look.

    Args:
        library: the lessons of the course that is open first.

    Attributes:
        library: the lessons of the course that is open.
        work: what the learner has done; None while nobody has said who is here.
        asked: somebody has been asked who is here, and no work is open until they say so.
        cards: the review cards that were asked, each with its question.
        activity: what runs, for a run or a check; None while nothing does.
        shown: whose output is being taken: what runs, or what ran last for this step.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.work: Store | None = None
        self.asked = False
        self.cards: list[tuple[ReviewCard, Bench]] = []
        self.activity: Activity | None = None
        self.shown: Activity | None = None
        self._bench: Bench | None = None
        self._left: Bench | None = None  # the step before: late keystrokes still find it
        self._lock = threading.Lock()

    # -- what is open

    @property
    def course(self) -> Course:
        """The course that is open."""
        return self.library.course

    @property
    def opened_work(self) -> Store:
        """The work that is open.

        Raises:
            MachineError: none is.
        """
        if self.work is None:
            raise MachineError(
                tr("Your work could not be opened."), tr("Close this window and open it again.")
            )
        return self.work

    @property
    def bench(self) -> Bench | None:
        """The step that is open; None while none is."""
        return self._bench

    @property
    def opened_bench(self) -> Bench:
        """The step that is open.

        Raises:
            TutorError: none is.
        """
        if self._bench is None:
            raise TutorError(tr("No step is open."), tr("Choose a lesson from the outline."))
        return self._bench

    # -- opening and putting away

    def put_on(self, bench: Bench) -> None:
        """This step is open from now on."""
        self._leave()
        with self._lock:
            self._left, self._bench = self._bench or self._left, bench

    def change_course(self, course: Course) -> None:
        """Another course is open from now on; nothing of it is shown yet."""
        self._leave()
        self.cards = []
        with self._lock:
            self._left, self._bench = self._bench or self._left, None
        self.library.change(course)

    def clear(self) -> None:
        """Nobody's work is open from now on, and no step."""
        self._leave()
        self.cards = []
        with self._lock:
            self._bench = self._left = None
            self.work = None

    def _leave(self) -> None:
        """End what runs for the step that is left; what it still says is not heard."""
        activity, self.activity, self.shown = self.activity, None, None
        if activity:
            activity.abandon()

    # -- what is typed and what runs

    def typed(
        self, place: str | None, *, text: str | None = None, answer: Mapping[str, str] | None = None
    ) -> None:
        """Keep what was typed into the step of this place (None: the open one). From any thread.

        Args:
            place: as in the step's view; what belongs to neither the open step nor the one before is dropped.
            text: the program as it stands now.
            answer: the gaps as they stand now.
        """
        with self._lock:
            near = (bench for bench in (self._bench, self._left) if bench)
            bench = next((bench for bench in near if place in (None, bench.place)), None)
            if bench is None:
                return
            if text is not None:
                bench.text = text
            if answer is not None:
                bench.answer = answer
            bench.keep_draft(self.opened_work.drafts)

    def begin(self, activity: Activity) -> None:
        """This runs for the open step."""
        self.activity = self.shown = activity

    def end(self, activity: Activity) -> bool:
        """An activity is over; False when its step has been left meanwhile."""
        if self.activity is not activity:
            return False
        self.activity = None
        return True
