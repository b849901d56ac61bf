"""main.py indicators --change: the parts, the records and the explanation, for people and for programs."""

from __future__ import annotations

import json

import pytest

from ui.commands.run import run_command

RETURN = ("--pack", "台办", "--period", "2025")


@pytest.fixture
def run(capsys, tmp_path):
    path = tmp_path / "演示.db"
    assert run_command(["demo", "--data", str(path)]) == 0

    def running(*words):
        capsys.readouterr()
        code = run_command(["indicators", "--data", str(path), *RETURN, *words])
        return code, capsys.readouterr()

    return running


def test_a_figure_s_change_is_parted_and_told(run):
    code, said = run("--change", "台资企业产值", "--json")
    told = json.loads(said.out)
    assert code == 0
    assert told["remainder"] == "0"
    assert sum(float(part["value"]) for part in told["parts"]) == pytest.approx(float(told["change"]))
    assert "原因：" in told["text"]
    assert told["movers"][0]["name"] in told["text"]
    code, said = run("--change", "TW03")
    assert code == 0
    assert told["text"] in said.out
    assert "剩余" in said.out


def test_what_is_asked_wrongly_is_told(run):
    code, said = run("--change", "台资企业产直")
    assert code == 2
    assert "是否想写“台资企业产值”" in said.err
    assert run("--change", "TW03", "--rows", "TW03")[0] == 2
