"""`tutor schema`"""

from __future__ import annotations

import argparse
import json
from typing import Any

from tutor.authoring.schema import json_schema


def add_to(verbs: Any, everywhere: argparse.ArgumentParser) -> None:
    """Describe the verb."""
    verb = verbs.add_parser(
        "schema", parents=[everywhere], help="a JSON Schema of the lesson format, for editors"
    )
    verb.add_argument(
        "part", nargs="?", default="lesson", choices=["lesson", "course", "rules", "glossary", "answers"]
    )
    verb.set_defaults(act=act)


def act(options: argparse.Namespace) -> int:
    """Print it."""
    print(json.dumps(json_schema(options.part), indent=2, ensure_ascii=False))
    return 0
