"""台资企业 and 到资流水 of the made-up firms: routes, currencies, and sums that never exceed what was contracted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from models.demo.economy import CNY_PER_USD
from models.demo.firms import AT_HOME, Firm
from models.demo.names import person
from models.demo.records import LAST, Record, record
from models.kinds import decimal_of
from models.ledgers.taiwan import CAPITAL_IN, TW_ENTERPRISE

_SINCE = date(2020, 9, 17)  # 自设区起
_PER_UNIT = {"美元": "1", "港元": "0.1285", "新台币": "0.0315", "欧元": "1.09", "日元": "0.0068"}  # rough US dollars
_CURRENCIES = {
    "直接投资": ("新台币", "美元"),
    "经香港": ("港元", "美元"),
    "境内台资企业再投资": ("人民币",),
    "其他第三地": ("欧元", "日元"),
}
_PLACES = {
    "经香港": "中国香港", "经英属维尔京": "英属维尔京群岛", "经开曼": "开曼群岛", "经萨摩亚": "萨摩亚", "经毛里求斯": "毛里求斯",
    "经巴巴多斯": "巴巴多斯", "其他第三地": "新加坡",
}  # fmt: skip
_WAYS = ("现汇", "现汇", "现汇", "实物设备", "外债/股东贷款")
_CITIES = ("岛内", "昆山", "东莞", "深圳", "厦门")


@dataclass(frozen=True)
class Stake:
    """What a 台资 firm's investor has agreed to, in 万美元."""

    firm: Firm
    currency: str
    total: int
    share: int

    @property
    def contracted(self) -> int:
        """合同台资额."""
        return self.total * self.share // 100

    @property
    def third(self) -> bool:
        """Whether it comes through a third place."""
        return self.firm.route not in AT_HOME


def stake(firm: Firm, chance: Random) -> Stake:
    """The stake in a 台资 firm."""
    usual = _CURRENCIES.get(firm.route, ("美元",))
    currency = usual[firm.number // 2 % len(usual)]  # in turns, so that of a few all occur
    return Stake(firm, currency, chance.randint(30, 400) * 10, chance.choice((100, 100, 80, 60, 51)))


def rates(currency: str, year: int) -> tuple[Decimal, Decimal]:
    """(US dollars, 元) for one unit of a currency, to six decimals."""
    yuan = Decimal(CNY_PER_USD[max(year, min(CNY_PER_USD))])
    if currency == "人民币":
        return decimal_of(1 / Fraction(yuan), 6), Decimal(1)
    return Decimal(_PER_UNIT[currency]), decimal_of(Fraction(_PER_UNIT[currency]) * Fraction(yuan), 6)


def tw_enterprise(held: Stake, id: bytes, least_heads: int, chance: Random) -> Record:
    """The 台资企业 row; ``least_heads`` is the smallest 期末从业人员 the firm ever had."""
    firm = held.firm
    rate, _ = rates(held.currency, firm.opened.year)
    return record(
        TW_ENTERPRISE,
        ent=id,
        reg_class="独资" if held.share == 100 else "合资",
        tw_investor=f"{person(chance)}(虚构投资人)",
        ml_investor=None if held.share == 100 else f"{person(chance)}(虚构投资人)",
        tw_share=held.share,
        route=firm.route,
        third_name=f"DEMO {firm.number:04} Holdings Ltd.(虚构)" if held.third else None,
        third_place=_PLACES[firm.route] if held.third else None,
        recog=held.third,
        recog_no=f"演示认定〔{firm.opened.year}〕{firm.number}号" if held.third else None,
        recog_date=firm.opened + timedelta(5) if held.third else None,
        layers=2 if held.third else 1,
        ult_share=held.share,
        reg_cap=int(Fraction(held.total, 2) / Fraction(rate)),
        cur=held.currency,
        reg_fx_usd=rate,
        inv_total_usd=held.total,
        contract_tw_usd=held.contracted,
        tw_cadre=min(chance.randint(1, 9), least_heads),
        from_city=chance.choice(_CITIES),
        tw_cluster=firm.trade.cluster,
        main_prod=firm.trade.product,
        policies="31条、江西60条",
    )


def capital_in(held: Stake, id: bytes, proof: str, chance: Random) -> Iterator[Record]:
    """The 到资流水 rows: up to four sums, together less than the contract; ``proof`` stands before their 凭证号."""
    firm, sums = held.firm, chance.randint(1, 4)
    first = max(_SINCE, firm.opened + timedelta(30))
    days = (date(LAST, 12, 20) - first).days
    for number, after in enumerate(sorted(chance.randint(0, days) for _ in range(sums)), 1):
        on = first + timedelta(after)
        dollars, yuan = rates(held.currency, on.year)
        amount = int(Fraction(held.contracted * chance.randint(400, 900), 1000 * sums) / Fraction(dollars))
        way = "跨境人民币" if held.currency == "人民币" else "现汇" if number == 1 else chance.choice(_WAYS)
        yield record(
            CAPITAL_IN,
            proof_no=f"{proof}{on.year}-{firm.number:04}-{number}",
            ent=id,
            in_date=on,
            cur=held.currency,
            amt_fc=amount,
            fx_usd=dollars,
            amt_usd=amount * Fraction(dollars),
            fx_cny=yuan,
            amt_cny=amount * Fraction(yuan),
            way=way,
            route=firm.route,
            src_country=_PLACES.get(firm.route, "中国台湾"),
            in_mofcom=way in ("现汇", "跨境人民币"),
            in_prov=way != "外债/股东贷款",
            via_third=held.third,
        )
