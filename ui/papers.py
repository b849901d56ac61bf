"""Making the narrative and the charts of a return, for commands and window alike; no Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exporters.charts import Sheet, pdf
from exporters.narrative import Narrative, fill
from models.charts import ChartFigures, Drawn
from models.packs.tables import BadPack
from models.returns import Frame, ReturnFigures
from models.store.file import DataFile
from models.store.versions import said
from ui.reporting import Asked

ASIDE = "（上一稿）"  # what the earlier report is called when it makes room for the new one


@dataclass(frozen=True)
class Written:
    """A narrative as it stands now; ``version`` is the issued version whose figures it has, 0 for a draft."""

    narrative: Narrative
    version: int


def narrative(file: DataFile, asked: Asked, earlier: bytes = b"") -> Written:
    """The pack's report.docx filled; it is a draft unless its figures are those of the issued version.

    Raises BadPack when the pack has none, WordFault when it or ``earlier`` is no Word document.
    """
    if not asked.pack.report:
        raise BadPack(f"报表包“{asked.pack.id}”没有文字报告的模板 report.docx")
    with file.reading() as connection:
        day = date.today()
        issued = said(connection, asked.zone.code, asked.pack.id, asked.period)
        if issued and issued.issued_at:
            day = date.fromisoformat(issued.issued_at[:10])
        frame = Frame(asked.zone, asked.period, {"报出日期": f"{day.year}年{day.month}月{day.day}日"})
        figures = ReturnFigures(connection, asked.pack, frame, asked.zones, date.today())
        same = issued is not None and dict(issued.figures) == figures.figures
        sheets = {sheet.id: sheet.sheet for sheet in asked.pack.sheets if sheet.ledger}
        made = fill(asked.pack.report, figures, sheets, draft=not same, earlier=earlier)
    return Written(made, issued.no if issued and same else 0)


def charts(file: DataFile, asked: Asked) -> tuple[bytes, list[Drawn]]:
    """The pack's charts as a PDF, and what they show. Raises BadPack when it has none."""
    if not asked.pack.charts:
        raise BadPack(f"报表包“{asked.pack.id}”没有图表")
    with file.reading() as connection:
        figures = ChartFigures(connection, asked.pack, asked.zones, asked.period, date.today())
        drawn = [figures.drawn(chart) for chart in asked.pack.charts]
    return pdf(drawn, Sheet(asked.zone.name, asked.period.label, asked.pack.basis)), drawn
