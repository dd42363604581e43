"""One long task at a time on a thread of its own, with progress and Cancel; what comes of it arrives on the window's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal

from tutor.errors import TutorError
from tutor.runner.result import Program, RunResult
from tutor.runner.runner import Runner
from tutor.translation import tr

_log = logging.getLogger(__name__)


class Cancelled(Exception):
    """The task is to end at once: nobody waits for it any more."""


class Ended(Struct, frozen=True):
    """How a task ended: with a value, with trouble in words, or cancelled (neither)."""

    value: object = None
    trouble: TutorError | None = None
    cancelled: bool = False


class Task:
    """What the work itself is given: a way to tell how far it is, and to notice that it is cancelled."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()
        self._runner: Runner | None = None

    @property
    def cancelled(self) -> bool:
        """Whether the task is to end."""
        return self._cancelled.is_set()

    def progress(self, done: int, total: int, what: str) -> None:
        """Tell how far it is.

        Raises:
            Cancelled: it is to end.
        """
        self.go_on()
        self._tell(done, total, what)

    def go_on(self) -> None:
        """Go on, if that is still wanted.

        Raises:
            Cancelled: it is not.
        """
        if self.cancelled:
            raise Cancelled

    def use(self, runner: Runner) -> Callable[[Program], RunResult]:
        """What runs programs for this task; when it is cancelled, all that runs ends."""
        self._runner = runner

        def run(program: Program) -> RunResult:
            self.go_on()
            result = runner.run(program)
            self.go_on()
            return result

        return run

    def cancel(self) -> None:
        """End it; returns at once."""
        self._cancelled.set()
        runner = self._runner
        if runner is not None:
            threading.Thread(target=runner.close, name="author-stop", daemon=True).start()


class Job(QObject):
    """Starts tasks, one at a time.

    Args:
        parent: lives as long as this.
    """

    progressed = Signal(int, int, str)
    ended = Signal(object)
    _sent = Signal(object, str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._thread: threading.Thread | None = None
        self._sent.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether a task is under way."""
        return self._task is not None

    def start(self, work: Callable[[Task], object]) -> bool:
        """Begin a task; False while another one is under way. `ended` tells what came of it."""
        if self._task is not None:
            return False
        task = Task(lambda done, total, what: self._send(task, "progress", (done, total, what)))
        self._task = task
        self._thread = threading.Thread(target=self._work, args=(task, work), name="author", daemon=True)
        self._thread.start()
        return True

    def cancel(self) -> None:
        """End the task; `ended` comes once it has ended."""
        if self._task is not None:
            self._task.cancel()

    def stop(self) -> None:
        """Cancel, and tell nothing any more: the window is going away."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def finish(self, patience: float = 5.0) -> None:
        """Wait until nothing of it runs any more, at most so many seconds; from any thread."""
        if self._thread is not None:
            self._thread.join(patience)

    def _work(self, task: Task, work: Callable[[Task], object]) -> None:
        try:
            ended = Ended(work(task))
        except Cancelled:
            ended = Ended(cancelled=True)
        except TutorError as trouble:
            ended = Ended(trouble=trouble)
        except Exception as error:
            if task.cancelled:  # a runner that was closed under it
                ended = Ended(cancelled=True)
            else:
                _log.exception("an author's task failed")
                what = tr("The tutor itself has a fault ({kind}).", kind=type(error).__name__)
                ended = Ended(trouble=TutorError(what, tr("Its log says more: see Help, About.")))
        self._send(task, "ended", ended)

    def _send(self, task: Task, what: str, value: object) -> None:
        if self._task is task:
            self._sent.emit(task, what, value)

    def _deliver(self, task: object, what: str, value: object) -> None:
        if task is not self._task:
            return  # of a task that nobody waits for
        if what == "ended":
            self._task = None
            self.ended.emit(value)
        elif isinstance(value, tuple):
            self.progressed.emit(*value)
