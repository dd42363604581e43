"""A short name for this PC: from its host name and something random that does not roam with the sign-in."""

from __future__ import annotations

import logging
import re
import secrets
import socket
from pathlib import Path

from tutor.files import file_part

_log = logging.getLogger(__name__)

_MARK = re.compile(r"[0-9a-f]{6}")


def machine_id(local: Path, host: str | None = None) -> str:
    """This PC's id, such as `ward-7-3fa29c`: the same each time, different on each PC.

    Args:
        local: a folder that stays on this PC. Where it is shared all the same, or copied with a disk image, PCs still
            differ by their host names. Where nothing can be kept in it, the id is new each time, which costs nothing but
            more files.
        host: the host name, anything; by default this PC's.
    """
    name = (_host() if host is None else host).lower() or "pc"
    host_part = file_part(name)[:15].strip("-")
    file = local / f"machine-{file_part(name)}.txt"
    try:
        mark = file.read_text("ascii").strip()
        if _MARK.fullmatch(mark):
            return f"{host_part}-{mark}"
    except (OSError, ValueError):
        pass
    mark = secrets.token_hex(3)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(mark, "ascii")
        mark = file.read_text("ascii").strip()  # another window may have been quicker
    except (OSError, ValueError) as error:
        _log.warning("no id can be kept for this PC: %s", error)
    return f"{host_part}-{mark}" if _MARK.fullmatch(mark) else f"{host_part}-{secrets.token_hex(3)}"


def _host() -> str:
    try:
        return socket.gethostname().split(".")[0]
    except (OSError, UnicodeError):
        return ""
