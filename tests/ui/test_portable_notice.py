"""A portable copy that cannot keep work beside itself says so in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QLabel

from tutor.paths import folders
from tutor.ui.app import OpenWindow, open_window


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path) -> Iterator[OpenWindow]:
    made = open_window(replace(folders(tmp_path / "data"), notice="Your work is kept elsewhere."))
    made.window.show()
    yield made
    made.window.close()
    qapp.processEvents()


def test_the_window_says_that_work_is_kept_elsewhere(opened: OpenWindow) -> None:
    bar = opened.window.trouble
    assert bar.isVisibleTo(opened.window)
    words = [label.text() for label in bar.findChildren(QLabel)]
    assert "Your work is kept elsewhere." in words and "This PC" in words
