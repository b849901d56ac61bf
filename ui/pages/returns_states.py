"""How far a return is: 编制 → 审核 → 签发 → 上报 → 验收, and why it cannot be issued yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.audit import Report
from models.store.versions import ACCEPTED, ISSUED, LOCKED, SENT_BACK, Version
from ui.ends import Ends
from ui.widgets import Chip, Shrinking, label, link

STATES = ("编制", "审核", "签发", "上报", "验收")


class StatesBar(QWidget):
    """The five states in a row, the reason beside them."""

    def __init__(self, to_audit: Callable[[], object]) -> None:
        super().__init__()
        self.states = [Chip(name) for name in STATES]
        self.reason, self.to_audit = Shrinking("", "secondary"), link("去审核", to_audit)
        line = Ends(self)
        for number, chip in enumerate(self.states):
            if number:
                line.left(label("→", "secondary"))
            line.left(chip)
        line.left(self.reason)
        line.left(self.to_audit)

    def put_audit(self, report: Report | None, *, passed: bool, unconfirmed: str = "", quick: bool = False) -> None:
        """What the audit says; ``quick``: a 快报 may go out all the same."""
        must, explain = (report.open_must, report.open_explain) if report else (0, 0)
        carried = sum(each.rows for each in report.unconfirmed) if report else 0
        counts = " ".join(
            [f"强制 {must}"] * bool(must)
            + [f"核实 {explain}"] * bool(explain)
            + [f"待确认 {carried:,}"] * bool(carried)
        )
        self.states[0].put("编制", "accent")
        tone = "good" if passed else "error" if must or carried else "warning" if explain else "plain"
        self.states[1].put("审核通过" if passed else f"审核 · {counts}" if counts else "审核", tone)
        verdict = f"{report.verdict}{'；快报可以先签发' * quick}" if report else "正在审核…"
        self.reason.setText(unconfirmed if passed else verdict)
        self.to_audit.setVisible(report is not None and not passed)

    def put_last(self, last: Version | None) -> None:
        """What became of the latest version."""
        self.states[2].put(f"签发 · {last.title}" if last else "签发", "good" if last else "plain")
        state = last.state if last else ""
        self.states[3].put("上报", "good" if state not in {"", ISSUED} else "plain")
        word = state if state in {SENT_BACK, LOCKED} else "验收"
        self.states[4].put(word, "error" if state == SENT_BACK else "good" if state in {ACCEPTED, LOCKED} else "plain")
