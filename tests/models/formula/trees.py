"""Random formulas as trees for ``reference.py``, and the text of a tree as a clerk would write it, with the fewest brackets."""

from __future__ import annotations

from fractions import Fraction

MARKS = {
    "+": "+",
    "-": "-",
    "*": "*",
    "/": "/",
    "=": "=",
    "!=": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "and": "且",
    "or": "或",
}
BINDS = {"or": 1, "and": 2, "not": 3, "+": 5, "-": 5, "*": 6, "/": 6}
CALLS = {
    "abs": "绝对值", "zero": "按零", "if": "若", "filled": "已填", "near": "约等", "length": "长度", "days": "天数", "years": "满年",
    "year": "年", "month": "月",
}  # fmt: skip
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


def binds(tree):
    op = tree[0]
    return 4 if op in COMPARISONS or op in {"span", "in"} else BINDS.get(op, 9)


def part(tree, least):
    text = render(tree)
    return f"({text})" if binds(tree) < least else text


def name(dotted):
    return ".".join(f"【{each}】" if "&" in each else each for each in dotted.split("."))


def render(tree):  # noqa: C901, PLR0911, PLR0912 - one case for each operator
    """The formula text of a tree."""
    op, *args = tree
    if op in MARKS:
        own = binds(tree)
        return f" {MARKS[op]} ".join(
            part(arg, own + (place > 0 and op not in {"and", "or", "+", "*"}) + (own == 4 and not place))
            for place, arg in enumerate(args)
        )
    match op:
        case "field":
            return name(args[0])
        case "outer":
            return f"本行.{name(args[0])}"
        case "lit":
            return args[1]
        case "text":
            return f'"{args[1]}"'
        case "date":
            return f'"{args[0] // 10000}-{args[0] // 100 % 100:02}-{args[0] % 100:02}"'
        case "not":
            return f"非 {part(args[0], 3)}"
        case "moment":
            return args[0]
        case "span":
            return f"{part(args[0], 5)} 在 {args[1]}"
        case "in":
            return f"属于({render(args[0])}, {', '.join(args[2])})"
        case "starts":
            return f'开头是({render(args[0])}, "{args[1]}")'
        case "floor":
            return f"取整({render(args[0])})"
        case "set":
            return written_set(*args)
    return f"{CALLS[op]}({', '.join(map(render, args))})"


def written_set(function, source, value, where):
    first = source if value is None else render_inside(value, source)
    return f"{function}({first}{'' if where is None else f', {render(where)}'})"


def render_inside(tree, source):
    """A set function's expression: its first field is written with the ledger, the others without."""
    text = render(tree)
    first = leftmost(tree)
    return text.replace(name(first), f"{source}.{name(first)}", 1)


def leftmost(tree):
    return tree[1] if tree[0] == "field" else next(leftmost(arg) for arg in tree[1:] if isinstance(arg, tuple))


# --- numbers by what they measure: the step of 取整 is the unit shown, in base units
STEP = {"money": 10_000, "usd": 10_000, "people": 1, "tce": 1, "percent": 1, "plain": 1}
WRITTEN = {
    "money": ("万元", 10_000),
    "usd": ("万美元", 10_000),
    "people": ("人", 1),
    "tce": ("吨标准煤", 1),
    "percent": ("%", 1),
    "plain": ("", 1),
}
FIELDS = {
    "经济数据": {
        "money": (
            "营业收入",
            "利润总额",
            "营业成本",
            "上年.营业收入",
            "本期.营业收入",
            "上期.利润总额",
            "开发区年度.规上工业营业收入",
            "上年.开发区年度.规上工业营业收入",
        ),
        "usd": ("出口额", "上年.出口额", "台资企业.注册资本折美元", "台资企业.投资总额"),
        "people": ("期末从业人员", "上年.期末从业人员", "台资企业.台干人数"),
        "tce": ("综合能源消费量", "上年.综合能源消费量"),
        "percent": ("台资企业.台资占比",),
    },
    "企业": {
        "money": ("经济数据.营业收入", "上年.经济数据.营业收入"),
        "usd": ("台资企业.注册资本折美元",),
        "people": ("经济数据.期末从业人员",),
        "tce": ("经济数据.综合能源消费量",),
        "percent": ("台资企业.台资占比",),
    },
    "到资流水": {
        "money": ("折万元", "经济数据.利润总额"),
        "usd": ("折万美元",),
        "people": ("经济数据.期末从业人员",),
        "tce": (),
        "percent": ("台资企业.台资占比",),
    },
    "企业年度": {
        "money": ("经济数据.营业收入",),
        "usd": (),
        "people": ("经济数据.期末从业人员",),
        "tce": (),
        "percent": (),
    },
}
DATES = {
    "经济数据": ("企业.成立时间", "企业.入园时间", "企业.首次入规年月"),
    "企业": ("成立时间", "入园时间", "首次入规年月"),
    "到资流水": ("到资日期", "企业.成立时间"),
    "企业年度": ("企业.入园时间", "退出日期"),
}
FLAGS = {
    "经济数据": ("有R&D活动", "企业.世界500强", "企业年度.是否规上", "上年.企业年度.是否规上", "企业.是否工业"),
    "企业": ("世界500强", "企业年度.是否台资", "是否工业"),
    "到资流水": ("计入台办口径", "企业年度.是否台资", "企业.是否工业"),
    "企业年度": ("是否规上", "是否台资", "上年.是否规上", "企业.世界500强"),
}
TEXTS = {
    "经济数据": ("企业.单位详细名称", "备注说明"),
    "企业": ("单位详细名称", "统一社会信用代码"),
    "到资流水": ("凭证号",),
    "企业年度": ("企业.单位详细名称",),
}
CODES = {"经济数据": "企业.行业代码", "企业": "行业代码", "到资流水": "企业.行业代码", "企业年度": "企业.行业代码"}
NAMES = ("甲", "乙乙", "丙公司")
INDUSTRY = {"3963": "智能无人飞行器制造", "0111": "稻谷种植", "4690": "其他水的处理、利用与分配"}
SOURCES = {
    "经济数据": ("到资流水", "全区.到资流水", "企业", "上年.经济数据", "经济数据", "企业年度", "全区.企业年度"),
    "企业": ("到资流水", "企业", "企业年度", "上年.企业年度", "经济数据", "全区.到资流水"),
    None: ("到资流水", "企业", "企业年度", "上年.企业年度", "经济数据", "上年.经济数据"),
}
AMOUNTS = ("0", "1", "0.5", "2.5", "1.15", "12.3", "1000", "33.3333", "999999999")
FACTORS = ("2", "0.5", "1.15", "3", "100", "0.01", "7")


