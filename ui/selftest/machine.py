"""The self-test of folders, drive, disk, clock, data file and packs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from models.packs.pack import installed_folder, is_installed, pack, pack_folder, pack_ids
from models.store.check import check
from models.store.drives import on_network, on_removable
from models.store.faults import EnvironmentFault
from models.store.file import DataFile
from models.store.past import done
from models.store.rotation import backups_of, folder_of
from ui.folders import settings_file
from ui.packing import FAULTS, read
from ui.packing import check as faults_of
from ui.selftest.line import ATTENTION, FAULT, GOOD, Line

MADE = date(2025, 11, 1)  # no clock of a machine this runs on is before
LAST = date(2099, 12, 31)
SPARE = 200 * 2**20  # bytes that backups and a year's work want
STALE = 7  # days after which a backup is old


def writes(path: Path, second: str = "") -> Iterator[Line]:
    """Whether the folders can be written, by writing: that of the data file, the backups', the settings', the packs', the temporary."""
    yield _writable("数据文件夹", path.parent, "把数据文件移到能写的文件夹（如“文档”）再打开，或请管理员给权限")
    yield _writable("备份文件夹", folder_of(path), "请管理员给权限；在此之前用“另存备份到…”存到别处")
    if second:
        yield _writable("第二份备份", Path(second), "把 U 盘插上，或在“设置”里另选文件夹", missing=False)
    yield _writable("设置文件夹", settings_file().parent, "字号、列宽等记不住；请管理员给这个文件夹的写权限")
    yield _writable("报表包文件夹", installed_folder(), "不能安装报表包；请管理员给这个文件夹的写权限")
    yield _writable("临时文件夹", Path(tempfile.gettempdir()), "导入、合并会做不了；请清理磁盘或请管理员给权限")


def _writable(name: str, folder: Path, remedy: str, *, missing: bool = True) -> Line:
    """``missing``: a folder that is not there yet is made when it is needed, so its parent is tried."""
    there = folder
    while missing and not there.exists() and there != there.parent:
        there = there.parent
    probe = there / f".自检{datetime.now():%H%M%S%f}"
    try:
        probe.write_bytes(b"x")
    except OSError as error:
        return Line(name, FAULT, f"“{folder}”不能写（{error.strerror}）", remedy)
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return Line(name, GOOD, str(folder))


def drive(path: Path) -> Line:
    """What the data file lies on."""
    if on_network(path):
        return Line("所在的盘", ATTENTION, "网络盘，只能看", "在“数据与备份”点“复制到本机再打开…”")
    if on_removable(path):
        return Line("所在的盘", ATTENTION, "可移动盘（U 盘等）", "拔下前先关掉程序；最好放到本机，U 盘只存备份")
    return Line("所在的盘", GOOD, "本机的盘")


def space(path: Path) -> Line:
    """Whether there is room to go on and to back up."""
    folder = next(each for each in (path.parent, *path.parent.parents) if each.exists())
    free = shutil.disk_usage(folder).free
    size = path.stat().st_size if path.exists() else 0
    found = f"空余 {free / 2**30:,.1f} GB，数据文件 {size / 2**20:,.1f} MB"
    if free < size + 2**20:
        return Line("磁盘空间", FAULT, found, "已放不下一份备份，请马上清理磁盘")
    if free < 2 * size + SPARE:
        return Line("磁盘空间", ATTENTION, found, "快满了，请清理磁盘，或把旧备份移到别处")
    return Line("磁盘空间", GOOD, found)


def clock(file: DataFile | None, now: datetime | None = None) -> Line:
    """Whether the clock can be right: the history, the periods and the day of issue go by it."""
    now = now or datetime.now()
    found = f"{now:%Y-%m-%d %H:%M}"
    remedy = "请在系统设置里校准日期和时间：历史、期限和签发日期都按它"
    if not MADE <= now.date() <= LAST:
        return Line("时钟", FAULT, found, remedy)
    latest = done(file, 1) if file is not None else []
    if latest and datetime.fromisoformat(latest[0].at) > now + timedelta(minutes=5):
        return Line(
            "时钟", FAULT, f"{found}，比数据文件里最后一步（{latest[0].at[:16].replace('T', ' ')}）还早", remedy
        )
    return Line("时钟", GOOD, found)


def opened(file: DataFile) -> Line:
    """Whether the file can be written by this window."""
    if file.read_only and file.notice:
        return Line("数据文件", ATTENTION, f"{file.path.name}：只能看", file.notice)
    return Line("数据文件", GOOD, f"{file.path.name}" + ("" if file.read_only else "：能写，每改一格就存好"))


def whole(path: Path) -> Line:
    """Whether the data file is whole."""
    try:
        faults = check(path)
    except EnvironmentFault as fault:
        return Line("文件完好", FAULT, str(fault), "在“数据与备份”从最近的备份恢复")
    if faults:
        return Line("文件完好", FAULT, f"有 {len(faults)} 处不对：{faults[0]}", "在“数据与备份”点“检查文件”看全部")
    return Line("文件完好", GOOD, "页、关联、每一格和历史都对得上")


def backed_up(path: Path, today: date | None = None) -> Line:
    """Whether there is a backup of late."""
    latest = next(iter(backups_of(path)), None)
    if latest is None:
        return Line("最近的备份", ATTENTION, "还没有备份", "在“数据与备份”点“立即备份”")
    found = f"{latest.at:%Y-%m-%d %H:%M}（{latest.reason}）"
    if ((today or date.today()) - latest.at.date()).days > STALE:
        return Line("最近的备份", ATTENTION, found, f"已经过了 {STALE} 天，请在“数据与备份”点“立即备份”")
    return Line("最近的备份", GOOD, found)


def packs() -> Line:
    """Whether every pack reads, and those that came as a file have no fault; the program's own are checked where it is built."""
    said = []
    for id in pack_ids():
        try:
            faults = faults_of(*read(pack_folder(id))) if is_installed(id) else read(pack_folder(id))[1]
            said.append(f"{id} {pack(id).version}")
        except FAULTS as fault:
            return Line("报表包", FAULT, f"“{id}”读不了：{fault}", "在“设置”从文件重新安装这个报表包")
        if faults:
            return Line(
                "报表包", FAULT, f"“{id}”有 {len(faults)} 处错：{faults[0]}", "请下发单位改好，再在“设置”重新安装"
            )
    return Line("报表包", GOOD, "、".join(said))
