"""Formulas outside cells that a growing list would leave standing in the wrong row (`pack check`)."""

from __future__ import annotations

from collections.abc import Iterator

from exporters.growth import formulas
from exporters.references import followable
from exporters.template import Template
from exporters.xlsx_package import Element, main_tag, parse


def unfollowable(template: Template) -> Iterator[tuple[str, str, str]]:
    """Find names, formats, drop-downs and charts whose cells cannot be moved; only a form with a list moves any."""
    grown = next((form for form in template.forms if form.lists), None)
    if grown is None:
        return
    package = template.package
    for name in parse(package.parts[package.book]).iter(main_tag("definedName")):
        if not followable(name.text or ""):
            yield (
                grown.name,
                "A1",
                f"自定义名称“{name.get('name')}”的公式程序读不懂，清单增行时不能跟着移动：={name.text}",
            )
    for form in template.forms:
        yield from _faults(form.name, "条件格式、下拉等", form.root)
        for relation in package.relations(form.part):
            if relation.kind in {"drawing", "table"} and relation.target in package.parts:
                yield from _faults(form.name, "文本框、图表或表格", parse(package.parts[relation.target]))
    for part, xml in package.parts.items():
        if part.startswith("xl/charts/") and part.endswith(".xml"):
            yield from _faults(grown.name, "图表", parse(xml))


def _faults(sheet: str, kind: str, root: Element) -> Iterator[tuple[str, str, str]]:
    for text in formulas(root):
        if not followable(text):
            yield sheet, "A1", f"{kind}里的公式程序读不懂，清单增行时不能跟着移动，请改写或删去：={text}"
