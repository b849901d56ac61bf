"""Scores against plain Python, the known answer K36, classes at their borders, and what would lift whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledgers import ledger
from models.packs.pack import pack, pack_ids
from models.packs.schemes import DOWN, NEAREST, UP, Grade, Item, Scheme, _item, grades_of, schemes
from models.packs.tables import Entry
from models.periods import Period
from models.scoring import NOT_IN, Mark, Scored, Scores, formulas, graded, lifts, points, scores
from models.store.batches import batch
from models.store.file import DataFile
from models.store.titles import Title
from models.store.zones import create_zone

ZONE, YEAR, TODAY = "360701", Period(2025), date(2026, 1, 5)
NO = Entry("评分", 2, {})
MU01 = next(each for each in schemes(pack("通用")) if each.id == "MU01")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "评.db", who="测试") as opened:
        create_zone(opened, ZONE, "示例园")
        yield opened


def enterprise(
    file: DataFile, name: str, area: int | None = 40_000, state: dict[str, str] | None = None, **figures: str
) -> None:
    """An enterprise that takes part in MU01, its land in ㎡ and figures as typed."""
    with batch(file, ZONE, "录入", name) as work:

        def add(label: str, period: Period | None = None, links: dict[str, bytes] | None = None, **cells: str) -> bytes:
            on = ledger(label)
            values = {on.field(each).id: on.field(each).kind.parse(text) for each, text in cells.items()}
            return work.add(on, {**values, **(links or {})}, period)

        ent = add("企业", 单位详细名称=name, 成立时间="2015-01-01")
        add("企业年度", YEAR, {"ent": ent}, **{"是否规上": "是", "亩产效益参评": "是", **(state or {})})
        add("经济数据", YEAR, {"ent": ent}, **figures)
        if area is not None:
            plot = add("宗地", 宗地编号=f"Z{name}", 宗地面积=str(area))
            use = ledger("宗地占用")
            links = {link.id: {"parcel": plot, "enterprise": ent}[link.kind.ledger] for link in use.links}  # type: ignore[union-attr]
            add("宗地占用", None, links, 占用方式="自用", 占用土地面积=str(area), 起始日期="2016-01-01")


K36 = {
    "实际上缴税费总额": "1800", "工业增加值": "9000", "综合能源消费量": "3000", "主要污染物排放当量": "1.8", "平均用工人数": "450",
    "主营业务收入": "10000", "R&D经费支出": "300",
}  # fmt: skip


def asked(file: DataFile, scheme: Scheme = MU01) -> Scores:
    with file.reading() as connection:
        return scores(connection, pack("通用"), scheme, [ZONE], (YEAR, TODAY))


def test_k36(file: DataFile) -> None:
    enterprise(file, "甲", **K36)
    (one,) = asked(file).scored
    assert Decimal(one.total.numerator) / one.total.denominator == pytest.approx(
        Decimal("112.76"), abs=Decimal("0.005")
    )  # type: ignore[union-attr]


def test_every_base_reached_is_a_hundred_points() -> None:
    items = MU01.of("得分")
    assert sum(points(each, Fraction(1), Fraction(1)) or 0 for each in items) == 100


def test_who_does_not_take_part_is_told_why(file: DataFile) -> None:
    enterprise(file, "甲", **K36)
    enterprise(file, "乙", state={"亩产效益参评": "否"}, **K36)
    found = asked(file)
    assert [(each.title.name, each.reason) for each in found.left] == [("乙", NOT_IN)]


# --- against plain Python --------------------------------------------------------------------------------------------

COLUMNS = tuple(K36)
WEIGHTS = (30, 20, 20, 10, 10, 10)
BASES = tuple(map(Fraction, ("24.097", "136.16", "2.694", "4929.81", "18.14", "0.0302")))
SHARES = (("A", 25), ("B", 45), ("C", 25), ("D", 5))


def by_hand(rows: dict[str, tuple[int, dict[str, str]]]) -> dict[str, tuple[Fraction, int, str]]:
    """Name → total, rank, class, written from indicators.md B6.11."""

    def over(one: Fraction | None, other: Fraction | None) -> Fraction | None:
        return one / other if one is not None and other else None

    ratios = {}
    for name, (area, cells) in rows.items():
        tax, va, energy, dirt, heads, main, rd = (Fraction(cells[c]) if cells.get(c) else None for c in COLUMNS)
        mu = Fraction(area) * 15 / 10000
        ratios[name] = [over(tax, mu), over(va, mu), over(va, energy), over(va, dirt), over(va, heads), over(rd, main)]
    dirt_points = [each[3] / BASES[3] * 10 for each in ratios.values() if each[3] is not None]
    instead = sum(dirt_points, Fraction(0)) / len(dirt_points) if dirt_points else Fraction(0)
    totals = {
        name: sum(
            (instead if n == 3 else Fraction(0)) if value is None else value / BASES[n] * WEIGHTS[n]
            for n, value in enumerate(each)
        )
        for name, each in ratios.items()
    }
    found = {}
    for name, total in totals.items():
        rank = 1 + sum(other > total for other in totals.values())
        upto, grade = Decimal(0), "D"
        for letter, share in SHARES:
            upto += Decimal(share) * len(rows) / 100
            if rank <= int(upto.quantize(Decimal(1), ROUND_HALF_UP)):
                grade = letter
                break
        found[name] = (Fraction(total), rank, grade)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_random_zones_equal_plain_python(file: DataFile, seed: int) -> None:
    chance = Random(seed)
    choices = {
        "实际上缴税费总额": ("", "0", "12.5", "900", "1800"), "工业增加值": ("", "0", "450", "9000"),
        "综合能源消费量": ("", "0", "3000.5", "10"),
        "主要污染物排放当量": ("", "0", "1.8", "0.0003"), "平均用工人数": ("", "0", "7", "450"), "主营业务收入": ("", "0", "10000", "33"),
        "R&D经费支出": ("", "0", "300", "1"),
    }  # fmt: skip
    rows = {}
    for n in range(chance.randint(1, 23)):
        cells = {label: text for label, texts in choices.items() if (text := chance.choice(texts))}
        rows[f"企业{n}"] = (chance.choice((10_000, 40_000, 3_333)), cells)
        enterprise(file, f"企业{n}", rows[f"企业{n}"][0], **cells)
    found = {each.title.name: (each.total, each.rank, each.grade) for each in asked(file).scored}
    assert found == by_hand(rows)


# --- classes and lifts -----------------------------------------------------------------------------------------------


def scheme(
    *weights: int, grades: str = "A 25%、B 45%、C 25%、D 5%", rounding: str = NEAREST, direction: str = "↑"
) -> Scheme:
    items = tuple(
        Item("得分", f"项{n}", "1", "", "", 2, Fraction(weight), "1", direction, None, "零分", "", "", NO)
        for n, weight in enumerate(weights)
    )
    return Scheme("试", "试", "经济数据", "", grades_of(grades), rounding, "", "", items, NO)


def scored(of: Scheme, values: list[tuple[int, ...]], vetoed: frozenset[int] = frozenset()) -> Scores:
    taking = [
        Scored(
            ZONE, bytes([n]), Title("", f"{n:02}"),
            tuple(Mark(i, Fraction(v), Fraction(1), points(i, Fraction(v), Fraction(1))) for i, v in zip(of.items, row, strict=True)),
            ("否",) if n in vetoed else (),
        )
        for n, row in enumerate(values)
    ]  # fmt: skip
    return Scores(of, graded(of, taking), ())


def grades_in_order(found: Scores) -> str:
    return "".join(each.grade for each in found.scored)


@pytest.mark.parametrize(
    ("rounding", "amount", "expected"),
    [
        (NEAREST, 20, "A" * 5 + "B" * 9 + "C" * 5 + "D"),
        (NEAREST, 10, "AAABBBBCCC"),  # 2.5 → 3, 7, 9.5 → 10: nobody is left for D
        (UP, 10, "AAABBBBCCC"),
        (DOWN, 10, "AABBBBBCCD"),
        (NEAREST, 1, "B"),
        (UP, 1, "A"),
    ],
)
def test_where_classes_end_when_shares_are_no_whole_numbers(rounding: str, amount: int, expected: str) -> None:
    assert grades_in_order(scored(scheme(1, rounding=rounding), [(amount - n,) for n in range(amount)])) == expected


def test_equal_scores_share_a_rank_and_the_better_class() -> None:
    found = scored(scheme(1, grades="A 50%、B 50%"), [(4,), (3,), (3,), (1,)])
    assert [(each.rank, each.grade) for each in found.scored] == [(1, "A"), (2, "A"), (2, "A"), (4, "B")]


def test_five_thousand_are_ranked_while_one_waits() -> None:
    """Each total compared with each other one took half a minute."""
    of = [
        Scored(
            ZONE,
            n.to_bytes(2),
            Title(str(n), str(n)),
            tuple(Mark(item, None, None, Fraction(n % 997, 7)) for item in MU01.of("得分")),
            (),
        )
        for n in range(5000)
    ]
    begun = perf_counter()
    found = graded(MU01, of)
    assert perf_counter() - begun < 5
    totals = Counter(each.total for each in found)
    rank = 1
    for total in sorted(totals, reverse=True):
        assert {each.rank for each in found if each.total == total} == {rank} if rank < 50 else True
        rank += totals[total]


def test_a_veto_is_the_last_class_and_takes_nobodys_rank() -> None:
    found = scored(scheme(1, grades="A 50%、B 50%"), [(9,), (3,), (2,), (1,)], frozenset({0}))
    assert [(each.title.name, each.rank, each.grade) for each in found.scored] == [
        ("01", 1, "A"), ("02", 2, "A"), ("03", 3, "B"), ("00", None, "B"),
    ]  # fmt: skip


def test_least_scores_make_classes_too() -> None:
    found = scored(scheme(1, grades="优秀 ≥90、良好 ≥80、合格 ≥0"), [(90,), (89,), (80,), (3,)])
    assert [each.grade for each in found.scored] == ["优秀", "良好", "良好", "合格"]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=2, max_size=25),
    st.sampled_from(("↑", "↓")),
    st.sampled_from(("A 25%、B 45%、C 25%、D 5%", "优秀 ≥60、良好 ≥30、合格 ≥0")),
)
def test_a_lift_is_enough_and_one_step_less_is_not(values: list[tuple[int, int]], direction: str, grades: str) -> None:
    of = scheme(3, 1, direction=direction, grades=grades)
    found = scored(of, values)
    names = [grade.name for grade in of.grades]
    for each in found.scored:
        for lift in lifts(found, each.row):
            place = of.items.index(lift.item)
            assert lift.grade == names[names.index(each.grade) - 1]
            for value, reached in (
                (lift.wanted, True),
                (lift.wanted + Fraction(1 if direction == "↓" else -1, 100), False),
            ):
                if value <= 0:
                    continue
                again = list(values)
                row = list(again[each.row[0]])
                row[place] = value  # type: ignore[call-overload]
                again[each.row[0]] = tuple(row)
                now = scored(of, again).find(each.row)
                assert (names.index(now.grade) <= names.index(lift.grade)) is reached  # type: ignore[union-attr]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40) | st.none()), min_size=2, max_size=25),
    st.frozensets(st.integers(0, 24), max_size=3),
)
def test_a_lift_holds_when_everybody_is_scored_again(
    values: list[tuple[int, int | None]], vetoed: frozenset[int]
) -> None:
    """Also where who has no figure of an item gets the others' average of it, which the lift changes."""
    plain = scheme(3, 1)
    of = replace(plain, items=tuple(replace(each, missing="平均") for each in plain.items))

    def again(place: int = -1, row: int = -1, value: Fraction | None = None) -> Scores:
        taking = []
        for n, given_ in enumerate(values):
            known = [None if v is None else Fraction(v) for v in given_]
            if n == row:
                known[place] = value
            marks = tuple(
                Mark(i, v, Fraction(1), points(i, v, Fraction(1))) for i, v in zip(of.items, known, strict=True)
            )
            taking.append(Scored(ZONE, bytes([n]), Title("", f"{n:02}"), marks, ("否",) if n in vetoed else ()))
        return Scores(of, graded(of, taking), ())

    found = again()
    for each in found.scored:
        for lift in lifts(found, each.row):
            now = again(of.items.index(lift.item), each.row[0], lift.wanted).find(each.row)
            assert now is not None
            assert now.grade == lift.grade


