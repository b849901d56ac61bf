"""The few lines in which a clerk explains a finding, or says why a rule is switched off: judged as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from models.sayings import BLANK, Said
from models.substance import emptiness
from ui.composing import Composition
from ui.widgets import Button, Pick, label, row

LIMIT = 500  # characters of an explanation
SHOWN = 36  # characters of a text in the menu of texts


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


class Explanation(QWidget):
    """A few lines of text, with what is still wanting told beside it. ``kept(text)`` on Ctrl+Enter or the button; Esc leaves.

    It is an explanation, or with other words for its button and hint the reason of something else.
    """

    kept = Signal(str)
    left = Signal()

    def __init__(self, word: str = "保存说明", about: str = "说明", hint: str = "写明原因和涉及的数额") -> None:
        super().__init__()
        self.about = about
        self._want: Callable[[str], str] = emptiness
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(hint)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 3 + 18)
        self.wants = label("", "warning", wrap=True)
        self.keep = Button(word, self._keep, primary=True, key="Ctrl+Enter")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.text)
        rows.addWidget(self.wants)
        buttons = row(spacing=12)
        buttons.addWidget(self.keep)
        buttons.addWidget(Button("不写了", self._leave))
        self.menu = QMenu(self)
        self.before = Pick("用写过的", self.menu)
        self.before.put("")
        buttons.addWidget(self.before)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        self.text.textChanged.connect(self.judge)
        self.text.installEventFilter(self)
        self.text.setAccessibleName(about)
        Composition(self.text)
        self.hide()

    def open(self, text: str, want: Callable[[str], str], before: Sequence[Said] = ()) -> None:
        """Begin from ``text``; ``want`` says what a text lacks, ``before`` are the texts offered instead."""
        self._want = want
        self.menu.clear()
        for each in before:
            self.menu.addAction(f"{each.where}：{shortened(each.text)}", partial(self.take, each.text))
        self.before.setVisible(bool(before))
        self.text.setPlainText(text)
        self.judge()
        self.show()
        self.text.setFocus()
        self.text.selectAll()

    def want(self, want: Callable[[str], str]) -> None:
        """Judge what is being written anew."""
        self._want = want
        self.judge()

    def take(self, text: str) -> None:
        """Write ``text`` over what is there; the first blank is where the clerk goes on."""
        cursor = self.text.textCursor()  # so that Ctrl+Z brings back what stood there
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        blank = text.find(BLANK)
        if blank >= 0:
            cursor.setPosition(blank)
            cursor.setPosition(blank + len(BLANK), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def judge(self) -> None:
        """Say what is wanting, also when something beside the text changed."""
        text = self.text.toPlainText()
        long = f"{self.about}有 {len(text)} 个字，最多 {LIMIT} 个" if len(text) > LIMIT else ""
        self.wants.setText(long or (self._want(text) if text.strip() else f"“核实无误”不算{self.about}"))
        self.wants.setVisible(bool(self.wants.text()))
        self.keep.setEnabled(bool(text.strip()) and not self.wants.text())

    def _keep(self) -> None:
        if self.keep.isEnabled():
            self.hide()
            self.kept.emit(self.text.toPlainText().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        act: Callable[[], object] | None = None
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            act = self._keep
        elif event.key() == Qt.Key.Key_Escape:
            act = self._leave
        if act is not None:
            act()
        return act is not None
