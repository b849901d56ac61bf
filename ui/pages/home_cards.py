"""The targets on the 首页: a card each with figure, bar, the mark of the time, the gap in words; in as many columns as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from models.kinds import decimal_of
from models.overridden import MARK
from models.pace import PART, REACHED, UNKNOWN, Standing
from models.packs.pack import NO_YEAR
from models.targets import Goal, shown
from ui.pages.indicator_words import TONES
from ui.session import Session
from ui.table.cells import paint_bar
from ui.theme import Look
from ui.widgets import Card, Chip, Elided, label, link, row

FEW = 2  # rows of cards shown before all are asked for
LEAST, MOST = 330, 4  # pixels of a card at the least; columns at the most


class Progress(QWidget):
    """A bar with a mark where the time is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.share, self.mark = 0.0, -1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def put(self, share: float, mark: float) -> None:
        """From 0 to 1 both; no mark below 0."""
        self.share, self.mark = share, mark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(120), self.look.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self.look.px
        middle = (self.height() - px(8)) // 2
        paint_bar(painter, QRect(0, middle, self.width(), px(8)), self.share, self.look)
        if self.mark >= 0:
            at = min(int(self.width() * self.mark), self.width() - px(2))
            painter.fillRect(QRect(at, 0, px(2), self.height()), self.look.color("text"))


class TargetCard(QPushButton):
    """One target; pressing it goes to the indicator."""

    def __init__(self, session: Session, of: Standing) -> None:
        super().__init__()
        self.of, self.session = of, session
        self.setObjectName("card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        indicator = of.result.indicator
        now = of.result.rounded
        self.name, self.figure = Elided(indicator.name, "secondary"), label("", "figure")
        hand = MARK * (of.result.by is not None)
        self.figure.setText("—" if now is None else f"{now:,f}{hand} {indicator.unit}".strip())
        self.gap, self.bar = Chip(gap_words(of), TONES[of.light]), Progress(session.look)
        self.bar.put(
            1 if of.state == REACHED else float(of.share or 0) / 100,
            -1 if of.elapsed is None else float(of.elapsed) / 100,
        )
        self.words = Elided(target_words(of), "note")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 12, 14, 12)
        rows.setSpacing(6)
        top = row(spacing=8)
        top.addWidget(self.name, 1)
        top.addWidget(self.gap)
        rows.addLayout(top)
        for widget in (self.figure, self.bar, self.words):
            rows.addWidget(widget)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        said = "，".join(
            text for text in (indicator.name, self.figure.text(), self.gap.text(), self.words.text()) if text
        )
        self.setAccessibleName(said)
        self.setToolTip(said.replace("，", "\n"))
        self.clicked.connect(lambda _: session.go("indicators", indicator=indicator.id))

    def sizeHint(self) -> QSize:
        return QSize(self.session.look.px(LEAST), self.layout().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


class Targets(QWidget):
    """The cards, the first rows of them until all are asked for; ``laid`` after they have got other places."""

    laid = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.cards: list[TargetCard] = []
        self.found: Sequence[Standing] = ()
        self.all = False
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        session.look.changed.connect(lambda: self._lay(again=True))

    def put(self, found: Sequence[Standing]) -> None:
        """Show other standings; the card that has the keyboard keeps it."""
        held = next((card.of.result.indicator.id for card in self.cards if card.hasFocus()), "")
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.found = found
        self.cards = [TargetCard(self.session, each) for each in found]
        self._lay(again=True)
        for card in self.cards:
            if card.of.result.indicator.id == held:
                card.setFocus()

    def show_all(self, whole: bool) -> None:
        """All cards, or the first rows of them."""
        self.all = whole
        self._lay(again=True)

    def hidden(self) -> int:
        """How many cards are not shown."""
        return 0 if self.all else max(0, len(self.cards) - FEW * self._columns)

    def _lay(self, *, again: bool = False) -> None:
        columns = max(1, min(MOST, self.width() // self.session.look.px(LEAST), max(1, len(self.cards))))
        if columns == self._columns and not again:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, int(column < columns))
        self._columns = columns
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // columns, number % columns)
            card.setVisible(self.all or number < FEW * columns)
        self.laid.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()


class TargetsPart(QWidget):
    """The cards, the way to the others, and what is said where there are none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.cards = Targets(session)
        self.none, self.why = Card(), label("正在算…", "secondary", wrap=True)
        self.more = link("", lambda: self.cards.show_all(not self.cards.all))
        self.none.rows.addWidget(self.why)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12)
        for widget in (self.none, self.cards, self.more):
            rows.addWidget(widget)
        self.more.hide()
        self.cards.laid.connect(self._say_more)

    def put(self, found: Sequence[Standing], what: str) -> None:
        """Show other standings; ``what`` is the return they are of."""
        self.cards.put(found)
        self.cards.setVisible(bool(found))
        self.none.setVisible(not found)
        self.why.setText(f"{what} 的目标还没有；本区自己的目标填在“目标”台账里，这里就有进度。")
        self._say_more()

    def _say_more(self) -> None:
        cards = self.cards
        self.more.setVisible(cards.all or cards.hidden() > 0)
        self.more.setText("只看前几项" if cards.all else f"全部 {len(cards.cards)} 项目标 ›")


def gap_words(of: Standing) -> str:
    """已达到, 差 7, 红灯 · 差 7; of a wider area's target the share; nothing where the figure is not known."""
    if of.state == UNKNOWN:
        return "算不出"
    if of.state == REACHED:
        return REACHED
    if of.state == PART:
        return "" if of.share is None else f"占{of.goal.level}目标 {float(of.share):.1f}%"
    indicator = of.result.indicator
    unit = "" if indicator.unit in ("%", "百分点") or "/" in indicator.unit else f" {indicator.unit}"
    over = of.goal.compare in ("≤", "<")
    missing = f"{'超' if over else '差'} {of.missing:,f}{unit}"
    if not of.missing:
        missing = f"要{'低于' if over else '超过'} {decimal_of(of.goal.low, indicator.places):,f}{unit}"
    return f"{of.light}灯 · {missing}" if of.light else missing


def target_words(of: Standing) -> str:
    """The targets with scope and year, the one that counts first: 本区 ≥ 30 家 · 2025　合作区 ≥ 100 家 · 2025."""
    rest = [goal for goal in of.result.goals if goal is not of.goal]
    return "　".join(_said(of, goal) for goal in [of.goal, *rest][:3])


def _said(of: Standing, goal: Goal) -> str:
    indicator = of.result.indicator
    return f"{goal.level} {shown(goal, indicator.places)} {indicator.unit} · {goal.year or NO_YEAR}"
