"""The commands report (the Word narrative) and print (the return as a PDF)."""

from __future__ import annotations

import argparse
from importlib import import_module

from exporters.page import Layout
from exporters.wordmarks import WordFault
from exporters.xlsx_package import WorkbookFault
from models.packs.tables import BadPack
from models.store.faults import told
from ui.commands.opening import asked, opened, output_path
from ui.commands.output import DONE, show, show_json, stopping
from ui.papers import narrative, set_aside, to_print
from ui.writing import save


def report(options: argparse.Namespace) -> int:
    """Write the narrative; what the clerk has written into an earlier one of this name is kept, and that one set aside."""
    output = output_path(options, ".docx")
    with opened(options) as file, stopping(WordFault, BadPack, OSError):
        with told(output):
            earlier = output.read_bytes() if output.exists() else b""
        made = narrative(file, asked(file, options), earlier)
        aside = set_aside(output, earlier, made.narrative.content)
        save(made.narrative.content, output)
    kept = made.narrative.kept
    if options.json:
        show_json({
            "file": str(output), "draft": not made.version, "version": made.version.number if made.version else None, "kept": kept,
            "aside": str(aside) if aside else None, "left_out": list(made.narrative.left_out),
        })  # fmt: skip
        return DONE
    state = f"数与签发的{made.version.title}一致" if made.version else "草稿"
    carried = f"；手写的 {kept} 段照原样保留" if kept else ""
    carried += f"，原来的文件另存为 {aside.name}" if aside else ""
    show(f"已写好文字报告（{state}）：{output}{carried}")
    if made.narrative.left_out:
        show("\n".join((f"没有数、没有写进去的 {len(made.narrative.left_out)} 句：", *made.narrative.left_out)))
    return DONE


def print_return(options: argparse.Namespace) -> int:
    """Print the return as it is printed from the window: the version issued last, the one asked for, or the draft."""
    output = output_path(options, ".pdf")
    with opened(options) as file, stopping(WorkbookFault, BadPack, OSError):
        made = to_print(file, asked(file, options), tag=options.version, as_draft=options.draft)
    # brings Qt, which no other command shall pay for
    drawing = import_module("ui.printing.command")
    with stopping(BadPack, OSError):
        pages = drawing.write(
            made.name,
            made.content,
            output,
            draft=made.version is None,
            sheets=tuple(options.sheet),
            layout=Layout(paper=options.paper),
        )
    version = made.version
    if options.json:
        code = version.short_code if version else None
        show_json({
            "file": str(output), "draft": version is None, "version": version.number if version else None, "short_code": code,
            "kind": version.kind if version else None, "pages": pages,
        })  # fmt: skip
        return DONE
    what = f"{version.title}，校验码 {version.short_code}" if version else "草稿"
    show(f"已印成 PDF（{what}，{pages} 页）：{output}")
    return DONE
