"""The command line's grammar (design.md §4), in Chinese."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from models.ledger import nearest
from models.version import VERSION
from ui.commands import (
    cells,
    charts,
    choosing,
    correcting,
    data,
    forms,
    merging,
    overriding,
    packs,
    papers,
    program,
    reports,
    rolling,
    scoring,
    selftest,
)
from ui.commands.output import Stop
from ui.folders import PROGRAM, called

_SENTENCES = {
    "usage: ": "用法：",
    "positional arguments": "要写的",
    "options": "可选的",
    "show this help message and exit": "显示用法",
    "the following arguments are required: %s": "缺“%s”",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "ignored explicit argument %r": "后面不用写值（%r）",
    "not allowed with argument %s": "不能和 %s 同时写",
    "one of the arguments %s is required": "要写 %s 之一",
    "invalid %(type)s value: %(value)r": "“%(value)s”不对",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s:%(message)s",
}


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong, and the nearest right name; options are never guessed from their beginnings."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            near = nearest(unknown[0].partition("=")[0], self._option_string_actions)
            self.error(f"不认得“{' '.join(unknown)}”{near}")
        return options, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            there = [str(each) for each in action.choices]
            raise argparse.ArgumentError(action, f"没有“{value}”{nearest(value, there)}（可用：{'、'.join(there)}）")

    def error(self, message: str) -> NoReturn:
        raise Stop(f"用法不对：{message}{'' if message.endswith('？') else '；'}写 {self.prog} -h 看怎么用")


def parser() -> argparse.ArgumentParser:
    """The parser; ``run`` of the parsed options is the command's function."""
    argparse._ = lambda text: _SENTENCES.get(text, text)  # type: ignore[attr-defined]
    # the options stand before or after the command: behind it they must not reset what stood before
    common = _common(argparse.SUPPRESS)
    top = _Parser(
        prog=called(),
        parents=[_common()],
        description="园区年报通：不带参数打开窗口；带命令不开窗口做同样的事。",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"{PROGRAM} {VERSION}", help="显示版本")
    commands = top.add_subparsers(dest="command", required=True, metavar="命令", parser_class=_Parser)

    def add(name: str, help: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help, parents=[common], allow_abbrev=False)
        made.set_defaults(run=run)
        return made

    _data_commands(add)
    _return_commands(add)
    _deciding_commands(add)
    _program_commands(add)
    return top


def _common(default: str | None = None) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    given = {"default": default} if default else {}
    common.add_argument("--data", metavar="文件", help="数据文件（默认在用户数据文件夹）", **given)
    common.add_argument(
        "--zone", metavar="代码", help="开发区（默认：唯一的一个，否则上次选的）", **({"default": ""} | given)
    )
    common.add_argument("--own", action="store_true", help="只算本级，不含分园", **({"default": False} | given))
    common.add_argument("--json", action="store_true", help="结果用 JSON 输出", **({"default": False} | given))
    return common


