"""What leaves the audit: its sheet, to print or send round, and a red-cell copy for each enterprise that has something to put right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from exporters.audit_sheet import write_audit
from models.audit import unjudged
from models.progress import Progress, Steps
from ui.auditing import Auditor
from ui.formwork import audited, red_files
from ui.pages.sending import Sending
from ui.saving import BOOK, ask_folder, ask_where
from ui.sent import Sent
from ui.widgets import PageHeader
from ui.writing import replacing


class AuditSending(Sending):
    """Two buttons on the page's header; below it how far the writing is and what came of it."""

    def __init__(self, page: QWidget, header: PageHeader, auditor: Auditor) -> None:
        super().__init__()
        self.page, self.auditor = page, auditor
        self.red = header.add("给企业发红格表…", self.send_red)
        self.sheet = header.add("导出审核单…", self.save_sheet)
        self.red.setToolTip("每家有问题的企业一个文件：它自己的行，要改的格是红的，批注写着原因")
        auditor.changed.connect(self.follow)
        auditor.began.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """There is something to send once there is a report."""
        ready = self.auditor.report is not None
        self.red.setEnabled(ready)
        self.sheet.setEnabled(ready)

    def save_sheet(self) -> None:
        """Ask where, then write the audit as a workbook."""
        report, asked, session = self.auditor.report, self.auditor.asked, self.auditor.session
        if report is None or asked is None:
            return
        where = ask_where(self.page, f"审核单_{asked.file_name}.xlsx", BOOK)
        if where is None:
            return

        def work() -> Steps[Sent]:
            yield Progress(0, 0, "写审核单")
            told = audited(session.file, asked, report, unjudged(session.file, report, asked.zones))
            with replacing(where) as fresh:
                return Sent(where, 1, write_audit(fresh, told))

        self.run(work, lambda sent: ("审核单已存好", f"{where.name}：{sent.rows} 处，另有“未能审核”“规则与阈值”两页。"))

    def send_red(self) -> None:
        """Ask for a folder, then write a copy for each enterprise."""
        report, session = self.auditor.report, self.auditor.session
        folder = ask_folder(self.page, "给每家企业一个红格表，放在哪个文件夹") if report is not None else None
        if folder is not None and report is not None:
            self.run(partial(red_files, session.file, report, folder), told_red)


def told_red(sent: Sent) -> tuple[str, str]:
    """What came of writing the copies."""
    left = f"另有 {sent.left} 处不归哪家企业（开发区的表、个人的记录），在这里改。" if sent.left else ""
    if not sent.files:
        return "没有写红格表", f"没有哪家企业有要改的。{left}"
    return (
        "红格表已写好",
        f"{sent.files} 家企业各一个文件，红格 {sent.rows} 处。发给企业，改好发回来，在“导入”页收回。{left}",
    )
