"""Every executable file of a Windows bundle: signed by whom, or ours to sign; and what must not be there, or is missing.

    python packaging/windows/pe_audit.py [--signed] BUNDLE      status 1 where something is wrong
    python packaging/windows/pe_audit.py --ours BUNDLE          only the files that are ours to sign, one a line

With --signed (a release with a certificate) a file that nobody has signed is wrong too.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from pe import Executable

KINDS = (".exe", ".dll", ".pyd", ".ocx", ".sys", ".scr", ".com", ".cpl")

#: Windows brings ICU; another beside Qt6Core.dll breaks it. Qt's software OpenGL and the network are not used.
UNWANTED = (
    "icu*.dll",
    "opengl32sw.dll",
    "qt6network.dll",
    "qt6qml.dll",
    "qschannelbackend.dll",
    "d3dcompiler_*.dll",
)

#: Found by no import that a packager could follow.
NEEDED = (
    "tutor.exe",
    "tutor-cli.exe",
    "learner-python.exe",
    "_internal/pyside6/plugins/platforms/qwindows.dll",
    "_internal/pyside6/plugins/iconengines/qsvgicon.dll",
    "_internal/lexilla.libs/msvcp140-*.dll",
    "_internal/pyside6_scintilla/qt6core5compat.dll",
)

#: Who may have signed what we ship; anybody else is looked at before a release.
MAKERS = ("The Qt Company Oy", "The QT Company Oy", "Microsoft Corporation", "Python Software Foundation")

#: DLLs of Windows itself (10 1809), as far as anything in the bundle asks for them.
OF_WINDOWS = frozenset(
    [
        "advapi32",
        "authz",
        "bcrypt",
        "comctl32",
        "comdlg32",
        "crypt32",
        "d3d9",
        "d3d11",
        "d3d12",
        "dwmapi",
        "dwrite",
        "dxgi",
        "gdi32",
        "icuuc",
        "imm32",
        "iphlpapi",
        "kernel32",
        "mpr",
        "netapi32",
        "ntdll",
        "ole32",
        "oleaut32",
        "psapi",
        "rpcrt4",
        "setupapi",
        "shell32",
        "shlwapi",
        "uiautomationcore",
        "user32",
        "userenv",
        "uxtheme",
        "version",
        "winmm",
        "ws2_32",
        "wtsapi32",
    ]
)


@dataclass(frozen=True)
class Audited:
    """One executable file.

    Args:
        place: in the bundle, with /.
        signer: who signed it, or "".
        publisher: the signer as AppLocker's publisher rules name it.
        hash: its Authenticode SHA-256.
    """

    place: str
    signer: str
    publisher: str
    hash: str


@dataclass(frozen=True)
class Audit:
    """What was found.

    Args:
        files: every executable file.
        made_up: files with such a name that are none: stand-ins of a simulated bundle.
        problems: a sentence each.
    """

    files: tuple[Audited, ...]
    made_up: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The places of what nobody has signed: ours to sign."""
        return tuple(file.place for file in self.files if not file.signer)


def audit(bundle: Path, signed: bool = False) -> Audit:
    """Look through a bundle folder.

    Args:
        bundle: the folder.
        signed: every file has to be signed.
    """
    files, made_up, problems = [], [], []
    programs: dict[str, Executable] = {}
    for path in sorted(bundle.rglob("*")):
        place = path.relative_to(bundle).as_posix()
        if not path.is_file() or path.suffix.lower() not in KINDS:
            continue
        data = path.read_bytes()
        if not Executable.is_one(data):
            made_up.append(place)
            continue
        try:
            program = Executable(data)
            files.append(Audited(place, program.signer, program.publisher, program.hash))
            problems += _of_one(place, program, signed)
        except (ValueError, IndexError) as error:
            problems.append(f"{place} cannot be read: {error}.")
            continue
        programs[place] = program
    there = {path.relative_to(bundle).as_posix().lower() for path in bundle.rglob("*")}
    problems += [
        f"{needed} is missing." for needed in NEEDED if not any(fnmatch(name, needed) for name in there)
    ]
    names = {name.rpartition("/")[2] for name in there}
    for place, program in programs.items():
        problems += [
            f"{place} needs {wanted}, which is neither in the bundle nor Windows' own."
            for wanted in sorted(program.imports)
            if wanted not in names
            and not wanted.startswith("api-ms-win-")
            and wanted.removesuffix(".dll") not in OF_WINDOWS
        ]
    if not (bundle / "SIMULATED.txt").is_file():
        problems += [f"{place} is named like an executable file and is none." for place in made_up]
    return Audit(tuple(files), tuple(made_up), tuple(problems))


def _of_one(place: str, program: Executable, signed: bool) -> list[str]:
    name = place.rpartition("/")[2].lower()
    found = []
    if any(fnmatch(name, pattern) for pattern in UNWANTED):
        found.append(f"{place} must not travel.")
    if not program.is_64_bit:
        found.append(f"{place} is not for 64-bit Windows.")
    if program.signed_hash and program.signed_hash != program.hash:
        found.append(f"{place} has been changed since {program.signer} signed it.")
    if program.signer and program.signer not in MAKERS and not signed:
        found.append(f"{place} is signed by {program.signer}, whom we do not know.")
    if signed and not program.signer:
        found.append(f"{place} is not signed.")
    return found


def report(found: Audit) -> str:
    """The audit as a table of signers, with what is ours to sign."""
    counts = Counter(file.signer or "nobody: ours to sign" for file in found.files)
    lines = [f"{len(found.files)} executable files"]
    lines += [
        f"{count:5}  {signer}"
        for signer, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    ]
    lines += [f"         {place}" for place in found.unsigned]
    if found.made_up:
        lines.append(
            f"{len(found.made_up):5}  stand-ins of this simulated bundle, no Windows files: {', '.join(p.rpartition('/')[2] for p in found.made_up)}"
        )
    return "\n".join([*lines, *found.problems])


def main() -> int:
    options = {word for word in sys.argv[1:] if word.startswith("--")}
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    if len(folders) != 1 or options - {"--signed", "--ours"}:
        print(__doc__)
        return 2
    found = audit(folders[0], "--signed" in options)
    if "--ours" in options:
        print("\n".join((folders[0] / place).as_posix() for place in found.unsigned))
        return 0
    print(report(found))
    return 1 if found.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
