"""Keeping what is asked for in the override panel: a figure put in place of the calculated one, withdrawn, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.overridden import Overridden
from models.returns import worked_out
from models.store.batches import Refused
from models.store.overrides import confirm, put_override, withdraw
from ui.drawing import Drawn, Told
from ui.pages.returns_panel import Panel
from ui.session import Session


class Overriding(QObject):
    """``drawing`` gives the form as it is on show."""

    def __init__(self, page: QWidget, session: Session, panel: Panel, drawing: Callable[[], Drawn | None]) -> None:
        super().__init__(page)
        self.session, self.panel, self.drawing = session, panel.cell.override, drawing
        self.panel.given.connect(self._put)
        self.panel.withdrawn.connect(self._withdraw)
        self.panel.confirmed.connect(self._confirm)

    def _put(self, told: Told, figure: str, why: str) -> None:
        drawing = self.drawing()
        if drawing is None:
            return
        asked, item = drawing.asked, told.item
        if item in drawing.calculated:
            now = drawing.calculated[item]
        else:
            with self.session.file.reading() as connection:
                now = worked_out(connection, asked.pack, asked.zones, asked.period, today=date.today(), item=item)
        pack, period = asked.pack.id, asked.period
        try:
            kept = self.session.write(
                "改数",
                f"改数 {pack} {told.name}",
                lambda work: put_override(work, pack, period, item, typed=figure, why=why, calculated=now),
            )
        except (ValueError, Refused) as fault:
            self.panel.refuse(str(fault))
            return
        if kept:
            self.panel.form.hide()
            self.session.said.emit(f"{told.name} 已改为 {figure.strip()}，算出的数留在旁边；Ctrl+Z 可撤销", "good")

    def _withdraw(self, over: Overridden) -> None:
        if self.session.write("改数", f"撤回改数 {over.name}", lambda work: withdraw(work, over.by)):
            self.session.said.emit(f"{over.name} 的改数已撤回，照台账算，Ctrl+Z 可撤销", "good")

    def _confirm(self, over: Overridden) -> None:
        if self.session.write("改数", f"确认改数 {over.name}", lambda work: confirm(work, over.by, over.calculated)):
            self.session.said.emit(f"{over.name} 的改数已按现在算出的数确认", "good")