class Grower:
    """Grows random trees; ``chance`` is a random.Random."""

    def __init__(self, chance):
        self.chance = chance
        self.pick = chance.choice

    def literal(self, measure):
        """A number with its unit."""
        unit, factor = WRITTEN[measure]
        text = self.pick(AMOUNTS)
        return ("lit", Fraction(text) * factor, f"{text}{unit}")

    def factor(self):
        text = self.pick(FACTORS)
        return ("lit", Fraction(text), text)

    def field(self, names):
        return ("field", self.pick(names))

    def number(self, ledger, measure, depth, *, sets=True, whole=False):  # noqa: C901, PLR0911 - one case for each shape
        """A tree for a number of one measure; ``whole`` ones have no division by anything that varies."""
        fields = FIELDS[ledger].get(measure, ())
        choices = ["field"] * 3 if fields else []
        if depth > 0 and fields:
            choices += ["+", "-", "abs", "zero", "if", "scaled", *["floor"] * (not whole)]
        if measure == "plain":
            choices += ["count"]
            choices += ["ratio"] * 3 if depth > 0 and not whole else []
        if sets and depth > 0 and measure in {"money", "usd", "people", "plain"} and ledger in SOURCES:
            choices += ["set"] * 2
        choice = self.pick(choices or ["literal"])

        def below():
            return self.number(ledger, measure, depth - 1, sets=sets, whole=whole)

        match choice:
            case "field":
                return self.field(fields)
            case "+" | "-":
                return (choice, below(), below() if self.pick((0, 1)) else self.literal(measure))
            case "abs" | "zero":
                return (choice, below())
            case "if":
                return ("if", self.condition(ledger, depth - 1, sets=sets), below(), below())
            case "scaled":
                return (self.pick("*/"), below(), self.factor())
            case "floor":
                return ("floor", below(), STEP[measure])
            case "ratio":
                each = self.pick([key for key, names in FIELDS[ledger].items() if names])
                return ("/", *(self.number(ledger, each, depth - 1, sets=sets) for _ in range(2)))
            case "count":
                return self.counted(ledger)
            case "set":
                return self.set(ledger, measure, depth - 1)
        return self.literal(measure)

    def counted(self, ledger):
        """A count of days, years or characters."""
        op = self.pick(("days", "years", "year", "month", "length"))
        days = [self.pick((self.field(DATES[ledger]), self.field(DATES[ledger]), ("moment", "期末"))) for _ in range(2)]
        if op == "length":
            return (op, self.field(TEXTS[ledger]))
        return (op, *days) if op in {"days", "years"} else (op, days[0])

    def set(self, ledger, measure, depth):
        """A set function; its condition may speak of the row around it."""
        source = self.pick(
            [each for each in SOURCES[ledger] if measure == "plain" or FIELDS[each.split(".")[-1]].get(measure)]
        )
        inner = source.split(".")[-1]
        where = self.pick((None, self.condition(inner, depth, sets=False), self.outer_condition(ledger, inner, depth)))
        if measure == "plain":
            if self.pick((0, 1)):
                return ("set", "计数", source, None, where)
            days = [day for day in DATES[inner] if "." not in day]
            return ("set", "去重计数", source, self.field((*TEXTS[inner], *days)), where)
        value = self.number(inner, measure, min(depth, 1), sets=False, whole=True)
        while not has_field(value):
            value = self.number(inner, measure, min(depth, 1), sets=False, whole=True)
        return ("set", self.pick(("合计", "平均", "最大", "最小")), source, value, where)

    def outer_condition(self, ledger, inner, depth):
        if ledger is None:
            return None
        own = ledger == "企业"
        ties = {
            "企业": (
                "=",
                ("field", "统一社会信用代码"),
                ("outer", "统一社会信用代码" if own else "企业.统一社会信用代码"),
            ),
            "到资流水": (">=", ("field", "到资日期"), ("outer", "成立时间" if own else "企业.成立时间")),
            "企业年度": ("=", ("field", "企业.行业代码"), ("outer", CODES[ledger])),
            "经济数据": ("<=", ("field", "营业收入"), ("outer", FIELDS[ledger]["money"][0])),
        }
        more = self.condition(inner, max(depth - 1, 0), sets=False)
        return ("and", ties[inner], more) if self.pick((0, 1)) else ties[inner]

    def condition(self, ledger, depth, *, sets=True):  # noqa: C901, PLR0911, PLR0912 - one case for each shape
        """A tree for a condition."""
        simple = ["flag", "date", "span", "in", "starts", "text", "amount", "amount"]
        deep = ["and", "or", "not", "filled", "compare", "compare", "compare", "product", "near", "chain"]
        choice = self.pick(deep * 2 + simple if depth > 0 else simple)
        measures = [key for key, names in FIELDS[ledger].items() if names]
        sides = [*measures, "plain"]

        def below():
            return self.condition(ledger, depth - 1, sets=sets)

        def side(measure):
            return self.number(ledger, measure, depth - 1, sets=sets)

        measure, mark = self.pick(sides), self.pick(COMPARISONS)
        match choice:
            case "and" | "or":
                return (choice, below(), below(), *(below() for _ in range(self.pick((0, 1)))))
            case "not":
                return ("not", below())
            case "flag":
                return self.field(FLAGS[ledger])
            case "date":
                other = self.pick(
                    (("date", self.pick((20200101, 20241231, 20250615))), ("moment", "今天"), self.field(DATES[ledger]))
                )
                return (mark, self.field(DATES[ledger]), other)
            case "span":
                return ("span", self.field(DATES[ledger]), self.pick(("本年", "上年", "上年同期", "本期")))
            case "in":
                codes = self.chance.sample(sorted(INDUSTRY), self.pick((1, 2)))
                written = [f'"{self.pick((code, INDUSTRY[code]))}"' for code in codes]
                return ("in", ("field", CODES[ledger]), tuple(codes), tuple(written))
            case "starts":
                return ("starts", ("field", CODES[ledger]), self.pick(("3", "39", "01", "46")))
            case "text":
                value = self.pick(NAMES)
                return (self.pick(("=", "!=")), self.field(TEXTS[ledger]), ("text", value, value))
            case "amount":  # a bare number means the unit shown
                text, measure = self.pick(AMOUNTS), self.pick(measures)
                bare = ("lit", Fraction(text) * WRITTEN[measure][1], text)
                return (mark, self.field(FIELDS[ledger][measure]), bare)
            case "filled":
                return ("filled", self.pick((side(measure), self.field(DATES[ledger]), self.field(FLAGS[ledger]))))
            case "near":
                return ("near", side(measure), side(measure), self.literal(measure))
            case "product":
                return (
                    mark,
                    *(
                        ("*", side(measure), side("money" if measure in {"percent", "plain"} else measure))
                        for _ in range(2)
                    ),
                )
            case "chain":
                return (
                    "and",
                    (mark, side(measure), (middle := side(measure))),
                    (self.pick(COMPARISONS), middle, side(measure)),
                )
        return (mark, side(measure), self.pick((side(measure), self.literal(measure))))

    def figure(self, depth=2):
        """A tree for a figure: set functions, and what stands around them."""
        measure = self.pick(("money", "usd", "people"))
        choice = self.pick(("set", "ratio", "+", "-", "if", "abs", "zero", "floor", "scaled") if depth else ("set",))

        def same():
            return self.set(None, measure, 1)

        match choice:
            case "ratio":
                return ("*", ("/", self.figure(depth - 1), self.figure(depth - 1)), ("lit", Fraction(100), "100"))
            case "if":
                test = (self.pick(COMPARISONS), same(), same())
                return (
                    "if",
                    self.pick((test, ("not", test), ("filled", same()), ("or", test, ("filled", same())))),
                    same(),
                    same(),
                )
            case "abs" | "zero":
                return (choice, self.figure(depth - 1))
            case "floor":
                return ("floor", same(), STEP[measure])
            case "scaled":
                return (self.pick("*/"), self.figure(depth - 1), self.factor())
            case "+" | "-":
                return (choice, same(), same())
        return self.set(None, self.pick((measure, "plain")), 2)


def has_field(tree):
    """Whether the first thing written in a tree is a field, by which a set function knows its ledger."""
    return tree[0] == "field" or (tree[0] in {"+", "-", "*", "/", "abs", "zero", "floor"} and has_field(tree[1]))
