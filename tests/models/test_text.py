"""The one normaliser: what compares equal, what is kept, what Python makes of a formula's names."""

from __future__ import annotations

import ast
import keyword
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.text import clean, fold, fold_name

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202c\ufe0f\x00\x1f\x7f"
ANY = st.text(
    st.characters() | st.sampled_from(f" \u3000\xa0\t\n\r\u2028“”‘’'（）［］【】—－·•ＡａⅠ①㎡é\u0301{INVISIBLE}")
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("江西ＡＢＣ（赣州）有限公司", "江西abc(赣州)有限公司"),
        ("江西 赣锋\u3000锂业\xa0有限公司", "江西赣锋锂业有限公司"),
        ("赣府字［2020］69号", "赣府字〔2020〕69号"),
        ("赣府字【2020】69号", "赣府字(2020)69号"),
        ("专精特新“小巨人”企业", "专精特新小巨人企业"),
        ("《实施方案》", "实施方案"),
        ("「两城两谷两带」", "'两城两谷两带'"),
        ("1—7月", "1-7月"),
        ("1－7月", "1–7月"),
        ("张三·李", "张三•李"),
        ("张三・李", "张三‧李"),
        ("亩均税收\n（万元/亩）", "亩均税收(万元/亩)"),
        ("⼯⼊", "工入"),  # Kangxi radicals, as text copied from a PDF has them
        ("Ⅰ类", "i类"),
        ("面积㎡", "面积m2"),
        *((f"赣{char}州", "赣州") for char in INVISIBLE),
    ],
)
def test_written_differently_folds_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("赣州", "贛州"),
        ("0111", "111"),
        ("营业收入(万元)", "营业收入(千元)"),
        ("3.0", "30"),
        ("-5", "5"),
        ("A+B", "AB"),
    ],
)
def test_what_differs_stays_different(one, other):
    assert fold(one) != fold(other)


def test_folded_form_is_half_width_and_upper_case():
    assert fold(" ａ（“新 材料”）－【Ｂ】\u200b ") == "A(新材料)-(B)"


@given(ANY)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(ANY)
def test_every_character_folds_for_itself(text):
    """The short way taken for ordinary text gives what the long way gives."""
    by_character = "".join(fold(char) for char in text)
    assert fold(by_character) == fold(unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u3000江西省\u200b赣州市\xa0", "江西省赣州市"),
        ("江西（赣州）“新材料”ＡＢＣ公司", "江西（赣州）“新材料”ＡＢＣ公司"),
        ("行业\n［固定污染源］", "行业［固定污染源］"),
        ("江西省\r\n 赣州市", "江西省赣州市"),
        ("New\nMaterials", "New Materials"),
        ("第一项;\nsecond", "第一项; second"),
        ("赣州\u2028经开区", "赣州经开区"),
        ("营业\t收入", "营业 收入"),
        ("张 三", "张 三"),
        ("e\u0301", "é"),
        ("\ufeff序号", "序号"),
        ("\x00坏\x08字", "坏字"),
        (" \n\t ", ""),
        ("", ""),
    ],
)
def test_clean_keeps_what_was_typed(typed, kept):
    assert clean(typed) == kept


@given(ANY)
def test_clean_is_one_line_and_settled(text):
    kept = clean(text)
    assert clean(kept) == kept == kept.strip()
    assert not set(kept) & set(INVISIBLE + "\n\r\t\v\f\u2028\u2029\x85")


@given(ANY)
def test_clean_does_not_change_what_a_text_means(text):
    assert fold(clean(text)) == fold(text)


@given(st.from_regex(r"[^\W\d]\w{0,8}", fullmatch=True))
def test_fold_name_is_pythons_own_folding(name):
    assume(name.isidentifier() and not keyword.iskeyword(unicodedata.normalize("NFKC", name)))
    assert ast.parse(name, mode="eval").body.id == fold_name(name)


@pytest.mark.parametrize(("name", "read"), [("Ⅰ类企业", "I类企业"), ("营收ＡＢ", "营收AB"), ("专利ﬁ", "专利fi")])
def test_names_python_changes(name, read):
    assert fold_name(name) == read == ast.parse(name, mode="eval").body.id
