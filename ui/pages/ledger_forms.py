"""发空表 on a ledger's page: a form to be filled in elsewhere, one for all or one for each enterprise, with last year's values or not."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QRadioButton

from models.forms import is_personal
from models.ledgers.enterprise import ENTERPRISE
from models.store.view import view_of
from ui.pages.sending import Sending
from ui.pages.strips import Strip
from ui.saving import BOOK, ask_folder, ask_where
from ui.sent import Sent
from ui.session import Session
from ui.table.model import LedgerModel
from ui.widgets import Button, label


class FormStrip(Strip):
    """Asks what is to stand on the form, then where it goes."""

    def __init__(self, session: Session, model: LedgerModel) -> None:
        super().__init__()
        self.session, self.model = session, model
        self.ledger = view_of(model.view.own).own
        self.one, self.each = QRadioButton("一个文件"), QRadioButton("每家企业一个文件")
        self.one.setChecked(True)
        self.before = QCheckBox("带去年数（灰色，待确认）")
        self.before.setToolTip("空着的格填上年的数，灰色；对方改了或在“核对”列选“已核对”才算数")
        self.button = Button("保存…", self.save, primary=True)
        self.sending = Sending()
        self.place(
            label(f"发“{self.ledger.label}”的空表：", "secondary"), self.one, self.each, self.before, self.button
        )
        self.under(self.sending)
        self.told = label("列名带批注、代码带下拉；填好发回来，在“导入”页收回，不用对列。", "note", wrap=True)
        self.under(self.told)

    def open(self) -> None:
        """Offer what this ledger's form can have."""
        base = view_of(self.ledger).base
        linked = base is ENTERPRISE or any(link.kind.ledger == ENTERPRISE.id for link in base.links)  # type: ignore[attr-defined]
        self.each.setVisible((linked or bool(base.links)) and not is_personal(self.ledger))
        self.before.setVisible(any(column.ledger.dated for column in self.model.view.columns))
        self.button.setFocus()

    def save(self) -> None:
        """Ask where, then write."""
        session, ledger, period = self.session, self.ledger, self.session.period
        when = f"_{period.label}" if self.before.isVisibleTo(self) else ""
        if self.each.isChecked():
            where = ask_folder(self, "每家企业一个文件，放在哪个文件夹")
        else:
            where = ask_where(self, f"{ledger.label}{when}_空表.xlsx", BOOK)
        if where is None:
            return
        # the writers of files and the audit: the window is open before they are loaded
        from ui.formwork import blank_file, blank_files

        write = blank_files if self.each.isChecked() else blank_file
        last_year = self.before.isChecked() and self.before.isVisibleTo(self)
        work = partial(write, session.file, ledger, session.zone, period, where, last_year=last_year)
        self.sending.run(work, self._told)

    def _told(self, sent: Sent) -> tuple[str, str]:
        if not sent.files:
            return "没有写空表", f"“{self.ledger.label}”里没有哪家企业的行；请选“一个文件”。"
        many = f"{sent.files} 个文件，" if self.each.isChecked() else f"{sent.where.name}，"
        return "空表已写好", f"{many}{sent.rows:,} 行。填好发回来，在“导入”页收回（整个文件夹一次收）。"
