"""审核: one verdict, the findings by rule, enterprise or ledger, each with its scene, its remedy and the way to its cell."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from models.audit import EXPLAIN, Finding, Report
from models.choices import Threshold, thresholds
from models.doubts.doubt import Doubt
from models.doubts.kinds import HOME, KINDS, THRESHOLDS, TWICE
from models.folding import Fold, folded
from models.packs.pack import Rule
from models.progress import Progress
from models.store.carried import REMEDY, Unconfirmed
from models.store.choices import Choice, choices
from ui.asking import asked_of, go_to, page_of
from ui.auditing import Auditor
from ui.doubting import Doubter
from ui.page import PageWidget
from ui.pages.audit_bar import Bar
from ui.pages.audit_detail import Detail
from ui.pages.audit_doubts import DoubtDetail, doubt_rows, nothing
from ui.pages.audit_place import Whereabouts, place_of, stands_open
from ui.pages.audit_rows import (
    BY_RULE,
    DOUBTS,
    HEADS,
    SETTINGS,
    UNKNOWN,
    Folding,
    finding_rows,
    key_of,
    unknown_rows,
)
from ui.pages.audit_sending import AuditSending
from ui.pages.audit_settings import HEADS as SETTING_HEADS
from ui.pages.audit_settings import Setting, decide, name_of, setting_rows
from ui.pages.audit_unjudged import Reasons
from ui.session import Session
from ui.table.lines import Row, boxed
from ui.widgets import PageHeader


class AuditPage(PageWidget):
    """Follows the session's auditor."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.auditor, self.doubter = Auditor.of(session), Doubter.of(session)
        self.group = BY_RULE
        self.header = PageHeader("审核")
        self.sending = AuditSending(self, self.header, self.auditor)
        self.again = self.header.add("重新审核", self.auditor.run, primary=True)
        self.bar = Bar()
        self.verdict, self.beside, self.groups = self.bar.verdict, self.bar.beside, self.bar.groups
        self.list = Folding(session.look, stretch=3, wrapped=(3, 4), drop=(4,))
        self.unfold = self.bar.unfold
        self.bar.unfolded.connect(self._unfold_all)
        self.bar.grouped.connect(self.group_by)
        self.detail, self.doubt = Detail(session), DoubtDetail(session)
        self.setting = Setting(read_only=session.file.read_only)
        self.choices: Mapping[str, Choice] = {}
        self.folds: list[Fold] = []
        self.opened: set[object] = set()  # the findings whose consequences are shown
        self.whereabouts = Whereabouts(session, self.auditor)
        self.reasons = Reasons(self, session)
        self._place()
        # out of use until it is done, the button would lose the keys
        self.again.clicked.connect(lambda *_: self.list.setFocus())
        self.auditor.began.connect(self._began)
        self.auditor.progressed.connect(self._tell_progress)
        self.auditor.changed.connect(self._show)
        self.list.chosen.connect(self._choose)
        self.list.wanted.connect(self._go)
        self.doubter.changed.connect(self._show_doubts)
        self.reasons.changed.connect(self._fill)
        self.detail.explained.connect(self.auditor.explain)
        self.doubt.explained.connect(self.doubter.explain)
        for panel in (self.detail, self.doubt):
            panel.wanted.connect(self._go)
            panel.corrected.connect(self._correct)
            panel.unwanted.connect(self.show_setting)
            panel.explained.connect(lambda *_: self.list.setFocus())  # where F8 and the arrows go on from
        self.setting.decided.connect(self._decide)
        self.detail.editor.left.connect(self.list.setFocus)
        self.list.folded.connect(self._fold)
        correct = QShortcut(QKeySequence("F9"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        correct.activated.connect(self._correct)
        session.sought.connect(self.step)
        session.explaining.connect(self.explain_here)
        session.scope_changed.connect(self._turned)
        self._show()

    def _place(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.header)
        outer.addWidget(self.sending)
        outer.addWidget(self.bar)
        self.box = boxed(self.list)
        outer.addWidget(self.box, 3)
        for panel in (self.detail, self.doubt, self.setting):
            outer.addWidget(panel, 2)
        self.session.look.changed.connect(self._resize_to_look)
        self._resize_to_look()

    def _resize_to_look(self) -> None:
        self.box.setMinimumHeight(self.session.look.px(120))
        for panel in (self.detail, self.doubt, self.setting):
            panel.setMinimumHeight(self.session.look.px(150))

    def arrive(self, where: Mapping[str, object]) -> None:
        self.whereabouts.stay()
        self.sending.fold()
        if self.auditor.report is None or self.auditor.stale:
            self.auditor.run()
        else:
            self.doubter.look()
        if self.list.current() is None:
            self.list.step(1)
        self._tell_place()
        self.list.setFocus()
        if self.group == UNKNOWN:
            self._fill()
        if "rule" in where:
            self.show_rule(str(where["rule"]))

    def show_rule(self, id: str) -> None:
        """Go to what a rule found, what still stands first; say what it asks for where it found nothing."""
        self.opened |= {key_of(each.root) for each in self.folds}
        self.group_by(BY_RULE)
        found = [
            (n, row.of)
            for n, row in enumerate(self.list.lines.rows)
            if isinstance(row.of, Finding) and row.of.rule.id == id
        ]
        place = next((n for n, finding in found if finding.open), found[0][0] if found else None)
        rule = next((each for each in asked_of(self.session).pack.rules if each.id == id), None)
        if place is not None:
            self.list.select(place)
        elif rule is not None:
            self.list.setCurrentIndex(QModelIndex())
            self.detail.show_words(
                f"{rule.id} {rule.level} · {rule.ledger}：{rule.formula}", rule.remedy or "没有查出问题"
            )

    def _turned(self) -> None:
        """Another return is looked at: it is audited now, however long that takes."""
        if self.isVisible() and self.auditor.report is None and not self.auditor.busy:
            self.auditor.run()

    # --- what there is

    def _began(self) -> None:
        self.again.setEnabled(False)
        self.again.setText("正在审核…")

    def _tell_progress(self, step: Progress) -> None:
        self.again.setText(f"正在审核 {step.done} / {step.total}")
        self.again.setToolTip(f"正在审核“{step.text}”")

    def _show(self) -> None:
        self.again.setEnabled(not self.auditor.busy)
        self.again.setText("重新审核")
        report = self.auditor.report
        pack, period = asked_of(self.session).pack, asked_of(self.session).period
        took = f"，{self.auditor.seconds:.1f} 秒" if report else ""
        self.header.fact.setText(f"{pack.id} {pack.title} · {period.label} · {len(pack.rules)} 条公式{took}")
        self.bar.show_report(report, busy=self.auditor.busy)
        self.groups[self.group].setChecked(True)
        if report is not None and not self.auditor.busy and (self.isVisible() or self.group == DOUBTS):
            self.doubter.look()
        if self.group != DOUBTS:
            self._fill()
        self._show_doubts()

    def _show_doubts(self) -> None:
        found = self.doubter.doubts
        self.groups[DOUBTS].setText(f"{DOUBTS} {found.open:,}" if found else DOUBTS)
        if self.group == DOUBTS:
            self._fill()
        elif self.group != SETTINGS:
            self._offer()

    def group_by(self, name: str) -> None:
        """Order the findings by rule, by record or by ledger, or list what could not be judged."""
        before, self.group = self.group, name
        self.groups[name].setChecked(True)
        self._fill()
        if name == DOUBTS != before:
            self.list.select(0)  # another list: it begins at its beginning

    def _fill(self) -> None:
        report, settings = self.auditor.report, self.group == SETTINGS
        self.folds = folded(report.pack, report.findings) if report else []
        self.setting.setVisible(settings)
        self.doubt.setVisible(self.group == DOUBTS)
        self.detail.setVisible(not settings and self.group != DOUBTS)
        if settings:
            asked = asked_of(self.session)
            with self.session.file.reading() as connection:
                self.choices = choices(connection, asked.zone.code, (*asked.pack.chain, HOME))
            rules, found = (*asked.pack.rules, *KINDS), (*thresholds(asked.pack), *THRESHOLDS)
            self.list.put(SETTING_HEADS, setting_rows(rules, found, self.choices), place_of)
        else:
            shown = self._shown(report) if report else []
            self.list.put(HEADS, shown, place_of)
        all_open = all(key_of(each.root) in self.opened for each in self.folds if each.others)
        self.bar.show_folds(self.folds, self.group, all_open=all_open)
        self.box.setMaximumHeight(max(self.session.look.px(160), self.list.whole_height() + 2))
        if self.list.current() is None and (place := self.whereabouts.place) is not None:
            self.list.select(next((n for n, row in enumerate(self.list.lines.rows) if place_of(row.of) == place), None))
        if self.list.current() is None and self.isVisible():
            self.list.step(1)
        self._choose(self.list.current())

    def _shown(self, report: Report) -> list[Row]:
        if self.group == DOUBTS:
            return doubt_rows(self.doubter.doubts) if self.doubter.doubts else []
        if self.group == UNKNOWN:
            asked = self.auditor.asked if self.isVisible() else None
            return unknown_rows(report, self.reasons.of(report, asked.zones) if asked else {})
        return finding_rows(report, self.folds, self.group, self.opened)

    def _unfold_all(self) -> None:
        keys = {key_of(each.root) for each in self.folds if each.others}
        self.opened = self.opened - keys if keys <= self.opened else self.opened | keys
        self._fill()

    def _fold(self, of: object, open: bool) -> None:
        """Show what follows from a finding, or hide it."""
        root = next((each.root for each in self.folds if of is each.root or of in each.others), None)
        if root is not None and (key_of(root) in self.opened) is not open:
            self.opened ^= {key_of(root)}
            self._fill()
            if not open:
                self.list.select(next((n for n, row in enumerate(self.list.lines.rows) if row.of is root), None))

    def _choose(self, of: object) -> None:
        if isinstance(of, Finding | Unconfirmed | Doubt):
            self.whereabouts.note(place_of(of))
        if self.group == SETTINGS:
            if isinstance(of, Rule | Threshold):
                self.setting.show_item(of, self.choices.get(name_of(of)), asked_of(self.session).pack)
        elif self.group == DOUBTS:
            doubt, period = of if isinstance(of, Doubt) else None, asked_of(self.session).period.label
            self.doubt.show_doubt(doubt, period, nothing(self.doubter.doubts))
        elif isinstance(of, Unconfirmed):
            self.detail.show_words(of.sentence, f"{REMEDY}；双击上面这一行（或按回车），只列出这些行")
        else:
            report = self.auditor.report
            self.detail.show_finding(
                of if isinstance(of, Finding) else None, self.auditor.asked, report.pack if report else None
            )
            self._offer()
        self._tell_place()

    def _offer(self) -> None:
        """Offer the correction of the slip that the finding on show comes from."""
        slip = self.doubter.of_finding(self.detail.finding)
        self.detail.offer(slip.fix.label if slip and slip.fix else "")

    def _tell_place(self) -> None:
        rows = [row.of for row in self.list.lines.rows if isinstance(row.of, Finding | Unconfirmed | Doubt)]
        at = self.list.current()
        place = next((n for n, each in enumerate(rows, 1) if each is at), 0)
        if self.isVisible():
            self.session.selected.emit(f"第 {place} / {len(rows)} 处" if place else "")

    # --- what the clerk does

    def step(self, by: int) -> None:
        """Go to the next finding that is still open (F8, Shift+F8); on a ledger page, to its cell."""
        if not self.isVisible():
            self.whereabouts.come_back()
        if self.group in (UNKNOWN, SETTINGS):
            self.group_by(BY_RULE)
        if self.whereabouts.waits(self.doubter if self.group == DOUBTS else None):
            return
        stands = self.list.step(by, stands_open) or self.list.step(by)
        if not stands:
            said = "没有要看的疑点了" if self.group == DOUBTS else "没有要改的，也没有要说明的"
            self.session.said.emit(said, "good")
        elif not self.isVisible():
            self._go(self.list.current())

    def explain_here(self) -> None:
        """Write the explanation of the finding the clerk is at (F7), from wherever she is; or why a doubt is none."""
        if not self.isVisible():
            self.whereabouts.come_back()
        at = self.list.current()
        asks = isinstance(at, Doubt) or (isinstance(at, Finding) and at.rule.level == EXPLAIN)
        if not asks or self.session.file.read_only:
            self.session.said.emit("这一处不用写说明：强制的要改，先按 F8 到要说明的一处", "")
            return
        if not self.isVisible():
            self.session.go("audit")
        (self.doubt if isinstance(at, Doubt) else self.detail).open_editor()

    def _go(self, of: object, field: str = "") -> None:
        asked, before = self.auditor.asked, (self.session.zone, self.session.period)
        if self.group == SETTINGS:
            self.setting.open()
        elif isinstance(of, Unconfirmed):
            self.session.left_at = self.session.zone, self.session.period
            self.session.show_scope(zone=of.zone)
            self.session.go(page_of(of.ledger), carried=True, row=of.first, field=of.field)
        elif isinstance(of, Doubt) and of.kind.id == TWICE:
            self.session.go("returns")
        elif isinstance(of, Finding | Doubt) and asked is not None:
            go_to(self.session, of.ledger, of.row, field or next(iter(of.fields), ""), asked.period)
        self.whereabouts.lead(*before)

    def _correct(self) -> None:
        """Put right the slip of the unit on show (F9); the list stays where it is."""
        at = self.list.current() if self.group == DOUBTS else self.doubter.of_finding(self.detail.finding)
        if isinstance(at, Doubt) and at.fix is not None and not self.session.file.read_only:
            self.doubter.put_right(at)
            self.list.setFocus()
        else:
            self.session.said.emit("这一处没有能一键更正的量级差错", "")

    def show_setting(self, rule: Rule) -> None:
        """Turn to a rule among the settings, its reason open to be written."""
        self.group_by(SETTINGS)
        self.list.select(next((n for n, row in enumerate(self.list.lines.rows) if row.of == rule), None))
        self.setting.open()

    def _decide(self, item: Rule | Threshold, value: str, why: str) -> None:
        if decide(self.session, name_of(item), value, why):
            self._fill()
            self.list.setFocus()
