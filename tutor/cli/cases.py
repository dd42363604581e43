"""`tutor cases FOLDER --course DIR`"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tutor.authoring.cases import SUFFIX
from tutor.authoring.replay import CaseState, Replayed, accept, replay
from tutor.cli.lessons import named_course
from tutor.cli.running import one_runner
from tutor.errors import UsageError

_TITLES = {
    CaseState.STILL_REFUSED: "Still refused",
    CaseState.NOW_PASSES: "Now passes",
    CaseState.LESSON_CHANGED: "Lesson changed since",
    CaseState.DAMAGED: "Damaged",
}


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("cases", parents=[everywhere], help='replay "I think my program is right" files')
    verb.add_argument("folder", metavar="FOLDER", type=Path, help="the case files, at any depth")
    verb.add_argument("--course", metavar="DIR", required=True, help="the course that they are about")
    verb.add_argument(
        "--accept", action="store_true", help="add those that pass to the right answers of their lessons"
    )
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Replay them all."""
    course = named_course(options.course)
    files = _files(options.folder)
    with one_runner(options.data_dir, spares=1) as runner:
        found = [replay(file, course, runner.run) for file in files]
    if options.accept:
        found = [accept(one) for one in found]
    if options.json:
        print(json.dumps({"cases": [_as_json(one) for one in found]}))
    else:
        _say(found)
    return 0


def _files(folder: Path) -> list[Path]:
    """The case files: those that are named so, or else every text file."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder.", "Check the name and the folder.")
    texts = sorted(file for file in folder.rglob("*.txt") if file.is_file())
    return [file for file in texts if file.name.endswith(SUFFIX)] or texts


def _as_json(one: Replayed) -> dict[str, Any]:
    return {
        "file": str(one.file),
        "state": str(one.state),
        "lesson": one.case.lesson if one.case else None,
        "step": one.case.step if one.case else None,
        "passed": one.passed,
        "accepted": one.accepted,
        "detail": one.detail,
    }


def _say(found: Iterable[Replayed]) -> None:
    everything = list(found)
    for state, title in _TITLES.items():
        of_state = [one for one in everything if one.state is state]
        if of_state:
            print(f"{title}: {len(of_state)}")
        for one in of_state:
            where = f" ({one.case.lesson}#{one.case.step})" if one.case else ""
            print(f"  {one.file}{where}: {one.detail}")
            if one.case and one.case.reason:
                print("    " + one.case.reason.replace("\n", "\n    "))
    if not everything:
        print("There are no case files in it.")
