"""Asking where a file or a folder of files goes, or where one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

BOOK = "Excel 工作簿 (*.xlsx)"


def ask_folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """A folder, beginning at ``start``; None when the clerk thinks better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(start or Path.home()))
    return Path(chosen) if chosen else None


def ask_where(
    parent: QWidget,
    name: str,
    kind: str,
    problem: str = "",
    files: Callable[[Path], Sequence[Path]] = lambda path: [path],
) -> Path | None:
    """The place for a file of ``kind`` (“PDF 文件 (*.pdf)”), ``problem`` told above; None when the clerk thinks better of it.

    ``files`` are those that writing there makes: what is there already is only written over where the dialog has asked.
    """
    ending = kind.rpartition("*")[2].rstrip(")")
    start = Path.home() / name
    while True:
        chosen, _ = QFileDialog.getSaveFileName(parent, problem or "保存到", str(start), kind)
        if not chosen:
            return None
        path = Path(chosen if chosen.lower().endswith(ending) else f"{chosen}{ending}")
        there = next((each for each in files(path) if each.exists() and str(each) != chosen), None)
        if there is None:
            return path
        problem, start = f"“{there.name}”已经有了，请换个名字" + ("" if there != path else "，或选中它来换掉"), path
