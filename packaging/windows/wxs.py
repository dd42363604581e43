"""The installer's source, from a bundle folder: what WiX v3 and `wixl` both understand.

One component for each file, known by a GUID made from its path, so that the same file is the same component in every release. No
custom actions, services, PATH, file associations, downloads or updates: Windows' own installer copies files, one shortcut and two
registry values, and takes exactly these away again. People's work lives elsewhere and is never named here.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from xml.etree import ElementTree as xml

from product import KEY, MAKER, NAME, NAMESPACE, SHORT_NAME, UPGRADE_CODE, guid, numbers

assert NAMESPACE  # every GUID below comes from it

#: English (United Kingdom) and Western European, as the Windows Installer numbers them.
LANGUAGE, CODE_PAGE = "2057", "1252"

#: Windows 10 1809 and Server 2019: what Qt 6.11 needs, as its Qt6Core.dll uses the icuuc.dll of Windows.
OLDEST_BUILD = 17763

REGISTRY_KEY = f"Software\\{KEY}"

MESSAGES = {
    "newer": f"A newer version of {NAME} is already on this PC, so nothing was changed. To go back to this older version, uninstall the newer one first.",
    "windows": f"{NAME} needs 64-bit Windows 10 version 1809 (build {OLDEST_BUILD}) or later, so nothing was changed.",
    "comments": "Unofficial. Learning exercise. Not for clinical use. Works offline.",
}


def source(bundle: Path, version: str, icon: Path, beside: Path) -> str:
    """The text of the .wxs file.

    Args:
        bundle: the folder to install, tutor.exe at its top.
        version: three numbers.
        icon: the .ico file.
        beside: the folder in which the compiler will be run; paths are relative to it, as `wixl` wants the icon's to be.

    Raises:
        ValueError: the folder holds what cannot be installed; the sentence says which file and why.
    """
    three = ".".join(str(number) for number in numbers(version))
    _refuse_what_cannot_be_installed(bundle)
    wix = xml.Element("Wix", xmlns="http://schemas.microsoft.com/wix/2006/wi")
    product = xml.SubElement(
        wix, "Product",
        Id=guid(f"product {three}"), Name=NAME, Language=LANGUAGE, Codepage=CODE_PAGE, Version=three, Manufacturer=MAKER,
        UpgradeCode=UPGRADE_CODE,
    )  # fmt: skip
    _preamble(product, three, _relative(icon, beside))
    target = xml.SubElement(product, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = xml.SubElement(target, "Directory", Id="ProgramFiles64Folder")
    installed = xml.SubElement(programs, "Directory", Id="INSTALLDIR", Name=SHORT_NAME)
    main = xml.SubElement(
        product, "Feature", Id="Main", Level="1", Title=NAME, Absent="disallow", AllowAdvertise="no"
    )
    for component in _folder(installed, bundle, "", beside):
        xml.SubElement(main, "ComponentRef", Id=component)
    _shortcut(target, "ProgramMenuFolder", "StartMenu", "InstallDir", "[INSTALLDIR]")
    xml.SubElement(main, "ComponentRef", Id="StartMenu")
    _shortcut(target, "DesktopFolder", "Desktop", "DesktopShortcut", "1")
    desktop = xml.SubElement(
        product,
        "Feature",
        Id="DesktopShortcut",
        Level="100",
        Title="Shortcut on the desktop",
        AllowAdvertise="no",
    )
    xml.SubElement(desktop, "ComponentRef", Id="Desktop")
    xml.indent(wix)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(wix, encoding="unicode") + "\n"


def files_of(bundle: Path) -> list[Path]:
    """Every file of the bundle, in one order on every machine."""
    return sorted(
        (path for path in bundle.rglob("*") if not path.is_dir()),
        key=lambda path: path.relative_to(bundle).parts,
    )


def _preamble(product: xml.Element, version: str, icon: str) -> None:
    """What is installed for whom, what it replaces, and where it refuses."""
    xml.SubElement(
        product, "Package",
        InstallerVersion="500", Compressed="yes", InstallScope="perMachine",
        Description=f"{NAME} {version}", Comments=MESSAGES["comments"], Manufacturer=MAKER,
    )  # fmt: skip
    xml.SubElement(product, "MajorUpgrade", DowngradeErrorMessage=MESSAGES["newer"])
    xml.SubElement(product, "Media", Id="1", Cabinet="tutor.cab", EmbedCab="yes")
    xml.SubElement(product, "Icon", Id="tutor.ico", SourceFile=icon)
    for name, value in (
        ("ARPPRODUCTICON", "tutor.ico"),
        ("ARPNOMODIFY", "1"),
        ("ARPCOMMENTS", MESSAGES["comments"]),
    ):
        xml.SubElement(product, "Property", Id=name, Value=value)
    # Upgrade and uninstall must find a folder that somebody chose at the first installation.
    _search(product, "INSTALLDIR", "FindInstallDir", REGISTRY_KEY, "InstallDir")
    # VersionNT stops at 603 on Windows 10 and 11; only the build tells them apart.
    _search(
        product,
        "WINDOWSBUILD",
        "FindBuild",
        "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
        "CurrentBuildNumber",
    )
    condition = xml.SubElement(product, "Condition", Message=MESSAGES["windows"])
    condition.text = f"Installed OR (VersionNT64 AND WINDOWSBUILD >= {OLDEST_BUILD})"


def _search(product: xml.Element, name: str, search: str, key: str, value: str) -> None:
    found = xml.SubElement(product, "Property", Id=name)
    xml.SubElement(
        found, "RegistrySearch", Id=search, Root="HKLM", Key=key, Name=value, Type="raw", Win64="yes"
    )


def _folder(parent: xml.Element, folder: Path, inside: str, beside: Path) -> list[str]:
    """Describe a folder's files and folders; the names of all components in it."""
    components = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        place = f"{inside}/{path.name}".removeprefix("/")
        if path.is_dir():
            below = xml.SubElement(parent, "Directory", Id=_name("d", place), Name=path.name)
            components += _folder(below, path, place, beside)
            continue
        component = xml.SubElement(
            parent, "Component", Id=_name("c", place), Guid=guid(f"file {place}"), Win64="yes"
        )
        xml.SubElement(
            component,
            "File",
            Id=_name("f", place),
            Name=path.name,
            Source=_relative(path, beside),
            KeyPath="yes",
        )
        components.append(_name("c", place))
    return components


