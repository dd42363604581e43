"""Who signed what in the Windows bundle, and the rules made from it; read from the real files of the Windows wheels."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as xml

import pytest

pytestmark = pytest.mark.long

#: What a release signs; everything else is signed by its maker.
OURS = {
    "tutor.exe",
    "tutor-cli.exe",
    "learner-python.exe",
    "_lexilla",
    "_pyside6_scintilla.pyd",
    "scintilla_qt.dll",
    "_yaml",
    "_core",  # msgspec
}


@pytest.fixture(scope="module")
def found(script: Callable[[str], ModuleType], payload: Path):  # type: ignore[no-untyped-def]
    return script("windows/pe_audit").audit(payload)


@pytest.fixture
def copy(payload: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(payload, tmp_path / "copy"))


def test_nothing_is_wrong_with_the_bundle(found) -> None:  # type: ignore[no-untyped-def]
    assert found.problems == ()


def test_eight_files_are_ours_to_sign_and_no_more(found) -> None:  # type: ignore[no-untyped-def]
    names = [re.sub(r"\.cp3\d+-win_amd64\.pyd$", "", place.rpartition("/")[2]) for place in found.unsigned]
    assert sorted(names) == sorted(OURS)


def test_every_file_of_qt_carries_its_makers_signature_unbroken(
    found, payload: Path, script: Callable[[str], ModuleType]
) -> None:  # type: ignore[no-untyped-def]
    executable = script("windows/pe").Executable
    signed = [file for file in found.files if file.place.startswith("_internal/PySide6/")]
    assert len(signed) >= 15
    for file in signed:
        program = executable((payload / file.place).read_bytes())
        assert program.signer.lower() in ("the qt company oy", "microsoft corporation"), file.place
        assert program.signed_hash == program.hash == file.hash, file.place


def test_a_changed_file_a_stray_icu_and_a_missing_plugin_are_named(
    copy: Path, script: Callable[[str], ModuleType]
) -> None:
    core = copy / "_internal" / "PySide6" / "Qt6Core.dll"
    data = bytearray(core.read_bytes())
    shutil.copyfile(core, copy / "_internal" / "icuuc.dll")
    data[len(data) // 2] ^= 1
    core.write_bytes(data)
    (copy / "_internal" / "PySide6" / "plugins" / "platforms" / "qwindows.dll").unlink()
    (copy / "_internal" / "PySide6" / "Qt6Svg.dll").unlink()
    (library,) = (copy / "_internal" / "lexilla.libs").iterdir()
    library.unlink()
    problems = script("windows/pe_audit").audit(copy).problems
    for said in (
        "_internal/PySide6/Qt6Core.dll has been changed since",
        "_internal/icuuc.dll must not travel.",
        "_internal/pyside6/plugins/platforms/qwindows.dll is missing.",
        "_internal/lexilla.libs/msvcp140-*.dll is missing.",
        "_internal/PySide6/QtSvg.pyd needs qt6svg.dll, which is neither in the bundle nor Windows' own.",
        "needs " + library.name.lower(),
    ):
        assert any(said in problem for problem in problems), said


def test_in_a_real_bundle_a_stand_in_is_a_fault(copy: Path, script: Callable[[str], ModuleType]) -> None:
    (copy / "SIMULATED.txt").unlink()
    assert any(
        "python3.dll is named like" in problem for problem in script("windows/pe_audit").audit(copy).problems
    )


def test_a_signed_release_has_nothing_unsigned(payload: Path, script: Callable[[str], ModuleType]) -> None:
    problems = script("windows/pe_audit").audit(payload, signed=True).problems
    assert len([problem for problem in problems if problem.endswith(" is not signed.")]) == len(OURS)


@pytest.fixture(scope="module")
def rules(
    script: Callable[[str], ModuleType], payload: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, xml.Element]:
    folder = tmp_path_factory.mktemp("rules")
    return {
        file.stem: xml.parse(file).getroot() for file in script("windows/app_control").write(payload, folder)
    }


def test_hash_rules_cover_every_executable_file_once(found, rules: dict[str, xml.Element]) -> None:  # type: ignore[no-untyped-def]
    by_applocker = [
        each.get("Data", "").removeprefix("0x") for each in rules["applocker-hash"].iterfind(".//FileHash")
    ]
    assert sorted(by_applocker) == sorted(file.hash for file in found.files)
    space = {"": "urn:schemas-microsoft-com:sipolicy"}
    by_app_control = {
        each.get("ID"): each.get("Hash") for each in rules["appcontrol-hash"].iterfind(".//Allow", space)
    }
    assert sorted(by_app_control.values()) == sorted(file.hash for file in found.files)
    assert [
        each.get("RuleID") for each in rules["appcontrol-hash"].iterfind(".//FileRuleRef", space)
    ] == list(by_app_control)


def test_applocker_rules_allow_and_enforce_nothing_by_themselves(rules: dict[str, xml.Element]) -> None:
    identifiers = []
    for name in ("applocker-path", "applocker-publisher", "applocker-hash"):
        assert rules[name].tag == "AppLockerPolicy" and rules[name].get("Version") == "1"
        assert [each.get("Type") for each in rules[name]] == ["Exe", "Dll"]
        for collection in rules[name]:
            assert collection.get("EnforcementMode") == "NotConfigured" and len(collection)
            for rule in collection:
                assert rule.get("Action") == "Allow" and rule.get("UserOrGroupSid") == "S-1-1-0"
                assert len(rule.findall("Conditions/*")) == 1
                identifiers.append(rule.get("Id"))
    assert len(identifiers) == len(set(identifiers))


def test_publisher_rules_name_qt_and_leave_a_place_for_us(rules: dict[str, xml.Element]) -> None:
    publishers = [
        each.get("PublisherName", "")
        for each in rules["applocker-publisher"].iterfind(".//FilePublisherCondition")
    ]
    assert any(name.startswith("O=THE QT COMPANY OY, ") for name in publishers)
    assert len([name for name in publishers if "REPLACE WITH" in name]) == 2, (
        "one for programs, one for libraries"
    )


def test_the_committed_rules_are_what_the_bundle_gives(
    script: Callable[[str], ModuleType], root: Path, found
) -> None:  # type: ignore[no-untyped-def]
    made = script("windows/app_control")
    committed = root / "packaging" / "windows" / "rules"
    assert (committed / "applocker-path.xml").read_text(encoding="utf-8") == made.path_rules()
    assert (committed / "applocker-publisher.xml").read_text(encoding="utf-8") == made.publisher_rules(
        found.files
    )
