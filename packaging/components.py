"""What a package is made of: Python packages by their own metadata, everything else by `licences/components.toml`."""

from __future__ import annotations

import argparse
import platform
import pyexpat
import re
import sqlite3
import ssl
import tomllib
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LICENCES = ROOT / "packaging" / "licences"
_EXECUTABLE = re.compile(r"\.(so(\.[\d.]+)?|dll|pyd|exe)$")
_LICENCE_FILE = re.compile(r"(^|/)(LICEN[SC]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Component:
    """A piece of software of others (or ours) in a package.

    Args:
        name: as its makers write it.
        version: "" where the building system decides.
        licence: an SPDX expression.
        copyright: whose it is.
        home: its makers' page.
        files, but: regular expressions for the whole names of its files, and for those that only look so.
        texts: names of the licence texts that have to travel with it.
        note: what else has to be said of it.
        package: its name as a Python package, for the SBOM; "" for everything else.
    """

    name: str
    licence: str
    copyright: str = ""
    version: str = ""
    home: str = ""
    files: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    note: str = ""
    package: str = ""

    def owns(self, file_name: str) -> bool:
        """Whether a file of this name is its."""
        return _any(self.files, file_name) and not _any(self.but, file_name)


def native_components() -> list[Component]:
    """What `components.toml` lists, with versions as of the Python that asks."""
    listed = tomllib.loads((LICENCES / "components.toml").read_text(encoding="utf-8"))["component"]
    return [_component(each) for each in listed]


def python_packages() -> list[Component]:
    """The Python packages that the tutor needs to run, by `requirements/run.txt`, as they are installed."""
    pins = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    names = sorted(re.findall(r"^([A-Za-z0-9_.-]+)==", pins, flags=re.MULTILINE), key=str.lower)
    return [_package(distribution(name)) for name in names]


def owner(components: Sequence[Component], file_name: str) -> Component | None:
    """The component that a file of this name belongs to; the most specific comes later in the list, so the last wins."""
    found = [each for each in components if each.owns(file_name)]
    return found[-1] if found else None


def executable_files(bundle: Path) -> Iterator[Path]:
    """The programs and libraries in a package folder, in a fixed order."""
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and (_EXECUTABLE.search(path.name) or path.parent == bundle and not path.suffix):
            yield path


def in_bundle(bundle: Path) -> tuple[list[Component], list[str]]:
    """Which components a package folder holds, and its executable files that nobody owns (to be mended)."""
    components = native_components()
    found: dict[str, Component] = {}
    unowned = []
    for path in executable_files(bundle):
        component = owner(components, path.name)
        if component is None:
            unowned.append(path.relative_to(bundle).as_posix())
        else:
            found[component.name] = component
    return [each for each in components if each.name in found], unowned


def all_in(bundle: Path) -> list[Component]:
    """Everything in a package folder: what its files belong to, then the Python packages.

    Raises:
        SystemExit: a file in it belongs to no component; all such files are named.
    """
    found, unowned = in_bundle(bundle)
    if unowned:
        raise SystemExit(
            f"These files belong to no component; add them to packaging/licences/components.toml: {', '.join(unowned)}"
        )
    return [*found, *python_packages()]


def write_about(bundle_to_text: Callable[[Path], str], about: str) -> int:
    """The command line of a script that writes one text about a package folder: `BUNDLE -o FILE`."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    text = bundle_to_text(arguments.bundle)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(text, encoding="utf-8", newline="\n")
    return 0


def licence_text(name: str) -> str:
    """A text of `licences/texts`, or, for "dist:NAME", what the Python package ships."""
    if name.startswith("dist:"):
        return _shipped_text(distribution(name.removeprefix("dist:")))
    return (LICENCES / "texts" / f"{name}.txt").read_text(encoding="utf-8")


def _component(listed: dict[str, object]) -> Component:
    version = str(listed.pop("version", ""))
    lists = {key: tuple(listed.pop(key, ())) for key in ("files", "but", "texts")}  # type: ignore[arg-type, var-annotated]
    words = {key: str(value) for key, value in listed.items()}
    return Component(**words, **lists, version=_version(version))


def _version(said: str) -> str:
    if said.startswith("dist:"):
        return distribution(said.removeprefix("dist:")).version
    if not said:
        return ""
    versions = {
        "python": platform.python_version(),
        "openssl": ssl.OPENSSL_VERSION.split()[1],
        "sqlite": sqlite3.sqlite_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "expat": pyexpat.EXPAT_VERSION.split("_")[1],
    }
    return versions.get(said, said)


def _package(found: Distribution) -> Component:
    about = found.metadata
    licence = about.get("License-Expression") or about.get("License") or ""
    if not licence:
        classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License ::")]
        licence = {"MIT License": "MIT", "BSD License": "BSD-3-Clause"}.get(
            classifiers[0].split(" :: ")[-1], ""
        )
    author = about.get("Author") or about.get("Author-email") or "its authors"
    has_text = bool(_licence_files(found))
    return Component(
        name=about["Name"],
        version=found.version,
        licence=licence,
        copyright=re.sub(r"\s*<[^>]*>", "", author).strip(),
        texts=(f"dist:{about['Name']}",) if has_text else ("LGPL-3.0-only", "GPL-3.0-only"),
        package=about["Name"],
    )


def _licence_files(found: Distribution) -> list[Path]:
    files = [
        file for file in found.files or [] if _LICENCE_FILE.search(str(file)) and ".dist-info/" in str(file)
    ]
    return [Path(str(found.locate_file(file))) for file in sorted(files, key=str)]


def _shipped_text(found: Distribution) -> str:
    return "\n\n".join(file.read_text(encoding="utf-8").strip() for file in _licence_files(found)) + "\n"


def _any(patterns: Sequence[str], name: str) -> bool:
    return any(re.fullmatch(pattern, name) for pattern in patterns)