def test_what_lifts_one_of_five_thousand_is_said_at_once() -> None:
    of = scored_many(5000)
    begun = perf_counter()
    assert lifts(of, of.scored[3000].row)
    assert perf_counter() - begun < 2


def scored_many(amount: int) -> Scores:
    """So many records of MU01 with figures of their own."""
    taking = []
    for n in range(amount):
        value, base = Fraction(1 + n * 7919 % amount, 7), Fraction(1)
        marks = tuple(Mark(item, value, base, points(item, value, base)) for item in MU01.of("得分"))
        taking.append(Scored(ZONE, n.to_bytes(2), Title("", f"{n:04}"), marks, ()))
    return Scores(MU01, graded(MU01, taking), ())


def test_where_a_weight_is_not_published_nobody_is_scored(file: DataFile) -> None:
    (of,) = (each for each in schemes(pack("工信")) if each.id == "ZX01")
    assert not of.complete
    with batch(file, ZONE, "录入", "年") as work:
        on = ledger("开发区年度")
        work.add(on, {on.field("全区税收收入").id: on.field("全区税收收入").kind.parse("20000")}, YEAR)
    (one,) = asked(file, of).scored
    assert (one.total, one.rank, one.grade) == (None, None, "")
    assert {mark.item.name: mark.value for mark in one.marks}["综合效益：税收"] == 2


@pytest.mark.parametrize("id", pack_ids())
def test_every_scheme_of_every_pack_can_be_asked(id: str) -> None:
    for each in schemes(pack(id)):
        assert formulas(pack(id), each, ledger(each.ledger))


def test_classes_that_do_not_add_up_are_told() -> None:
    with pytest.raises(ValueError, match="95%"):
        grades_of("A 25%、B 45%、C 25%")
    with pytest.raises(ValueError, match="不是分档"):
        grades_of("A 好的")
    assert grades_of("") == ()
    assert grades_of("优 ≥90")[0] == Grade("优", None, Fraction(90))


@pytest.mark.parametrize("text", ["合格 ≥0、良好 ≥80、优秀 ≥90", "优秀 ≥90、良好 ≥90"])
def test_classes_by_score_go_from_above(text: str) -> None:
    """The first that is reached is the class: from below everybody would be in the lowest."""
    with pytest.raises(ValueError, match="从高到低"):
        grades_of(text)


def test_places_as_a_spreadsheet_writes_them_are_places() -> None:
    of = pack("通用")
    entry = of.entries("评分项")[0]
    assert _item(replace(entry, values={**entry.values, "小数": "2.0"})).places == 2
