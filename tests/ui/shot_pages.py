"""Scenes of the pages over the demonstration zone, for tests/ui/shots.py."""

from __future__ import annotations

from itertools import islice

import openpyxl
from PySide6.QtCore import Qt

from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.periods import Period
from models.store.backup import backup
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import create_zone
from models.uscc import make
from tests.demo_figures import taiwan_rows
from tests.ui.desk import Desk
from tests.ui.doubtful import make_doubtful
from tests.ui.issued import issue_as_is
from tests.ui.patient import Patience, clear
from tests.ui.rosters import roster
from tests.ui.sample import November
from ui.formwork import red_files
from ui.pages import home
from ui.pages.audit_rows import DOUBTS, SETTINGS
from ui.pages.audit_sending import told_red

__all__ = ["FirstDays", "Ledgers", "Patience", "Scenes"]

RENAMED = {"returned": "return", "imported": "import"}  # words of the language


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
        page.bar.put_formula("企业年度.是否规上", "规上")
        page.grid.go(7, column)
        page.grid.go(0, column, extend=True)

    def filtered(self):
        page = self.desk.turn("enterprise")
        page.bar.toggle.trigger()
        columns = {shown.field.label: shown.column for shown in page.model.columns}
        page.bar.row.ask(columns["行业代码"], "电子、3239")
        page.bar.row.ask(columns["成立时间"], "2010~2018")
        page.grid.go(1, 3)
        page.grid.go(4, 4, extend=True)

    def found(self):
        page = self.desk.turn("ent_period")
        page.bar.clear()
        page.grid.go(0, 0)
        page.strips.find(replacing=True)
        page.finder.line.setText("电子")
        page.finder.step(1)

    def bulk(self):
        page = self.desk.turn("enterprise")
        page.bar.bulk.trigger()
        page.bulk.line.setText("360703")

    def roster(self):
        self.desk.turn("enterprise").grid.go(2, 0)

    def unite(self):
        page = self.desk.turn("enterprise")
        page.grid.go(3, 0)
        page.strips.unite.begin(page.ledger, *page.model.ids[3:5])
        page.strips.unite.show()

    def zone(self):
        self.desk.turn("zone")

    def all(self):
        return {
            "ledger": self.ledger,
            "find": self.found,
            "filter": self.filtered,
            "bulk": self.bulk,
            "roster": self.roster,
            "unite": self.unite,
            "zone": self.zone,
        }


class FirstDays:
    """Over a file with nothing but its zone."""

    def __init__(self, qtbot, window):
        self.desk = Desk(qtbot, window, window.session.file)

    def home(self):
        self.desk.turn("home")

    def all(self):
        return {"home-first": self.home}


