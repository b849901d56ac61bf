"""Moments as a person says them."""

from __future__ import annotations

from datetime import date, datetime


def when(moment: datetime) -> str:
    """今天 10:42, 昨天 08:31, 11月20日 10:42, 2024-11-20."""
    days = (date.today() - moment.date()).days
    if days < 2:
        return f"{('今天', '昨天')[max(0, days)]} {moment:%H:%M}"
    return (
        f"{moment.month}月{moment.day}日 {moment:%H:%M}" if moment.year == date.today().year else f"{moment:%Y-%m-%d}"
    )
