"""Which proofs held when they were last tried: as long as nothing that they depend on changes, they need no second run.

A proof is known by a hash of the step's content, the programs and rules that it is about, the tutor's own code and Python's
version. One that failed is never kept. The file can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
from pathlib import Path

import tutor
from tutor.files import write_whole
from tutor.paths import MANIFEST, installed_folder

_NAME = "proofs.json"
#: Old proofs are forgotten first; a course of a hundred lessons has some thousands.
_MOST = 200_000


class HeldProofs:
    """The proofs that held.

    Args:
        folder: where they are kept; None keeps none, and knows none.
        known: whether those of before count; if not, all are tried again.
    """

    def __init__(self, folder: Path | None, *, known: bool = True) -> None:
        self._file = folder / _NAME if folder else None
        self._stamp = _stamp() if folder else ""
        self._held = dict.fromkeys(self._load() if known else ())
        #: How many proofs were not tried again.
        self.spared = 0

    def holds(self, key: str) -> bool:
        """Whether this proof held before; it then moves behind those that were not asked for."""
        if key not in self._held:
            return False
        del self._held[key]
        self._held[key] = None
        self.spared += 1
        return True

    def add(self, key: str) -> None:
        """This proof holds."""
        self._held[key] = None

    def save(self) -> None:
        """Keeps them; a folder that cannot be written to is no trouble."""
        if self._file is not None:
            data = {"stamp": self._stamp, "held": list(self._held)[-_MOST:]}
            with contextlib.suppress(OSError):
                write_whole(self._file, json.dumps(data).encode(), durable=False)

    def _load(self) -> list[str]:
        if self._file is None:
            return []
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
            held = data["held"] if data["stamp"] == self._stamp else []
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return []
        return [key for key in held if isinstance(key, str)] if isinstance(held, list) else []


def proof_key(*parts: str) -> str:
    """The name of a proof, from all that it depends on."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _stamp() -> str:
    """Changes with every change of the tutor's own code: judging may then come out otherwise."""
    installed = installed_folder()
    if installed is not None:  # packaged: its manifest names every file by its hash
        with contextlib.suppress(OSError):
            return proof_key(platform.python_version(), (installed / MANIFEST).read_text(encoding="utf-8"))
    package = Path(tutor.__file__).parent
    files = sorted(file for file in package.rglob("*") if file.suffix in (".py", ".yaml"))
    seen = [f"{file.relative_to(package)} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]
    return proof_key(tutor.__version__, platform.python_version(), *seen)
