"""Every colour and size of the window, once: tokens → palette and style sheet, light and dark, at one scale."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.sheet import style_sheet

SCALES = (90, 100, 110, 125, 150, 175, 200)  # per cent the clerk can choose


@dataclass(frozen=True)
class Tokens:
    """Colours by what they mean (the table of the look's page)."""

    background: str
    surface: str
    line: str
    inner: str
    text: str
    secondary: str
    faint: str
    accent: str
    accent_soft: str
    error: str
    error_soft: str
    warning: str
    warning_soft: str
    good: str
    good_soft: str
    on_accent: str


LIGHT = Tokens(
    "#F4F6F8", "#FFFFFF", "#E2E6EB", "#EEF1F4", "#1B2430", "#5D6876", "#98A2AF", "#1D5FBF", "#E7EFFB",
    "#C3352B", "#FDEEEC", "#955D00", "#FDF4E3", "#25774A", "#E6F4EC", "#FFFFFF",
)  # fmt: skip
DARK = Tokens(
    "#14171B", "#1B1F25", "#2B313A", "#232830", "#E4E8ED", "#9AA5B3", "#687382", "#6BA3F5", "#1F2F47",
    "#F08377", "#3A2222", "#E0B050", "#352B18", "#6CC491", "#1B3226", "#0F141A",
)  # fmt: skip


class Look(QObject):
    """The look in force. ``changed`` tells those who paint for themselves; everybody else follows the style sheet."""

    changed = Signal()

    def __init__(self, family: str, *, dark: bool = False, scale: float = 1.0) -> None:
        super().__init__()
        self.family, self.dark, self.scale = family, dark, scale
        self._colors: dict[str, QColor] = {}  # made once for a look: every painted cell asks for several
        self._fonts: dict[tuple[float, bool, bool], QFont] = {}

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return DARK if self.dark else LIGHT

    def px(self, size: float) -> int:
        """A length of the drawings at the scale in force."""
        return int(size * self.scale + 0.5)

    def color(self, token: str) -> QColor:
        """A colour by the name of its token; every painted cell asks for several, so it is not to be changed."""
        found = self._colors.get(token)
        if found is None:
            found = self._colors[token] = QColor(getattr(self.tokens, token))
        return found

    def font(self, size: float = 13, *, bold: bool = False, italic: bool = False) -> QFont:
        """The font at one of the sizes of the drawings."""
        return QFont(self.kept_font(size, bold=bold, italic=italic))

    def kept_font(self, size: float = 13, *, bold: bool = False, italic: bool = False) -> QFont:
        """The same, to paint with: every painted cell asks for it, so it is not to be changed."""
        found = self._fonts.get((size, bold, italic))
        if found is None:
            found = self._fonts[size, bold, italic] = QFont(self.family)
            found.setPixelSize(self.px(size))
            found.setBold(bold)
            found.setItalic(italic)
        return found

    def apply(self, *, dark: bool | None = None, scale: float | None = None) -> None:
        """Put the look, changed or not, on the whole program."""
        self.dark = self.dark if dark is None else dark
        self.scale = self.scale if scale is None else min(2.0, max(0.9, scale))
        self._colors.clear()
        self._fonts.clear()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setFont(self.font())
        app.setPalette(self._palette())
        app.setStyleSheet(style_sheet(vars(self.tokens), self.px))
        self.changed.emit()

    def _palette(self) -> QPalette:
        roles = {
            QPalette.ColorRole.Window: "background",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "inner",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ToolTipBase: "surface",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.PlaceholderText: "secondary",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "on_accent",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.Mid: "line",
        }
        palette = QPalette()
        for role, token in roles.items():
            palette.setColor(role, self.color(token))
        return palette
