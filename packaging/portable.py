"""The portable copy: the bundle folder and a marker file, as a zip, the same bytes every time.

    python packaging/portable.py BUNDLE TARGET.zip

Unpacked anywhere it keeps people's work in `data`, beside the program. Copied into Program Files for everybody, without portable.txt, it
is what the MSI would have installed.
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tutor import NAME  # noqa: E402
from tutor.portable import FOLDER, MARKER  # noqa: E402

WORDS = f"""{NAME} (unofficial), portable copy

While this file lies beside the program, everybody's work is kept in the folder "{FOLDER}" beside it, and travels with it.
Delete this file, and work is kept in each person's own profile on the PC instead.

Where the PC runs programs from Program Files only, ask those who look after it to copy this folder there and delete this file.
Learning exercise. Not for clinical use. All people and numbers are invented.
"""


def build(bundle: Path, target: Path) -> Path:
    """Pack this folder, with the marker, under one folder named after the product.

    Raises:
        ValueError: the folder already keeps data beside itself, which must not be handed on.
    """
    if (bundle / FOLDER).exists():
        raise ValueError(
            f"{bundle / FOLDER} is there: this copy has been used, and its work must not be handed on."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    files = sorted(path for path in bundle.rglob("*") if path.is_file() and path.name != MARKER)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in files:
            place = path.relative_to(bundle).as_posix()
            _add(packed, place, path.read_bytes(), 0o755 if path.stat().st_mode & 0o100 else 0o644)
        _add(packed, MARKER, WORDS.replace("\n", "\r\n").encode(), 0o644)  # for Notepad
    return target


def _add(packed: zipfile.ZipFile, place: str, data: bytes, mode: int) -> None:
    entry = zipfile.ZipInfo(f"{NAME}/{place}", (2020, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # so that Linux finds the mode
    entry.external_attr = mode << 16
    packed.writestr(entry, data)


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    try:
        made = build(Path(sys.argv[1]), Path(sys.argv[2]))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"{made.name}: {made.stat().st_size / 1e6:.1f} MB\nSHA-256 {hashlib.sha256(made.read_bytes()).hexdigest()}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