def _data_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    init = add("init", "新建数据文件和它的开发区", data.init)
    init.add_argument("--name", required=True, metavar="名称", help="开发区全称")
    demo = add("demo", "在数据文件里填一个虚构的园区", data.demo)
    demo.add_argument("--enterprises", type=int, default=24, metavar="N", help="企业数（默认 24）")
    demo.add_argument("--years", type=int, default=6, metavar="N", help="年数（默认 6）")
    demo.add_argument("--parks", type=int, default=0, metavar="N", help="另有分园几个（默认 0）")
    demo.add_argument("--seed", type=int, default=1, metavar="N", help="随机种子（默认 1）")
    take = add("import", "把 Excel、CSV 文件导入台账", data.import_file)
    take.add_argument("file", metavar="文件", type=Path, help="表格；发出去收回来的表可给整个文件夹")
    take.add_argument("--ledger", default="", metavar="台账", help="收回本程序发出的表时可不写")
    take.add_argument("--period", default="", metavar="报告期")
    take.add_argument("--sheet", default=None, metavar="工作表")
    take.add_argument("--returned", type=Path, default=None, metavar="文件", help="把退回的行另存为红格表")
    take.add_argument(
        "--conflicts",
        choices=("keep", "file"),
        default="keep",
        metavar="keep|file",
        help="与手工录入的值冲突时：keep 保留台账里的（默认），file 用文件里的",
    )
    take.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    blank = add("form", "发空表：一本台账的空表，带下拉和批注，收回来不用对列", forms.blank)
    blank.add_argument("--ledger", required=True, metavar="台账")
    blank.add_argument("--period", required=True, metavar="报告期")
    blank.add_argument(
        "-o", "--output", required=True, type=Path, metavar="文件", help="文件；每家企业一个文件的写文件夹"
    )
    blank.add_argument("--each", action="store_true", help="每家企业一个文件，只有它自己的行")
    blank.add_argument("--last-year", action="store_true", help="带去年数：空着的格填上年的数，灰色，待确认")
    typed = add("set", "录入一条记录的几格（同在表格里录入）", cells.set_cells)
    typed.add_argument("--ledger", required=True, metavar="台账")
    typed.add_argument(
        "--key", required=True, metavar="代码或名称", help="由几项认定的写全：台办/绿色通道件数；没有就新建"
    )
    typed.add_argument("--period", required=True, metavar="报告期")
    typed.add_argument("--new", action="store_true", help="由一项认定的台账里没有这条记录时新建")
    typed.add_argument("cells", nargs="+", metavar="字段=值")
    _rolling_commands(add)
    backup = add("backup", "备份数据文件（备份后校验）", data.backup)
    backup.add_argument("-o", "--output", required=True, type=Path, metavar="文件")
    restore = add("restore", "用备份恢复数据文件（现有文件改名留存）", data.restore)
    restore.add_argument("file", type=Path, metavar="备份文件")
    merge = add("merge", "合并同事的数据文件（可一步撤销）", merging.merge)
    merge.add_argument("file", type=Path, metavar="同事的文件")
    merge.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    merge.add_argument(
        "--conflicts",
        choices=merging.SIDES,
        default="later",
        metavar="later|ours|theirs",
        help="两边都改过的格：later 用后改的（默认），ours 用本文件的，theirs 用同事的",
    )
    add("undo", "撤销最近一步（整个导入是一步）", data.undo)
    add("check", "检查数据文件是否完好", data.check)
    add("selftest", "自检：字体、输入法、打印机、屏幕、权限、磁盘、时钟、数据文件、报表包", selftest.selftest)


def _program_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    add("install", "安装这个程序（只给自己，不用管理员）", program.install)
    add("uninstall", "卸载程序，数据留着", program.remove)
    newer = add("update", "用一个文件更新程序", program.renew)
    newer.add_argument("file", metavar="文件", nargs="?", type=Path)
    newer.add_argument("--back", action="store_true", help="退回上一版")


def _rolling_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    over = add("roll", "提取上年数：把上年末在册的带入本年，待确认", rolling.roll_over)
    over.add_argument("--period", required=True, metavar="年份")
    over.add_argument("--dry-run", action="store_true", help="只看带入多少、谁新增谁退出，不写入")
    over.add_argument("--issued", action="store_true", help="这一年已经签发，也照样带入")
    sure = add("confirm", "确认从上年带来的数（不写 --key、--fields 就是全部）", rolling.confirm_rows)
    sure.add_argument("--ledger", required=True, metavar="台账")
    sure.add_argument("--period", required=True, metavar="年份")
    sure.add_argument("--key", default="", metavar="代码或名称")
    sure.add_argument("--fields", nargs="+", default=[], metavar="字段")


def _of_pack(
    add: Callable[..., argparse.ArgumentParser], name: str, help: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """A command on a return of a period."""
    made = add(name, help, run)
    made.add_argument("--pack", required=True, metavar="报表包")
    made.add_argument("--period", required=True, metavar="报告期")
    return made


def _deciding_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """What a zone decides about a return's rules, and what compares enterprises and parks."""
    of_pack = partial(_of_pack, add)
    said = of_pack("choose", "停用或恢复一条规则、改一个阈值；不写哪一条就列出定过的", choosing.decide)
    said.add_argument("--item", default="", metavar="规则或阈值")
    said.add_argument("--off", action="store_true", help="停用这条规则")
    said.add_argument("--on", action="store_true", help="恢复成报表包里的")
    said.add_argument("--value", default="", metavar="值", help="阈值的新值，单位同报表包")
    said.add_argument("--why", default="", metavar="理由", help="为什么，随报表一起封存")
    over = of_pack("override", "人工改数：报表上不用算出的数（不写 --item 就列出改过的）", overriding.override)
    over.add_argument("--item", default="", metavar="指标", help="编号或名称")
    over.add_argument("--value", default="", metavar="数")
    over.add_argument("--why", default="", metavar="理由")
    way = over.add_mutually_exclusive_group()
    way.add_argument("--withdraw", action="store_true", help="撤回改数，照台账算")
    way.add_argument("--confirm", action="store_true", help="算出的数变了，仍用改的数")
    apart = of_pack("parks", "几个园区的指标放在一起：各自的、合在一起的", scoring.parks)
    apart.add_argument("--every", action="store_true", help="数据文件里全部开发区，不只本区和分园")
    points = of_pack("scores", "按评分方案打分、排名、分档", scoring.score)
    points.add_argument("--scheme", default="", metavar="方案", help="只算这一个方案")


def _export_command(add: Callable[..., argparse.ArgumentParser]) -> None:
    export = add("export", "导出 Excel 报表（--pack）或一本台账（--ledger）", reports.export)
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument("--pack", default="", metavar="报表包")
    what.add_argument("--ledger", default="", metavar="台账")
    export.add_argument("--period", default="", metavar="报告期")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="文件")
    export.add_argument("--issue", action="store_true", help="签发：审核通过后封存一个版本")
    export.add_argument(
        "--kind", choices=("正式", "快报", "更正"), default="", help="签发哪一种（默认正式；报过的只能更正）"
    )
    export.add_argument("--why", default="", metavar="理由", help="更正的理由，印在更正对照表上")
    export.add_argument("--personal", action="store_true", help="导出台账时带上个人信息")
    for option, name in (
        ("--unit-leader", "单位负责人"),
        ("--stat-leader", "统计负责人"),
        ("--filler", "填表人"),
        ("--tel", "联系电话"),
    ):
        export.add_argument(option, default="", metavar=name)


