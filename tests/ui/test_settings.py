"""What the window remembers on this PC."""

from __future__ import annotations

from ui.settings import Settings


def test_values_come_back_after_a_restart(tmp_path):
    path = tmp_path / "界面.ini"
    first = Settings(path)
    for name, value in (
        ("look/dark", True),
        ("look/scale", 1.25),
        ("table/企业/widths", {"name": 180}),
        ("file", "D:\\园区（测试）\\a.db"),
    ):
        first.put(name, value)
    del first
    again = Settings(path)
    assert again.get("look/dark", False) is True
    assert again.get("look/scale", 1.0) == 1.25
    assert again.get("table/企业/widths", {}) == {"name": 180}
    assert again.get("file", "") == "D:\\园区（测试）\\a.db"


def test_a_value_of_another_kind_is_no_value(tmp_path):
    path = tmp_path / "界面.ini"
    path.write_text('[look]\nscale="\\"large\\""\ndark=yes please\n', encoding="utf-8")
    settings = Settings(path)
    assert settings.get("look/scale", 1.0) == 1.0
    assert settings.get("look/dark", False) is False


def test_without_a_file_nothing_is_kept():
    settings = Settings()
    settings.put("look/dark", True)
    assert settings.get("look/dark", False)
    assert not Settings().get("look/dark", False)
