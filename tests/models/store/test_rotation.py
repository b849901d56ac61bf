from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.store.rotation import (
    BEFORE_IMPORT,
    BEFORE_UPGRADE,
    BY_HAND,
    DAILY,
    REASONS,
    Backup,
    backups_of,
    folder_of,
    name_for,
    to_remove,
)


def made(at, reason=DAILY):
    return Backup(Path(f"{at} {reason}"), at, reason)


def kept(backups, today):
    gone = to_remove(backups, today.date())
    assert set(gone) <= set(backups)
    return sorted((each.at for each in backups if each not in gone), reverse=True)


def test_three_years_of_days_leave_two_weeks_twelve_months_and_each_year():
    last = datetime(2025, 9, 17, 8)
    days = [last - timedelta(days=n) for n in range(3 * 365)]
    wanted = days[:14]
    wanted += [
        datetime(2025, month, day, 8)
        for month, day in [(8, 31), (7, 31), (6, 30), (5, 31), (4, 30), (3, 31), (2, 28), (1, 31)]
    ]
    wanted += [datetime(2024, 12, 31, 8), datetime(2024, 11, 30, 8), datetime(2024, 10, 31, 8)]
    wanted += [datetime(2023, 12, 31, 8), datetime(2022, 12, 31, 8)]
    assert kept([made(day) for day in days], last) == wanted


def test_those_by_hand_and_before_an_upgrade_stay_for_ever_and_do_not_crowd_out_the_daily_ones():
    now = datetime(2025, 9, 17, 8)
    hand = [made(now - timedelta(days=400 * n), BY_HAND) for n in range(5)]
    upgrade = [made(now - timedelta(days=401 * n, hours=1), BEFORE_UPGRADE) for n in range(5)]
    imports = [made(now - timedelta(minutes=n + 1), BEFORE_IMPORT) for n in range(30)]
    days = [made(now - timedelta(days=n, hours=2)) for n in range(14)]
    gone = to_remove([*hand, *upgrade, *imports, *days], now.date())
    assert gone == imports[14:]


@given(
    st.lists(
        st.tuples(st.datetimes(datetime(2015, 1, 1), datetime(2026, 1, 1)), st.sampled_from(REASONS)), unique=True
    ),
    st.data(),
)
def test_rotating_again_removes_nothing_more_and_the_newest_always_stays(found, data):
    backups = [made(at, reason) for at, reason in found]
    today = data.draw(st.datetimes(max((at for at, _ in found), default=datetime(2020, 1, 1)), datetime(2026, 1, 2)))
    gone = to_remove(backups, today.date())
    stay = [each for each in backups if each not in gone]
    assert to_remove(stay, today.date()) == []
    if backups:
        assert max(backups, key=lambda each: each.at) in stay
    for year in {each.at.year for each in backups}:
        assert any(each.at.year == year for each in stay)


def test_names_are_read_as_they_are_written(tmp_path):
    path = tmp_path / "园区 (1).db"
    folder = folder_of(path)
    folder.mkdir()
    at = datetime(2025, 1, 31, 8, 5, 9)
    names = []
    for reason in (DAILY, DAILY, BY_HAND):
        names.append(name_for(path, at, reason))
        names[-1].touch()
    for other in (
        "园区.db",
        "园区 (1) 2025-13-31 080509 每日.db",
        "园区 (1) 2025-01-31 080509 每日.db.part",
        "别的 2025-01-31 080509 每日.db",
    ):
        (folder / other).touch()
    assert [name.name for name in names] == [
        "园区 (1) 2025-01-31 080509 每日.db",
        "园区 (1) 2025-01-31 080509 每日 1.db",
        "园区 (1) 2025-01-31 080509 手动.db",
    ]
    assert {(each.path, each.at, each.reason) for each in backups_of(path)} == {
        (names[0], at, DAILY),
        (names[1], at, DAILY),
        (names[2], at, BY_HAND),
    }


def test_without_a_folder_there_are_no_backups(tmp_path):
    assert backups_of(tmp_path / "a.db") == []


@pytest.mark.parametrize("amount", [0, 1, 14])
def test_a_few_days_are_all_kept(amount):
    now = datetime(2025, 9, 17, 8)
    assert to_remove([made(now - timedelta(days=n)) for n in range(amount)], now.date()) == []
