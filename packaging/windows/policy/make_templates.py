"""Group policy templates (ADMX and ADML) from the very table of settings that the tutor reads; the result is committed.

    python packaging/windows/policy/make_templates.py      writes code4health-tutor.admx and en-GB/code4health-tutor.adml

Administrators copy both into PolicyDefinitions. Not yet tried on Windows; the form follows Microsoft's ADMX schema, 2006/07.
"""

from __future__ import annotations

import sys
from dataclasses import Field, fields
from pathlib import Path
from xml.etree import ElementTree as xml

FOLDER = Path(__file__).resolve().parent
sys.path.append(str(FOLDER.parents[2]))
sys.path.append(str(FOLDER.parent))

from product import NAME, SHORT_NAME  # noqa: E402

from tutor.registry import POLICY_KEY  # noqa: E402
from tutor.settings import Settings  # noqa: E402

FILE = "code4health-tutor"
LANGUAGE = "en-GB"
_SCHEMA = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"

#: Setting -> (title, what it does). For switches: what Enabled and Disabled mean.
WORDS = {
    "data_dir": ("Folder for learners' work", "Where progress, programs and settings are kept. Environment variables such as %USERPROFILE% are replaced for each person who signs in. Not configured: the person's roaming application data."),
    "text_size": ("Text size", "Size of all text in the window, in per cent, from 80 to 250."),
    "theme": ("Colours", "The colours of the window."),
    "font": ("Font of programs", "Name of an installed font of fixed width. Where it is not installed, the tutor takes its own choice."),
    "editor_width": ("Width of the editor", "The editor's share of the window, in per cent, from 20 to 80."),
    "run_seconds": ("Longest run of a program", "After how many seconds a program that a learner runs is stopped, from 1 to 600. Checks of exercises have limits of their own."),
    "run_memory_mb": ("Memory of a program", "How much memory a program that a learner runs may use, in MiB, from 64 to 4096."),
    "author": ("Tools for lesson writers", "Enabled: everybody sees the tools for writing lessons. Disabled: nobody does."),
    "animations": ("Animations", "Enabled: small movements in the window. Disabled: nothing moves. In remote sessions nothing moves in any case."),
    "review_cards": ("Cards for looking back", "Enabled: the tutor offers short cards about earlier lessons at the start. Disabled: it does not."),
    "check_for_patients": ("Ask about text that looks like patient data", "Enabled: before it keeps text that looks like a patient's details, the tutor asks. Disabled: it does not ask. The check runs on the PC only."),
}  # fmt: skip

CHOICES = {"system": "As Windows", "light": "Light", "dark": "Dark", "high-contrast": "High contrast"}

_EVERY = "Not configured: each person chooses in Settings. Otherwise Settings shows the value and that it is fixed."


def admx() -> str:
    """What can be set, for the group policy editor."""
    root = xml.Element("policyDefinitions", xmlns=_SCHEMA, revision="1.0", schemaVersion="1.0")
    spaces = xml.SubElement(root, "policyNamespaces")
    xml.SubElement(spaces, "target", prefix="code4healthtutor", namespace="Code4HealthTutor.Policies")
    xml.SubElement(root, "resources", minRequiredRevision="1.0")
    supported = xml.SubElement(xml.SubElement(root, "supportedOn"), "definitions")
    xml.SubElement(supported, "definition", name="FirstVersion", displayName="$(string.FirstVersion)")
    xml.SubElement(
        xml.SubElement(root, "categories"), "category", name="Tutor", displayName="$(string.Tutor)"
    )
    policies = xml.SubElement(root, "policies")
    _text(_policy(policies, "data_dir", True), "data_dir", expandable=True)
    for setting in fields(Settings):
        if setting.type == "bool":
            switch = _policy(policies, setting.name, False)
            for state, number in (("enabledValue", "1"), ("disabledValue", "0")):
                xml.SubElement(xml.SubElement(switch, state), "decimal", value=number)
        else:
            _element(_policy(policies, setting.name, True), setting)
    return _written(root)


