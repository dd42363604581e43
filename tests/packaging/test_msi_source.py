"""The installer's source: what it says, and that it keeps to the part of WiX v3 that `wixl` understands as well."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as xml

import pytest

NS = {"": "http://schemas.microsoft.com/wix/2006/wi"}
YES_NO = {"yes", "no"}

#: From the WiX v3 schema reference, for what we use: element -> (parents, attributes that must be there, attributes that may).
SCHEMA: dict[str, tuple[set[str], set[str], set[str]]] = {
    "Wix": ({""}, set(), set()),
    "Product": ({"Wix"}, {"Language", "Manufacturer", "Name", "Version"}, {"Codepage", "Id", "UpgradeCode"}),
    "Package": ({"Product"}, set(), {"Comments", "Compressed", "Description", "InstallScope", "InstallerVersion", "Manufacturer"}),
    "MajorUpgrade": ({"Product"}, set(), {"DowngradeErrorMessage"}),
    "Media": ({"Product"}, {"Id"}, {"Cabinet", "EmbedCab"}),
    "Icon": ({"Product"}, {"Id", "SourceFile"}, set()),
    "Property": ({"Product"}, {"Id"}, {"Value"}),
    "RegistrySearch": ({"Property"}, {"Id", "Key", "Root", "Type"}, {"Name", "Win64"}),
    "Condition": ({"Product"}, set(), {"Message"}),
    "Directory": ({"Product", "Directory"}, {"Id"}, {"Name"}),
    "Component": ({"Directory"}, set(), {"Guid", "Id", "Win64"}),
    "File": ({"Component"}, set(), {"Id", "KeyPath", "Name", "Source"}),
    "Shortcut": ({"Component"}, {"Id", "Name"}, {"Description", "Icon", "Target", "WorkingDirectory"}),
    "RegistryValue": ({"Component"}, {"Value"}, {"Key", "KeyPath", "Name", "Root", "Type"}),
    "Feature": ({"Product"}, {"Id"}, {"Absent", "AllowAdvertise", "Level", "Title"}),
    "ComponentRef": ({"Feature"}, {"Id"}, set()),
}  # fmt: skip

#: Attributes with a fixed choice of values.
CHOICES = {
    ("Package", "InstallScope"): {"perMachine", "perUser"},
    ("Package", "Compressed"): YES_NO,
    ("Media", "EmbedCab"): YES_NO,
    ("Component", "Win64"): YES_NO,
    ("File", "KeyPath"): YES_NO,
    ("RegistryValue", "KeyPath"): YES_NO,
    ("RegistryValue", "Type"): {"string", "integer", "binary", "expandable", "multiString"},
    ("RegistryValue", "Root"): {"HKMU", "HKCR", "HKCU", "HKLM", "HKU"},
    ("RegistrySearch", "Root"): {"HKCR", "HKCU", "HKLM", "HKU"},
    ("RegistrySearch", "Type"): {"directory", "file", "raw"},
    ("RegistrySearch", "Win64"): YES_NO,
    ("Feature", "Absent"): {"allow", "disallow"},
    ("Feature", "AllowAdvertise"): {"no", "system", "yes"},
}

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,71}")
FILES = {
    "tutor.exe": "1",
    "tutor-cli.exe": "2",
    "learner-python.exe": "3",
    "_internal/lessons/a & b.yaml": "4",
}


@pytest.fixture
def source(
    script: Callable[[str], ModuleType], bundle: Callable[[str, dict[str, str]], Path], tmp_path: Path
) -> Callable[..., xml.Element]:
    """`source("1.2.3", files)`: the source of an installer of these files, read back."""

    def make(version: str = "1.2.3", files: dict[str, str] = FILES, name: str = "bundle") -> xml.Element:
        icon = script("windows/msi").ICON
        return xml.fromstring(script("windows/wxs").source(bundle(name, files), version, icon, tmp_path))

    return make


def tag(element: xml.Element) -> str:
    return element.tag.removeprefix("{" + NS[""] + "}")


def test_it_keeps_to_the_schema_of_wix_v3(source: Callable[..., xml.Element]) -> None:
    root = source()
    parents = {child: tag(parent) for parent in root.iter() for child in parent}
    identifiers: dict[str, set[str]] = {}
    for element in root.iter():
        allowed, needed, possible = SCHEMA[tag(element)]
        assert parents.get(element, "") in allowed, tag(element)
        assert needed <= set(element.attrib) <= needed | possible, (tag(element), element.attrib)
        for name, value in element.attrib.items():
            assert value in CHOICES.get((tag(element), name), {value}), (tag(element), name, value)
        name = element.get("Id", "")
        if tag(element) in (
            "Component",
            "Directory",
            "File",
            "Feature",
            "Property",
            "Icon",
            "RegistrySearch",
        ):
            assert IDENTIFIER.fullmatch(name), name
            assert name not in identifiers.setdefault(tag(element), set()), name
            identifiers[tag(element)].add(name)


def test_every_component_is_in_a_feature_and_every_guid_is_its_own(
    source: Callable[..., xml.Element],
) -> None:
    root = source()
    components = [element.get("Id") for element in root.iterfind(".//Component", NS)]
    assert sorted(components) == sorted(element.get("Id") for element in root.iterfind(".//ComponentRef", NS))
    guids = [element.get("Guid", "") for element in root.iterfind(".//Component", NS)]
    assert len(guids) == len(set(guids)) == len(FILES) + 2
    assert all(str(uuid.UUID(guid)).upper() == guid and uuid.UUID(guid).version == 5 for guid in guids)


def test_the_same_file_is_the_same_component_in_every_version(source: Callable[..., xml.Element]) -> None:
    def components(root: xml.Element) -> dict[str, str]:
        return {e.get("Id", ""): e.get("Guid", "") for e in root.iterfind(".//Component", NS)}

    first = components(source("1.2.3"))
    second = components(source("1.3.0", {**FILES, "_internal/new.dll": "5"}, "next"))
    assert first.items() < second.items() and len(second) == len(first) + 1


def test_each_version_is_a_product_of_its_own_and_all_are_one_line_of_upgrades(
    source: Callable[..., xml.Element],
) -> None:
    products = [
        source(version, FILES, version).find("Product", NS) for version in ("1.2.3", "1.2.4", "1.2.3rc1")
    ]
    codes = [product.get("Id") for product in products if product is not None]
    assert codes[0] != codes[1] and codes[0] == codes[2]
    assert len({product.get("UpgradeCode") for product in products if product is not None}) == 1


def test_it_has_no_custom_actions_services_path_or_anything_else_that_runs(
    source: Callable[..., xml.Element],
) -> None:
    used = {tag(element) for element in source().iter()}
    assert used == set(SCHEMA), "what else an installer can do is not in it"
    keys = {element.get("Key") for element in source().iterfind(".//RegistryValue", NS)}
    assert keys == {"Software\\Code4HealthTutor"}, "one key of our own; no policies, no Run key, no App Paths"
    assert {element.get("Root") for element in source().iterfind(".//RegistryValue", NS)} == {"HKLM"}


def test_no_folder_of_a_persons_own_is_named(source: Callable[..., xml.Element]) -> None:
    text = xml.tostring(source(), encoding="unicode")
    assert not re.search(r"AppData|LocalApp|PersonalFolder|CommonAppData|RemoveFile|RemoveFolder", text)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"readme.txt": ""}, "no tutor.exe"),
        ({"tutor.exe": "", "患者.yaml": ""}, "患者.yaml has a letter"),
        ({"tutor.exe": "", "a/X.yaml": "", "a/x.yaml": ""}, "the same file to Windows"),
        ({"tutor.exe": "", "portable.txt": ""}, "portable.txt"),
    ],
)
def test_a_folder_that_cannot_be_installed_is_refused_by_name(
    source: Callable[..., xml.Element], files: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        source("1.2.3", files)


def test_a_link_is_refused(
    source: Callable[..., xml.Element], bundle: Callable[[str, dict[str, str]], Path]
) -> None:
    (bundle("bundle", FILES) / "link.dll").symlink_to("tutor.exe")
    with pytest.raises(ValueError, match=r"link\.dll is a link"):
        source()
