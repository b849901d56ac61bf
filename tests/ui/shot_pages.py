"""Scenes of the pages over the demonstration zone, for tests/ui/shots.py."""

from __future__ import annotations

from itertools import islice

import openpyxl

from models.ledgers.enterprise import ENTERPRISE
from models.periods import Period
from models.uscc import make
from tests.ui.desk import Desk


class Ledgers:
    """Over the small zone of tests/ui/sample.py, which has the names and figures of the drawing."""

    def __init__(self, qtbot, window):
        self.desk, self.window = Desk(qtbot, window, window.session.file), window

    def ledger(self):
        self.desk.turn("audit")
        page = self.desk.turn("ent_period")
        column = next(n for n, s in enumerate(page.model.columns) if s.field.id == "rev" and not s.column.prior)
        for text in ("39800", "86420"):
            page.model.setData(page.model.index(0, column), text)
        self.desk.settle()
        page.grid.go(7, column)
        page.grid.go(0, column, extend=True)

    def roster(self):
        self.desk.turn("enterprise").grid.go(2, 0)

    def zone(self):
        self.desk.turn("zone")

    def all(self):
        return {"ledger": self.ledger, "roster": self.roster, "zone": self.zone}


class Scenes:
    def __init__(self, qtbot, window, folder):
        self.desk, self.window, self.folder = Desk(qtbot, window, window.session.file), window, folder

    def audit(self):
        page = self.desk.turn("audit")
        for _ in range(6):
            page.step(1)

    def indicator(self):
        self.desk.turn("indicators").list.select(2)
        self.desk.settle()

    def returned(self):
        self.desk.turn("audit")
        self.desk.turn("returns").paper.choose("D19")

    def charts(self):
        page = self.desk.turn("charts")
        page.strip.select(1)
        self.desk.settle()
        page.view.choose(4)
        self.desk.settle()

    def charts_empty(self):
        session = self.window.session
        session.show_scope(period=Period(2019))
        self.desk.turn("charts").strip.select(2)
        self.desk.settle()

    def imported(self):
        path = self.folder / "园区企业名录11月.xlsx"
        _roster(self.window, path)
        self.window.session.go("importing", path=str(path), ledger="enterprise")
        self.desk.settle()

    def all(self):
        return {
            "audit": self.audit, "indicator": self.indicator, "return": self.returned, "import": self.imported,
            "charts": self.charts, "charts-empty": self.charts_empty,
        }  # fmt: skip


class Patience:
    """What Desk needs of pytest-qt, outside a test."""

    def __init__(self, app):
        self.app = app

    def waitUntil(self, holds, timeout):  # noqa: N802
        while not holds():
            self.app.processEvents()

    @staticmethod
    def mouseClick(widget, button):  # noqa: N802
        widget.click()


def _roster(window, path):
    """Eighteen enterprises of the zone, changed and unchanged, twelve new ones, two rows that cannot be placed."""
    session = window.session
    known = list(islice(session.names.all(ENTERPRISE, session.zone), 18))
    first = known[0].value
    session.write("录入", "改 法定代表人", lambda work: work.set(ENTERPRISE, first, {"legal_rep": "王某手"}))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名录"
    book.create_sheet("说明")["A1"] = "填表说明"
    sheet.append(["园区企业名录"])
    sheet.append([])
    sheet.append(
        [
            "序号",
            "企业名称（全称）",
            "统一社会信用代码/注册号",
            "所属行业",
            "成立日期",
            "详细地址",
            "法人",
            "是否台企",
            "备注",
        ]
    )
    for number, each in enumerate(known, 1):
        new = number % 3 == 1
        cells = ("C3985", "2019年3月", f"赣州经开区新大道{number}号", "张某") if new else ("", "", "", "")
        sheet.append([number, each.text, each.detail.split(" · ")[0], *cells, "", ""])
    for number, mark in enumerate("甲乙丙丁戊己庚辛壬癸子丑", 19):
        code = make("91", "360700", f"MA9{number:02}T{number:02}")
        sheet.append(
            [number, f"赣州新进{mark}科技有限公司", code, "电子元件", "2023.5.6", "科技大道8号", "李某", "否", ""]
        )
    sheet.append([31, "赣州失真企业有限公司", 9.13601e17, "电子", "2020"])
    sheet.append([32, None, None, "电子", "约2020"])
    sheet.append(["合计", 30])
    sheet.append(["注：以上为11月数据"])
    book.save(path)
