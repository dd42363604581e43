"""A session at work, to be killed: types, runs, checks, and says on standard output what it was told is safe.

Lines: `ready`, `beat TIME` (so that the one who kills knows how busy the machine was), `typed TIME LENGTH`,
`safe SESSION SEQ` once `flush` has said that all is on disk.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

from tutor.paths import folders
from tutor.progress import events
from tutor.progress.drafts import DraftKey
from tutor.progress.events import About
from tutor.progress.store import Store

_LOCK = threading.Lock()


def say(*words: object) -> None:
    with _LOCK:
        sys.stdout.write(" ".join(map(str, words)) + "\n")
        sys.stdout.flush()


def beat(stop: threading.Event) -> None:
    while not stop.wait(0.05):
        say("beat", time.monotonic())


def main(data: Path, first_length: int) -> None:
    store = Store(folders(data))
    say("ready")
    stop = threading.Event()
    threading.Thread(target=beat, args=(stop,), daemon=True).start()
    length = first_length
    for number in range(10_000):
        about = About(
            course="demo", lesson=f"lesson-{number // 8}", step=f"s{number % 8}", concepts=("print",)
        )
        store.record(events.StepOpened(about=about))
        # Now and then somebody types for two seconds and runs nothing: that is what the clock of drafts is for.
        for _ in range(200 if number % 9 == 0 else 12):
            length += 1
            store.drafts.save(DraftKey("demo", "typing", "s1"), "x" * length)
            say("typed", time.monotonic(), length)
            stop.wait(0.01)
        for event in (
            events.Ran(about=about, outcome="finished"),
            events.Checked(about=about, passed=False, failed=("a",), tries=1),
            events.Passed(about=about),
        ):
            entry = store.record(event)
        store.drafts.keep(DraftKey("demo", "typing", "s1"), "x" * length, "finished")
        if number % 3 == 0 and store.flush(60):
            say("safe", entry.session, entry.seq)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
