"""Someone sits down at the built tutor: opens it, does a lesson with the keyboard, has it checked, closes it, comes back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tutor.lessons.loader import load_course, load_lesson
from tutor.lessons.model import AnyStep, ChooseStep, ExerciseStep, FillStep, Lesson, PredictStep

pytestmark = pytest.mark.long

SitDown = Callable[..., Any]
#: What an exercise that is checked for the first time shows of where one is.
FIRST = "your-first-program"


@pytest.fixture(scope="module")
def lesson(root: Path) -> Lesson:
    """The first lesson of the course."""
    course = load_course(root / "lessons").value
    assert course is not None and course.lessons[0].id == FIRST
    found = load_lesson(course.lessons[0].path, course).value
    assert found is not None
    return found


def do(learner: Any, step: AnyStep) -> None:
    """Do one step with keys alone; over when the journal says that it is done."""
    match step:
        case PredictStep():
            learner.press("1", "ctrl+Return")
            learner.wait(lambda: learner.events("predicted", step.id), f"{step.id} is answered")
        case ChooseStep():
            # Choices are mixed, and what stands where is on the window only: try each, as a guesser would.
            for number in range(1, len(step.choices) + 1):
                before = len(learner.events("chosen", step.id))
                learner.press(str(number), "ctrl+Return")
                learner.wait(
                    lambda before=before: len(learner.events("chosen", step.id)) > before, "an answer counts"
                )
                if learner.events("passed", step.id):
                    return
                learner.press("ctrl+Return")
        case FillStep():
            learner.click_into_the_program()
            for number, gap in enumerate(step.gaps):
                if number:
                    learner.press("Tab")
                learner.type(gap.accepted[0])
            check(learner, step.id)
        case ExerciseStep():
            learner.click_into_the_program()
            learner.write(step.solution)
            learner.press("F5")
            learner.wait(lambda: learner.events("ran", step.id), f"{step.id} runs")
            check(learner, step.id)


def check(learner: Any, step: str) -> None:
    learner.press("ctrl+Return")
    learner.wait(lambda: learner.events("checked", step), f"{step} is checked")
    last = learner.events("checked", step)[-1]
    assert last["passed"], last
    learner.wait(lambda: learner.events("passed", step), f"{step} is passed")


def test_a_lesson_is_done_with_the_keyboard_and_is_there_again_after_reopening(
    sit_down: SitDown, lesson: Lesson, home: Path
) -> None:
    learner = sit_down()
    for number, step in enumerate(lesson.steps):
        if number:
            learner.next(step.id)
        do(learner, step)
    exercises = [step.id for step in lesson.steps if isinstance(step, ExerciseStep | FillStep)]
    assert exercises and all(learner.events("passed", step) for step in exercises)
    assert learner.close() == 0
    assert leftovers(home) == []

    again = sit_down()
    opened = again.events("step-opened")[-1]
    assert (opened["lesson"], opened["step"]) == (FIRST, lesson.steps[-1].id)
    assert again.close() == 0


def leftovers(home: Path) -> list[str]:
    """Processes of the packaged tutor that this test's home folder is known to."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if f"HOME={home}".encode() in entry.joinpath("environ").read_bytes().split(b"\0"):
                    found.append(entry.joinpath("cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
    return found


def test_a_session_opens_no_network_socket_and_writes_nothing_where_the_tutor_is_installed(
    sit_down: SitDown, lesson: Lesson, bundle: Path, tmp_path: Path
) -> None:
    strace = shutil.which("strace")
    trace = tmp_path / "trace"
    if (
        not strace
        or subprocess.run([strace, "-o", str(trace), "/bin/true"], capture_output=True, timeout=60).returncode
    ):
        pytest.skip("strace is not installed or may not trace here (Debian: apt-get install strace)")
    calls = "socket,connect,bind,open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat,utimensat"
    learner = sit_down(
        wrap=(
            strace,
            "-f",
            "-qq",
            "-s",
            "4096",
            "-e",
            f"trace={calls}",
            "-e",
            "signal=none",
            "-o",
            str(trace),
        )
    )
    learner.press("F5")
    first = next(step for step in lesson.steps if isinstance(step, ExerciseStep))
    for step in lesson.steps[1 : lesson.steps.index(first) + 1]:
        learner.next(step.id)
    do(learner, first)
    assert learner.close() == 0
    said = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("learner-python" in line for line in said) or len(said) > 1000
    assert [line for line in said if re.search(r"\bsocket\((?!AF_UNIX|AF_LOCAL)", line)] == []
    assert [line for line in said if "AF_INET" in line] == []
    assert [line for line in said if writes_into(line, str(bundle))] == []


_CHANGES = re.compile(
    r"\b(creat|mkdir|mkdirat|rename\w*|unlink\w*|link\w*|symlink\w*|truncate|chmod|fchmodat|utimensat)\("
)


def writes_into(line: str, folder: str) -> bool:
    """Whether a line of strace's says that something in this folder was opened for writing or changed."""
    if f'"{folder}' not in line:
        return False
    opens = (
        re.search(r"\bopen(at2?)?\(", line) is not None
        and re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)", line) is not None
    )
    return opens or _CHANGES.search(line) is not None


def test_what_strace_says_of_a_write_is_understood() -> None:
    assert writes_into('1 openat(AT_FDCWD, "/opt/t/x", O_WRONLY|O_CREAT, 0666) = 3', "/opt/t")
    assert writes_into('1 unlink("/opt/t/x") = 0', "/opt/t")
    assert not writes_into('1 openat(AT_FDCWD, "/opt/t/x", O_RDONLY|O_CLOEXEC) = 3', "/opt/t")
    assert not writes_into('1 openat(AT_FDCWD, "/home/t/x", O_WRONLY) = 3', "/opt/t")


def test_two_people_work_at_once_each_with_their_own_data(
    sit_down: SitDown, lesson: Lesson, home: Path
) -> None:
    first = sit_down(home / "one")
    assert first.close() == 0
    data = home / "two"
    second, third = sit_down(data), None
    third = sit_down(home / "three", HOME=str(home / "three"))
    third.press("ctrl+Next")
    third.wait(lambda: third.events("step-opened", lesson.steps[1].id), "the second step opens")
    assert second.events("step-opened", lesson.steps[1].id) == []
    assert third.close() == 0
    assert second.close() == 0


def test_work_is_kept_under_a_home_with_letters_of_other_alphabets(
    sit_down: SitDown, lesson: Lesson, home: Path
) -> None:
    theirs = home / "Siân O'Brien 患者"
    theirs.mkdir()
    learner = sit_down(theirs / "My data – °C", HOME=str(theirs), TMPDIR=str(theirs))
    learner.press("F5")
    learner.wait(lambda: learner.events("ran", lesson.steps[0].id), "the first program runs")
    assert learner.events("ran")[-1]["outcome"] == "finished"
    assert learner.close() == 0


def test_it_opens_from_a_folder_that_nobody_may_write(
    sit_down: SitDown, copy: Callable[[Path], Path], lesson: Lesson, public: Path
) -> None:
    setpriv = shutil.which("setpriv")
    if os.getuid() != 0 or not setpriv:
        pytest.skip("only root can become a user who may write nothing there (and setpriv is needed)")
    theirs = public / "nobody"
    theirs.mkdir()
    os.chown(theirs, 65534, 65534)
    as_nobody = (setpriv, "--reuid=65534", "--regid=65534", "--clear-groups")
    learner = sit_down(
        theirs / "data",
        wrap=as_nobody,
        folder=copy(public / "installed"),
        HOME=str(theirs),
        TMPDIR=str(theirs),
        PATH="/nowhere",
    )
    learner.press("F5")
    learner.wait(lambda: learner.events("ran", lesson.steps[0].id), "the first program runs")
    assert learner.close() == 0
