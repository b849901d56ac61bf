"""What the clerk has written into an earlier Word report, carried over into the one made again (docs/decisions/0011).

What the program wrote is known by the template: a paragraph of its fixed words around figures. Everything else in the earlier
file is the clerk's, whatever its style, and follows the same paragraph of the template as before.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from exporters.figures import Value
from exporters.sentences import FULL_STOP, PART, Clause, ended, sentences
from exporters.slots import read_slot
from exporters.wordmarks import DASH, Element, blocks, is_table, say, text_of
from exporters.wordnames import qn
from models.handcells import hand_cell
from models.overridden import MARK

HAND = "手写"  # the style of the places to write in, and their opening words
PROMPT = "〔请写"
_OURS, _FIRST = "_yqnbt_", 90_000  # bookmarks of our own: how their names begin, and their first number
_NUMBER = rf"-?[\d.,]+{MARK}?|—"
_SAID = rf"(?:{_NUMBER}|(?:增长|下降)[\d.]+%|持平)"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_LOOSE = (
    "w:footnoteReference",
    "w:endnoteReference",
    "w:commentReference",
    "w:commentRangeStart",
    "w:commentRangeEnd",
    "w:numPr",
)


@dataclass(slots=True)
class Made:
    """One block of the new report: how the program's own text looks there, and whether it is a place to write in.

    ``key`` begins the name of the bookmark by which a paragraph is known again whose words were keyed by hand and may be others
    by now; "" where there are none. ``left`` are sentences left out of it.
    """

    block: Element
    pattern: re.Pattern[str]
    prompt: bool
    key: str = ""
    seen: bool = False
    own: list[Element] = field(default_factory=list)
    left: tuple[str, ...] = ()


def made(block: Element, text: str, values: Sequence[Value]) -> Made:
    """A block made from a template's ``text`` and the values filled in. A table is known by its first row."""
    slot, text, said = read_slot(text), text.strip(), iter(values)
    pattern = "".join(_sentence(text, parts, said) for parts in sentences(text))
    by_hand = slot is not None and not is_table(block) and any(map(hand_cell, slot.expressions))
    key = f"{_OURS}{_digest(text)}" if by_hand else ""
    return Made(block, re.compile(pattern.rstrip() + r"\s*"), text.startswith(PROMPT), key)


def _sentence(text: str, parts: Sequence[Clause], values: Iterator[Value]) -> str:
    """How a sentence looks, which may have been left out when its figures were not known, as may each part after its first."""
    whole = ended(text, parts)
    said = [
        _stretch(text[part.start : part.end - 1] if whole else text[part.start : part.end], values) for part in parts
    ]
    if not whole:
        return "".join(said)
    later = (
        (f"(?:{PART}{each})?" if part.marks else PART + each) for each, part in zip(said[1:], parts[1:], strict=True)
    )
    told = said[0] + "".join(later) + FULL_STOP
    return f"(?:{told})?" if all(part.marks for part in parts) else told


def _stretch(text: str, values: Iterator[Value]) -> str:
    """How a stretch of the template looks with values in it."""
    slot = read_slot(text)
    pieces = slot.pieces if slot else (text,)
    pattern = re.escape(pieces[0])
    for piece in pieces[1:]:
        rest = re.escape(piece)
        pattern += _pattern(next(values)) + (f"(?:{rest[0]})?{rest[1:]}" if piece.startswith("%") else rest)
    return pattern


def sign(parts: Sequence[Made]) -> None:
    """Mark the paragraphs with words that were keyed by hand, so that they are known again as long as nobody has changed them."""
    for number, part in enumerate((part for part in parts if part.key), _FIRST):
        name = part.key + _digest(text_of(part.block))
        begin, end = (part.block.makeelement(qn(f"w:bookmark{kind}")) for kind in ("Start", "End"))
        for each in (begin, end):
            each.set(qn("w:id"), str(number))
        begin.set(qn("w:name"), name)
        first = part.block.find(qn("w:r"))
        if first is not None:
            first.addprevious(begin)
            part.block.append(end)


