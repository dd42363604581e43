"""Windows for the tests: the real session, the real runner, real files, and hands that press real keys."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tutor.lessons.loader import load_course
from tutor.lessons.model import Course
from tutor.paths import folders
from tutor.ui.app import OpenWindow, open_window
from tutor.ui.appearance import SystemLook
from tutor.ui.hands import Hands
from tutor.ui.pictures.pseudo_locale import PseudoLocale

COURSE = Path(__file__).parent / "course"


@pytest.fixture(autouse=True)
def _collect_on_this_thread_only() -> Iterator[None]:
    """As in the app: rubbish with Qt objects in it must not be destroyed on a thread of the session."""
    gc.disable()
    yield
    QApplication.processEvents()
    gc.collect(1)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _what_is_loaded_is_no_rubbish() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture
def course() -> Course:
    """One lesson with each kind of step, a broken one, and a last one."""
    loaded = load_course(COURSE)
    assert loaded.value is not None, loaded.problems
    return loaded.value


@pytest.fixture(scope="session")
def finder(root: Path) -> ModuleType:
    """packaging/translation.py, which finds all words for translators (a script, in no package)."""
    spec = importlib.util.spec_from_file_location("words_finder", root / "packaging" / "translation.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def known_words(finder: ModuleType, root: Path) -> frozenset[tuple[str, str]]:
    """The contexts and texts that translators are given."""
    return frozenset((word.context, word.source) for word in finder.words(root))


@pytest.fixture
def pseudo(qapp: QApplication, known_words: frozenset[tuple[str, str]]) -> Iterator[PseudoLocale]:
    """The window in a language that does not exist; words that translators are not given stay English."""
    translator = PseudoLocale(known_words)
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def course_with(tmp_path: Path) -> Callable[[str], Course]:
    """The same course with this text in place of its last lesson."""

    def make(last_lesson: str) -> Course:
        folder = Path(shutil.copytree(COURSE, tmp_path / "course with"))
        (folder / "first" / "03-the-end.yaml").write_text(last_lesson, encoding="utf-8")
        loaded = load_course(folder)
        assert loaded.value is not None, loaded.problems
        return loaded.value

    return make


@pytest.fixture
def open_on(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[..., Hands]]:
    """Open a window on a course (the same data folder each time), shown at a laptop's size; closed at the end."""
    made: list[OpenWindow] = []

    def make(
        chosen: Course | None,
        *,
        width: int = 1366,
        height: int = 768,
        data: Path | None = None,
        system: SystemLook | None = None,
    ) -> Hands:
        opened = open_window(folders(data or tmp_path / "data"), chosen, system)
        made.append(opened)
        opened.window.resize(width, height)
        _close_all_but({each.window for each in made})
        opened.window.show()
        opened.window.activateWindow()
        _make_active(opened.window)
        return Hands(opened)

    yield make
    for opened in made:
        opened.window.close()
        opened.window.deleteLater()
    qapp.clipboard().clear()
    _close_all_but(set())
    qapp.processEvents()


@pytest.fixture
def make_active() -> Callable[[QWidget, set[QWidget]], None]:
    """Brings a window to the front; all but those that are named are closed."""

    def bring(window: QWidget, kept: set[QWidget]) -> None:
        _close_all_but(kept)
        _make_active(window)

    return bring


def _make_active(window: QWidget) -> None:
    """Keys go to the active window: no other test's window may have kept that place."""
    for _try in range(50):
        window.activateWindow()
        if QTest.qWaitForWindowActive(window, 200):
            return
        # The offscreen platform has lost track of who is active, as when that window was destroyed just now.
        window.hide()
        window.show()
    raise AssertionError("the window does not become the active one")


def _close_all_but(kept: set[QWidget]) -> None:
    """Close what other tests have left open: dialogs, popups, farewells, rooms of the editor's tests."""
    for widget in QApplication.topLevelWidgets():
        if widget not in kept and widget.isVisible():
            widget.close()
            widget.deleteLater()


@pytest.fixture
def hands(open_on: Callable[..., Hands], course: Course) -> Hands:
    """A window on the first step of the tests' course."""
    made = open_on(course)
    made.open()
    return made


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual X display; the number is what the server itself says once it is ready."""
    missing = [tool for tool in ("Xvfb", "dbus-run-session", "xdotool") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt-get install xvfb dbus xdotool)")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
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


@pytest.fixture(scope="session")
def python_with_atspi() -> str:
    """A Python of the system that has PyGObject and AT-SPI."""
    needed = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    for candidate in ("/usr/bin/python3", sys.executable):
        if Path(candidate).exists():
            tried = subprocess.run([candidate, "-c", needed], capture_output=True, cwd="/", timeout=60)
            if tried.returncode == 0:
                return candidate
    pytest.skip("no Python with AT-SPI (apt-get install python3-gi gir1.2-atspi-2.0 at-spi2-core)")
