"""What the tests of remembering share: a small course, a clock that is set by hand, disks that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.lessons.model import Chapter, Course, LessonHeading, StepHeading, StepKind
from tutor.paths import Folders, folders
from tutor.progress.events import About
from tutor.progress.saver import Saver, SaveState, Saving


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


class Told:
    """Remembers what a saver reported."""

    def __init__(self) -> None:
        import threading

        self.states: list[Saving] = []
        self._changed = threading.Condition()

    def __call__(self, saving: Saving) -> None:
        with self._changed:
            self.states.append(saving)
            self._changed.notify_all()

    def wait_for(self, state: SaveState, after: int = 0) -> Saving:
        """Wait until this state was told, after so many others."""

        def found() -> Saving | None:
            return next((one for one in self.states[after:] if one.state is state), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, 30), f"never {state}: {self.states}"
            result = found()
        assert result is not None
        return result


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def saver(tmp_path: Path, told: Told) -> Iterator[Saver]:
    made = Saver(tmp_path, told, retry=(0.05,))
    yield made
    made.close(5)


@pytest.fixture
def data(tmp_path: Path) -> Folders:
    return folders(tmp_path / "data")


@pytest.fixture
def about() -> Callable[..., About]:
    def make(step: str = "s1", lesson: str = "first", **more: object) -> About:
        return About(course="demo", lesson=lesson, step=step, **more)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def make_course() -> Callable[..., Course]:
    def make(
        ids: tuple[str, ...] = ("first", "second", "third"), steps: int = 4, course: str = "demo"
    ) -> Course:
        def heading(lesson: str) -> LessonHeading:
            return LessonHeading(
                id=lesson,
                title=lesson.title(),
                minutes=20,
                summary="",
                steps=tuple(
                    StepHeading(f"s{n}", StepKind.CHOOSE, "", (f"{lesson}-{n % 2}",), review=n % 2 == 1)
                    for n in range(1, steps + 1)
                ),
                path=Path(f"{lesson}.yaml"),
            )

        chapter = Chapter("one", "One", Path("one"), tuple(heading(one) for one in ids))
        return Course(
            id=course,
            title="Demo",
            version="1",
            language="en-GB",
            licence="MIT",
            summary="",
            chapters=(chapter,),
            folder=Path(),
        )

    return make
