"""Makes the Windows installer from a bundle folder, on Linux, with `wixl` (Debian and Ubuntu: apt install wixl msitools).

    python packaging/windows/msi.py BUNDLE TARGET.msi [--version 1.2.3]      the installer, and its source beside it
    python packaging/windows/msi.py --source-only BUNDLE TARGET.wxs          only the source, for WiX v3 (candle, light)

The same folder gives the same bytes: product, package and component codes come from names and contents, and no time of day is kept
(SOURCE_DATE_EPOCH, or 2020-01-01).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import product
from wxs import MESSAGES, files_of, source

ICON = Path(__file__).resolve().parent / "tutor.ico"

#: Where no SOURCE_DATE_EPOCH is set: 2020-01-01, as seconds since 1970.
_EPOCH = 1_577_836_800


def build(bundle: Path, target: Path, version: str | None = None) -> Path:
    """Make the installer of this folder, with its source (.wxs) beside it.

    The times of the folder's files are set to SOURCE_DATE_EPOCH, since the cabinet keeps them.

    Args:
        bundle: the folder; tutor.exe at its top.
        target: the .msi file to write.
        version: three numbers; None for the project's own.

    Raises:
        ValueError: the folder cannot be installed as it is.
        SystemExit: a tool is missing or fails; it says which and what to do.
    """
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    whole = version or product.version()
    text = write_source(bundle, target.with_suffix(".wxs"), whole)
    _set_times(bundle)
    _run("wixl", "--arch", "x64", "--output", str(target), str(text.name), cwd=target.parent)
    _run(
        "msibuild",
        str(target),
        "-s",
        product.NAME,
        product.MAKER,
        "x64;2057",
        f"{{{_package_code(bundle, text)}}}",
        cwd=target.parent,
    )
    _forget_the_time(target)
    return target


def write_source(bundle: Path, target: Path, version: str) -> Path:
    """Write the source of the installer; paths in it are relative to its own folder."""
    target.write_text(source(bundle.absolute(), version, ICON, target.parent.absolute()), encoding="utf-8")
    return target


def _run(*command: str, cwd: Path) -> None:
    if not shutil.which(command[0]):
        raise SystemExit(f"{command[0]} is missing. Debian and Ubuntu: apt install wixl msitools")
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode or done.stderr.strip():
        raise SystemExit(f"{command[0]} failed ({done.returncode}):\n{done.stdout}{done.stderr}")


def _package_code(bundle: Path, text: Path) -> str:
    """The code of exactly this installer: from its source and from every byte of its files."""
    whole = hashlib.sha256(text.read_bytes())
    for path in files_of(bundle):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return product.guid(f"package {whole.hexdigest()}")


def _moment() -> int:
    return int(os.environ.get("SOURCE_DATE_EPOCH", _EPOCH))


def _set_times(bundle: Path) -> None:
    for path in files_of(bundle):
        os.utime(path, (_moment(), _moment()))


def _forget_the_time(target: Path) -> None:
    """Put SOURCE_DATE_EPOCH where the summary says when the installer was made and saved.

    The summary is a property set: a table of (number, place), then values; a time is VT_FILETIME, 64, and eight bytes
    ([MS-OLEPS] 2.21 and 2.15). It is looked for in the whole file, as it begins with its own 16-byte name.
    """
    name = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    data = bytearray(target.read_bytes())
    filetime = (_moment() + 11_644_473_600) * 10_000_000
    start = data.find(name)
    if start < 0 or data.find(name, start + 1) >= 0:
        raise SystemExit(f"{target.name} has no summary where one is expected.")
    section = start - 28 + struct.unpack_from("<I", data, start + 16)[0]
    for number, place in struct.iter_unpack(
        "<II", data[section + 8 : section + 8 + 8 * struct.unpack_from("<I", data, section + 4)[0]]
    ):
        if number in (11, 12, 13):  # printed, made, saved
            if struct.unpack_from("<I", data, section + place)[0] != 64:
                raise SystemExit(f"{target.name}: the summary's property {number} is no time.")
            struct.pack_into("<Q", data, section + place + 4, filetime)
    target.write_bytes(data)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the Windows installer from a bundle folder.")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--version", default=None)
    parser.add_argument("--source-only", action="store_true", help="write only the source, for WiX v3")
    options = parser.parse_args(arguments)
    version = options.version or product.version()
    try:
        if options.source_only:
            print(write_source(options.bundle, options.target, version))
            return 0
        made = build(options.bundle, options.target, version)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if not product.is_final(version):
        print(
            f"{version} is a trial version: Windows sees {'.'.join(map(str, product.numbers(version)))} only. {MESSAGES['comments']}"
        )
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    print(
        f"{made.name}: {made.stat().st_size / 1e6:.1f} MB, {len(files_of(options.bundle))} files, version {version}\nSHA-256 {digest}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
