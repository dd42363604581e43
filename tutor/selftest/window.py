"""What needs the window's libraries: tried by the window's own program, since nothing here may load Qt."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from tutor.runner.launch import window_command

#: Names of what the other program tries, in its order (`tutor/ui/proof.py`).
NAMES = ("the window opens", "the editor colours a program", "an icon is drawn")
#: A slow PC with a virus scanner that has never seen these files may take long the first time.
PATIENCE = 180


class WindowTrials:
    """One start of the window's program, whose findings several trials share."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[bool, str]] | None = None

    def of(self, name: str) -> tuple[bool, str]:
        """What was found of one name; the program is started for the first."""
        if self._found is None:
            self._found = _ask()
        return self._found.get(name, (False, "the window's program said nothing of it"))


def _ask() -> dict[str, tuple[bool, str]]:
    with tempfile.TemporaryDirectory(prefix="code4health-self-test-") as folder:
        answer = Path(folder, "found.json")
        quiet = subprocess.__dict__.get("CREATE_NO_WINDOW", 0)
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
        }  # nothing flashes up, and SYSTEM has no desktop
        try:
            done = subprocess.run(
                window_command("--prove-window", str(answer), "--data-dir", str(Path(folder, "data"))),
                stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, env=environment,
                creationflags=quiet, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            return {name: (False, f"the window's program could not be run: {error}") for name in NAMES}
        try:
            found = json.loads(answer.read_text(encoding="utf-8"))
            return {one["name"]: (bool(one["passed"]), str(one["detail"])) for one in found}
        except (OSError, ValueError, KeyError, TypeError):
            said = done.stderr.decode("utf-8", "replace").strip()[-500:]
            words = f"the window's program ended with status {done.returncode}. {said}".strip()
            return {name: (False, words) for name in NAMES}
