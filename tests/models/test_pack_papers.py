"""Faults of a pack's charts and of its narrative, each by its place."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.models.pack_copies import at, edit, found, found_by_place


def test_faults_of_charts(copy: Path) -> None:
    expected = {
        at("公式", "图表", edit(copy, "图表", "图1", 公式="TW02、TW99")): "没有“TW99”这个指标",
        at("类型", "图表", edit(copy, "图表", "图2", 类型="饼")): "历年、柱线、分组、份额、阶段、目标",
        at("公式", "图表", edit(copy, "图表", "图3", 公式="合计(经济数据.工业总产植)", 单位="亿元")): "工业总产值",
        at("名称", "图表", edit(copy, "图表", "图5", 名称="台资企业产值")): "重复",
        at("公式", "图表", edit(copy, "图表", "图4", 公式="合计(到资流水.折万美元)")): "组",
        at("分组", "图表", edit(copy, "图表", "图6", 分组="台资企业.主要产品")): "没有代码表",
        at("单位", "图表", edit(copy, "图表", "图7", 单位="万元")): "亿元",
    }
    told = found(copy)
    assert set(told) == set(expected)
    for place, part in expected.items():
        assert part in told[place], place
    line = edit(copy, "图表", "图8", 年数="五")
    assert f"图表!G{line}" in found(copy)


def test_faults_of_the_narrative(copy: Path) -> None:
    path = copy / "report.docx"
    document = docx.Document(str(path))
    paragraphs, (targets, _, firms) = document.paragraphs, document.tables
    paragraphs[0].text = "{{ 填报单位 }"
    paragraphs[3].text = "共{{ 台资企业树 }}家"
    paragraphs[4].text = "有{{ 台资企业数 }}家，{{ * 企业.单位详细名称 }}"
    targets.cell(1, 2).text = "{{ 上年(台资企业树) }}"
    firms.cell(1, 1).text = "{{ * 台籍投资入 }}"
    document.sections[0].header.paragraphs[0].text = "{{ 填报单位 }}"
    document.save(str(path))
    told = found_by_place(copy)
    assert set(told) == {
        "report.docx!第1段",
        "report.docx!第4段",
        "report.docx!第5段",
        "report.docx!表格1第2行第3格",
        "report.docx!表格3第2行第2格",
        "report.docx!",
    }
    assert "没有配对" in told["report.docx!第1段"][0]
    assert "是否想写“台资企业数”" in told["report.docx!第4段"][0]
    assert "带 * 有的不带" in told["report.docx!第5段"][0]
    assert "是否想写“台资企业数”" in told["report.docx!表格1第2行第3格"][0]
    assert "台籍投资人" in told["report.docx!表格3第2行第2格"][0]
    assert "页眉" in told["report.docx!"][0]
    path.write_bytes(b"no document")
    assert "不是 Word 文档" in found(copy)["report.docx!"]


def test_a_list_of_the_narrative_says_where_it_comes_from(copy: Path) -> None:
    path = copy / "report.docx"
    document = docx.Document(str(path))
    caption = next(p for p in document.paragraphs if "取自表TW-2" in p.text)
    caption.text = "台资企业情况"
    document.tables[2].cell(1, 1).text = "{{ * 企业.联系人 }}"
    document.save(str(path))
    assert all("取自哪张表" in sentence for sentence in found(copy).values())
    caption.text = "台资企业情况（取自表TW-2）"
    document.save(str(path))
    assert list(found(copy)) == ["report.docx!表格3第2行第2格"]
    assert "个人信息" in found(copy)["report.docx!表格3第2行第2格"]


def test_an_empty_paper_is_told(copy: Path) -> None:
    (copy / "return.xlsx").write_bytes(b"")
    (copy / "report.docx").write_bytes(b"")
    told = found_by_place(copy)
    assert all("空文件" in " ".join(told[f"{name}!"]) for name in ("return.xlsx", "report.docx"))
