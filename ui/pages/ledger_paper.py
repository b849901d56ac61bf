"""A ledger's table as pages to print, over the page it is of; loaded when something is printed."""

from __future__ import annotations

from dataclasses import dataclass

from exporters.page import Layout
from exporters.tablepages import Heading, TableSheet, table_pages
from models.store.zones import pick
from ui.printing.papers import Papers
from ui.printing.preview import Preview
from ui.printing.sheets import SheetPapers
from ui.table.model import LedgerModel
from ui.theme import Look


@dataclass(frozen=True)
class Table:
    """A table as a source of pages."""

    name: str
    key: str
    table: TableSheet
    look: Look

    def laid(self, layout: Layout) -> Papers:
        """Its pages on that paper."""
        return SheetPapers(self.name, self.key, [table_pages(self.table, layout)], self.look, draft=False)


def show(preview: Preview, model: LedgerModel, fact: str, rows: list[list[str]]) -> None:
    """Preview ``rows`` of what ``model`` shows; ``fact`` stands beneath the title."""
    session, ledger = model.session, model.view.own
    heads = [shown.head() for shown in model.columns]
    with session.file.reading() as connection:
        zone = pick(connection, session.zone).name
    table = TableSheet(
        ledger.label, f"{zone}　{fact}", tuple(Heading(head.label, head.unit, head.right) for head in heads), rows,
        max(1, model.frozen),
    )  # fmt: skip
    preview.open(Table(f"{ledger.label}_{session.period}", f"ledger/{ledger.id}", table, session.look))
