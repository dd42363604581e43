"""The built package, made once a session; a virtual display; and a pair of hands that know only keys and what is on disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tutor.progress.journal import ENDING

#: Seconds that a loaded machine may take until something happens.
PATIENCE = 120.0


@pytest.fixture(scope="session")
def bundle(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's folder: built here, or the one that TUTOR_PACKAGE names (to test what is going to be handed out)."""
    given = os.environ.get("TUTOR_PACKAGE")
    if given:
        return Path(given).resolve()
    return build(root, tmp_path_factory.mktemp("package"))


def build(root: Path, place: Path) -> Path:
    """Build the package as `make package` does, into a folder of this test run."""
    done = subprocess.run(
        [sys.executable, str(root / "packaging" / "package.py"), "--no-test", "--dist", str(place / "dist"), "--work", str(place / "work")],
        capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    if done.returncode == 2:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stdout + done.stderr
    return place / "dist" / "code4health-tutor"


@pytest.fixture(scope="session")
def build_again(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second build of the same sources, elsewhere."""
    return build(root, tmp_path_factory.mktemp("again"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of the test's own."""
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def bare(home: Path) -> dict[str, str]:
    """The environment of a PC with no Python: an empty folder is all that PATH names."""
    nothing = home / "empty"
    nothing.mkdir()
    return {"HOME": str(home), "PATH": str(nothing), "LANG": "C.UTF-8", "TMPDIR": str(home)}


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may enter. pytest's own are closed, and closed again whenever another pytest starts."""
    with tempfile.TemporaryDirectory(prefix="tutor-test-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def copy(bundle: Path) -> Callable[[Path], Path]:
    """`copy(place)`: the package copied there (links of files, so that it costs nothing)."""

    def make(place: Path) -> Path:
        shutil.copytree(bundle, place, symlinks=True, copy_function=_link)
        return place

    return make


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture
def self_test(bundle: Path, bare: dict[str, str], tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Runs the package's self-test; its report. `self_test(wrap=[...], folder=..., **environment)`"""

    def run(wrap: tuple[str, ...] = (), folder: Path = bundle, **changes: str) -> dict[str, Any]:
        done = subprocess.run(
            [*wrap, str(folder / "tutor-cli"), "self-test", "--json"],
            env=bare | changes, cwd="/", capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
        assert done.stdout, f"{done.returncode}: {done.stderr}"
        report: dict[str, Any] = json.loads(done.stdout)
        assert done.returncode == (0 if report["passed"] else 1)
        return report

    return run


def failed(report: dict[str, Any]) -> dict[str, str]:
    """What did not hold, with what was found."""
    return {check["name"]: check["detail"] for check in report["checks"] if not check["passed"]}


@pytest.fixture(scope="session", name="failed")
def _failed() -> Callable[[dict[str, Any]], dict[str, str]]:
    return failed


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual X display; the number is what the server itself says once it is ready."""
    missing = [tool for tool in ("Xvfb", "xdotool") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (Debian: apt-get install xvfb xdotool)")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as said:
        number = said.readline().strip()
    try:
        if not number:
            pytest.skip("the virtual display did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(timeout=30)


#: So many looks in a row must find the process at rest.
_QUIET = 4


def _threads(process: str) -> tuple[tuple[str, int], ...]:
    """(state, clock ticks used) of each thread; empty while one of them works."""
    found = []
    try:
        for task in sorted(Path("/proc", process, "task").iterdir()):
            fields = (
                task.joinpath("stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            )
            found.append((fields[0], int(fields[11]) + int(fields[12])))
    except OSError:
        return ()
    return tuple(found) if all(state in "St" for state, _ticks in found) else ()


class Learner:
    """Sits at the built executable: real X keys in, and out of it only what is written to disk.

    Args:
        bundle: the package's folder.
        display: the X display.
        data: the data folder.
        environment: what else the process gets.
        wrap: a command that starts it (strace, another user).
    """

    def __init__(
        self, bundle: Path, display: str, data: Path, environment: dict[str, str], wrap: tuple[str, ...] = ()
    ) -> None:
        self.data, self._display = data, display
        self._started = len(self.events("session-started"))
        self.process = subprocess.Popen(
            [*wrap, str(bundle / "tutor"), "--data-dir", str(data)],
            env=environment | {"DISPLAY": display}, cwd="/",
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.window = ""
        self.wait(lambda: len(self.events("session-started")) > self._started, "the session starts")
        self.wait(self._find_window, "the window is on show")
        self.wait(lambda: self.events("step-opened"), "a step is open")
        self._tool("windowfocus", self.window)
        self.settle()

    def _tool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=os.environ | {"DISPLAY": self._display}, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return done.stdout

    def _find_window(self) -> bool:
        found = self._tool("search", "--onlyvisible", "--name", "Code4Health").split()
        self.window = found[-1] if found else ""
        return bool(self.window)

    def wait(self, fact: Callable[[], object], what: str) -> None:
        """Wait until it is so; the process ending first is said at once."""
        end = time.monotonic() + PATIENCE
        while not fact():
            if self.process.poll() is not None:
                raise AssertionError(
                    f"{what}: the tutor ended with {self.process.returncode}: {self.process.communicate()[1]}"
                )
            assert time.monotonic() < end, f"{what}: not within {PATIENCE:g} s. {self.all_events()[-3:]}"
            self._tool("sleep", "0.05")

    def settle(self) -> None:
        """Wait until all threads of the window's process sleep and have used no processor time for a while."""
        pid = self._tool("getwindowpid", self.window).strip()
        seen: list[object] = []

        def idle() -> bool:
            seen.append(_threads(pid))
            return len(seen) > _QUIET and all(now == seen[-1] and now for now in seen[-_QUIET:])

        self.wait(idle, "the window has nothing more to do")

    def all_events(self) -> list[dict[str, Any]]:
        """The journal so far. A line that is still being written is not read yet."""
        lines = [
            line
            for file in sorted(self.data.rglob("*" + ENDING))
            for line in file.read_text(encoding="utf-8").split("\n")[:-1]
        ]
        return [json.loads(line) for line in lines if line.startswith("{")]

    def events(self, kind: str, step: str = "") -> list[dict[str, Any]]:
        """The events of one kind, of one step or of all."""
        return [
            event
            for event in self.all_events()
            if event.get("kind") == kind and step in ("", event.get("step"))
        ]

    def press(self, *keys: str) -> None:
        """Press keys, by X's names."""
        for key in keys:
            self._tool("key", "--clearmodifiers", key)

    def type(self, text: str) -> None:
        """Type letters."""
        self._tool("type", "--delay", "15", text)

    def click_into_the_program(self) -> None:
        """Click at the start of the first line of the program, right of the line numbers."""
        shown = dict(
            line.split("=") for line in self._tool("getwindowgeometry", "--shell", self.window).split()
        )
        across, down = int(shown["X"]) + int(shown["WIDTH"]) // 2 + 62, int(shown["Y"]) + 113
        self._tool("mousemove", str(across), str(down), "click", "1")
        self.settle()

    def next(self, step: str) -> None:
        """Go on to the step of this id."""
        before = len(self.events("step-opened", step))
        self.press("ctrl+Next")
        self.wait(lambda: len(self.events("step-opened", step)) > before, f"{step} opens")
        self.settle()  # it is written down before it is on show

    def write(self, program: str) -> None:
        """Type a program (lines without indentation) in place of what is there."""
        self.press("ctrl+a", "Delete")
        for number, line in enumerate(program.rstrip("\n").split("\n")):
            if number:
                self.press("Return")
            self.type(line)

    def close(self) -> int:
        """Close the window as a window manager does; the exit status."""
        subprocess.run(
            [sys.executable, str(Path(__file__).with_name("close_window.py")), self._display, self.window],
            check=True,
            timeout=60,
        )
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


@pytest.fixture
def sit_down(
    bundle: Path, display: str, home: Path, bare: dict[str, str]
) -> Iterator[Callable[..., Learner]]:
    """`sit_down(data, wrap=(...), **environment)`: starts the built tutor; what is still open at the end is ended."""
    sat: list[Learner] = []

    def start(
        data: Path = home / "data", wrap: tuple[str, ...] = (), folder: Path = bundle, **changes: str
    ) -> Learner:
        sat.append(Learner(folder, display, data, bare | changes, wrap))
        return sat[-1]

    yield start
    for learner in sat:
        if learner.process.poll() is None:
            learner.process.kill()
            learner.process.communicate()
