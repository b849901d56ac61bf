"""All pages. A page module has ``ENTRIES``; to add a page, add its module here."""

from __future__ import annotations

from ui.page import GROUPS, Entry
from ui.pages import audit, charts, data, home, importing, indicators, ledger, returns, rolling, selftest, settings

_MODULES = (home, ledger, importing, rolling, audit, indicators, returns, charts, data, settings, selftest)


def entries() -> list[Entry]:
    """Every page in the order of the navigation."""
    found = [entry for module in _MODULES for entry in module.ENTRIES]
    return sorted(found, key=lambda entry: (GROUPS.index(entry.group), entry.order))
