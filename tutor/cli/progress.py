"""`tutor progress show`, `tutor progress export FILE`, `tutor progress import FILE`"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from tutor.errors import UsageError
from tutor.lessons.loader import load_course
from tutor.paths import course_folder
from tutor.progress.learners import Learner, Learners
from tutor.progress.machine import machine_id
from tutor.progress.store import Store
from tutor.progress.transfer import export_work, import_work
from tutor.settings import kept_in


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser("progress", parents=[everywhere], help="what the learner has done")
    verb.add_argument("what", choices=["show", "export", "import"])
    verb.add_argument("file", metavar="FILE", nargs="?", type=Path, help="for export and import")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Show, export or import the work of whoever was here last."""
    if options.what == "show":
        return _show(options)
    if options.file is None:
        raise UsageError(f"tutor progress {options.what}: no file is named.", "Name one.")
    learner = _learner(options)
    if options.what == "export":
        print(f"{export_work(learner, options.file)} files of work are in {options.file}.")
        return 0
    if not options.file.is_file():
        raise UsageError(f"{options.file}: there is no such file.", "Check the name and the folder.")
    done = import_work(options.file, learner)
    print(f"{done.added} files were added, {done.present} were here already.")
    for name in done.left_out:
        print(f"Left out: {name}")
    return 0


def _learner(options: argparse.Namespace) -> Learner:
    where = kept_in(options.data_dir)
    people = Learners(where.learners, machine_id(where.cache))
    return people.current() or people.create()


def _show(options: argparse.Namespace) -> int:
    store = Store(kept_in(options.data_dir))
    try:
        shown = _report(store)
    finally:
        store.close()
    if options.json:
        print(json.dumps(shown))
        return 0
    print(shown["learner"] or "(no name)")
    for lesson in shown["lessons"]:
        mark = "✓" if lesson["done"] else " "
        print(f"{mark} {lesson['passed']:2} of {lesson['steps']:2}  {lesson['title']}")
    return 0


def _report(store: Store) -> dict[str, Any]:
    course = load_course(course_folder()).value
    lessons = []
    for heading in course.lessons if course else ():
        done = store.progress.lesson(course.progress_id if course else "", heading)
        lessons.append(
            {
                "id": heading.id,
                "title": heading.title,
                "steps": len(heading.steps),
                "passed": done.passed,
                "started": done.started,
                "done": done.done,
                "last": done.last.isoformat() if done.last else None,
            }
        )
    return {"learner": store.learner.name, "lessons": lessons}
