"""The icon of the executables."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImageReader


def pixels(file: Path) -> dict[int, list[int]]:
    """Edge length -> every byte of the picture, as Qt's own reader of .ico files sees it."""
    reader = QImageReader(str(file))
    found = {}
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number), reader.errorString()
        image = reader.read().convertToFormat(image_format())
        found[image.width()] = list(bytes(image.constBits()))
    return found


def image_format():  # type: ignore[no-untyped-def]
    from PySide6.QtGui import QImage

    return QImage.Format.Format_ARGB32


@pytest.mark.usefixtures("qapp")
def test_the_committed_icon_is_what_our_drawing_gives(
    script: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    icon = script("windows/icon")
    again = tmp_path / "again.ico"
    again.write_bytes(icon.icon())
    committed, drawn = pixels(icon.ICON), pixels(again)
    assert tuple(sorted(committed)) == icon.SIZES == tuple(sorted(drawn))
    for size in icon.SIZES:
        worst = max(abs(a - b) for a, b in zip(committed[size], drawn[size], strict=True))
        assert worst <= 8, (
            f"{size} pixels: run packaging/windows/icon.py"
        )  # another Qt may smooth edges a little differently


def test_the_icon_is_small_and_its_largest_picture_is_a_png(script: Callable[[str], ModuleType]) -> None:
    data = script("windows/icon").ICON.read_bytes()
    assert len(data) < 60_000
    count = struct.unpack_from("<H", data, 4)[0]
    width, *_, length, place = struct.unpack_from("<BBBBHHII", data, 6 + 16 * (count - 1))
    assert width == 0 and data[place : place + 8] == b"\x89PNG\r\n\x1a\n" and place + length == len(data)
