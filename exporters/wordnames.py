"""Names of a Word document's elements: w:p → {namespace}p. As python-docx has them, without loading it."""

from __future__ import annotations

from functools import cache

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = {
    "a": f"{_DRAWING}/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": f"{_DRAWING}/wordprocessingDrawing",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


@cache
def qn(name: str) -> str:
    """The full name of a prefixed one."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
