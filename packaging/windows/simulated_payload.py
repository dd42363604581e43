"""Builds a folder with the shape and size of the Windows bundle, on any machine: to prove installer, audit and rules without Windows.

    python packaging/windows/simulated_payload.py FOLDER

Real: every file of Qt, PySide6, Scintilla, Lexilla and PyYAML from their Windows wheels, trimmed by the rule of the real bundle; the
Windows start programs of PyInstaller; our code, the course, icons and time zones. Stand-ins: what Python's own Windows installer would
bring, as this Linux Python's files of the same kind under the Windows names. They are named in SIMULATED.txt, in the folder itself, and
nothing in this folder can be run.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import marshal
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import carried_data  # noqa: E402 (packaging/ is no package)
import qt_kept  # noqa: E402
import standard_library  # noqa: E402
from windows_wheels import windows_wheels  # noqa: E402

NOTE = "SIMULATED.txt"
BINARIES = (".dll", ".pyd", ".exe")
BOOTLOADERS = "PyInstaller/bootloader/Windows-64bit-intel/"

#: Python's own modules in C that are files on Windows.
EXTENSIONS = (
    "_asyncio", "_bz2", "_ctypes", "_decimal", "_elementtree", "_hashlib", "_lzma", "_multiprocessing", "_overlapped", "_queue",
    "_socket", "_sqlite3", "_ssl", "_uuid", "_zoneinfo", "pyexpat", "select", "unicodedata", "winsound",
)  # fmt: skip

#: Libraries that Python's Windows installer brings: the start of the name of the Linux one that stands for each, and a size otherwise.
LIBRARIES = {
    "libcrypto-3.dll": ("libcrypto.so", 5_000_000),
    "libssl-3.dll": ("libssl.so", 800_000),
    "libffi-8.dll": ("libffi.so", 40_000),
    "sqlite3.dll": ("libsqlite3.so", 1_500_000),
}

#: Python modules of wheels that no executable holds: what PySide6 and shiboken6 bring for developers, and languages of Pygments that
#: no lesson uses (the packaged tutor carries the usual ones only).
LEFT_OUT = re.compile(
    r"(PySide6|shiboken6)/.+/|pygments/(formatters|styles|filters)/|pygments/lexers/(?!(__init__|_mapping|python|data|configs|html|css|javascript|shell|sql|diff|markup|textedit|r|console|dotnet|julia|make|special|text)\.)"
)

#: Of our own programs and of learners', as the spec has it: without docstrings, and with them.
OURS, LEARNERS = 2, 0

#: Not followed for our own programs, as the spec has it.
UNUSED = frozenset(
    {
        "asyncio",
        "unittest",
        "pydoc",
        "pydoc_data",
        "doctest",
        "pdb",
        "xmlrpc",
        "http",
        "curses",
        "multiprocessing",
        "_pydecimal",
        "tarfile",
    }
)

#: Kept outside the executables by PyInstaller, as Python cannot start without them.
BASE = ("abc", "codecs", "collections", "copyreg", "encodings", "enum", "functools", "genericpath", "io", "keyword", "linecache",
        "locale", "ntpath", "operator", "os", "posixpath", "re", "reprlib", "stat", "traceback", "types", "warnings", "weakref")  # fmt: skip


def build(folder: Path) -> list[str]:
    """Fill this folder, which must be empty or not exist.

    Returns:
        A sentence for each file that stands for another.

    Raises:
        OSError: the wheels could not be fetched, or the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise OSError(f"{folder} is not empty.")
    inside = folder / "_internal"
    inside.mkdir(parents=True)
    wheels = windows_wheels()
    for wheel in wheels:
        _unpack_binaries(wheel, inside)
    for file, place in carried_data.of_the_app(ROOT):
        _copy(Path(file), inside / place / Path(file).name)
    with tempfile.TemporaryDirectory() as work:
        for name, file, _kind in carried_data.of_learners(ROOT, Path(work)):
            _copy(Path(file), inside / name)
    _write_executables(wheels, folder)
    stand_ins = _stand_ins(inside)
    (folder / NOTE).write_text(
        "A simulated Windows bundle: it cannot be run. It proves the installer, the audit and the rules.\n\n"
        + "\n".join(stand_ins)
        + "\n",
        encoding="utf-8",
    )
    return stand_ins


def _unpack_binaries(wheel: Path, inside: Path) -> None:
    """What PyInstaller would collect from a wheel: its machine code, so far as it is used. Python modules go into the executables."""
    if wheel.name.lower().startswith("pyinstaller"):
        return
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            if PurePosixPath(name).suffix.lower() in BINARIES and qt_kept.keeps(name):
                target = inside / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(packed.read(name))


def _write_executables(wheels: list[Path], folder: Path) -> None:
    """PyInstaller's real start programs for Windows, and behind each the modules that it would hold, compressed in the same way."""
    (installer,) = (wheel for wheel in wheels if wheel.name.lower().startswith("pyinstaller-"))
    with zipfile.ZipFile(installer) as packed:
        windowed, console = (packed.read(BOOTLOADERS + name) for name in ("runw.exe", "run.exe"))
    sources = {path: path.read_bytes() for path in sorted((ROOT / "tutor").rglob("*.py"))}
    ours = {path: _compiled(source, path.name) for path, source in sources.items()}
    without_window = [code for path, code in ours.items() if ROOT / "tutor" / "ui" not in path.parents]
    others = dict(_modules_of(wheels))
    theirs = [_compiled(source, name) for name, source in others.items()]
    standard = _standard(standard_library.module_names(), LEARNERS)
    used = _standard(sorted(_named_by([*sources.values(), *others.values()])))
    for name, start, modules in (
        ("tutor.exe", windowed, [*ours.values(), *theirs, *used]),
        ("tutor-cli.exe", console, without_window + theirs + used),
        ("learner-python.exe", console, standard),
    ):
        (folder / name).write_bytes(start + b"".join(zlib.compress(module, 6) for module in modules))