class Scenes:
    def __init__(self, qtbot, window, folder):
        self.desk, self.window, self.folder = Desk(qtbot, window, window.session.file), window, folder

    def home(self):
        home.date = November  # the day of the drawing
        session = self.desk.session
        session.write("录入", "清空几格", lambda work: clear(work, session.names.all(ENTERPRISE, session.zone)))
        self.desk.turn("audit")
        self.desk.turn("home")
        self.desk.qtbot.waitUntil(lambda: self.window.current.auditor.report is not None, timeout=20_000)
        self.desk.settle()

    def search(self):
        self.desk.turn("home")
        self.desk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self.desk.type("台资")
        self.desk.settle()

    def audit(self):
        page = self.desk.turn("audit")
        for _ in range(6):
            page.step(1)

    def audit_folded(self):
        page = self.desk.turn("audit")
        places = [n for n, row in enumerate(page.list.lines.rows) if "多半跟着消失" in row.cells[-2].text]
        page.list.select(next(iter(places), 0))
        page.list.setFocus()
        self.desk.press(Qt.Key.Key_Right)
        page.detail.open_editor()
        self.desk.settle()

    def indicator(self):
        self.desk.turn("indicators").list.select(2)
        self.desk.settle()

    def parks(self):
        session = self.desk.session
        for number, name in enumerate(("高新产业园", "综保区片区"), 1):
            code = f"{session.zone}0{number}"
            create_zone(self.desk.file, code, name, parent_code=session.zone, role="3")
        session.note_written()
        self.desk.turn("indicators")
        self.desk.turn("parks").list.select(1)
        self.desk.settle()

    def scoring(self):
        page = self.desk.turn("scoring")
        page.list.select(12)
        self.desk.settle()

    def change(self):
        page = self.desk.turn("indicators")
        page.list.select(2)
        self.desk.settle()
        page.detail.tabs.choose(2)
        self.desk.settle()
        self.desk.settle()

    def returned(self):
        self.desk.turn("audit")
        self.desk.turn("returns").paper.choose("D19")

    def print(self):
        page = self.desk.turn("returns")
        page.open_print()
        self.desk.settle()

    def print_ledger(self):
        page = self.desk.turn("ent_period")
        page.print.open()
        self.desk.qtbot.waitUntil(lambda: page.print.preview is not None, timeout=20_000)
        self.desk.settle()

    def return_text(self):
        page = self.desk.turn("returns")
        page.preview.close_preview()
        page.tabs.choose(len(page.drawing.sheets))
        self.desk.settle()

    def return_compare(self):
        page = self.desk.turn("returns")
        page.preview.close_preview()
        page.tabs.choose(0)
        issue_as_is(self.desk.file, page.drawing.asked)
        for row in taiwan_rows(self.desk.file)[:2]:
            self.desk.session.write(
                "录入", "改 数", lambda work, row=row: work.set(ECONOMY, row, {"gov": 300_000_000, "emp_end": 500})
            )
        page = self.desk.turn("returns")
        page.open_compare()
        self.desk.settle()

    def return_override(self):
        page = self.desk.turn("returns")
        page._to_form()
        page.tabs.choose(0)
        page.paper.choose("D19")
        panel = page.panel.cell.override
        panel.given.emit(panel.told, "170000", "两家企业的报表在途，按快报数填报")
        self.desk.qtbot.waitUntil(lambda: bool(page.drawing.overridden and not page.upkeep.working), timeout=20_000)
        page.paper.choose("D19")
        panel.open()
        self.desk.settle()

    def return_overridden(self):
        self.desk.turn("returns").tabs.choose(len(self.desk.window.current.drawing.sheets) - 1)
        self.desk.settle()

    def return_signing(self):
        page = self.desk.turn("returns")
        page.tabs.choose(0)
        page.issuing.open()
        self.desk.settle()

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

    def roster(self):
        page = self.desk.turn("rosters")
        page.arrive({"roster": "MD01"})
        self.desk.settle()

    def roster_idle(self):
        page = self.desk.turn("rosters")
        page.arrive({"roster": "MD09"})
        self.desk.settle()

    def roster_rate(self):
        page = self.desk.turn("rosters")
        page.arrive({"roster": "MD01"})
        self.desk.settle()
        self.desk.click(page.panel._rates[0])

    def roster_round(self):
        page = self.desk.turn("rosters")
        page.arrive({"roster": "一月一调度"})
        self.desk.settle()

    def imported(self):
        path = self.folder / "园区企业名录11月.xlsx"
        roster(self.window, path)
        self.window.session.go("importing", path=str(path), ledger="enterprise")
        self.desk.settle()

    def forms_back(self):
        """Red copies of the audit come back in a folder, two of them put right, beside a file that is none of ours."""
        page = self.desk.turn("audit")
        folder = self.folder / "发回来"
        folder.mkdir()
        list(red_files(self.desk.session.file, page.auditor.report, folder))
        for each in folder.glob("*电子*"):
            book = openpyxl.load_workbook(each)
            sheet = book.worksheets[0]
            for head, cell in zip(sheet[2], sheet[3], strict=True):
                if head.value == "首次入规年月":
                    cell.value = "2021-05"
                elif head.value == "营业收入(万元)":
                    cell.value = round(cell.value / 10, 2)
            book.save(each)
        (folder / "通知.docx").write_bytes(b"x")
        self.window.session.go("importing", path=str(folder))
        self.desk.settle()

    def audit_red(self):
        page = self.desk.turn("audit")
        where = self.folder / "红格表"
        page.sending.run(lambda: red_files(self.desk.session.file, page.auditor.report, where), told_red)
        self.desk.settle()

    def form_strip(self):
        page = self.desk.turn("ent_period")
        page.strips.send_form()
        page.strips.form.before.setChecked(True)
        self.desk.settle()

    def rolling(self):
        session = self.desk.session
        session.show_scope(period=Period(session.period.year + 1))
        self.desk.turn("rolling")

    def data(self):
        self.desk.turn("data").backups.list.select(0)
        self.desk.window.current.backups.ask()

    def data_history(self):
        session = self.desk.session
        session.go("data", tab="history")
        page = self.window.current.history
        known = next(iter(session.names.all(ENTERPRISE, session.zone))).value
        session.write(
            "录入",
            "改 联系电话、电子邮箱",
            lambda work: work.set(ENTERPRISE, known, {"tel": "0797-8386000", "email": "a@b.cn"}),
        )
        page.list.select(0)
        self.desk.settle()

    def data_merge(self):
        session = self.desk.session
        hers = self.folder / "李四的园区年报.db"
        backup(self.desk.file.path, hers)
        names = list(islice(session.names.all(ENTERPRISE, session.zone), 4))
        with DataFile(hers, who="李四") as other:
            for number, each in enumerate(names):
                with batch(other, session.zone, "录入", "改 法定代表人") as work:
                    work.set(
                        ENTERPRISE,
                        each.value,
                        {"legal_rep": f"李某{'甲乙丙丁'[number]}", "tel": f"0797-838600{number}"},
                    )
            with batch(other, session.zone, "录入", "新增企业") as work:
                work.add(ENTERPRISE, {"ent_name": "赣州新来电子有限公司", "uscc": make("91", "360700", "MA9NEW01")})
        for each in names[:3]:
            session.write(
                "录入", "改 法定代表人", lambda work, row=each.value: work.set(ENTERPRISE, row, {"legal_rep": "张某"})
            )
        session.go("data", path=str(hers))
        self.desk.settle()

    def data_bin(self):
        session = self.desk.session
        rows = [each.value for each in islice(session.names.all(ENTERPRISE, session.zone), 5, 7)]
        session.write("删除", "删除企业 2 行", lambda work: work.remove(ENTERPRISE, rows))
        session.go("data", tab="bin")
        self.desk.settle()

    def settings(self):
        self.desk.turn("settings")

    def selftest(self):
        self.desk.session.go("selftest")
        self.desk.settle()

    def audit_setting(self):
        # what this decides stays, so it comes last
        page = self.desk.turn("audit")
        page.show_setting(next(rule for rule in page.auditor.report.pack.rules if rule.id == "P014"))
        self.desk.type("全区今年搬迁停产，营业收入同比不可比")
        self.desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def audit_threshold(self):
        page = self.desk.turn("audit")
        page.group_by(SETTINGS)
        names = [getattr(row.of, "name", "") for row in page.list.lines.rows]
        page.list.select(names.index("产销率下限"))
        page.setting.open()
        self.desk.settle()

    def doubts(self):
        # what it spoils stays, so it comes last
        make_doubtful(self.desk.file, self.desk.session.zone, Period(2025))
        self.desk.session.note_written()
        page = self.desk.turn("audit")
        self.desk.settle()
        page.group_by(DOUBTS)
        page.list.select(0)
        self.desk.settle()

    def doubt_checked(self):
        page = self.desk.turn("audit")
        page.group_by(DOUBTS)
        page.list.select(len(page.list.lines.rows) - 1)
        page.doubt.open_editor()
        self.desk.settle()

    def doubt_corrected(self):
        page = self.desk.turn("audit")
        page.group_by("公式")
        page.show_rule("P013")
        self.desk.settle()

    def all(self):
        """Every method is a scene: its name is the picture's."""
        names = [name for name in vars(type(self)) if not name.startswith("_") and name != "all"]
        return {RENAMED.get(name, name.replace("_", "-")): getattr(self, name) for name in names}
