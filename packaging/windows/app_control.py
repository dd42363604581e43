"""Rules for AppLocker and App Control for Business (WDAC), from a bundle folder: by path, by publisher, by hash.

    python packaging/windows/app_control.py BUNDLE TARGET-FOLDER

Templates: nothing is enforced until administrators merge them into a policy of their own. Not yet tried on Windows; the forms follow
Microsoft's documentation of AppLocker policies and of App Control's policy schema.

- applocker-path.xml        from Program Files, where only administrators write; AppLocker's default rules allow that already
- applocker-publisher.xml   by signature; ours once a release is signed
- applocker-hash.xml        exactly these files; to be replaced with each release
- appcontrol-hash.xml       the same as a supplemental policy for App Control: name your base policy with
                            Set-CIPolicyIdInfo -SupplementsBasePolicyID
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as xml

from pe_audit import Audited, audit
from product import KEY, NAME, SHORT_NAME, guid

#: Everyone, as Windows numbers groups. Administrators narrow it to the group that learns.
EVERYONE = "S-1-1-0"

#: Stands where our own certificate's name will, in the form that AppLocker shows.
OUR_PUBLISHER = "O=REPLACE WITH THE PUBLISHER OF TUTOR.EXE AS GET-APPLOCKERFILEINFORMATION SHOWS IT"

SIPOLICY = "urn:schemas-microsoft-com:sipolicy"


def path_rules() -> str:
    """AppLocker: whatever lies in our folder in Program Files."""

    def rule(collection: xml.Element, name: str) -> None:
        inside = f"%PROGRAMFILES%\\{SHORT_NAME}\\*"
        conditions = _rule(collection, "FilePathRule", f"{name} in {inside}")
        xml.SubElement(conditions, "FilePathCondition", Path=inside)

    policy = xml.Element("AppLockerPolicy", Version="1")
    for kind, name in (("Exe", "Programs"), ("Dll", "Libraries")):
        rule(_collection(policy, kind), name)
    return _written(policy)


def publisher_rules(files: tuple[Audited, ...]) -> str:
    """AppLocker: by who signed the files; ours are named once they are signed."""
    policy = xml.Element("AppLockerPolicy", Version="1")
    for kind in ("Exe", "Dll"):
        collection = _collection(policy, kind)
        ours = [file for file in files if _is(file, kind)]
        for publisher in sorted({file.publisher or OUR_PUBLISHER for file in ours}):
            conditions = _rule(collection, "FilePublisherRule", f"{kind}: {publisher}"[:200])
            condition = xml.SubElement(
                conditions, "FilePublisherCondition", PublisherName=publisher, ProductName="*", BinaryName="*"
            )
            xml.SubElement(condition, "BinaryVersionRange", LowSection="*", HighSection="*")
    return _written(policy)


def hash_rules(bundle: Path, files: tuple[Audited, ...]) -> str:
    """AppLocker: exactly these files."""
    policy = xml.Element("AppLockerPolicy", Version="1")
    for kind in ("Exe", "Dll"):
        collection = _collection(policy, kind)
        for file in files:
            if _is(file, kind):
                hashes = xml.SubElement(_rule(collection, "FileHashRule", file.place), "FileHashCondition")
                xml.SubElement(
                    hashes, "FileHash",
                    Type="SHA256", Data=f"0x{file.hash}", SourceFileName=file.place.rpartition("/")[2],
                    SourceFileLength=str((bundle / file.place).stat().st_size),
                )  # fmt: skip
    return _written(policy)


def supplemental_policy(files: tuple[Audited, ...]) -> str:
    """App Control: exactly these files, beside whatever the base policy allows."""
    root = xml.Element("SiPolicy", {"xmlns": SIPOLICY, "PolicyType": "Supplemental Policy"})
    xml.SubElement(root, "VersionEx").text = "10.0.0.0"
    xml.SubElement(root, "PlatformID").text = "{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}"
    for empty in ("Rules", "EKUs"):
        xml.SubElement(root, empty)
    rules = xml.SubElement(root, "FileRules")
    names = []
    for number, file in enumerate(files, 1):
        names.append(f"ID_ALLOW_A_{number}")
        xml.SubElement(rules, "Allow", ID=names[-1], FriendlyName=f"{file.place} Hash Sha256", Hash=file.hash)
    xml.SubElement(root, "Signers")
    scenario = xml.SubElement(
        xml.SubElement(root, "SigningScenarios"), "SigningScenario",
        Value="12", ID="ID_SIGNINGSCENARIO_WINDOWS", FriendlyName="User mode",
    )  # fmt: skip
    used = xml.SubElement(xml.SubElement(scenario, "ProductSigners"), "FileRulesRef")
    for name in names:
        xml.SubElement(used, "FileRuleRef", RuleID=name)
    for empty in ("UpdatePolicySigners", "CiSigners"):
        xml.SubElement(root, empty)
    xml.SubElement(root, "HvciOptions").text = "0"
    own = guid("App Control, supplemental policy by hash")
    xml.SubElement(root, "BasePolicyID").text = "{" + own + "}"
    xml.SubElement(root, "PolicyID").text = "{" + own + "}"
    settings = xml.SubElement(root, "Settings")
    for value, text in (("Name", NAME), ("Id", KEY)):
        setting = xml.SubElement(
            settings, "Setting", Provider="PolicyInfo", Key="Information", ValueName=value
        )
        xml.SubElement(xml.SubElement(setting, "Value"), "String").text = text
    return _written(root)


def _is(file: Audited, kind: str) -> bool:
    return file.place.endswith(".exe") == (kind == "Exe")


def _collection(policy: xml.Element, kind: str) -> xml.Element:
    """Rules of one kind; not configured, so that merging them enforces nothing new."""
    return xml.SubElement(policy, "RuleCollection", Type=kind, EnforcementMode="NotConfigured")


def _rule(collection: xml.Element, form: str, name: str) -> xml.Element:
    rule = xml.SubElement(
        collection, form,
        Id=guid(f"AppLocker {collection.get('Type')} {form} {name}").lower(), Name=f"{NAME}: {name}",
        Description="Template of the product; see its guide for IT.", UserOrGroupSid=EVERYONE, Action="Allow",
    )  # fmt: skip
    return xml.SubElement(rule, "Conditions")


def _written(root: xml.Element) -> str:
    xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def write(bundle: Path, target: Path) -> list[Path]:
    """Write all rules for this bundle into a folder, which is made."""
    files = audit(bundle).files
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in (
        ("applocker-path.xml", path_rules()),
        ("applocker-publisher.xml", publisher_rules(files)),
        ("applocker-hash.xml", hash_rules(bundle, files)),
        ("appcontrol-hash.xml", supplemental_policy(files)),
    ):
        (target / name).write_text(text, encoding="utf-8")
        written.append(target / name)
    return written


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__)
        raise SystemExit(2)
    for path in write(Path(sys.argv[1]), Path(sys.argv[2])):
        print(path)
