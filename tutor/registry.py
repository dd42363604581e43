"""What group policy has set on this PC, from Windows' registry; elsewhere there is nothing to read.

Not yet run on Windows: written against the documentation of `winreg`, which tests hand in as a table.
"""

from __future__ import annotations

import importlib
import os
from typing import Any

from tutor.translation import tr

#: Below HKEY_LOCAL_MACHINE, where only administrators write; group policy and our ADMX template put their values here.
POLICY_KEY = r"Software\Policies\Code4HealthTutor"

#: Kinds of values, as Windows numbers them: text, text with variables to replace, and a whole number of 32 bits.
TEXT, EXPANDING_TEXT, NUMBER = 1, 2, 4

#: How a person finds the key.
SHOWN_KEY = f"HKLM\\{POLICY_KEY}"


def registered_policy(winreg: Any = None) -> tuple[dict[str, Any], list[str]]:
    """The values under the policy key.

    Args:
        winreg: what reads the registry; None for Windows' own, where this is Windows.

    Returns:
        Name in small letters -> text or whole number; and a sentence about each value of another kind, or about a key that cannot be read.
    """
    if winreg is None:
        if os.name != "nt":
            return {}, []
        winreg = importlib.import_module("winreg")
    try:
        # A 32-bit process would be shown another part of the registry than administrators see.
        key = winreg.OpenKey(
            winreg.HKEY_LOCAL_MACHINE, POLICY_KEY, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        )
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [
            tr(
                "{key} cannot be read ({why}).",
                key=SHOWN_KEY,
                why=error.strerror or error,
            )
        ]
    values: dict[str, Any] = {}
    problems = []
    with key:
        for number in range(winreg.QueryInfoKey(key)[1]):
            name, value, kind = winreg.EnumValue(key, number)
            if kind in (TEXT, EXPANDING_TEXT, NUMBER):
                values[name.lower()] = value  # as the registry, which does not tell Theme from theme
            else:
                problems.append(
                    tr(
                        '{key}: "{name}" is of kind {kind}; it has to be REG_SZ or REG_DWORD.',
                        key=SHOWN_KEY,
                        name=name,
                        kind=kind,
                    )
                )
    return values, problems
