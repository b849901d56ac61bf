"""What is wrong with a form, all of it at once, by sheet and cell (`pack check`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from exporters.arithmetic import Formula, Unsupported, compile_formula
from exporters.formula_check import unfollowable
from exporters.list_check import Fault, list_faults
from exporters.references import address, box, fold
from exporters.sheetxml import FormSheet, Place
from exporters.template import Template, open_template

Problem: TypeAlias = tuple[str, str, str]  # sheet, cell, sentence
Where: TypeAlias = tuple[str, Place]  # folded sheet name, cell

SEAL_SHEETS = ("_meta", "_data")
_LONGEST_MARGIN_TEXT = 180  # of Excel's 255 characters; the rest is for the draft mark and the seal's code
_BRACES = re.compile(r"\{\{|\}\}|｛|｝")


def problems(template: bytes | Path) -> list[Problem]:
    """List everything that keeps a form from being filled; empty when it is in order. Raises as open_template."""
    return template_problems(open_template(template))


def template_problems(template: Template) -> list[Problem]:
    """List the problems of an opened form, sheet by sheet, from the top."""
    compiled, refused = _compile(template.forms)
    found: list[Problem] = []
    for form in template.forms:
        faults = [
            *_slot_faults(form),
            *refused.get(fold(form.name), []),
            *_formula_faults(form, template.forms, compiled),
        ]
        faults += [*list_faults(template.package, form), *_sheet_faults(form)]
        found += [(form.name, address(*place), sentence) for place, sentence in sorted(faults)]
    found += [
        (name, address(*place), "公式绕回了自己（循环引用），请改正。")
        for name, place in _circles(template.forms, compiled)
    ]
    return found + _text_elsewhere(template) + list(unfollowable(template))


def _slot_faults(form: FormSheet) -> Iterator[Fault]:
    for place, slot in form.slots.items():
        if slot.mixed:
            yield place, "这一格里有的 {{ }} 带 * 有的不带；清单行里每个都要写成 {{ * … }}。"
        if not all(slot.expressions):
            yield place, "{{ }} 里没有写公式。"
        if _BRACES.search("".join((*slot.pieces, *slot.expressions))):
            yield place, "花括号没有配对，请写成半角的 {{ 公式 }}。"
    for place, value in form.values.items():
        if isinstance(value, str) and _BRACES.search(value):
            yield place, "花括号没有配对，请写成半角的 {{ 公式 }}。"
    for place in form.arrays:
        yield place, "这格是数组公式，程序算不了，请改成 {{ }}。"


def _compile(forms: list[FormSheet]) -> tuple[dict[Where, Formula], dict[str, list[Fault]]]:
    compiled: dict[Where, Formula] = {}
    refused: dict[str, list[Fault]] = {}
    for form in forms:
        for place, text in form.formulas.items():
            try:
                compiled[fold(form.name), place] = compile_formula(text)
            except Unsupported:
                sentence = f"这格的 Excel 公式程序算不了，请改成 {{{{ }}}}:={text}（能算的只有 + - * / % 和 SUM、ROUND、IFERROR）。"
                refused.setdefault(fold(form.name), []).append((place, sentence))
    return compiled, refused


def _formula_faults(form: FormSheet, forms: list[FormSheet], compiled: dict[Where, Formula]) -> Iterator[Fault]:
    lists = {fold(other.name): other.lists for other in forms}
    for place in form.formulas:
        if place[0] in form.lists:
            yield place, "清单行里不能写 Excel 公式，请改成 {{ * … }}。"
        formula = compiled.get((fold(form.name), place))
        if formula is None:
            continue
        for sheet, _ in formula.cells + formula.ranges:
            if sheet is not None and fold(sheet) not in lists:
                yield place, f"公式引用的工作表“{sheet}”不存在。"
        for sheet, cell in formula.cells:
            row = box(cell)[0]
            if row in lists.get(fold(sheet or form.name), []):
                yield place, f"公式引用了清单行里的一格 {cell}；清单有几行不一定，请改成 SUM({cell}) 或 {{{{ }}}}。"


def _sheet_faults(form: FormSheet) -> Iterator[Fault]:
    if fold(form.name) in SEAL_SHEETS:
        yield (1, 1), f"“{form.name}”是封签用的工作表名，请改名。"
    for item in form.root.iterfind("{*}headerFooter/*"):
        text = item.text or ""
        if len(text) > _LONGEST_MARGIN_TEXT:
            yield (1, 1), f"页眉或页脚的文字超过 {_LONGEST_MARGIN_TEXT} 字，放不下草稿标记和校验码，请缩短。"
        if "{{" in text:
            yield (1, 1), "页眉页脚里的 {{ }} 不会被填，请写到单元格里。"


def _circles(forms: list[FormSheet], compiled: dict[Where, Formula]) -> list[tuple[str, Place]]:
    """Find the formulas that need their own result."""
    needs = {where: _needed(where[0], formula, compiled) for where, formula in compiled.items()}
    changed = True
    while changed:  # take away what can be worked out; what stays goes in circles or waits for one
        ready = [where for where, needed in needs.items() if not needed & needs.keys()]
        changed = bool(ready)
        for where in ready:
            del needs[where]
    return [(form.name, place) for form in forms for place in form.formulas if (fold(form.name), place) in needs]


def _needed(home: str, formula: Formula, compiled: dict[Where, Formula]) -> set[Where]:
    boxes = [(fold(sheet) if sheet else home, box(cells)) for sheet, cells in formula.cells + formula.ranges]
    return {
        (name, (row, column))
        for name, (row, column) in compiled
        for sheet, (top, left, bottom, right) in boxes
        if name == sheet and top <= row <= bottom and left <= column <= right
    }


def _text_elsewhere(template: Template) -> list[Problem]:
    """Find marks in text boxes and comments, which nobody fills."""
    found = []
    for form in template.forms:
        for relation in template.package.relations(form.part):
            if relation.kind in {"drawing", "comments"} and b"{{" in template.package.parts.get(relation.target, b""):
                kind = "文本框" if relation.kind == "drawing" else "批注"
                found.append((form.name, "A1", f"{kind}里的 {{{{ }}}} 不会被填，请写到单元格里。"))
    return found
