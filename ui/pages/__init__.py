"""All pages: what the navigation says of each, and where its code is, which is loaded when the page is first opened."""

from __future__ import annotations

from ui.page import GROUPS, HOME, OTHER, REPORT, Entry, PageWidget
from ui.pages import badges, ledger
from ui.session import Session


def _home(session: Session) -> PageWidget:
    # shows figures and targets: brings the formulas
    from ui.pages.home import HomePage

    return HomePage(session)


def _importing(session: Session) -> PageWidget:
    # brings the readers of files
    from ui.pages.importing import ImportPage

    return ImportPage(session)


def _rolling(session: Session) -> PageWidget:
    # as the others: the window is open before it is loaded
    from ui.pages.rolling import RollingPage

    return RollingPage(session)


def _audit(session: Session) -> PageWidget:
    # brings the formulas and, with the way to a return, the writers of files
    from ui.pages.audit import AuditPage

    return AuditPage(session)


def _indicators(session: Session) -> PageWidget:
    # brings the formulas
    from ui.pages.indicators import IndicatorsPage

    return IndicatorsPage(session)


def _parks(session: Session) -> PageWidget:
    # brings the formulas
    from ui.pages.parks import ParksPage

    return ParksPage(session)


def _scoring(session: Session) -> PageWidget:
    # brings the formulas
    from ui.pages.scoring import ScoringPage

    return ScoringPage(session)


def _rosters(session: Session) -> PageWidget:
    # brings the formulas
    from ui.pages.rosters import RostersPage

    return RostersPage(session)


def _returns(session: Session) -> PageWidget:
    # brings the writers of files
    from ui.pages.returns import ReturnsPage

    return ReturnsPage(session)


def _charts(session: Session) -> PageWidget:
    # brings the drawing of charts
    from ui.pages.charts import ChartsPage

    return ChartsPage(session)


def _data(session: Session) -> PageWidget:
    # brings copying, checking and merging of files
    from ui.pages.data import DataPage

    return DataPage(session)


def _settings(session: Session) -> PageWidget:
    # rarely opened
    from ui.pages.settings import SettingsPage

    return SettingsPage(session)


def _selftest(session: Session) -> PageWidget:
    # rarely opened
    from ui.pages.selftest import SelfTestPage

    return SelfTestPage(session)


_ENTRIES = (
    Entry("home", "首页", HOME, 0, _home),
    *ledger.ENTRIES,
    Entry("importing", "导入", HOME, 99, _importing),
    Entry("rolling", "上年结转", HOME, 100, _rolling, badges.unconfirmed_rows),
    Entry("audit", "审核", REPORT, 0, _audit, badges.open_findings),
    Entry("indicators", "指标与目标", REPORT, 1, _indicators),
    Entry("parks", "各园区", REPORT, 1, _parks, under="indicators"),
    Entry("rosters", "名单", REPORT, 2, _rosters),
    Entry("scoring", "评价", REPORT, 3, _scoring),
    Entry("returns", "报表", REPORT, 4, _returns),
    Entry("charts", "图表", REPORT, 5, _charts),
    Entry("data", "数据与备份", OTHER, 10, _data),
    Entry("settings", "设置", OTHER, 20, _settings),
    Entry("selftest", "自检", OTHER, 30, _selftest, under="settings"),
)


def entries() -> list[Entry]:
    """Every page in the order of the navigation."""
    return sorted(_ENTRIES, key=lambda entry: (GROUPS.index(entry.group), entry.order))
