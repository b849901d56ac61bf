"""Whether an explanation explains: “不能只填写‘核实无误’” (audit.md §0); it says why, and of a figure how much."""

from __future__ import annotations

import re

from models.text import fold

LEAST = 10
CAUSE = 2  # Chinese characters besides figures, changes and what says nothing: 二期投产 tells why, 比上年增长 does not
FEW = 5  # so few different characters, each written twice and more, are somebody leaning on a key: 同上同上同上
_MARKS = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SIMPLE = str.maketrans("經無誤實実屬況據準確數檢後過沒問題為現單業", "经无误实实属况据准确数检后过没问题为现单业")
_SAY_NOTHING = (
    "无异议 经过 经 已 现 再次 反复 核实 核对 核查 确认 审核 复核 检查 过 后 均 都 是 的 为 数据 数字 情况 以上 全部 该 本 "
    "企业 公司 单位 没有问题 无问题 没有 问题 无误 属实 正常 正确 准确 真实 无"
)
_NOTHING = re.compile("|".join(_SAY_NOTHING.split()))
_BLANK = re.compile("[_＿]{2,}")
_DATE = re.compile(
    r"\d{2,4}年(?:度)?(?:\d{1,2}月(?:份)?)?(?:\d{1,2}日)?|\d{1,2}月(?:份)?(?:\d{1,2}日)?|\d{4}-\d{1,2}(?:-\d{1,2})?"
)
_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百千几]+(?:分之|[个条家台套人名亿万亩]|千瓦|公顷|平方米|吨|倍|成|元)|半年|半个月|一半"
)
_CHANGE = (
    "营业收入 主营业务收入 工业总产值 总产值 产值 销售产值 增加值 利润总额 利润 税收 税费 研发费用 能耗 收入 面积 金额 数额 "
    "本年度 上年度 本年 上年 去年 今年 本期 上期 同期 全年 同比 环比 相比 比较 比 较 与 和 由 从 到 至 达到 变为 变动 变化 "
    "增长 增加 较多 较少 多 少 增 下降 减少 减 上升 提高 降低 大幅 较大 明显 约 左右 共 合计 有所 幅度 倍 万元 亿元 千元 万美元 "
    "元 万 亿 亩 "
    "平方米 公顷 吨标准煤 吨 人 家 个百分点 个 因为 因 由于 原因 所以 导致 致使 企业填报 填报 上报 报送 财务报表 报表 财务 "
    "财务人员 联系 电话 询问 沟通 反映 特殊 属 现象 波动 经营 符合 有效 可靠 予以 来源 于 特此 同上 "
    "提供 一致 相符 实际 按 照 台账 统计 请 写明 说明 属于 确实 确 如此 就"
)
_CHANGED = re.compile("|".join(sorted(_CHANGE.split(), key=len, reverse=True)))


def emptiness(text: str, *, figure: bool = False) -> str:
    """Why ``text`` does not count as an explanation (one Chinese sentence), "" when it does; of a ``figure`` it names one."""
    if _BLANK.search(text):
        return "还有空着的地方（＿＿），请填上"
    folded = fold(text).translate(_SIMPLE)
    bare = _MARKS.sub("", folded)
    rest = _NOTHING.sub("", bare)
    if not bare:
        return "还没有写：请写明为什么、涉及多少"
    if not rest:
        return f"“{text.strip()}”没有说出原因，请写明为什么、涉及多少"
    if len(bare) < LEAST:
        return f"说明只有 {len(bare)} 个字，请写明原因，至少 {LEAST} 个字"
    letters = re.sub(r"\d", "", bare)
    if 2 * len(set(letters)) <= len(letters) and len(set(letters)) <= FEW:
        return f"“{text.strip()[:LEAST]}”是重复的字，没有说出原因，请写明为什么、涉及多少"
    undated = _DATE.sub("", folded)
    if len(_HAN.findall(_CHANGED.sub("", _NOTHING.sub("", _MARKS.sub("", undated))))) < CAUSE:
        return "只说了数怎么变，没有说为什么：请写明原因，如投产、停产、订单增减、并购、搬迁"
    if figure and not _FIGURE.search(undated):
        return "没有写涉及多少：请写上数，如新增产能 6 亿元、停产 4 个月"
    return ""


def substantial(text: str) -> bool:
    """True when ``text`` says why: at least ten characters besides marks, and not only 核实无误, 情况属实, 正常, 无."""
    return not emptiness(text)
