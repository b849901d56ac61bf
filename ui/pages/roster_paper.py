"""打印 on the page 名单: Ctrl+P or the button, then the preview, which is loaded when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from models.rosters import Found
from ui.page import PageWidget
from ui.table.cells import Head
from ui.table.lines import Lines
from ui.widgets import PageHeader

if TYPE_CHECKING:
    from ui.printing.preview import Preview


class Shown(Protocol):
    """What is on show: a list's rows in a table."""

    found: Found | None
    list: Lines

    def heads(self) -> list[Head]:
        """The headings of the table."""


class RosterPrint(QObject):
    """Prints the tab on show."""

    def __init__(self, page: PageWidget, header: PageHeader, panel: Shown) -> None:
        super().__init__(page)
        self.page, self.panel, self.fact = page, panel, header.fact
        self.preview: Preview | None = None
        self._keys = QShortcut(QKeySequence("Ctrl+P"), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._keys.activated.connect(self.open)
        self.button = header.add("打印", self.open)
        self.button.setToolTip("Ctrl+P")

    def open(self) -> None:
        """Preview the rows on show."""
        if self.panel.found is None or not self.panel.list.isVisible():
            self.page.session.said.emit("先在左边选一张名单", "")
            return
        # brings the printer, and what lays out pages: who only looks does not wait for them
        from exporters.tablepages import Heading, TableSheet
        from ui.pages.ledger_paper import Table
        from ui.printing.preview import Preview

        if self.preview is None:
            self._keys.setEnabled(False)  # the preview has the same key
            self.preview = Preview(self.page, self.page.session, self.open)
        of, session = self.panel.found.roster, self.page.session
        heads = tuple(Heading(head.label, head.unit, head.right) for head in self.panel.heads())
        rows = [[cell.text for cell in row.cells] for row in self.panel.list.lines.rows]
        # what was changed, since whoever reads the paper has no window beside it
        changed = [each.told for each in self.panel.found.limits if each.choice]
        about = "　".join((self.fact.text(), of.clause, *changed))
        table = TableSheet(of.name, about, heads, rows, 1)
        self.preview.open(Table(f"{of.name}_{session.period}", f"roster/{of.id}", table, session.look))
