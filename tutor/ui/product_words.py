"""What stands on every window: the product's name, that it is unofficial, and that it is for learning only."""

from __future__ import annotations

from tutor import NAME
from tutor.translation import tr


def learning_banner() -> str:
    """`tutor.LEARNING_BANNER`, in the reader's language."""
    return tr("Learning exercise. Not for clinical use. All people and numbers are invented.")


def unofficial_name(version: str = "") -> str:
    """The product's name, which no language changes, and that nobody has endorsed it."""
    if version:
        return tr("{name} {version} (unofficial)", name=NAME, version=version)
    return tr("{name} (unofficial)", name=NAME)
