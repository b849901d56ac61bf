"""The rows that an import gives back, saved as a workbook with those cells red."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from importers.merge import Plan, save_returned
from importers.merge.returned import save_all_returned
from importers.merge.together import Together
from ui.outcome import Outcome
from ui.saving import BOOK
from ui.worker import Task


def save_red(page: QWidget, plan: Plan | Together, path: Path, outcome: Outcome) -> None:
    """Ask where, then save the rows that come back: a copy of the file, or a sheet for each ledger."""
    name = str(path.with_name(f"{path.stem}_退回.xlsx"))
    chosen, _ = QFileDialog.getSaveFileName(page, "退回行另存为", name, BOOK)
    if not chosen:
        return
    target = Path(chosen if chosen.endswith(".xlsx") else f"{chosen}.xlsx")
    if isinstance(plan, Together):
        task = Task(page, partial(save_all_returned, plan.plans, target))
    else:
        task = Task(page, partial(save_returned, plan, target))
    saved = f"{target.name}：红格旁写着原因，改好后再导入。"
    task.done.connect(lambda _: outcome.put("退回行已存好", saved, "good", file=target))
    task.failed.connect(
        lambda error: outcome.put("没有存成", f"“{target.name}”写不进去（{error}），请换一个文件名", "error")
    )
    task.start()
