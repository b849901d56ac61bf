"""What stands beside the names of pages in the navigation, told without loading the pages."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from models.store.carried import unconfirmed
from models.store.findings import counted
from ui.asking import asked_of
from ui.page import Badge
from ui.session import Session


def unconfirmed_rows(session: Session) -> Badge | None:
    """How many rows of the year are still to be confirmed."""
    with session.file.reading() as connection:
        rows = sum(each.rows for each in unconfirmed(connection, [session.zone], session.period.year))
    return Badge(f"{rows:,}", "warning") if rows else None


def open_findings(session: Session) -> Badge | None:
    """Open findings; before the first audit of the day those the last one left."""
    if session.findChild(QObject, "auditor") is None and not _found_last_time(session):
        return None
    # brings the rules and formulas, which nobody needs who found nothing and asks nothing
    from ui.auditing import Auditor

    auditor = Auditor.of(session)
    must, explain = session.outstanding if auditor.report else auditor.kept()
    if not (must or explain):
        return None
    if auditor.report is None and not auditor.busy:
        QTimer.singleShot(0, auditor, auditor.run)  # what was found last time is shown on the cells again
    return Badge(f"{must + explain:,}", "error" if must else "warning")


def _found_last_time(session: Session) -> bool:
    asked = asked_of(session)
    with session.file.reading() as connection:
        return any(counted(connection, zone, asked.pack.id, asked.period) for zone in asked.zones)