def _return_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    of_pack = partial(_of_pack, add)
    base = of_pack("base", "录入期初数：台账里没有的上年数（第一年用）", rolling.base)
    base.add_argument("figures", nargs="+", metavar="指标=数")
    audit = of_pack("audit", "审核", reports.audit)
    audit.add_argument("--red", type=Path, default=None, metavar="文件夹", help="给每家有问题的企业写一份红格表")
    audit.add_argument("-o", "--output", type=Path, default=None, metavar="文件", help="另存成审核单（.xlsx）")
    audit.add_argument("--doubts", action="store_true", help="也列出疑点（量级、离群、近名、两说），不影响结论")
    correct = of_pack("correct", "更正疑点里差了量级的数（同窗口里的 F9），先用 audit --doubts 看", correcting.correct)
    correct.add_argument("--key", required=True, metavar="代码或名称")
    indicators = of_pack("indicators", "计算指标", reports.indicators)
    asked = indicators.add_mutually_exclusive_group()
    asked.add_argument("--rows", default="", metavar="指标", help="列出这个指标计入和没计入的行")
    asked.add_argument("--change", default="", metavar="指标", help="这个指标和上年的差由哪些部分、哪些企业造成")
    _export_command(add)
    of_pack("prefill", "把上年在表上手填的文字带入今年没有填的格子", cells.prefill)
    words = of_pack("report", "写文字报告（Word），再写一次时保留手写的段落", papers.report)
    words.add_argument("-o", "--output", required=True, type=Path, metavar="文件")
    drawn = of_pack("charts", "画图表（PDF，或每张一个 PNG、SVG）", charts.draw_charts)
    drawn.add_argument("-o", "--output", required=True, type=Path, metavar="文件")
    drawn.add_argument("--paper", default="A4", metavar="纸", help="A4、A3，要竖着印的写 A4纵、A3纵")
    drawn.add_argument("--chart", default="", metavar="图", help="只画这一张：编号或题目")
    printed = of_pack("print", "把报表印成 PDF（签发的版本；没有签发过就印草稿）", papers.print_return)
    printed.add_argument("-o", "--output", required=True, type=Path, metavar="文件")
    printed.add_argument("--sheet", action="append", default=[], metavar="工作表", help="只印这张表（可写几次）")
    which = printed.add_mutually_exclusive_group()
    which.add_argument("--draft", action="store_true", help="印草稿，签发过也一样")
    which.add_argument("--version", default="", metavar="N", help="印第 N 版；快报写 快报N")
    printed.add_argument("--paper", choices=("A4", "A3"), default="", help="纸张（默认按表样）")
    explain = of_pack("explain", "给核实性问题写说明", reports.explain)
    explain.add_argument("--rule", required=True, metavar="编号")
    explain.add_argument("--key", required=True, metavar="代码或名称")
    explain.add_argument("--text", required=True, metavar="说明")
    verify = add("verify", "核验一份签发的报表有没有被改动", reports.verify)
    verify.add_argument("file", type=Path, metavar="文件")
    pack = add("pack", "报表包：check 检查 | build 合成一个工作簿 | install 安装 | list 列出", packs.pack)
    pack.add_argument("what", choices=("check", "build", "install", "list"), metavar="check|build|install|list")
    pack.add_argument("pack", nargs="?", default="", metavar="报表包或文件")
    pack.add_argument("-o", "--output", type=Path, default=None, metavar="文件")
