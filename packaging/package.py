"""`make package`: the installable folder, its tar, checksums; then the package's own self-test, with no Python on PATH.

Two builds of one commit are the same, bit by bit: times come from the commit, hashing is fixed, archives are sorted.

    python packaging/package.py [--dist DIR] [--no-test]
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import platform
import shutil
import stat
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import manifest  # noqa: E402

from tutor import __version__  # noqa: E402

NAME = "code4health-tutor"
EXECUTABLES = ("tutor", "tutor-cli", "learner-python")


def what_is_missing() -> str:
    """What PyInstaller needs on Linux and this machine lacks, in a sentence with the package to install; "" for nothing."""
    if not sys.platform.startswith("linux"):
        return ""
    if any(shutil.which(tool) is None for tool in ("objdump", "objcopy", "strip")):
        return "objdump, objcopy and strip are missing (Debian: apt-get install binutils; Fedora: dnf install binutils)."
    shared = f"libpython{sys.version_info.major}.{sys.version_info.minor}.so.1.0"
    folders = (
        sysconfig.get_config_var("LIBDIR") or "",
        f"/usr/lib/{sysconfig.get_config_var('MULTIARCH')}",
        "/usr/lib",
        "/usr/lib64",
    )
    if not any(Path(folder, shared).exists() for folder in folders if folder):
        return f"{shared} is missing: this Python comes without its shared library (Debian: apt-get install libpython3-dev)."
    return ""


def commit_time() -> int:
    """Seconds since 1970 of the commit that is packaged; of the sources' newest file where there is no git."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if asked.returncode == 0 and asked.stdout.strip().isdigit():
        return int(asked.stdout)
    return int(max(file.stat().st_mtime for file in (ROOT / "tutor").rglob("*.py")))


def build(dist: Path, work: Path, when: int) -> Path:
    """Have PyInstaller make the folder; with its manifest inside."""
    folder = dist / NAME
    shutil.rmtree(folder, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),  # this checkout, whatever else is installed here
        "SOURCE_DATE_EPOCH": str(when),
        "PYTHONHASHSEED": "1",  # the order of sets decides the order of files
        "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),  # no cache of another checkout
    }
    log = work / "pyinstaller.log"
    command = [
        sys.executable,
        "-m",
        "PyInstaller",
        str(ROOT / "packaging" / "tutor.spec"),
        "--noconfirm",
        "--clean",
    ]
    with log.open("wb") as out:
        status = subprocess.call(
            [*command, "--distpath", str(dist), "--workpath", str(work)],
            cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    if status:
        print(log.read_text(encoding="utf-8", errors="replace")[-4000:], file=sys.stderr)
        raise SystemExit(f"PyInstaller ended with status {status}. All it said is in {log}.")
    write_papers(folder, dist, environment)
    settle_modes(folder)
    manifest.write(folder)
    return folder


def artefact(suffix: str) -> str:
    """The name of a file that is handed out: product, version, system."""
    return f"{NAME}-{__version__}-{sys.platform}-{platform.machine()}{suffix}"


def write_papers(folder: Path, dist: Path, environment: dict[str, str]) -> None:
    """The notices of others' software, inside; and the bill of materials, beside the folder."""
    for script, target in (
        ("notices.py", folder / "_internal" / "THIRD-PARTY.txt"),
        ("sbom.py", dist / artefact(".cdx.json")),
    ):
        command = [sys.executable, str(ROOT / "packaging" / script), str(folder), "-o", str(target)]
        subprocess.run(command, check=True, cwd=ROOT, env=environment)


def settle_modes(folder: Path) -> None:
    """Everyone may read all and start the executables; whatever the umask of who builds."""
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
        elif path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path.name in EXECUTABLES and path.parent == folder else 0o644)
    folder.chmod(0o755)


def pack(folder: Path, target: Path, when: int) -> None:
    """One tar.gz: sorted, everything owned by root, every time the commit's."""

    def settled(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = when
        entry.mode = 0o755 if entry.isdir() or entry.mode & stat.S_IXUSR else 0o644
        return entry

    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=when) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        tar.add(folder, folder.name, recursive=False, filter=settled)
        for path in sorted(folder.rglob("*")):
            tar.add(
                path, f"{folder.name}/{path.relative_to(folder).as_posix()}", recursive=False, filter=settled
            )


def write_sums(dist: Path, files: list[Path]) -> Path:
    """SHA256SUMS beside the files, for `sha256sum -c`."""
    target = dist / "SHA256SUMS"
    lines = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(files))
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def prove(folder: Path) -> int:
    """The package's own self-test with an empty PATH; its exit status."""
    suffix = ".exe" if os.name == "nt" else ""
    kept = ("SystemRoot", "SystemDrive", "TEMP", "TMP", "LANG", "USERPROFILE", "LOCALAPPDATA", "APPDATA")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    with tempfile.TemporaryDirectory() as data:
        environment |= {"PATH": data, "HOME": data}  # an empty folder: no Python, no shell, nothing
        return subprocess.call(
            [str(folder / f"tutor-cli{suffix}"), "self-test", "--data-dir", data], env=environment, cwd=data
        )


def size_of(folder: Path) -> tuple[int, float]:
    """How many files, and how many megabytes (of a million bytes)."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return len(files), sum(file.stat().st_size for file in files) / 1e6


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--dist", type=Path, default=ROOT / "dist")
    words.add_argument("--work", type=Path, default=ROOT / "build" / "package")
    words.add_argument("--no-test", action="store_true", help="leave the self-test out")
    options = words.parse_args()
    missing = what_is_missing()
    if missing:
        print(f"The package cannot be built here: {missing}", file=sys.stderr)
        return 2
    begun = time.monotonic()
    when = commit_time()
    dist = options.dist.absolute()
    dist.mkdir(parents=True, exist_ok=True)
    print(f"Building {NAME} {__version__} (this takes a minute or two) ...", flush=True)
    folder = build(dist, options.work.absolute(), when)
    count, size = size_of(folder)
    print(f"{folder}: {count} files, {size:.1f} MB, in {time.monotonic() - begun:.0f} s")
    if os.name != "nt":
        tar = dist / artefact(".tar.gz")
        pack(folder, tar, when)
        print(f"{tar}: {tar.stat().st_size / 1e6:.1f} MB")
        write_sums(dist, [tar, dist / artefact(".cdx.json")])
    if options.no_test:
        return 0
    print("\nThe package's own self-test, with no Python on PATH:", flush=True)
    return prove(folder)


if __name__ == "__main__":
    sys.exit(main())
