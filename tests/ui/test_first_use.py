"""Parts that are made when they are first wanted, and a start that does not wait for them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tutor.ui.first_use import FirstUse, made_parts
from tutor.ui.hands import Hands


class Room:
    """Stands for a widget."""

    made: list[str]
    lamp = FirstUse(lambda room: room.made.append("lamp") or f"lamp {len(room.made)}")
    door = FirstUse(lambda room: room.made.append("door") or "door")

    def __init__(self) -> None:
        self.made = []


def test_a_part_is_made_once_when_it_is_first_read_and_each_room_has_its_own() -> None:
    one, other = Room(), Room()
    assert (Room.lamp.made(one), list(made_parts(one))) == (None, [])
    assert one.lamp == "lamp 1"
    assert one.lamp is one.lamp
    assert one.made == ["lamp"]
    assert (Room.lamp.made(one), list(made_parts(one)), other.made) == ("lamp 1", ["lamp 1"], [])


def test_what_is_to_be_done_with_a_part_is_done_once_it_is_there_in_the_order_asked() -> None:
    room, done = Room(), []
    Room.door.then(room, lambda part: done.append(f"hang the {part}"))
    Room.door.then(room, lambda part: done.append(f"paint the {part}"))
    assert (done, room.made) == ([], [])
    assert room.door == "door"
    assert done == ["hang the door", "paint the door"]
    Room.door.then(room, lambda part: done.append("knock"))
    assert done[-1] == "knock", "it is there already"


def test_the_first_step_is_on_show_before_any_overlay_has_been_made(hands: Hands) -> None:
    assert list(made_parts(hands.window)) == []
    hands.window.outline.hide()
    assert list(made_parts(hands.window)) == [hands.window.outline]


START = """
import sys
from pathlib import Path
from tutor.paths import folders
from tutor.ui.app import make_application, open_window
application = make_application([])
opened = open_window(folders(Path(sys.argv[1])))
opened.window.show()
print(*sys.modules)
opened.window.close()
"""


def test_what_the_first_step_does_not_need_is_not_imported_before_the_window_shows(
    root: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path / "data")],
        cwd=root,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    loaded = set(done.stdout.split())
    assert "tutor.ui.main_window" in loaded
    late = {
        "pygments", "tutor.explain.explain", "tutor.checks.grade", "tutor.runner.process", "tutor.ui.outline",
        "tutor.ui.settings_panel", "tutor.ui.palette", "tutor.ui.review_page", "tutor.ui.work.arrange_work",
    }  # fmt: skip
    assert late & loaded == set()
