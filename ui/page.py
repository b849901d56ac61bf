"""What a page says of itself. The window builds navigation from these and knows no page by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ui.session import Session

HOME, REPORT, OTHER = "", "核对与上报", "其他"
LEDGERS = {  # a group of ledger pages and the first ledger of it, in the order of models/ledgers
    "开发区与企业": "zone",
    "土地与厂房": "zone_land",
    "项目": "project",
    "台资与台青": "tw_ent",
    "创新与资质": "platform",
    "招商与服务": "investor",
    "产业与目标": "theme_park",
}
GROUPS = (HOME, *LEDGERS, REPORT, OTHER)


@dataclass(frozen=True)
class Badge:
    """What stands at the right of a page's name: a quiet count, or one that asks for attention (tone error or warning)."""

    text: str
    tone: str = ""


class PageWidget(QWidget):
    """A page. The window calls :meth:`arrive` each time it is turned to."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("page")

    def arrive(self, where: Mapping[str, object]) -> None:
        """The page is on show; ``where`` says which row or field somebody wants (may be empty)."""

    def before_drop(self) -> None:
        """A table was dropped on the page and is about to be read; the 首页 turns to the year it is of."""


@dataclass(frozen=True)
class Entry:
    """A page in the navigation: ``build`` makes it when first visited; ``under`` names the entry it is a part of (shown only
    beside it); ``badge`` is asked for again after every change; ``asked`` says whether it is shown with nothing in it yet.
    """

    id: str
    label: str
    group: str
    order: int
    build: Callable[[Session], PageWidget]
    badge: Callable[[Session], Badge | None] = lambda session: None
    under: str = ""
    asked: Callable[[Session], bool] = lambda session: True