def _modules_of(wheels: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """(place in a wheel, source) of every Python module that the executables hold."""
    for wheel in wheels:
        if wheel.name.lower().startswith("pyinstaller"):
            continue
        with zipfile.ZipFile(wheel) as packed:
            for name in sorted(packed.namelist()):
                if name.endswith(".py") and not LEFT_OUT.match(name):
                    yield name, packed.read(name)


def _compiled(source: bytes, name: str, optimize: int = OURS) -> bytes:
    try:
        return marshal.dumps(compile(source, name, "exec", dont_inherit=True, optimize=optimize))
    except SyntaxError:  # a template that is no Python yet
        return b""


def _standard(names: Iterable[str], optimize: int = OURS) -> list[bytes]:
    found = []
    for name in names:
        try:
            spec = importlib.util.find_spec(name)
        except (ImportError, ValueError, AttributeError):
            continue
        if spec and spec.origin and spec.origin.endswith(".py"):
            found.append(_compiled(Path(spec.origin).read_bytes(), spec.name, optimize))
    return found


def _named_by(sources: Iterable[bytes]) -> set[str]:
    """The modules of the standard library that these sources import, and those that those import: what a packager follows.

    The parts of the library that the spec leaves out of our own programs are not followed.
    """
    known = set(standard_library.module_names())
    found: set[str] = set()
    waiting = list(sources)
    while waiting:
        for name in _imports(waiting.pop()) & known - found:
            if name.split(".")[0] in UNUSED:
                continue
            found.add(name)
            with suppress(ImportError, ValueError):
                spec = importlib.util.find_spec(name)
                if spec and spec.origin and spec.origin.endswith(".py"):
                    waiting.append(Path(spec.origin).read_bytes())
    return found


def _imports(source: bytes) -> set[str]:
    """The names that a source imports, and the packages that they are in."""
    names = set()
    with suppress(SyntaxError):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                names |= {each.name for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names |= {node.module} | {f"{node.module}.{each.name}" for each in node.names}
    return names | {name.rpartition(".")[0] for name in names}


def _stand_ins(inside: Path) -> list[str]:
    """Put Linux files under the names of Python's own Windows files; a sentence for each."""
    version = "".join(map(str, sys.version_info[:2]))
    said = []
    dynamic = Path(sysconfig.get_config_var("DESTSHARED") or "/")
    linked = _linked(dynamic)
    for name in EXTENSIONS:
        here = [
            dynamic / (name + ending)
            for ending in EXTENSION_SUFFIXES
            if (dynamic / (name + ending)).is_file()
        ]
        said.append(_stand_in(inside / f"{name}.pyd", here[0] if here else None, 60_000))
    for name, (start, size) in LIBRARIES.items():
        here = [path for path in linked if path.name.startswith(start)]
        said.append(_stand_in(inside / name, here[0] if here else None, size))
    shared = Path(sysconfig.get_config_var("LIBDIR") or "/") / (
        sysconfig.get_config_var("LDLIBRARY") or "none"
    )
    interpreter = shared if shared.suffix != ".a" and shared.is_file() else Path(sys.executable).resolve()
    said.append(_stand_in(inside / f"python{version}.dll", interpreter, 6_000_000))
    said.append(_stand_in(inside / "python3.dll", None, 70_000))
    for runtime in ("vcruntime140.dll", "vcruntime140_1.dll"):
        _copy(inside / "shiboken6" / runtime, inside / runtime.upper().replace(".DLL", ".dll"))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as base:
        for number, module in enumerate(
            _standard(
                (name for name in standard_library.module_names() if name.split(".")[0] in BASE), LEARNERS
            )
        ):
            base.writestr(
                zipfile.ZipInfo(f"{number}.pyc", (2020, 1, 1, 0, 0, 0)), module, zipfile.ZIP_DEFLATED
            )
    (inside / "base_library.zip").write_bytes(packed.getvalue())
    return said


def _linked(folder: Path) -> list[Path]:
    """The shared libraries that Python's own modules use here."""
    found = set()
    for module in sorted(folder.glob("_*.so")):
        done = subprocess.run(["ldd", str(module)], capture_output=True, text=True, check=False, timeout=60)
        found |= {
            Path(word)
            for line in done.stdout.splitlines()
            if "=> /" in line
            for word in [line.split("=> ")[1].split()[0]]
        }
    return sorted(found)


def _stand_in(target: Path, here: Path | None, size: int) -> str:
    """Write a file that stands for one of Python's own, and say so.

    Args:
        target: the Windows file.
        here: this machine's file of the same kind; None where it has none.
        size: bytes, where there is none.
    """
    if here is None:
        noise = bytearray()
        while len(noise) < size:
            noise += (
                zlib.crc32(bytes(noise[-64:]) + len(noise).to_bytes(8, "big")).to_bytes(4, "big")
                + target.name.encode()[:2]
                + b"\0\0"
            )
        target.write_bytes(noise[:size])
        return f"{target.name}: {size:,} made-up bytes"
    shutil.copyfile(here, target)
    if shutil.which("strip"):
        subprocess.run(
            ["strip", "--strip-unneeded", str(target)], capture_output=True, check=False, timeout=60
        )
    return f"{target.name}: {here.name} of this machine, {target.stat().st_size:,} bytes"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    try:
        stand_ins = build(Path(sys.argv[1]))
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    files = [path for path in Path(sys.argv[1]).rglob("*") if path.is_file()]
    print("\n".join(stand_ins))
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
