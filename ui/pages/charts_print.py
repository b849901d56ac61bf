"""打印 on the page 图表: Ctrl+P, and the preview, which is loaded when it is first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from ui.charting import Charted
from ui.page import PageWidget

if TYPE_CHECKING:
    from ui.printing.preview import Preview


class ChartPrint(QObject):
    """``ask`` opens the preview as the page wants it. ``closed``: the preview was left."""

    closed = Signal()

    def __init__(self, page: PageWidget, ask: Callable[[], object]) -> None:
        super().__init__(page)
        self.page, self.ask = page, ask
        self.preview: Preview | None = None
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._keys = QShortcut(QKeySequence("Ctrl+P"), page, context=here)
        self._keys.activated.connect(ask)

    def open(self, charts: Charted, part: str) -> None:
        """Preview the charts, ``part`` in sight first."""
        # brings the printer, and what reads workbooks: the first chart does not wait for them
        from ui.printing.charts import ChartSource
        from ui.printing.preview import Preview

        if self.preview is None:
            self._keys.setEnabled(False)  # the preview has the same key
            self.preview = Preview(self.page, self.page.session, self.ask)
            self.preview.closed.connect(self.closed)
        self.preview.open(ChartSource(charts), part)
