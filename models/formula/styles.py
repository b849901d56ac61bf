"""The styles that 符合(项, "样式") knows: what a text must look like."""

from __future__ import annotations

import re
from collections.abc import Callable

from models import uscc
from models.substance import substantial


def _full(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


def _digits(text: str) -> bool:
    return re.fullmatch(r"\d{10,12}", re.sub(r"[-\s()（）]", "", text), re.ASCII) is not None


STYLES: dict[str, Callable[[str], bool]] = {
    "统一社会信用代码": uscc.is_valid,
    "组织机构代码": lambda text: uscc.gb11714_ok(text[8:17]),
    "注册号": _full(r"\d{15}"),
    "电话": _digits,
    "邮箱": _full(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "台胞证": _full(r"\d{8}"),
    "台湾居民居住证": _full(r"83\d{15}[\dX]"),
    "行政区划代码": _full(r"\d{6}(\d{6})?"),
    "年份": _full(r"(19|20)\d\d"),
    "不含空格": lambda text: not re.search(r"\s", text),
    "说明": substantial,
}


def matches(text: str | None, style: str) -> int | None:
    """What SQL calls for 符合: 1, 0, or nothing for nothing."""
    return None if text is None else int(STYLES[style](text))
