"""The window that shows the manual beside the work: chapters at the left, the text with its pictures at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from ui.help.manual import Chapter, search
from ui.theme import Look
from ui.widgets import FindLine

LIST, MARGIN = 230, 24  # pixels of the drawings
HEADINGS = {1: 20, 2: 15.5}
NOTHING = "手册里没有这几个字，换个说法再找"


def lay_out(document: QTextDocument, look: Look) -> None:
    """Give headings their sizes, paragraphs air and tables thin lines: Markdown itself says nothing of that."""
    cursor, block = QTextCursor(document), document.begin()
    while block.isValid():
        cursor.setPosition(block.position())
        level = block.blockFormat().headingLevel()
        form = QTextBlockFormat()
        in_table = cursor.currentTable() is not None
        picture = block.text() == "\ufffc"
        form.setLineHeight(
            100 if picture or level or in_table else 150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        form.setTopMargin(look.px({0: 0, 1: 0}.get(level, 14)))
        form.setBottomMargin(look.px(0 if in_table else 4 if block.textList() else 10))
        cursor.mergeBlockFormat(form)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            letters = QTextCharFormat()
            letters.setFont(look.font(HEADINGS.get(level, 14), bold=True))
            cursor.setCharFormat(letters)  # merged, Markdown's own size would stay
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _rule(frame, look)


def _rule(table: QTextTable, look: Look) -> None:
    form = table.format()
    form.setCellPadding(look.px(4))
    form.setCellSpacing(0)
    form.setBorder(1)
    form.setBorderCollapse(True)
    form.setBorderBrush(look.color("line"))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setBottomMargin(look.px(12))
    table.setFormat(form)


class Text(QTextBrowser):
    """A chapter; pictures are no wider than there is room, sharp at any scaling."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setOpenLinks(False)
        self.setObjectName("manual")
        self.setAccessibleName("手册正文")
        self._chapter: Chapter | None = None
        self._width = 0

    def put(self, chapter: Chapter) -> None:
        """Show a chapter from its beginning."""
        self._chapter = chapter
        self._width = self.viewport().width()
        new = QTextDocument(self)  # one filled again begins with an empty line
        new.setDocumentMargin(self.look.px(MARGIN))
        new.setDefaultFont(self.look.font(13.5))
        self.setDocument(new)
        new.setMarkdown(chapter.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        lay_out(new, self.look)

    def say(self, sentence: str) -> None:
        """Show a sentence instead of a chapter."""
        self._chapter = None
        self.setDocument(QTextDocument(sentence, self))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the chapter, at most as wide as the text."""
        if kind != QTextDocument.ResourceType.ImageResource.value or self._chapter is None:
            return super().loadResource(kind, name)
        path = self._chapter.path.parent / (name.path() if isinstance(name, QUrl) else name)
        image = QImage(str(path))
        dots = self.devicePixelRatioF()
        room = int((self.viewport().width() - 2 * self.look.px(MARGIN)) * dots)
        if image.width() > room > 0:
            image = image.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(dots)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._chapter is not None and self.viewport().width() != self._width:
            place = self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())
            self.put(self._chapter)
            self.verticalScrollBar().setValue(int(place * self.verticalScrollBar().maximum()))


class Reader(QWidget):
    """Stays open beside the window; Esc closes it. What is typed above the list looks in all chapters."""

    def __init__(self, look: Look, beside: QWidget) -> None:
        super().__init__(beside, Qt.WindowType.Window)
        self.look = look
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("园区年报通手册")
        self.find = FindLine()
        self.find.setPlaceholderText("在手册里找")
        self.find.setAccessibleName("在手册里找")
        self.list = QListWidget()
        self.list.setObjectName("chapters")
        self.list.setAccessibleName("章节")
        self.text = Text(look)
        self._place()
        self.find.textChanged.connect(self._fill)
        self.find.returnPressed.connect(self._next)
        self.find.left.connect(self.text.setFocus)
        self.list.currentItemChanged.connect(lambda item, _: item and self._show(item.data(Qt.ItemDataRole.UserRole)))
        self.text.anchorClicked.connect(self._follow)
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.find.setFocus)
        self._fill("")

    def _place(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.find)
        left.addWidget(self.list, 1)
        for widget in (self.find, self.list):
            widget.setFixedWidth(self.look.px(LIST))
        row = QHBoxLayout(self)
        row.addLayout(left)
        row.addWidget(self.text, 1)
        self.resize(QSize(self.look.px(1060), self.look.px(760)))

    def open(self, chapter: Chapter | None) -> None:
        """Show the window at a chapter."""
        self.find.clear()
        self.show()
        self.activateWindow()
        if chapter is not None:
            self._choose(chapter)
        self.text.setFocus()

    def _fill(self, text: str) -> None:
        self.list.clear()
        for chapter in search(text):
            item = QListWidgetItem(chapter.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, chapter)
        if self.list.count():
            self.list.setCurrentRow(0)
            self._next()
        else:
            self.text.say(NOTHING)

    def _next(self) -> None:
        """Mark where the text sought stands; again: the next place, and round at the end."""
        sought = self.find.text().strip()
        if sought and not self.text.find(sought):
            self.text.moveCursor(self.text.textCursor().MoveOperation.Start)
            self.text.find(sought)

    def _choose(self, chapter: Chapter) -> None:
        for number in range(self.list.count()):
            if self.list.item(number).data(Qt.ItemDataRole.UserRole) == chapter:
                self.list.setCurrentRow(number)

    def _show(self, chapter: Chapter) -> None:
        self.text.put(chapter)

    def _follow(self, url: QUrl) -> None:
        """A link to another chapter."""
        self.find.clear()
        name = Path(url.path()).name
        for number in range(self.list.count()):
            if self.list.item(number).data(Qt.ItemDataRole.UserRole).path.name == name:
                self.list.setCurrentRow(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
