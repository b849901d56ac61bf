"""Installing a pack: its tables written as a folder of the person's own packs, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from models.packs.pack import forget_packs, installed_folder, numbers_of, pack, pack_ids
from models.packs.tables import COLUMNS, HEAD, BadPack, Entry, Source, columns_of, read_folder

_NAME = re.compile(r"[\w-]{1,40}")


def keep(source: Source) -> Path:
    """Install a pack that has no faults; its folder. Raises BadPack when it cannot be, OSError with the system's reason."""
    id = str(source.head.get("id", source.name))
    if not _NAME.fullmatch(id):
        raise BadPack(f"报表包的 id “{id}”不能作文件夹名，只能用字、字母、数字和横线")
    if id in pack_ids() and numbers_of(str(source.head.get("version", "1"))) < numbers_of(pack(id).version):
        raise BadPack(
            f"已有更新的“{id}”（版本 {pack(id).version}），这一份是 {source.head.get('version', '1')}，没有安装"
        )
    folder = installed_folder() / id
    fresh, old = folder.with_name(f".{id}.new"), folder.with_name(f".{id}.old")
    for each in (fresh, old):
        shutil.rmtree(each, ignore_errors=True)
    try:
        _write(source, fresh)
        again, faults = read_folder(fresh)
        if faults or _said(again) != _said(source):
            raise BadPack(f"报表包“{id}”没有装好：{faults[0] if faults else '写下的和原来的不一样'}")
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    finally:
        for each in (fresh, old):
            shutil.rmtree(each, ignore_errors=True)
        forget_packs()
    return folder


def _write(source: Source, folder: Path) -> None:
    folder.mkdir(parents=True)
    lines = [f"{name} = {_toml(source.head[name])}" for name in HEAD if name in source.head]
    (folder / "pack.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for table, rows in source.tables.items():
        if rows:
            (folder / f"{table}.csv").write_text(_csv(table, rows), encoding="utf-8")
    for name, content in (("return.xlsx", source.form), ("report.docx", source.report)):
        if content:
            (folder / name).write_bytes(content)


def _toml(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value if isinstance(value, int | float) else str(value), ensure_ascii=False)


def _csv(table: str, rows: Sequence[Entry]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = columns_of(table, rows)
    writer.writerow(columns)
    writer.writerows([[row[name] for name in columns] for row in rows])
    return text.getvalue()


def _said(source: Source) -> tuple[Mapping[str, str], Mapping[str, list[list[str]]], bytes, bytes]:
    """All a pack says, wherever its cells stand."""
    head = {name: _toml(source.head[name]) for name in HEAD if name in source.head}
    tables = {
        name: [[row[column] for column in columns_of(name, rows)] for row in rows]
        for name in COLUMNS
        for rows in (source.tables.get(name, ()),)
    }
    return head, tables, source.form, source.report
