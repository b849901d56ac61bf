"""What makes a zone doubtful: slips of the unit, a row in another unit, one far from its peers, two enterprises that look like one."""

from __future__ import annotations

from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.land import PARCEL
from models.store.batches import batch
from models.store.compared import figures_of, firms_of, standing_rows

AMOUNTS = tuple(field.id for field in ECONOMY.stored if field.unit == "万元")


def make_doubtful(file, zone, period):
    """Spoil a few rows of the demonstration zone; the names of the enterprises by what was done to them."""
    with file.reading() as connection:
        years, firms = figures_of(connection, [zone], period), firms_of(connection, [zone])
    now, before = years[period.year], years[period.year - 1]
    usual = [
        each
        for ent, each in now.items()
        if all(
            0.6 < each.values.get(n, 0) / (before[ent].values.get(n) or 1) < 1.7
            for n in ("rev", "assets", "emp_end")
            if ent in before
        )
    ]
    sought = iter(sorted(usual, key=lambda each: firms[each.ent].name))
    whole, assets, far, twin = (next(sought) for _ in range(4))
    with batch(file, zone, "导入", "导入 二季度报表.xlsx") as work:
        work.set(
            ECONOMY, whole.row, {name: value * 10 for name, value in whole.values.items() if name in AMOUNTS and value}
        )
        work.set(ECONOMY, assets.row, {"assets": assets.values["assets"] * 1000})
        work.set(ECONOMY, far.row, {"payroll": far.values["payroll"] * 5})
        name = firms[twin.ent].name.replace("有限公司", "股份有限公司")
        work.add(ENTERPRISE, {"ent_name": name, "uscc": "91360703DEM6FRH80K", "legal_rep": firms[twin.ent].legal})
    return {
        word: firms[each.ent].name
        for word, each in zip(("整行", "资产", "离群", "近名"), (whole, assets, far, twin), strict=True)
    }


def area_in_mu(file, zone):
    """Type a plot's area in 亩 where ㎡ is asked."""
    with file.reading() as connection:
        plot = next(row for row in standing_rows(connection, PARCEL, [zone]) if "due_area_m2" in row.values)
    with batch(file, zone, "录入", "按亩填的宗地面积") as work:
        work.set(PARCEL, plot.row, {"area_m2": plot.values["area_m2"] * 3 // 2000})
