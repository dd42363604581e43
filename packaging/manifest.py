"""The manifest of a package's folder: `python packaging/manifest.py FOLDER` writes it, after the last file was put there or signed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tutor.selftest.manifest import PLACE, as_text, hashes_of


def write(folder: Path) -> Path:
    """Write `_internal/manifest.sha256`; where it is."""
    target = folder / PLACE
    target.write_text(as_text(hashes_of(folder)), encoding="utf-8", newline="\n")
    return target


def main() -> int:
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("Usage: python packaging/manifest.py FOLDER", file=sys.stderr)
        return 2
    written = write(Path(sys.argv[1]))
    print(f"{written}: {len(written.read_text(encoding='utf-8').splitlines())} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
