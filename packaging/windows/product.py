"""Who this product is to Windows: one place for the names, numbers and codes that installer, executables and policies share."""

from __future__ import annotations

import ast
import re
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: In lists of installed programs; "unofficial" stands wherever the name stands.
NAME = "Code4Health Tutor (unofficial)"

#: Of the folder in Program Files, the registry key and the policies' key.
SHORT_NAME = "Code4Health Tutor"

#: The same where a space would be in the way.
KEY = "Code4HealthTutor"

MAKER = "Code4Health Tutor contributors"

COPYRIGHT = "Code under the MIT licence; lessons under CC BY 4.0. Not made or endorsed by the NHS."

#: Executables, and what Task Manager, the firewall and a virus scanner's log say of each.
EXECUTABLES = {
    "tutor.exe": "Code4Health Tutor (unofficial)",
    "tutor-cli.exe": "Code4Health Tutor (unofficial), command line",
    "learner-python.exe": "Python for learners' programs, of Code4Health Tutor (unofficial)",
}

#: All our GUIDs are made from this one. NEVER change it: Windows knows an earlier installation by what it gives.
NAMESPACE = uuid.UUID("6f1f6a35-6c0d-4b39-8f0a-2b9d4c4a7e11")

_FINAL = re.compile(r"(\d+)\.(\d+)\.(\d+)(?P<rest>.*)")


def guid(name: str) -> str:
    """The GUID that this name always has, as the Windows Installer writes it."""
    return str(uuid.uuid5(NAMESPACE, name)).upper()


#: One for all versions, for ever.
UPGRADE_CODE = guid("upgrade code, x64, per machine")


def version() -> str:
    """The one version of the project, from `tutor/__init__.py`."""
    for node in ast.parse((ROOT / "tutor" / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and [getattr(name, "id", "") for name in node.targets] == [
            "__version__"
        ]:
            return str(ast.literal_eval(node.value))
    raise SystemExit("tutor/__init__.py states no __version__.")


def numbers(text: str) -> tuple[int, int, int]:
    """The three numbers of a version: all that the Windows Installer compares.

    Args:
        text: as `version` gives it; what follows the three numbers (".dev1", "rc1") does not count.

    Raises:
        ValueError: it has no three numbers, or one is larger than the Windows Installer can hold.
    """
    found = _FINAL.fullmatch(text)
    if not found:
        raise ValueError(f"The version is {text}; Windows needs three numbers, such as 1.2.3.")
    first, second, third = (int(number) for number in found.groups()[:3])
    if first > 255 or second > 255 or third > 65535:
        raise ValueError(f"The version is {text}; Windows holds 255.255.65535 at most.")
    return first, second, third


def is_final(text: str) -> bool:
    """Whether this is a version for everybody: the Windows Installer could not tell 1.2.3rc1 from 1.2.3."""
    found = _FINAL.fullmatch(text)
    return bool(found) and not found["rest"]
