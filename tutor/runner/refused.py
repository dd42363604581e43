"""What a program tried that it may not do, in the reader's language; the child says it in English (`child/policy.py`)."""

from __future__ import annotations

import re

from tutor.translation import counted, tr

_THREADS = re.compile(r"run more than (\d+) threads at once")


def tried_in_words(blocked: tuple[str, ...]) -> str:
    """The first thing that was refused, to follow "programs here may not"; where none was told, all that there is."""
    if not blocked:
        return tr("do something outside its own folder")
    if threads := _THREADS.fullmatch(blocked[0]):
        return counted(int(threads[1]), "run more than %n thread at once", "run more than %n threads at once")
    return {
        "change files outside their own folder": tr("change files outside their own folder"),
        "look into folders outside their own": tr("look into folders outside their own"),
        "use the network": tr("use the network"),
        "start another program": tr("start another program"),
        "stop or signal another program": tr("stop or signal another program"),
        "call the operating system directly": tr("call the operating system directly"),
        "write files outside their own folder": tr("write files outside their own folder"),
        "read files outside their own folder": tr("read files outside their own folder"),
    }.get(blocked[0], blocked[0])
