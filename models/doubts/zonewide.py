"""Slips of the unit in what a zone says of itself: its row of 开发区年度 or 开发区季月 beside the same one of the years before.

A zone has no peers in the file: the rest of its own row bears a slip out, and a thousand times last year needs no witness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10

from models.doubts.doubt import Doubt, doubted
from models.doubts.kinds import BY_ID, QUIET, SLIP, WINDOW, Settings
from models.doubts.slipped import told
from models.doubts.slips import Looked, slip_of
from models.ledger import Ledger
from models.ledgers.zone_year import ZONE_PERIOD, ZONE_YEAR
from models.periods import Period
from models.store import Connection
from models.store.compared import zone_rows
from models.store.titles import Title

STEADY = (
    "rev_all", "rev_ind_up", "profit_all", "profit_ind_up", "tax_all", "va_ind_up", "va_hitech", "gov_ind_up", "export_deliv",
    "trade_total", "export", "trade_total_usd", "export_usd", "fai", "fai_ind", "park_assets", "bond_bal", "energy_tce", "emp_end",
    "emp_college", "prev_rev_all",
)  # fmt: skip
LARGER = (
    "infra_inv", "sign_amt", "paid_amt", "fdi_prov", "fdi_mofcom", "dom_outprov", "bond_new", "fund_scale", "reloan_amt", "cost_cut",
    "ww_gen", "ww_treated", "sw_gen", "sw_used",
)  # fmt: skip


def zone_slips(connection: Connection, zones: Mapping[str, str], period: Period, settings: Settings) -> Iterator[Doubt]:
    """The doubts about units in the rows of ``zones`` (code → name) of one period."""
    ledger = ZONE_YEAR if period.form == "Y" else ZONE_PERIOD
    looked = _looked(ledger)
    window, quiet = log10(settings.number(WINDOW)), log10(settings.number(QUIET))
    years = zone_rows(connection, ledger, list(zones), period)
    for zone, (row, now) in years[period.year].items():
        before, older = (years[period.year - back].get(zone, (b"", {}))[1] for back in (1, 2))
        if slip := slip_of(now, before, looked, window=window, quiet=quiet, older=older):
            said = told(ledger, period, (zones[zone], now, before), slip)
            yield doubted(BY_ID[SLIP], ledger, (zone, row), Title(zone, zones[zone]), told=said, values=now)


def _looked(ledger: Ledger) -> Looked:
    there = {each.id: each for each in ledger.stored}
    steady, larger = (tuple(name for name in names if name in there) for names in (STEADY, LARGER))
    amounts = tuple(each.id for each in there.values() if each.unit == "万元")
    return Looked(steady, larger, amounts, ())
