"""Names are spelled from tables exactly as pypinyin, taught our place names, spells them; pypinyin itself is never loaded.

``python -m tests.models.test_pinyin`` makes the tables anew, as after another pypinyin was installed.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from importlib.metadata import distribution
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import pinyin
from models.codes import code_list, code_list_ids
from models.pinyin import CHARACTERS, FOLDER, PLACES, READ_ALONE, WORDS, spell
from models.text import fold


def plain(sound):
    """A syllable without its tone."""
    # half a second and 65 MB, and a library the program itself does without
    from pypinyin import Style
    from pypinyin.style import convert

    return convert(sound, Style.NORMAL, True, default=sound)


def tables():
    """What the generated files hold, made from pypinyin's own; a character that is never met once folded is left out."""
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    alone = {chr(number): plain(sounds.split(",")[0]) for number, sounds in pinyin_dict.items()}
    by_sound = defaultdict(str)
    for character in sorted(alone):
        if fold(character) == character:
            by_sound[alone[character]] += character
    words, as_alone = [], []
    for word, sounds in sorted(phrases_dict.items()):
        read = [plain(each[0]) for each in sounds]
        if read == [alone[character] for character in word]:
            as_alone.append(word)
        else:
            words.append(" ".join([word, *read]))
    return {
        CHARACTERS: [f"{sound} {characters}" for sound, characters in sorted(by_sound.items())],
        WORDS: words,
        READ_ALONE: [" ".join(group) for _, group in groupby(as_alone, lambda word: word[0])],
    }


def places():
    return [line.split() for line in (FOLDER / PLACES).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def reader():
    """pypinyin's own, taught the places."""
    from pypinyin import core, lazy_pinyin, load_phrases_dict, load_single_dict

    kept = core.PINYIN_DICT.copy(), core.PHRASES_DICT.copy()
    load_single_dict({ord(word): sounds[0] for word, *sounds in places() if len(word) == 1})
    load_phrases_dict({word: [[sound] for sound in sounds] for word, *sounds in places() if len(word) > 1})
    yield lambda text: "".join(each for each in lazy_pinyin(fold(text)) if each.isascii())
    for dictionary, before in zip((core.PINYIN_DICT, core.PHRASES_DICT), kept, strict=True):
        dictionary.clear()
        dictionary.update(before)


def words():
    return [word for word in pinyin._words()[0] if len(word) > 1]


@pytest.mark.parametrize("file", [CHARACTERS, WORDS, READ_ALONE])
def test_the_tables_hold_what_pypinyin_knows(file):
    assert (FOLDER / file).read_bytes().decode() == "".join(f"{line}\n" for line in tables()[file])


def test_its_licence_lies_beside_what_was_taken_from_it():
    theirs = next(file for file in distribution("pypinyin").files if file.name == "LICENSE.txt")
    assert (FOLDER / "LICENSE").read_bytes() == theirs.read_binary()


def test_every_place_is_written_with_a_syllable_for_each_character():
    assert [word for word, *sounds in places() if len(word) != len(sounds)] == []
    assert all(sound.isascii() and sound.islower() for _, *sounds in places() for sound in sounds)


def test_names_of_all_codes_are_spelled_as_pypinyin_does(reader):
    names = {code.name for id in code_list_ids() for code in code_list(id).values()}
    assert len(names) > 5_000
    other = [name for name in names if name.isalpha() and not any("A" <= c <= "Z" for c in fold(name))]
    assert {name: spell(name)[0] for name in other} == {name: reader(name) for name in other}


def test_every_word_and_every_two_that_meet_are_spelled_as_pypinyin_does(reader):
    every = words()
    for offset in (1, 7_919):
        met = [one + other for one, other in zip(every, every[offset:] + every[:offset], strict=True)]
        assert [text for text in met if spell(text)[0] != reader(text)] == []


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_run_of_words_and_characters_is_spelled_as_pypinyin_does(reader, data):
    part = st.one_of(st.sampled_from(words()), st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF))
    text = "".join(data.draw(st.lists(part, max_size=8)))
    assert spell(text)[0] == reader(text)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("重庆长安汽车", "chongqingchanganqiche", "cqcaqc"), ("银行", "yinhang", "yh"), ("行走", "xingzou", "xz"),
        ("绿色", "lvse", "ls"), ("6号楼ＡＢ座", "6haolouabzuo", "6hlabz"), ("（赣州）·新", "ganzhouxin", "gzx"), ("", "", ""),
        ("䶮", "yan", "y"), ("𬭸", "lin", "l"), ("〇", "ling", "l"), ("あ", "", ""),
    ],
)  # fmt: skip
def test_a_name(name, full, initials):
    assert spell(name) == (full, initials)


def test_pypinyin_is_not_loaded():
    code = "import sys; from models.pinyin import spell; spell('重庆'); sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


if __name__ == "__main__":
    for file, lines in tables().items():
        (FOLDER / file).write_bytes("".join(f"{line}\n" for line in lines).encode())
