"""What the start costs: nothing is imported before the first step is shown that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

SHOW_A_STEP = """
import json, sys
from pathlib import Path
from tutor.paths import folders
from tutor.ui.app import make_application, open_window
from tutor.ui.hands import Hands
make_application([])
opened = open_window(folders(Path(sys.argv[1])))
opened.window.show()
Hands(opened).open()
before = sorted(sys.modules)
opened.session.warm_up()
assert opened.session.settle(60)
after = sorted(sys.modules)
opened.window.close()
print(json.dumps([before, after]))
"""


def modules(data: Path) -> tuple[set[str], set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", SHOW_A_STEP, str(data)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    before, after = json.loads(done.stdout.splitlines()[-1])
    return set(before), set(after)


def test_checks_and_explanations_are_imported_after_the_first_step_is_shown_and_before_the_first_run(
    tmp_path: Path,
) -> None:
    late = {"tutor.checks.grade", "tutor.explain.explain", "tutor.explain.live", "pyflakes.checker"}
    before, after = modules(tmp_path)
    assert not late & before
    assert late <= after


def test_the_window_has_our_icon(qapp: QApplication) -> None:
    assert not qapp.windowIcon().pixmap(32, 32).isNull()
