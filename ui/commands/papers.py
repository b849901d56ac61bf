"""The command report (the Word narrative)."""

from __future__ import annotations

import argparse

from exporters.wordmarks import WordFault
from models.packs.tables import BadPack
from models.store.faults import told
from ui.commands.opening import asked, opened, output_path
from ui.commands.output import DONE, show, show_json, stopping
from ui.papers import narrative, set_aside
from ui.reporting import save


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
            "file": str(output), "draft": not made.version, "version": made.version or None, "kept": kept,
            "aside": str(aside) if aside else None,
        })  # fmt: skip
        return DONE
    state = f"数与签发的第 {made.version} 版一致" if made.version else "草稿"
    carried = f"；手写的 {kept} 段照原样保留" if kept else ""
    carried += f"，原来的文件另存为 {aside.name}" if aside else ""
    show(f"已写好文字报告（{state}）：{output}{carried}")
    return DONE
