"""The program's icon in the shapes that systems ask for, drawn from the one SVG."""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from models.places import RESOURCES

SVG = RESOURCES / "icons" / "园区年报通.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def png(size: int) -> bytes:
    """The icon, ``size`` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def ico(sizes: tuple[int, ...] = SIZES) -> bytes:
    """Windows' icon file: a heading of 6 bytes, 16 bytes for each size, then the pictures."""
    pictures = [png(size) for size in sizes]
    place, heads = 6 + 16 * len(sizes), b""
    for size, picture in zip(sizes, pictures, strict=True):
        heads += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return struct.pack("<HHH", 0, 1, len(sizes)) + heads + b"".join(pictures)


def write(folder: Path) -> Path:
    """Write the pictures that build.spec and the installers take; the icon file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "园区年报通.png").write_bytes(png(256))
    made = folder / "园区年报通.ico"
    made.write_bytes(ico())
    return made
