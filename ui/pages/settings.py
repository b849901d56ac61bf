"""设置: who works here, how the window looks, how keys go, where backups are copied to, which packs there are, which program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from models.store.drives import on_network
from ui.daily import SECOND
from ui.following import FOLLOW, choose
from ui.page import PageWidget
from ui.pages.settings_packs import Packs
from ui.pages.settings_program import Program
from ui.segments import Segments
from ui.session import Session
from ui.theme import SCALES
from ui.widgets import Button, Card, PageHeader, TextLine, label, link, row

LIGHT, DARK, SYSTEM = "light", "dark", "system"
SIDE = 116  # pixels of the drawings a setting's name takes


class SettingsPage(PageWidget):
    """Every setting holds at once and is kept on this PC; nothing of it is in the data file."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.header = PageHeader("设置", "改了就生效，只存在这台电脑上")
        self.header.add("自检…", lambda: session.go("selftest"))
        self.person = TextLine()
        self.tone = Segments("外观", (("浅色", LIGHT), ("深色", DARK), ("跟随系统", SYSTEM)))
        self.scale = Segments("字号", [(f"{scale}%", scale) for scale in SCALES])
        self.enter = Segments("回车", (("向下", "down"), ("向右", "right")))
        self.form = Segments("表单", (("打开", True), ("收起", False)))
        self.second, self.second_hint = label("", "", wrap=True), label("", "note", wrap=True)
        self.packs = Packs(session)
        self.program = Program(session)
        self.names: list[QLabel] = []
        self._place()
        self.person.editingFinished.connect(self._take_name)
        self.tone.chosen.connect(self._take_tone)
        self.scale.chosen.connect(lambda scale: session.look.apply(scale=scale / 100))
        self.enter.chosen.connect(lambda way: session.settings.put("table/enter", way))
        self.form.chosen.connect(lambda on: session.settings.put("form/open", on))
        session.look.changed.connect(self._show)
        session.settings.changed.connect(lambda _: self._show())
        self._show()

    def _place(self) -> None:
        inside = QWidget()
        inside.setObjectName("inside")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        who = self._card(rows, "您的姓名", "写进每一步的历史和“正由谁编辑”；不填就用电脑的用户名")
        holder = QWidget()
        line = row(holder)
        line.addWidget(self.person, 1)
        line.addStretch(3)
        self.person.setAccessibleName("姓名")
        self._line(who, "姓名", holder)
        look = self._card(rows, "外观")
        self._line(look, "明暗", self.tone)
        self._line(look, "字号", self.scale)
        hands = self._card(rows, "录入")
        self._line(hands, "按回车到", self.enter, "Tab 总是向右，Shift 反过来")
        self._line(hands, "台账旁的表单", self.form, "窄屏上总是收起，需要时点“打开表单”")
        backup = self._card(rows, "备份", "每天的备份存在数据文件旁的“备份”文件夹；另存一份到 U 盘或别的硬盘更稳妥")
        buttons = row(spacing=8)
        buttons.addWidget(Button("选文件夹…", self.ask_folder))
        self.none = Button("不要第二份", lambda: self.session.settings.put(SECOND, ""))
        buttons.addWidget(self.none)
        buttons.addWidget(link("看备份 ›", lambda: self.session.go("data")))
        buttons.addStretch(1)
        where = QVBoxLayout()
        for widget in (self.second, self.second_hint):
            where.addWidget(widget)
        where.addLayout(buttons)
        second = QWidget()
        second.setLayout(where)
        where.setContentsMargins(0, 0, 0, 0)
        self._line(backup, "第二份存到", second)
        rows.addWidget(self.packs)
        rows.addWidget(self.program)
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(10)
        outer.addWidget(self.header)
        outer.addWidget(area, 1)

    def _card(self, rows: QVBoxLayout, title: str, hint: str = "") -> Card:
        card = Card(title)
        if hint:
            card.rows.addWidget(label(hint, "secondary", wrap=True))
        rows.addWidget(card)
        return card

    def _line(self, card: Card, name: str, widget: QWidget, hint: str = "") -> None:
        line = row(spacing=12)
        said = label(name, "secondary")
        self.names.append(said)
        line.addWidget(said, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(widget)
        if hint:
            right.addWidget(label(hint, "note", wrap=True))
        line.addLayout(right, 1)
        widget.setAccessibleName(widget.accessibleName() or name)
        card.rows.addLayout(line)

    def arrive(self, where: Mapping[str, object]) -> None:
        self._show()
        self.packs.fill()
        self.program.fill()
        self.person.setFocus()

    def _show(self) -> None:
        """Show what is in force, whoever changed it."""
        session, settings = self.session, self.session.settings
        px = session.look.px
        for said in self.names:
            said.setFixedWidth(px(SIDE))
            said.setContentsMargins(0, px(6), 0, 0)
        self.person.setPlaceholderText(session.file.who)
        if not self.person.hasFocus():
            self.person.setText(settings.get("person/name", ""))
        self.tone.put(SYSTEM if settings.get(FOLLOW, False) else DARK if session.look.dark else LIGHT)
        self.scale.put(round(session.look.scale * 100))
        self.enter.put(settings.get("table/enter", "down"))
        self.form.put(settings.get("form/open", True))
        folder = settings.get(SECOND, "")
        self.second.setText(folder or "没有第二份")
        self.none.setVisible(bool(folder))
        gone = bool(folder) and not Path(folder).is_dir()
        same = bool(folder) and not gone and _same_disk(Path(folder), session.file.path)
        self.second_hint.setText(
            "这个文件夹现在不在（U 盘没有插上？），插上后下一次备份就会存过去" if gone
            else "和数据文件在同一个盘上：盘坏了会一起丢，最好换一个盘" if same else ""
        )  # fmt: skip
        self.second_hint.setVisible(gone or same)

    # --- what the clerk sets

    def _take_name(self) -> None:
        name = self.person.text().strip()
        if name != self.session.settings.get("person/name", ""):
            self.session.file.sign_as(name)
            self.session.settings.put("person/name", name)

    def _take_tone(self, tone: str) -> None:
        choose(self.session.settings, self.session.look, dark={LIGHT: False, DARK: True}.get(tone))

    def ask_folder(self) -> None:
        """Choose where the second copy goes."""
        start = self.session.settings.get(SECOND, "") or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "第二份备份存到", start)
        if chosen:
            self.session.settings.put(SECOND, chosen)
            self.session.said.emit("下一次备份起，也存一份到这里；现在就存请点“立即备份”", "good")


def _same_disk(folder: Path, path: Path) -> bool:
    return not on_network(folder) and folder.stat().st_dev == path.parent.stat().st_dev
