"""What the further ledgers of the made-up zone know of its firms: when they came, when they began to produce, what they come to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.demo.economy import Figures
from models.demo.firms import REGION, Firm
from models.demo.names import credit_code
from models.demo.records import LAST, Record
from models.kinds import Stored

END = date(LAST, 12, 31)
MOVED = date(LAST, 7, 1)  # when the newly 规上 left the standard factory for land of their own
PLATFORM_CO = (credit_code(REGION, -1), "赣州虚构园区建设投资有限公司")
BUILDERS = ((credit_code(REGION, -2), "赣州虚构安居置业有限公司"), (credit_code(REGION, -3), "赣州虚构商贸城有限公司"))
CHAINS = (  # 产业链: name, kind, the 行业代码 it takes in, the 战略性新兴产业 it is part of
    ("电子信息", "优势特色", ("39", "65"), "新一代信息技术"),
    ("新能源汽车及配套", "优势特色", ("36", "38"), "新能源汽车"),
    ("稀土和有色金属新材料", "优势特色", ("32",), "新材料"),
    ("生物医药", "新兴", ("27",), "生物"),
    ("装备制造及现代服务", "传统", ("",), "高端装备制造"),
)


@dataclass(frozen=True)
class Site:
    """A firm in the zone; ``entered`` is its 入园时间, ``producing`` its 投产日期."""

    firm: Firm
    id: bytes
    entered: date
    producing: date | None

    @property
    def rents(self) -> bool:
        """Whether it is, or was until MOVED, in a standard factory."""
        return not self.firm.above_scale or self.moved

    @property
    def moved(self) -> bool:
        """Whether it became 规上 in the last year, and moved to land of its own."""
        return self.firm.scale == "新入规"


def settle(firms: Sequence[Firm], rows: Iterable[Record], ids: Sequence[bytes]) -> list[Site]:
    """The firms as their 企业 rows tell of them."""
    return [
        Site(firm, id, as_date(row["enter_date"]) or firm.opened, as_date(row["prod_date"]))
        for firm, row, id in zip(firms, rows, ids, strict=True)
    ]


def as_date(stored: Stored) -> date | None:
    """A stored yyyymmdd as a date."""
    return date(stored // 10_000, stored // 100 % 100, stored % 100) if isinstance(stored, int) else None


def later(day: date, years: int) -> date:
    """The same day so many years on; the 29th becomes the 28th, so that there is one."""
    return day.replace(year=day.year + years, day=min(day.day, 28))


def chain_of(industry: str) -> int:
    """The place in CHAINS of a 行业代码."""
    return next(place for place, (_, _, codes, _) in enumerate(CHAINS) if industry.startswith(codes))


class Books:
    """Sums over the firms' 经济数据 as it truly is, in stored units, by year: of 工业, of all, and of each chain."""

    def __init__(self) -> None:
        self.years: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.chains: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        self.leaders: dict[int, tuple[int, str]] = {}

    def add(self, firm: Firm, year: int, figures: Figures) -> None:
        """Count a firm's year."""
        sums, chain = self.years[year], chain_of(firm.trade.code)
        sums.update(rev=figures["rev"], tax_23=figures["tax_paid"], heads=figures["emp_end"])
        if firm.industrial:
            sums.update(fa_ind_cum=figures["fai_cum"], tax_ind=figures["tax_paid"])
        self.chains[chain, year].update(rev=figures["rev"], ent_n=1, up_n=firm.is_up(year))
        if year == LAST:
            self.leaders[chain] = max(self.leaders.get(chain, (-1, "")), (figures["rev"], firm.uscc))
