"""A version issued without its audit: for what is done with versions, whatever the demonstration's faults."""

from __future__ import annotations

from exporters.seal import seal
from models.store.batches import batch
from models.store.versions import keep_version, versions
from ui.reporting import draft

SIGNED = {
    "单位负责人": "张某",
    "统计负责人": "李某",
    "填表人": "王某",
    "联系电话": "0797-1234567",
    "报出日期": "2026年01月05日",
}


def issue_as_is(file, asked):
    """Seal and keep a version of what the ledgers say now; what was sealed."""
    made = draft(file, asked, marked=False, signed=SIGNED)
    with file.reading() as connection:
        found = versions(connection, asked.zone.code, asked.pack.id, asked.period)
    no = len(found) + 1
    sealed = seal(
        made.content,
        {
            "pack_id": asked.pack.id, "zone_code": asked.zone.code, "zone_name": asked.zone.name,
            "period": str(asked.period), "version": str(no),
        },
        {"overrides": [each.to_json() for each in made.figures.overridden]},
    )  # fmt: skip
    values = {
        "pack": asked.pack.id, "version": no, "state": "签发", "issued_at": f"2026-01-0{4 + no}T10:20:00",
        "short_code": sealed.short_code, "unit_leader": "张某", "stat_leader": "李某", "filler": "王某",
        "tel": "0797-1234567", "report_date": 20260105,
    }  # fmt: skip
    with batch(file, asked.zone.code, "签发", f"签发 第 {no} 版") as work:
        keep_version(work, asked.period, made.figures.figures, values, made.figures.keyed, workbook=sealed.content)
    return sealed
