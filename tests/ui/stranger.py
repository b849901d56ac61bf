"""A stranger's first year, by key and mouse: an empty file, last year's Excel, this year's figures typed, audit, explanation, issue, print.

``python -m tests.ui.stranger OUTDIR`` walks it and keeps a picture of every step; tests/ui/test_stranger.py walks it too.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import openpyxl
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from tests.ui.desk import WAIT, Desk

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
TAIWANESE, GROWN, THIRD = "赣州某某电子有限公司", "赣州甲成机械有限公司", "赣州乙新材料有限公司"
CODES = ("91360703DEM6FRH80K", "91360703DEMJEENR5Q", "91360703DEM5XWDL2Y")
ROSTER = (
    ("单位详细名称", "统一社会信用代码", "成立时间", "入园时间", "行业代码", "登记类别版本", "登记注册统计类别", "资本构成标记",
     "首次入规年月", "投产日期", "是否规上", "运营状态", "是否台资"),
    (TAIWANESE, CODES[0], "2019年5月6日", "2019.6.1", "3973", "2023", "210", "台资", "2021-03", "2020.3.1", "是", "正常运营", "是"),
    (GROWN, CODES[1], "2015年8月3日", "2015.9.1", "3525", "2023", "119", "内资", "2017-01", "2016.5.1", "是", "正常运营", "否"),
    (THIRD, CODES[2], "2012年1月9日", "2012.3.1", "3239", "2023", "119", "内资", "2014-06", "2012.9.1", "是", "正常运营", "否"),
)  # fmt: skip
FIGURES = ("工业总产值", "营业收入", "利润总额", "实际上缴税费总额", "期末从业人员", "进口额", "出口额")
LAST_YEAR = {
    TAIWANESE: (4500, 4600, 350, 180, 75, 0, 100),
    GROWN: (8000, 8100, 500, 300, 120, 0, 0),
    THIRD: (6000, 6050, 300, 210, 90, 0, 0),
}
THIS_YEAR = {
    TAIWANESE: ("5000", "51000", "400", "210", "80", "0", "120"),  # 营业收入 with a nought too many
    GROWN: ("12400", "12500", "760", "450", "150", "0", "0"),  # more than half as much again, and true
    THIRD: ("６２００", "6250", "310", "215", "92", "0", "0"),  # as an input method in full width gives it
}
STAKE = {
    "企业名称": TAIWANESE, "台籍投资人": "陈某甲", "台资占比": 100, "投资路径": "直接投资", "合同台资额": 300, "投资总额": 300,
    "台干人数": 2,
}  # fmt: skip
INFLOW = {
    "企业名称": TAIWANESE, "凭证号": "2025-001", "到资日期": "2025年3月4日", "币种": "美元", "原币额": 50, "折美元汇率": 1, "折万美元": 50,
    "折人民币汇率": 7.1, "折万元": 355, "计入台办口径": "是", "计入商务部口径": "是",
}  # fmt: skip
REASON = "二期产线2025年3月投产，新增产值约4300万元"


class Stranger:
    """Walks on from the first page; ``shoot(name)`` is called at each step."""

    def __init__(self, qtbot: object, page: QWidget, folder: Path, shoot: Callable[[QWidget, str], None]) -> None:
        self.qtbot, self.page, self.folder = qtbot, page, folder
        self._shoot, self._number = shoot, 0
        self.desk: Desk

    def shoot(self, name: str) -> None:
        """A picture of what is on show."""
        self._number += 1
        QApplication.processEvents()
        self._shoot(self.desk.window if hasattr(self, "desk") else self.page, f"{self._number:02}-{name}")

    def walk(self, window_over: Callable[[object], QWidget]) -> None:
        """The whole year."""
        self.begins(window_over)
        self.brings_last_year()
        self.types_this_year()
        self.puts_right()
        self.issues()
        self.prints()

    # --- the first day

    def begins(self, window_over: Callable[[object], QWidget]) -> None:
        """The zone is named, the file made."""
        opened: list[object] = []
        self.page.opened.connect(lambda file, *_: opened.append(file))
        self.page.code.setFocus()
        QTest.keyClicks(self.page.code, "360799")
        self.page.name.setFocus()
        QApplication.inputMethod()
        self.page.name.insert("示例开发区")  # committed by an input method
        self.shoot("第一页")
        QTest.mouseClick(self.page.begin, Qt.MouseButton.LeftButton)
        window = window_over(opened[0])
        self.desk = Desk(self.qtbot, window, window.session.file)
        self.desk.settle()
        self.shoot("首页三步")
        zone = self.ledger("zone")
        for label, text in (("管委会主任", "王主任"), ("联系人", "李经办"), ("联系电话", "0797-8386000")):
            self.types(zone, 0, label, text)

    def brings_last_year(self) -> None:
        """Last year's roster and figures, dragged into the window; then what is Taiwanese."""
        self.turns_to_year("2024")
        self.drops("enterprise", self.book("2024年企业名录", [list(ROSTER[0]), *map(list, ROSTER[1:])]))
        self.shoot("导入名录")
        self.takes_in()
        rows = [["企业名称", *FIGURES], *([name, *figures] for name, figures in LAST_YEAR.items())]
        self.drops("ent_period", self.book("2024年经济数据", rows))
        self.takes_in()
        self.turns_to_year("2025")
        for ledger, name, record in (("tw_ent", "台资企业", STAKE), ("capital_in", "到资流水", INFLOW)):
            self.drops(ledger, self.book(name, [list(record), list(record.values())]))
            self.takes_in()
        page = self.desk.turn("rolling")
        self.desk.click(next(b for b in page.findChildren(QPushButton) if b.text().startswith("带入")))
        self.shoot("上年结转")

    # --- this year

    def types_this_year(self) -> None:
        """What was carried over is confirmed; the figures are typed, row by row, with Tab and Enter."""
        page = self.ledger("enterprise")
        page.grid.setFocus()
        QTest.keyClick(page.grid, Key.Key_A, Ctrl)
        QTest.keyClick(page.grid, Key.Key_F9)
        self.desk.settle()
        page = self.ledger("ent_period")
        for row in range(page.model.known):
            for label, text in zip(FIGURES, THIS_YEAR[page.model.name_of(row)], strict=True):
                self.types(page, row, label, text)
        self.shoot("填今年的数")

    def puts_right(self) -> None:
        """The audit finds a nought too many and a surge: one is corrected at its cell, the other explained."""
        page = self.desk.turn("audit")
        self.shoot("审核")
        assert not page.verdict.text().startswith("可以签发")
        economy = self.ledger("ent_period")
        row = next(n for n in range(economy.model.known) if economy.model.name_of(n) == TAIWANESE)
        self.types(economy, row, "营业收入", "5100")
        page = self.desk.turn("audit")
        open_ = [finding for finding in self.desk.auditor.report.findings if finding.open]
        assert [(each.rule.id, each.title.name) for each in open_] == [("P014", GROWN)], open_
        self.desk.press(Key.Key_F8)
        self.desk.turn("audit")
        self.desk.click(page.detail.explain)
        self.desk.type(REASON)
        self.shoot("写说明")
        self.desk.press(Key.Key_Return, Ctrl)
        assert page.verdict.text().startswith("可以签发"), page.verdict.text()
        self.shoot("可以签发")

    # --- the return

    def issues(self) -> None:
        """Signed and sealed."""
        page = self.desk.turn("returns")
        self.shoot("报表草稿")
        self.desk.click(page.issue)
        self.desk.type("李经办")
        self.shoot("签发")
        with self.saving_to(self.folder / "台办_2025.xlsx"):
            self.desk.click(page.panel.sign.button)
        assert (self.folder / "台办_2025.xlsx").is_file()
        self.shoot("已签发")

    def prints(self) -> None:
        """The issued version as it will be printed, and as a PDF; then the charts."""
        page = self.desk.window.current
        self.desk.click_text("打印盖章页")
        self.desk.settle()
        self.shoot("打印预览")
        printed = self.folder / "台办_2025.pdf"
        with self.saving_to(printed):
            self.desk.click(page.preview.save)
        self.qtbot.waitUntil(printed.is_file, timeout=WAIT)
        assert printed.read_bytes().startswith(b"%PDF")
        self.desk.press(Key.Key_Escape)
        self.desk.turn("charts")
        self.shoot("图表")

    # --- hands

    def ledger(self, id: str) -> QWidget:
        """Turn to a ledger's page and show all its columns."""
        page = self.desk.turn(id)
        page.model.rearrange("全部")
        return page

    def types(self, page: QWidget, row: int, label: str, text: str) -> None:
        """Go to a cell, type, Enter."""
        column = next(n for n, s in enumerate(page.model.columns) if s.field.label == label and not s.column.prior)
        page.grid.go(row, column)
        page.grid.setFocus()
        self.desk.type(text)
        self.desk.press(Key.Key_Return)
        shown = page.model.cell(page.model.index(row, column))
        assert shown.text, (label, text)

    def turns_to_year(self, year: str) -> None:
        """By the menu at the top."""
        top = self.desk.window.top
        top.period.menu().aboutToShow.emit()
        while self.desk.session.period.year != int(year):
            back = self.desk.session.period.year > int(year)
            self._press_in(top.period.menu(), "‹" if back else "›")
            self._press_in(top.period.menu(), "全年")
        self.desk.settle()

    @staticmethod
    def _press_in(menu: QWidget, text: str) -> None:
        found = [b for b in menu.findChildren(QPushButton) if b.text() == text]
        QTest.mouseClick(found[-1], Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def book(self, name: str, rows: list[list[object]]) -> Path:
        """An Excel file as she has it."""
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = self.folder / f"{name}.xlsx"
        book.save(path)
        return path

    def drops(self, ledger: str, path: Path) -> None:
        """Drag a file onto the window while a ledger is on show."""
        window = self.desk.window
        self.desk.turn(ledger)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        QApplication.sendEvent(window, QDragEnterEvent(QPoint(600, 400), copy, data, left, none))
        QApplication.sendEvent(window, QDropEvent(QPointF(600, 400), copy, data, left, none))
        self.desk.settle()

    def takes_in(self) -> None:
        """Nothing came back, so: 导入."""
        self.desk.click(self.desk.window.current.write)

    @staticmethod
    def saving_to(path: Path) -> object:
        """Answers the system's file dialog, which is none of ours."""
        return patch.object(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))


def main() -> None:
    """Walk and keep the pictures."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # where the window has the keyboard whoever else is there
    # only when run by itself
    from tests.ui.shot_pages import Patience
    from tests.ui.shots import save
    from ui import fonts
    from ui.app import make_app, make_window
    from ui.pages.start import StartPage
    from ui.theme import Look

    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = make_app()
    look = Look(fonts.load())
    look.apply()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = StartPage(look, folder / "园区.db")
        page.show()

        def over(file: object) -> QWidget:
            window = make_window(file, look)
            window.resize(1180, 760)
            window.show()
            return window

        walk = Stranger(Patience(app), page, folder, lambda widget, name: save(widget.grab(), out / f"{name}.png"))
        walk.walk(over)
        walk.desk.window.close()


if __name__ == "__main__":
    main()
