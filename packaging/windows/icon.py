"""Makes tutor.ico from resources/app/tutor.svg, our own drawing; the result is committed, so that no build needs to draw.

python packaging/windows/icon.py            writes it
python packaging/windows/icon.py --check    says whether the committed one is what the drawing gives
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAWING = ROOT / "resources" / "app" / "tutor.svg"
ICON = Path(__file__).resolve().parent / "tutor.ico"

#: Edge lengths in pixels: Explorer's small, medium and large icons at 100, 125, 150 and 200 %.
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def drawn(size: int) -> list[bytes]:
    """The drawing at this size: its rows from the top, four bytes (blue, green, red, alpha) a pixel."""
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    data = bytes(image.constBits())
    return [data[row * size * 4 : (row + 1) * size * 4] for row in range(size)]


def _bitmap(size: int, rows: list[bytes]) -> bytes:
    """An icon's picture: a bitmap from the bottom up, and the mask of what is see-through, which older readers want."""
    header = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    width = (size + 31) // 32 * 4
    mask = b""
    for row in reversed(rows):
        bits = "".join("0" if row[at * 4 + 3] else "1" for at in range(size)).ljust(width * 8, "0")
        mask += int(bits, 2).to_bytes(width, "big")
    return header + b"".join(reversed(rows)) + mask


def _png(size: int, rows: list[bytes]) -> bytes:
    """The largest picture is a PNG, as Windows has it since Vista."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b""
    for row in rows:
        pixels = [row[at : at + 4] for at in range(0, len(row), 4)]
        lines += b"\0" + b"".join(bytes((red, green, blue, alpha)) for blue, green, red, alpha in pixels)
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(lines, 9))
        + chunk(b"IEND", b"")
    )


def icon() -> bytes:
    """The whole .ico file."""
    pictures = [(_png if size == 256 else _bitmap)(size, drawn(size)) for size in SIZES]
    entries = b""
    place = 6 + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return struct.pack("<HHH", 0, 1, len(SIZES)) + entries + b"".join(pictures)


def differences(size: int, committed: bytes) -> int:
    """By how much, at worst, a byte of the committed picture of this size differs from the drawing."""
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImage, QImageReader

    buffer = QBuffer()
    buffer.setData(QByteArray(committed))
    reader = QImageReader(buffer, QByteArray(b"ico"))
    reader.jumpToImage(SIZES.index(size))
    image = reader.read().convertToFormat(QImage.Format.Format_ARGB32)
    if image.width() != size:
        return 255
    return max(abs(a - b) for a, b in zip(bytes(image.constBits()), b"".join(drawn(size)), strict=True))


def main() -> int:
    """Write the icon, or check it; a byte may differ a little, as another Qt smooths edges a little differently."""
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([*sys.argv, "-platform", "offscreen"])
    if "--check" not in sys.argv:
        ICON.write_bytes(icon())
        print(f"{ICON.name}: {len(SIZES)} sizes, {ICON.stat().st_size:,} bytes")
        return 0
    worst = {size: differences(size, ICON.read_bytes()) for size in SIZES}
    old = [str(size) for size, difference in worst.items() if difference > 8]
    print(
        f"Not what the drawing gives: {', '.join(old)} pixels."
        if old
        else "The icon is what the drawing gives."
    )
    application.quit()
    return bool(old)


if __name__ == "__main__":
    raise SystemExit(main())
