"""A roster as offices send them, for pictures of 导入: titles above the headings, notes beneath, codes that a spreadsheet has spoiled."""

from __future__ import annotations

from itertools import islice

import openpyxl

from models.ledgers.enterprise import ENTERPRISE
from models.uscc import make


def roster(window, path):
    """Eighteen enterprises of the zone, changed and unchanged, twelve new ones, two rows that cannot be placed."""
    session = window.session
    known = list(islice(session.names.all(ENTERPRISE, session.zone), 18))
    first = known[0].value
    session.write("录入", "改 法定代表人", lambda work: work.set(ENTERPRISE, first, {"legal_rep": "王某手"}))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名录"
    book.create_sheet("说明")["A1"] = "填表说明"
    sheet.append(["园区企业名录"])
    sheet.append([])
    sheet.append(
        [
            "序号",
            "企业名称（全称）",
            "统一社会信用代码/注册号",
            "所属行业",
            "成立日期",
            "详细地址",
            "法人",
            "是否台企",
            "备注",
        ]
    )
    for number, each in enumerate(known, 1):
        new = number % 3 == 1
        cells = ("C3985", "2019年3月", f"赣州经开区新大道{number}号", "张某") if new else ("", "", "", "")
        sheet.append([number, each.text, each.detail.split(" · ")[0], *cells, "", ""])
    for number, mark in enumerate("甲乙丙丁戊己庚辛壬癸子丑", 19):
        code = make("91", "360700", f"MA9{number:02}T{number:02}")
        sheet.append(
            [number, f"赣州新进{mark}科技有限公司", code, "电子元件", "2023.5.6", "科技大道8号", "李某", "否", ""]
        )
    sheet.append([31, "赣州失真企业有限公司", 9.13601e17, "电子", "2020"])
    sheet.append([32, None, None, "电子", "约2020"])
    sheet.append(["合计", 30])
    sheet.append(["注：以上为11月数据"])
    book.save(path)
