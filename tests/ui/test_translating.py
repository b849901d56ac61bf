"""Qt's own words are Chinese, whatever language the system speaks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QPushButton

from ui.translating import speak_chinese


def test_dialogs_speak_chinese(qapp, qtbot, tmp_path: Path) -> None:
    assert speak_chinese(qapp)  # it was there already: the application has started
    assert len(qapp.findChildren(QTranslator)) == 1
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert {word(button.text()) for button in box.buttons()} == {"确定", "取消"}
    dialog = QFileDialog(directory=str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    assert [word(label.text()) for label in dialog.findChildren(QLabel)] == ["查找范围", "文件名称", "文件类型"]
    assert [word(button.text()) for button in dialog.findChildren(QPushButton)] == ["打开", "取消"]


def test_the_menu_of_a_line_edit_is_chinese(qapp, qtbot) -> None:
    edit = QLineEdit("文字")
    qtbot.addWidget(edit)
    menu = edit.createStandardContextMenu()
    words = [word(action.text()) for action in menu.actions() if action.text()]
    assert words == ["撤消", "重做", "剪切", "复制", "粘贴", "删除", "全选"]
    menu.deleteLater()


def word(text: str) -> str:
    """A caption without its mnemonic, colon and key."""
    return text.partition("\t")[0].partition("(")[0].rstrip("：:")