def _digest(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


def _pattern(value: Value) -> str:
    """What may stand where this value stands now: another figure, or the same words with other numbers."""
    said = say(value).replace("\n", "")
    if said == DASH or re.fullmatch(_SAID, said):
        return _SAID
    return rf"(?:{re.sub(r'[0-9]+', lambda _: '[0-9]+', re.escape(said))}|{DASH})"


def carry(earlier: Any, document: Any, parts: Sequence[Made]) -> int:
    """Put what is the clerk's in ``earlier`` into ``document``; how many paragraphs and tables that were."""
    _sort(earlier, parts)
    styles = {style.style_id for style in document.styles}
    hand = next((style.style_id for style in document.styles if style.name == HAND), None)
    count = 0
    for part in parts:
        place = part.block
        for own in part.own:
            fresh = deepcopy(own)
            _settle(fresh, earlier.part, document.part)
            for style in [*fresh.iter(qn("w:pStyle")), *fresh.iter(qn("w:rStyle")), *fresh.iter(qn("w:tblStyle"))]:
                if style.get(qn("w:val")) not in styles:
                    if hand and style.tag == qn("w:pStyle"):
                        style.set(qn("w:val"), hand)
                    else:
                        style.getparent().remove(style)
            place.addnext(fresh)
            place, count = fresh, count + 1
    for part in parts:
        if part.prompt and not part.seen:  # written over, or taken out on purpose
            part.block.getparent().remove(part.block)
    return count


def _sort(earlier: Any, parts: Sequence[Made]) -> None:
    """Tell the clerk's blocks from the program's; each follows the program's block before it."""
    at = 0
    for block in blocks(earlier):
        text = text_of(_head(block)).strip()
        if not text and not is_table(block) and not _holds(block):
            continue
        order = [*range(at, len(parts)), *range(at)]
        known = next((n for n in order if not parts[n].seen and _same(parts[n], block, text)), None)
        if known is None:
            parts[at].own.append(block)
        else:
            parts[known].seen = True
            at = known
    for before, after in pairwise(parts):
        if not after.seen and not after.prompt:  # what she made of it follows it, so that both are seen side by side
            before.own, after.own = [], [*before.own, *after.own]


def _same(part: Made, block: Element, text: str) -> bool:
    if is_table(part.block) != is_table(block) or (_holds(block) and not _holds(part.block)):
        return False  # a picture in a paragraph of ours makes that hers
    if part.pattern.fullmatch(text):
        return True
    names = (mark.get(qn("w:name")) for mark in block.iter(qn("w:bookmarkStart")))
    return bool(part.key) and part.key + _digest(text) in names


def _head(block: Element) -> Element:
    """Of a table the first row, by which it is known."""
    return next(block.iter(qn("w:tr")), block) if is_table(block) else block


def _holds(block: Element) -> bool:
    return any(next(block.iter(qn(tag)), None) is not None for tag in ("w:drawing", "w:object", "w:pict"))


def _settle(block: Element, old: Any, new: Any) -> None:
    """Make a copied block at home: pictures and links go with it, notes and numbering of the other file do not."""
    ours = [mark for mark in block.iter(qn("w:bookmarkStart")) if str(mark.get(qn("w:name"))).startswith(_OURS)]
    ids = {mark.get(qn("w:id")) for mark in ours}
    ours += [mark for mark in block.iter(qn("w:bookmarkEnd")) if mark.get(qn("w:id")) in ids]
    for item in [*ours, *(item for tag in _LOOSE for item in list(block.iter(qn(tag))))]:
        item.getparent().remove(item)
    for item in list(block.iter()):
        for name, id in list(item.attrib.items()):
            if not name.startswith(_R) or item.getparent() is None:
                continue
            relation = old.rels.get(id)
            if relation is not None and relation.is_external:
                item.set(name, new.relate_to(relation.target_ref, relation.reltype, is_external=True))
            elif relation is not None and relation.reltype.endswith("/image"):
                item.set(name, new.get_or_add_image(io.BytesIO(relation.target_part.blob))[0])
            else:
                item.getparent().remove(item)
                break