def _shortcut(target: xml.Element, folder: str, component: str, name: str, value: str) -> None:
    """A component of one shortcut, and the registry value that Windows knows it by."""
    place = xml.SubElement(target, "Directory", Id=folder)
    whole = xml.SubElement(place, "Component", Id=component, Guid=guid(f"shortcut {component}"), Win64="yes")
    xml.SubElement(
        whole, "Shortcut",
        Id=f"{component}Shortcut", Name=SHORT_NAME, Target="[INSTALLDIR]tutor.exe", WorkingDirectory="INSTALLDIR",
        Icon="tutor.ico", Description="Learn Python, offline (unofficial)",
    )  # fmt: skip
    kind = "integer" if value.isdigit() else "string"
    xml.SubElement(
        whole,
        "RegistryValue",
        Root="HKLM",
        Key=REGISTRY_KEY,
        Name=name,
        Type=kind,
        Value=value,
        KeyPath="yes",
    )


def _name(kind: str, place: str) -> str:
    """A short name that the same place always has."""
    return kind + hashlib.sha1(place.encode(), usedforsecurity=False).hexdigest()[:20]


def _relative(path: Path, beside: Path) -> str:
    return Path(os.path.relpath(path, beside)).as_posix()


def _refuse_what_cannot_be_installed(bundle: Path) -> None:
    if not (bundle / "tutor.exe").is_file():
        raise ValueError(f"{bundle} is no Windows bundle: there is no tutor.exe in it.")
    seen: dict[str, str] = {}
    for path in files_of(bundle):
        place = path.relative_to(bundle).as_posix()
        if path.is_symlink():
            raise ValueError(f"{place} is a link; the Windows Installer installs files only.")
        try:
            place.encode("cp1252")
        except UnicodeEncodeError:
            raise ValueError(f"{place} has a letter that code page {CODE_PAGE} does not have.") from None
        other = seen.setdefault(place.lower(), place)
        if other != place:
            raise ValueError(f"{place} and {other} are the same file to Windows.")
    if (bundle / "portable.txt").exists():
        raise ValueError(
            "portable.txt is in the folder: an installed tutor must not keep data beside the program."
        )
