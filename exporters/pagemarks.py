"""What every printed page says about the return: 草稿 at the top, or the seal's short code at the foot.

A header or footer is one text with three sections, &L &C &R (ECMA-376 part 1, 18.3.1.46); the template's own words stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from exporters.sheetxml import edit_frame
from exporters.xlsx_package import Element, Package, local_name, main_tag
from models.numbering import version_title

DRAFT = '&"-,Bold"&18&K999999草  稿 · 未签发'
PAGES = "&9第 &P 页 共 &N 页"

_ORDER = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_BEFORE = frozenset({  # elements of a worksheet or chart sheet that stand after headerFooter
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "drawingHF",
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
})  # fmt: skip
_SECTION = re.compile(r'&([LCR])|&"[^"]*"|&.|[^&]+|&', re.DOTALL | re.IGNORECASE)


def stamp_sheets(package: Package, mark: Callable[[Element], None]) -> None:
    """Put a mark on every sheet a person sees; their cells stay byte for byte."""
    for sheet in package.sheets():
        if sheet.visible:
            package.parts[sheet.part] = edit_frame(package.parts[sheet.part], mark)


def mark_draft(sheet: Element) -> None:
    """Print 草稿 above every page of a sheet, and number the pages."""
    for element in _margins(sheet):
        left, centre, right = _split(element.text or "")
        is_header = local_name(element).endswith("Header")
        under = f"{DRAFT}\n{centre}" if centre else DRAFT
        element.text = _join(left, under if is_header else _numbered(left, centre, right), right)


def mark_foot(sheet: Element, note: str) -> None:
    """Print a note at the right of the foot of every page of a sheet."""
    for element in _margins(sheet):
        if local_name(element).endswith("Footer"):
            left, centre, right = _split(element.text or "")
            element.text = _join(left, centre, f"{right}  &9{note}" if right else f"&9{note}")


def mark_issued(sheet: Element, short_code: str, version: str = "", kind: str = "") -> None:
    """Print the seal's short code, the version and the page number at the foot of every page of a sheet."""
    for element in _margins(sheet):
        if local_name(element).endswith("Footer"):
            left, centre, right = _split(element.text or "")
            code = f"&9校验码 {short_code}" + (f"  {version_title(version, kind)}" if version else "")
            element.text = _join(f"{left}  {code}" if left else code, _numbered(left, centre, right), right)


def _numbered(left: str, centre: str, right: str) -> str:
    if re.search("&[Pp]", left + centre + right):
        return centre
    return f"{centre}  {PAGES}" if centre else PAGES


def _margins(sheet: Element) -> list[Element]:
    """Give the sheet's header and footer texts, one pair for each kind of page that has its own."""
    holder = sheet.find(main_tag("headerFooter"))
    if holder is None:
        holder = sheet.makeelement(main_tag("headerFooter"))
        after = next((child for child in sheet if local_name(child) in _BEFORE), None)
        if after is None:
            sheet.append(holder)
        else:
            after.addprevious(holder)
    kinds = ["odd"]
    kinds += ["even"] if holder.get("differentOddEven") in {"1", "true"} else []
    kinds += ["first"] if holder.get("differentFirst") in {"1", "true"} else []
    wanted = {f"{kind}{place}" for kind in kinds for place in ("Header", "Footer")}
    own = {local_name(child): child for child in holder}
    for child in list(holder):
        holder.remove(child)
    for name in _ORDER:
        if name in own or name in wanted:
            holder.append(own.get(name, holder.makeelement(main_tag(name))))
    return [child for child in holder if local_name(child) in wanted]


def _split(text: str) -> tuple[str, str, str]:
    """Part a header's text into left, centre and right; text before the first section mark is centre."""
    sections = {"L": "", "C": "", "R": ""}
    current = "C"
    for match in _SECTION.finditer(text):
        if match[1]:
            current = match[1].upper()
        else:
            sections[current] += match[0]
    return sections["L"], sections["C"], sections["R"]


def _join(left: str, centre: str, right: str) -> str:
    return "".join(mark + text for mark, text in (("&L", left), ("&C", centre), ("&R", right)) if text)
