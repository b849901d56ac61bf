"""Fill in what the made-up zone never has and the packs ask for, so that few of their figures are nought."""

from __future__ import annotations

import sqlite3

# rows are picked by their place (rowid), the same in every run
_FILLED = (
    "UPDATE enterprise SET ipo_date = 20150601 + rowid % 11 * 10000 WHERE rowid % 97 = 0",
    "UPDATE enterprise SET hq_kind = CASE rowid % 5 WHEN 0 THEN '地区总部' WHEN 1 THEN '研发' WHEN 2 THEN '物流'"
    " WHEN 3 THEN '结算' ELSE '其他' END WHERE rowid % 89 = 0",
    "UPDATE qual SET kind = CASE rowid % 5 WHEN 0 THEN '独角兽企业' WHEN 1 THEN '瞪羚企业' WHEN 2 THEN '星级上云'"
    " WHEN 3 THEN '省级服务型制造' ELSE '国家智能制造示范项目' END, level = iif(rowid % 5 = 4, '国家', '省') WHERE rowid % 23 = 0",
    "UPDATE ent_period SET rev = 3000000000 + rowid WHERE rowid % 101 = 0",
    "UPDATE zone_year SET safe_date = 20220620 WHERE safe_assess = 1",
    "UPDATE zone_year SET safe_city = '2' WHERE safe_assess = 1",
    "INSERT INTO zone_industry (id, zone_code, kind, name, from_year)"
    " SELECT x'01', code, '新兴', '生物制造', '2024' FROM zone",
    "INSERT INTO zone_title (id, zone_code, title, level, appr_date)"
    " SELECT x'01', code, '服务业集聚区', '省', 20210310 FROM zone UNION ALL SELECT x'02', code, '生态工业', '国家', 20230310 FROM zone",
)


def fill_in(raw: sqlite3.Connection) -> None:
    """Fill in the figures that would be nought."""
    for statement in _FILLED:
        raw.execute(statement)
    raw.commit()
