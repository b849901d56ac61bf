"""A report without sentences that say nothing: left out where no figure is known, told to the clerk, known again when made anew."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import pytest

from exporters.narrative import fill

LEAD = "{{ 填报单位 }}{{ 报告期 }}，实现产值{{ 产值 }}亿元，同比{{ 同比 }}；利润{{ 利润 }}万元；税收{{ 税收 }}万元。"
TEXTS = (LEAD + "年末员工{{ 员工 }}人，占{{ 占比 }}%。", "绿色通道{{ 手填(绿色通道) }}件。", "各项工作平稳推进。")
KNOWN = {
    "填报单位": "示例园", "报告期": "2025年", "产值": Decimal("1.5"), "同比": "增长3.0%", "利润": 20, "税收": 0,
    "员工": 300, "占比": Decimal("2.5"), "手填(绿色通道)": 4,
}  # fmt: skip


class Given:
    def __init__(self, **values):
        self.values = KNOWN | {name.replace("手填绿色通道", "手填(绿色通道)"): value for name, value in values.items()}

    def value(self, _, expression):
        return self.values[expression]

    def records(self, *_):
        return []


def template():
    document = docx.Document()
    for text in TEXTS:
        document.add_paragraph(text)
    return saved(document)


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def made(earlier=b"", **values):
    return fill(
        template(),
        Given(**values),
        {},
        draft=False,
        earlier=earlier,
        framed=lambda name: name in ("填报单位", "报告期"),
    )


def said(report):
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(report.content)).paragraphs]


UNKNOWN = dict.fromkeys(("产值", "利润", "税收", "员工", "占比", "手填绿色通道"))


@pytest.mark.parametrize(
    ("values", "first", "left"),
    [
        ({}, "示例园2025年，实现产值1.5亿元，同比增长3.0%；利润20万元；税收0万元。年末员工300人，占2.5%。", ()),
        (
            {"利润": None},
            "示例园2025年，实现产值1.5亿元，同比增长3.0%；税收0万元。年末员工300人，占2.5%。",
            ("利润—万元",),
        ),
        (
            {"税收": "—"},
            "示例园2025年，实现产值1.5亿元，同比增长3.0%；利润20万元。年末员工300人，占2.5%。",
            ("税收—万元",),
        ),
        (
            {"利润": None, "税收": None, "员工": None},
            "示例园2025年，实现产值1.5亿元，同比增长3.0%。年末员工—人，占2.5%。",
            ("利润—万元", "税收—万元"),
        ),
        (  # the first part says whose figures these are
            {"产值": None, "同比": "—", "员工": None, "占比": "—"},
            "示例园2025年，实现产值—亿元，同比—；利润20万元；税收0万元。",
            ("年末员工—人，占—",),
        ),
    ],
)
def test_what_has_no_figure_is_left_out_and_told(values, first, left):
    report = made(**values)
    assert said(report) == [first, "绿色通道4件。", "各项工作平稳推进。"]
    assert report.left_out == left


def test_a_paragraph_of_which_nothing_is_known_is_not_there():
    report = made(**UNKNOWN, 同比="—")
    assert said(report) == ["各项工作平稳推进。"]
    assert [each[:10] for each in report.left_out] == ["示例园2025年，实", "年末员工—人，占—", "绿色通道—件"]


def test_what_the_clerk_wrote_stays_whatever_is_left_out_before_and_after():
    """Each of the two is made over the other, with a paragraph of hers after each of ours."""
    states = ({}, {"利润": None}, {**UNKNOWN, "同比": "—"})
    for one in states:
        document = docx.Document(io.BytesIO(made(**one).content))
        for number, paragraph in enumerate(list(document.paragraphs)):
            paragraph._p.addnext(document.add_paragraph(f"我写的第{number}段")._p)
        earlier = saved(document)
        hers = [text for text in said(made(earlier, **one)) if text.startswith("我写的")]
        assert hers
        for other in states:
            report = made(earlier, **other)
            assert [text for text in said(report) if text.startswith("我写的")] == hers
            assert [text for text in said(report) if not text.startswith("我写的")] == said(made(**other))
            assert report.kept == len(hers)
            back = made(report.content, **one)
            assert sorted(said(back)) == sorted(said(made(earlier, **one)))
            assert [text for text in said(back) if text.startswith("我写的")] == hers
