"""The pinyin of a name, to be kept beside it so that typing ``gzsf`` or ``ganzhou`` finds it.

pypinyin takes a quarter of a second and 65 MB to load, so it is loaded on the first name that is spelled. The code
lists of ``resources/codes`` carry their pinyin and never need it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from models.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

_RUNS = re.compile(r"[0-9A-Z]+|[^\x00-\x7f]+")
_COMMON = {"长": "cháng", "都": "dū", "什": "shí", "曾": "zēng", "朝": "cháo"}  # as place names read them
_PLACES = (  # read otherwise than pypinyin's phrases have it; spelled as the places are
    "六安 lù ān,六合区 lù hé qū,六枝 lù zhī,长子县 zhǎng zǐ xiàn,浚县 xùn xiàn,单县 shàn xiàn,洪洞 hóng tóng,涡阳 guō yáng,"
    "大城县 dài chéng xiàn,珲春 hún chūn,伽师 jiā shī,荥经 yíng jīng,筠连 jūn lián,什邡 shí fāng,宕昌 tàn chāng,繁峙 fán shì,"
    "泊头 bó tóu,龙圩 lóng xū,覃塘 qín táng,闵行 mǐn háng,召陵 shào líng,南乐 nán lè,民乐 mín lè,朝阳 cháo yáng,噶尔 gá ěr,"
    "都匀 dū yún,长阳 cháng yáng,长白 cháng bái,天长 tiān cháng,子长 zǐ cháng,延长县 yán cháng xiàn"
)


def spell(name: str) -> tuple[str, str]:
    """Full pinyin and initials of ``name``, lower case without spaces; Latin letters and digits stand as they are.

    >>> spell("六安市LED照明")
    ('luanshiledzhaoming', 'lasledzm')
    """
    full, initials = [], []
    for run in _RUNS.findall(fold(name)):
        if run.isascii():
            syllables = heads = [run.lower()]
        else:
            syllables = [syllable for syllable in _reader()(run) if syllable.isascii()]
            heads = [syllable[0] for syllable in syllables]
        full += syllables
        initials += heads
    return "".join(full), "".join(initials)


@cache
def _reader() -> Callable[[str], list[str]]:
    """pypinyin's reader, taught the place names."""
    from pypinyin import lazy_pinyin, load_phrases_dict, load_single_dict  # 0.27 s and 65 MB: only when spelling

    load_single_dict({ord(char): sound for char, sound in _COMMON.items()})
    places = (place.split(" ") for place in _PLACES.split(","))
    load_phrases_dict({name: [[sound] for sound in sounds] for name, *sounds in places})
    return lazy_pinyin
