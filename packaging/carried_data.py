"""The files that travel beside the code: the course, icons, our own YAML and CSS, the child's modules, time zones."""

from __future__ import annotations

import py_compile
import zipfile
from importlib import metadata
from pathlib import Path

#: `tutor version` reads the versions of these from their metadata.
NAMED_VERSIONS = ("PySide6-Essentials", "pyside6-scintilla")
CHILD = "tutor_child"

Triple = tuple[str, str, str]


def of_the_app(root: Path) -> list[tuple[str, str]]:
    """(file, folder in the package) of what window and command line read."""
    found = [(str(root / name), ".") for name in ("LICENSE", "LICENSE-lessons")]
    for top in ("lessons", "resources"):
        found += _tree(root / top, top)
    for file in sorted((root / "tutor").rglob("*")):
        if file.suffix in (".yaml", ".css", ".json", ".svg") and file.is_file():
            found.append((str(file), file.parent.relative_to(root).as_posix()))
    for name in NAMED_VERSIONS:
        file = Path(str(metadata.distribution(name).locate_file("")), _folder_of(name), "METADATA")
        found.append((str(file), file.parent.name))
    return found


def _folder_of(name: str) -> str:
    (folder,) = {
        file.parts[0]
        for file in metadata.distribution(name).files or ()
        if file.parts[0].endswith(".dist-info")
    }
    return folder


def _tree(folder: Path, place: str) -> list[tuple[str, str]]:
    return [
        (str(file), (Path(place) / file.relative_to(folder)).parent.as_posix())
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
    ]


def of_learners(root: Path, work: Path) -> list[Triple]:
    """(place in the package, file, "DATA") of what `learner-python` reads: the child's modules, and one zip of time zones.

    The modules travel as bytecode, so that none is compiled at each start and nothing is written there. It is marked as
    unchecked: the package's manifest answers for it, and the times of files do not matter.
    """
    found: list[Triple] = []
    for file in sorted((root / "tutor" / "runner" / "child").glob("*.py")):
        if file.name != "__init__.py":
            made = work / CHILD / (file.stem + ".pyc")
            unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
            shown = f"<{CHILD}>/{file.name}"
            py_compile.compile(str(file), str(made), shown, doraise=True, invalidation_mode=unchecked)
            found.append((f"{CHILD}/{made.name}", str(made), "DATA"))
    found.append(("tzdata.zip", str(zip_of_time_zones(work / "tzdata.zip")), "DATA"))
    return found


def zip_of_time_zones(target: Path) -> Path:
    """The tzdata package as one zip on `sys.path`: 600 small files fewer to install, to scan and to verify."""
    import tzdata

    top = Path(tzdata.__file__).parent
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(top.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                name = file.relative_to(top.parent).as_posix()
                entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, file.read_bytes())
    return target


def is_wanted(place: str) -> bool:
    """Whether a data file that PyInstaller found by itself belongs in the package."""
    path = place.replace("\\", "/")
    return not path.startswith(("tzdata/", "setuptools/")) and not path.endswith((".pyi", ".h", "py.typed"))
