"""The figures of a build, as docs/bundle.md keeps them between its two marks."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bundle.sizes import megabytes, parts
from bundle.trying import Found
from models.places import ROOT
from models.version import VERSION

PAGE = ROOT / "docs" / "bundle.md"
BEGIN, END = "<!-- figures -->\n", "<!-- /figures -->\n"


def page(folder: Path, file: Path | None, found: Found) -> str:
    """The figures as Markdown."""
    sizes = parts(folder)
    machine = f"{platform.system()} {platform.machine()}, glibc {platform.libc_ver()[1] or '–'}"
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, version {VERSION}, {machine}, Python {platform.python_version()}.",
        "",
        "| part | size |",
        "| --- | --- |",
        *(f"| {name} | {megabytes(size)} |" for name, size in sizes),
        f"| **the folder** | **{megabytes(sum(size for _, size in sizes))}** |",
        *([f"| `{file.name}` | {megabytes(file.stat().st_size)} |"] if file else []),
        "",
        *_start(found.start),
        f"- From the machine: {', '.join(found.asked) or '–'}",
        f"- Newer than glibc 2.28 (from the machine it was built on): {', '.join(found.newer) or 'nothing'}",
        "",
        *(f"- ✓ {sentence}" for sentence in found.said),
    ]
    return "\n".join(lines) + "\n"


def _start(seen: Mapping[str, tuple[float, float]]) -> list[str]:
    if not seen:
        return []
    rows = [f"| {name} | {wall:.2f} | {processor:.2f} |" for name, (wall, processor) in seen.items()]
    load = f"From the start of the process until its window is seen (load of the machine {os.getloadavg()[0]:.1f}):"
    return [load, "", "| start | seconds | of the processor |", "| --- | --- | --- |", *rows, ""]


def write(text: str) -> None:
    """Put the figures into the page."""
    whole = PAGE.read_text(encoding="utf-8")
    head, rest = whole.split(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}", encoding="utf-8")
