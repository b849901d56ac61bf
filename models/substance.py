"""Whether an explanation explains: “不能只填写‘核实无误’” (audit.md §0)."""

from __future__ import annotations

import re

from models.text import fold

LEAST = 10
_MARKS = re.compile(r"[\W_]+")
_SAY_NOTHING = (
    "经过 经 已 现 再次 反复 核实 核对 核查 确认 审核 复核 检查 过 后 均 都 是 的 为 数据 数字 情况 以上 全部 该 本 "
    "企业 公司 单位 没有问题 无问题 没有 问题 无误 属实 正常 正确 准确 真实 无"
)
_NOTHING = re.compile("|".join(_SAY_NOTHING.split()))


def emptiness(text: str) -> str:
    """Why ``text`` does not count as an explanation (one Chinese sentence), "" when it does."""
    bare = _MARKS.sub("", fold(text))
    if not _NOTHING.sub("", bare):
        return f"“{text.strip()}”没有说出原因，请写明为什么、涉及多少"
    if len(bare) < LEAST:
        return f"说明只有 {len(bare)} 个字，请写明原因，至少 {LEAST} 个字"
    return ""


def substantial(text: str) -> bool:
    """True when ``text`` says something: at least ten characters besides marks, and not only 核实无误, 情况属实, 正常, 无."""
    return not emptiness(text)
