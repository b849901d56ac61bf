"""The kinds of a return's versions and how they are numbered: 快报 by themselves, 正式 and 更正 together."""

from __future__ import annotations

QUICK, FORMAL, CORRECTED = "快报", "正式", "更正"


def version_title(number: int | str, kind: str) -> str:
    """第 2 版, 第 3 版（更正）, 快报第 1 号."""
    if kind == QUICK:
        return f"{QUICK}第 {number} 号"
    return f"第 {number} 版" + (f"（{kind}）" if kind and kind != FORMAL else "")


def version_tag(number: int | str, kind: str) -> str:
    """What a file's name ends in, and a button has room for: v2, 快报1."""
    return f"{QUICK if kind == QUICK else 'v'}{number}"
