"""The doubts about units: which figures are looked at for a slip, what is said of it, and the correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10

from models.doubts.doubt import Doubt
from models.doubts.economy import HEADS, PER_HEAD, Economy, group_name, plain, quantity
from models.doubts.kinds import QUIET, SLIP, WINDOW
from models.doubts.slipped import told
from models.doubts.slips import Looked, Slip, slip_beside_peers, slip_of
from models.ledgers.economy import ECONOMY
from models.store.compared import Figures

LOOKED = Looked(
    steady=(
        "rev", "gov", "sales_val", "rev_main", "cost", "payroll", "assets", "fa_orig", "fa_net", "liab", "equity", "fai_cum",
        *HEADS,
    ),
    larger=(
        "export_deliv", "tax_sur", "exp_sell", "exp_adm", "exp_rd", "op_profit", "profit", "tax_income", "vat", "tax_paid",
        "tax_local", "depr", "va", "rd_exp", "rd_fee", "fai_year", "exp_usd", "imp_usd", "energy_tce", "elec_kwh", "water_t",
    ),
    amounts=tuple(each.id for each in ECONOMY.stored if each.unit == "万元"),
    heads=HEADS,
)  # fmt: skip


def slips(economy: Economy) -> Iterator[tuple[Doubt, Slip]]:
    """The doubts about units, with what slipped."""
    window, quiet = log10(economy.settings.number(WINDOW)), log10(economy.settings.number(QUIET))
    for ent, each in economy.now.items():
        before = economy.values(ent, 1)
        if not _any_far(each.values, before, 10 ** (1 - window)):
            continue  # nearly all rows
        usual, older = economy.above_peers(ent), economy.values(ent, 2)
        slip = slip_of(each.values, before, LOOKED, window=window, quiet=quiet, older=older, usual=usual)
        slip = slip or slip_beside_peers(each.values, usual, window, before)
        if slip is not None:
            yield _doubt(economy, each, before, slip), slip


def _any_far(now: Mapping[str, int], before: Mapping[str, int], times: float) -> bool:
    """Whether anything moved as far as a power of ten, or has no last year to say so; asked of every row, so without logarithms."""
    if any(name in now and name not in before for name in PER_HEAD):
        return True
    for name, value in now.items():
        size, was = abs(value), abs(before.get(name, 0))
        if (size >= times * was or was >= times * size) and size and was:
            return True
    return False


def _doubt(economy: Economy, of: Figures, before: Mapping[str, int], slip: Slip) -> Doubt:
    row = economy.firms[of.ent].name, of.values, before
    beside = _beside_peers(economy, of, slip.fields[0])
    return economy.doubt(SLIP, of, told(ECONOMY, economy.period, row, slip, beside=beside, others="前年和同行"))


def _beside_peers(economy: Economy, of: Figures, name: str) -> str:
    peers = economy.levels.get(name)
    level = peers.of(of.ent) if peers and of.ent in peers.values else None
    if peers is None or level is None:
        return ""
    own, middle = (plain(10**each / float(quantity(name).step)) for each in (peers.values[of.ent], level[1].middle))
    return f"；人均 {own}，{group_name(level[0])} {level[1].count} 家中位数 {middle}"