def _policy(policies: xml.Element, name: str, asks: bool) -> xml.Element:
    """One policy; `asks` where it has a value beside Enabled and Disabled."""
    own = {"presentation": f"$(presentation.{name})"} if asks else {"valueName": name}
    words = {"displayName": f"$(string.{name})", "explainText": f"$(string.{name}_explained)"}
    policy = xml.SubElement(
        policies, "policy", {"name": name, "class": "Machine", **words, "key": POLICY_KEY, **own}
    )
    xml.SubElement(policy, "parentCategory", ref="Tutor")
    xml.SubElement(policy, "supportedOn", ref="FirstVersion")
    return policy


def _element(policy: xml.Element, setting: Field[object]) -> None:
    """The value of a setting that is no switch."""
    if "words" in setting.metadata:
        elements = xml.SubElement(policy, "elements")
        choice = xml.SubElement(elements, "enum", id=setting.name, valueName=setting.name, required="true")
        for word in setting.metadata["words"]:
            item = xml.SubElement(choice, "item", displayName=f"$(string.{_choice(setting.name, word)})")
            xml.SubElement(xml.SubElement(item, "value"), "string").text = word
    elif "between" in setting.metadata:
        low, high = setting.metadata["between"]
        elements = xml.SubElement(policy, "elements")
        xml.SubElement(
            elements, "decimal", id=setting.name, valueName=setting.name, required="true", minValue=str(low), maxValue=str(high)
        )  # fmt: skip
    else:
        _text(policy, setting.name)


def _text(policy: xml.Element, name: str, expandable: bool = False) -> None:
    more = {"expandable": "true"} if expandable else {}
    xml.SubElement(
        xml.SubElement(policy, "elements"),
        "text",
        id=name,
        valueName=name,
        required="true",
        maxLength="200",
        **more,
    )


def adml() -> str:
    """The words for it, in British English."""
    root = xml.Element("policyDefinitionResources", xmlns=_SCHEMA, revision="1.0", schemaVersion="1.0")
    xml.SubElement(root, "displayName").text = NAME
    xml.SubElement(
        root, "description"
    ).text = f"Policies of {NAME}, an offline tutor. Not made or endorsed by the NHS."
    resources = xml.SubElement(root, "resources")
    strings = xml.SubElement(resources, "stringTable")
    said = {"FirstVersion": f"{SHORT_NAME} 0.1 or later", "Tutor": NAME}
    for name, (title, explained) in WORDS.items():
        said |= {
            name: title,
            f"{name}_explained": f"{explained}\n\n{_EVERY if name != 'data_dir' else ''}".strip(),
        }
    said |= {_choice("theme", word): title for word, title in CHOICES.items()}
    for name, text in said.items():
        xml.SubElement(strings, "string", id=name).text = text
    presentations = xml.SubElement(resources, "presentationTable")
    _ask(presentations, "data_dir", "textBox", WORDS["data_dir"][0])
    for setting in fields(Settings):
        if "words" in setting.metadata:
            _ask(
                presentations,
                setting.name,
                "dropdownList",
                WORDS[setting.name][0],
                noSort="true",
                defaultItem="0",
            )
        elif "between" in setting.metadata:
            _ask(
                presentations,
                setting.name,
                "decimalTextBox",
                WORDS[setting.name][0],
                defaultValue=str(int(setting.default)),
            )  # type: ignore[call-overload]
        elif setting.type == "str":
            _ask(presentations, setting.name, "textBox", WORDS[setting.name][0])
    return _written(root)


def _ask(table: xml.Element, name: str, kind: str, label: str, **more: str) -> None:
    presentation = xml.SubElement(table, "presentation", id=name)
    asked = xml.SubElement(presentation, kind, refId=name, **more)
    if kind == "textBox":
        xml.SubElement(asked, "label").text = f"{label}:"
    else:
        asked.text = f"{label}:"


def _choice(setting: str, word: str) -> str:
    return f"{setting}_{word.replace('-', '_')}"


def _written(root: xml.Element) -> str:
    xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def main() -> int:
    words = FOLDER / LANGUAGE / f"{FILE}.adml"
    words.parent.mkdir(exist_ok=True)
    words.write_text(adml(), encoding="utf-8")
    (FOLDER / f"{FILE}.admx").write_text(admx(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
