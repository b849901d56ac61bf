"""A Word report drawn on its pages: the same for the screen, where the clerk's own paragraphs stand out, and for the printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QImage,
    QPainter,
    QPalette,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from exporters.wordpage import ASKED, OWN, PAGE, Paragraph, Report, Run, Table, TableCell
from ui.paper import PaperPainter
from ui.theme import Look

UNIT = 10  # of the document in a point: fonts have whole sizes, and stand alike on screen and paper
MOST_BREAKS = 40  # of pages within tables
LINE = 0.5  # points, around cells
GROUNDS = {OWN: "#E3EEFB", ASKED: "#FFF3C9"}  # paper is light in both looks
_ACROSS = {
    "left": Qt.AlignmentFlag.AlignLeft, "center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight,
    "both": Qt.AlignmentFlag.AlignJustify,
}  # fmt: skip
_BLACK = QColor("#000000")


class WordPapers:
    """The pages of a report. ``marked`` grounds what the clerk wrote or is asked to write; ``draft`` marks every page."""

    def __init__(self, name: str, key: str, report: Report, look: Look, *, draft: bool, marked: bool = False) -> None:
        self.name, self.key, self.draft = name, key, draft
        self.report, self._look = report, look
        self._families = set(QFontDatabase.families())
        self._mark = PaperPainter(look)
        self._starts: dict[int, list[int]] = {}  # block → rows of its table that begin on a new page
        self.document = self._written(marked)
        for _ in range(MOST_BREAKS):  # a row is not torn over two pages, as in Word
            torn = self._torn()
            if torn is None:
                break
            self._starts.setdefault(torn[0], []).append(torn[1])
            self.document = self._written(marked)

    def count(self) -> int:
        """How many pages there are."""
        return self.document.pageCount()

    def size(self, number: int) -> tuple[float, float]:
        """Every page is the report's."""
        return self.report.width, self.report.height

    def paint(self, painter: QPainter, number: int, zoom: float) -> None:
        """Draw page ``number``: its part of the text, header and footer, the draft's mark."""
        width, height = self.report.width, self.report.height
        painter.save()
        if self.draft:
            self._mark.mark(painter, QRectF(0, 0, width * zoom, height * zoom))
        painter.scale(zoom / UNIT, zoom / UNIT)
        for texts, y in (
            (self.report.header[number % 2], self.report.edge[0] + 6),
            (self.report.footer[number % 2], height - self.report.edge[1] - 6),
        ):
            self._running(painter, texts, y, number + 1)
        page = QRectF(0, number * height * UNIT, width * UNIT, height * UNIT)
        painter.translate(0, -page.y())
        # no line of the page before, drawn where nobody sees it: a search would find it twice
        page.adjust(0, (self.report.margin[1] - 3) * UNIT, 0, (3 - self.report.margin[3]) * UNIT)
        painter.setClipRect(page)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = page
        context.palette.setColor(QPalette.ColorRole.Text, _BLACK)  # paper is light in both looks
        self.document.documentLayout().draw(painter, context)
        painter.restore()

    def _running(self, painter: QPainter, paragraphs: Sequence[Paragraph], y: float, number: int) -> None:
        left, _, right, _ = self.report.margin
        for each in paragraphs:
            text = each.text.replace(PAGE, str(number)).strip()
            room = QRectF(left + each.left, y - 12, self.report.width - left - right - each.left - each.right, 24)
            painter.setFont(self._font(replace(each.runs[0], spacing=0.0)))
            painter.setPen(QPen(QColor(each.runs[0].color)))
            area = QRectF(*(side * UNIT for side in (room.x(), room.y(), room.width(), room.height())))
            painter.drawText(area, int(_ACROSS[each.across] | Qt.AlignmentFlag.AlignVCenter), text)
            y += 16

    def _font(self, run: Run) -> QFont:
        font = QFont(run.font if run.font in self._families else self._look.family)
        font.setPixelSize(max(1, round(run.size * UNIT)))
        font.setBold(run.bold)
        font.setItalic(run.italic)
        font.setUnderline(run.underline)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if run.spacing:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, run.spacing * UNIT)
        return font

    # --- writing the document

    def _written(self, marked: bool) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setUseDesignMetrics(True)
        document.setPageSize(QSizeF(self.report.width * UNIT, self.report.height * UNIT))
        frame = QTextFrameFormat()
        left, top, right, bottom = (side * UNIT for side in self.report.margin)
        frame.setLeftMargin(left)
        frame.setTopMargin(top)
        frame.setRightMargin(right)
        frame.setBottomMargin(bottom)
        document.rootFrame().setFrameFormat(frame)
        cursor = QTextCursor(document)
        self._tables: list[tuple[int, int, int, QTextTable]] = []  # block, first row, heads repeated above it, table
        first = True
        for number, block in enumerate(self.report.blocks):
            if isinstance(block, Table):
                self._parts(cursor, number, block, marked)
                first = True  # the paragraph that stands after every table is used
            else:
                self._paragraph(cursor, block, marked, fresh=not first)
                first = False
        return document

    def _paragraph(self, cursor: QTextCursor, each: Paragraph, marked: bool, *, fresh: bool) -> None:
        form = QTextBlockFormat()
        form.setAlignment(_ACROSS[each.across])
        form.setTextIndent(each.first * UNIT)
        form.setLeftMargin(each.left * UNIT)
        form.setRightMargin(each.right * UNIT)
        form.setTopMargin(each.before * UNIT)
        form.setBottomMargin(each.after * UNIT)
        if each.line:
            form.setLineHeight(each.line * UNIT, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        elif each.times != 1:
            form.setLineHeight(each.times * 100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if each.breaks:
            form.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        if marked and each.kind:
            form.setBackground(QBrush(QColor(GROUNDS[each.kind])))
        if fresh:
            cursor.insertBlock(form)
        else:
            cursor.setBlockFormat(form)
        for run in each.runs:
            self._run(cursor, run)

    def _run(self, cursor: QTextCursor, run: Run) -> None:
        if run.image:
            name = QUrl(f"image{len(run.image)}-{run.image[:40].hex()}")
            cursor.document().addResource(
                QTextDocument.ResourceType.ImageResource.value, name, QImage.fromData(run.image)
            )
            picture = QTextImageFormat()
            picture.setName(name.toString())
            picture.setWidth(run.extent[0] * UNIT)
            picture.setHeight(run.extent[1] * UNIT)
            cursor.insertImage(picture)
            return
        look = QTextCharFormat()
        look.setFont(self._font(run))
        look.setForeground(QBrush(QColor(run.color)))
        cursor.insertText(run.text.replace("\n", "\u2028"), look)

    def _parts(self, cursor: QTextCursor, number: int, table: Table, marked: bool) -> None:
        """A table in as many pieces as it has pages, each under its heads."""
        starts = sorted(self._starts.get(number, ()))
        for first, last in pairwise([*([0] if 0 not in starts else []), *starts, len(table.rows)]):
            heads = table.rows[: table.heads] if first >= table.heads else ()
            if first and cursor.block().text() == "":  # what stands between two tables takes no room
                thin = QTextBlockFormat()
                thin.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
                cursor.setBlockFormat(thin)
            piece = Table(table.widths, (*heads, *table.rows[first:last]), table.heads, table.kind)
            made = self._table(cursor, piece, marked, breaks=first in starts)
            self._tables.append((number, first, len(heads), made))

    def _torn(self) -> tuple[int, int] | None:
        """The first row that lies on two pages: its block and number; a row that begins its page anyway is left."""
        layout, high = self.document.documentLayout(), self.report.height * UNIT
        for number, first, heads, table in self._tables:
            for row in range(table.rows()):
                cells = [table.cellAt(row, column) for column in range(table.columns())]
                whole = [cell for cell in cells if cell.row() == row and cell.rowSpan() == 1]
                tops = [layout.blockBoundingRect(cell.firstCursorPosition().block()).top() for cell in whole]
                lows = [layout.blockBoundingRect(cell.lastCursorPosition().block()).bottom() for cell in whole]
                if not whole or int(min(tops) // high) == int((max(lows) - 1) // high):
                    continue
                at = max(0, row - heads) + first
                at = 0 if 0 < at <= self.report.blocks[number].heads else at  # type: ignore[union-attr]
                if row > heads and at not in self._starts.get(number, ()):
                    return number, at
        return None

    def _table(self, cursor: QTextCursor, table: Table, marked: bool, *, breaks: bool) -> QTextTable:
        form = QTextTableFormat()
        form.setColumnWidthConstraints([
            QTextLength(QTextLength.Type.FixedLength, width * UNIT) for width in table.widths
        ])  # fmt: skip
        form.setBorder(0)
        form.setBorderCollapse(True)
        form.setCellSpacing(0)
        form.setCellPadding(2.5 * UNIT)
        form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        form.setHeaderRowCount(min(table.heads, max(0, len(table.rows) - 1)))
        if breaks:
            form.setPageBreakPolicy(QTextTableFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        if marked and table.kind:
            form.setBackground(QBrush(QColor(GROUNDS[table.kind])))
        made = cursor.insertTable(len(table.rows), len(table.widths), form)
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells[: len(table.widths)]):
                if isinstance(cell, TableCell):
                    if cell.span > 1 or cell.down > 1:
                        made.mergeCells(row, column, cell.down, cell.span)
                    made.cellAt(row, column).setFormat(self._framed())
                    inside = made.cellAt(row, column).firstCursorPosition()
                    for number, each in enumerate(cell.paragraphs):
                        self._paragraph(inside, each, marked, fresh=number > 0)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return made

    @staticmethod
    def _framed() -> QTextTableCellFormat:
        """A cell with thin lines around it."""
        form = QTextTableCellFormat()
        form.setBorder(LINE * UNIT)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QBrush(_BLACK))
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        return form
