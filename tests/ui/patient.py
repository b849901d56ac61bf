"""What stands in for pytest-qt where pictures are taken outside a test."""

from __future__ import annotations

import time

from models.ledgers.enterprise import ENTERPRISE


class Patience:
    """What Desk needs of pytest-qt, outside a test."""

    def __init__(self, app):
        self.app = app

    def waitUntil(self, holds, timeout):  # noqa: N802
        while not holds():
            self.app.processEvents()
            time.sleep(0.005)  # else the thread that is waited for hardly ever has its turn

    @staticmethod
    def mouseClick(widget, button):  # noqa: N802
        widget.click()


def clear(work, known):
    """What three enterprises do and where they are is not filled in."""
    for each in known[:3]:
        work.set(ENTERPRISE, each.value, {"main_biz1": None, "address": None})
