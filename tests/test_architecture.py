"""The house rules as tests: rooms, floors, libraries, imports, sizes. Each rule has a breach that it must see."""

from __future__ import annotations

import ast
import functools
import re
import statistics
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.structure import CALL, FUNCTION, cycles, read

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {  # room → the other rooms it may use; resources/ holds data only
    "main": {"ui", "exporters", "importers", "models"},
    "ui": {"exporters", "importers", "models"},
    "exporters": {"models"},
    "importers": {"models"},
    "models": set(),
    "dev": set(),
    "bundle": {"dev", "ui", "exporters", "importers", "models"},
    "requirements": set(),
}
FLOORS = {  # a part uses its own floor and those before it; a part not named here stands below them all
    "models": [
        "fields",
        "ledger",
        "ledgers",
        "formula store",  # formulas compile to the store's tables, the store's connections carry the formulas' functions
        "packs",
        "choices rules targets reported rolling handcells touching",
        "joined",
        "indicators change audit audit_again folding sayings demo scoring",
        "overridden",
        "questions pace agenda doubts forms redforms parks",
        "standings",
        "returns charts rosters moves",
        "chart_check chart_table check_parts",
        "scheme_check roster_check",
        "pack_check",
        "consolidation",
    ],
    "importers": ["headers", "matching", "merge forms"],
    "exporters": [
        "sheetxml growth",
        "alterations attachments canonical filling list_check page pagemarks placement recalculation template",
        "formula_check template_check paging tablepages",
        "workbook seal ledger_sheet pack_book overridden regrowth formwords",
        "comparison",
        "wordmarks history_sheet",
        "sentences",
        "handwriting noted",
        "narrative charts wordpage",
    ],
}
HOMES = {  # library → where it may be imported
    "PySide6": ["ui", "bundle.icon"],  # the icon is drawn when the bundle is built
    "shiboken6": ["ui"],
    "sqlalchemy": ["models.store", "models.formula"],
    "alembic": ["models.store"],
    "openpyxl": ["exporters", "importers"],
    "python_calamine": ["importers"],
    "lxml": ["exporters"],
    "docx": ["exporters"],
    "matplotlib": ["exporters"],
    "zhplot": [],  # only its font file is used; importing it would load matplotlib and change its settings
}
LOADING_LATE = {  # modules that may load ours when they are called
    "main",  # one of two halves of the program
    "models.store.filtering",  # the formulas: the window is open before they are loaded
    "ui.app",
    "ui.desktop",
    "ui.topbar",
    "ui.pages",  # a page when it is first opened: most of the time to start was theirs
    "ui.pages.badges",
    "ui.pages.ledger_filter",  # the formulas, as above
    "ui.pages.ledger_forms",  # the writers of forms, when one is asked for
    "ui.pages.charts_print",
    "ui.pages.ledger_print",
    "ui.pages.roster_paper",
    "ui.pages.start",
    "ui.table.derived",  # the formulas, as above
    "ui.table.scanning",  # the formulas, as above
    "ui.window",  # the manual
}
PROGRAM = set(MAY_IMPORT) - {"dev", "bundle", "requirements"}
REASON = re.compile(r"#\s*(?!noqa|type:)\S")


def known_rooms(modules):
    rooms = {module.room for module in modules.values()} - {"tests"} - MAY_IMPORT.keys()
    return [f"{room}: no such room in MAY_IMPORT" for room in sorted(rooms)]


def rooms_import_downwards(modules):
    return [
        f"{module.at(item.line)} {module.room} may not import {item.target}"
        for module, item in imports(modules, MAY_IMPORT)
        if item.top in MAY_IMPORT and item.top not in MAY_IMPORT.get(module.room, set()) | {module.room}
    ]


def floors_import_downwards(modules):
    return [
        f"{module.at(item.line)} {module.name} may not import {item.target}, which stands above it in FLOORS"
        for module, item in imports(modules, FLOORS)
        if item.top == module.room and floor(item.target) > floor(module.name)
    ]


def floor(name):
    room, part = [*name.split("."), ""][:2]
    return next((number for number, parts in enumerate(FLOORS[room]) if part in parts.split()), -1)


def libraries_stay_home(modules):
    return [
        f"{module.at(item.line)} {item.top} belongs in {' and '.join(HOMES[item.top]) or 'no module'}"
        for module, item in imports(modules, MAY_IMPORT)
        if item.top in HOMES and not any(f"{module.name}.".startswith(f"{home}.") for home in HOMES[item.top])
    ]


def libraries_are_declared(modules):
    names = installed()
    declared = {room: requirements("program") for room in PROGRAM} | {"dev": set()}
    everything = requirements("program") | requirements("development")
    return [
        f"{module.at(item.line)} {item.top} is in no requirements/*.in that {module.room} may use"
        for module, item in imports(modules, {*MAY_IMPORT, "tests"})
        if item.top not in sys.stdlib_module_names | MAY_IMPORT.keys() | {"tests"}
        and not names.get(item.top, {item.top}) & declared.get(module.room, everything)
    ]


@functools.cache
def installed():
    return {top: {name.lower().replace("_", "-") for name in names} for top, names in packages_distributions().items()}


@functools.cache
def requirements(name):
    text = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
    return {line.lower() for line in re.findall(r"^([\w-]+)==", text, re.MULTILINE)}


def imports_in_functions_have_reasons(modules):
    found = []
    for module, item in imports(modules, MAY_IMPORT):
        if item.when == CALL and item.top in MAY_IMPORT and module.name not in LOADING_LATE:
            found.append(f"{module.at(item.line)} {item.target} is ours: import it at the top")
        elif item.when == CALL and not has_reason(module.lines, item.line - 1):
            found.append(
                f"{module.at(item.line)} {item.target} is imported late: say why in a comment on or above the line"
            )
    return found


def has_reason(lines, at):
    if REASON.search(lines[at]):
        return True
    while (
        lines[at].lstrip().startswith(("import ", "from "))
    ):  # a comment serves the imports that follow one another below it
        at -= 1
    return lines[at].lstrip().startswith("#") and bool(REASON.search(lines[at]))


def nothing_imports_in_a_circle(modules):
    return [f"{' → '.join([*group, group[0]])} need one another to load" for group in cycles(modules)]


def files_are_short(modules):
    found = [
        f"{m.path.as_posix()} has {len(m.lines)} lines, the most is 400" for m in modules.values() if len(m.lines) > 400
    ]
    lengths = [len(m.lines) for m in modules.values() if m.room in PROGRAM and len(m.lines) > 5]
    if lengths and statistics.median(lengths) > 120:
        found.append(
            f"half of the program's files are over {statistics.median(lengths):.0f} lines, the median may be 120"
        )
    if "main" in modules and len(modules["main"].lines) > 40:
        found.append("main.py only starts the program: at most 40 lines")
    return found


def functions_are_short(modules):
    sizes = [(size(node), m.at(node.lineno), node.name) for m in program(modules) for node in m.all(*FUNCTION)]
    found = [f"{place} {name} has {lines} lines, the most is 60" for lines, place, name in sizes if lines > 60]
    if sum(lines > 40 for lines, _, _ in sizes) > len(sizes) * 0.05:
        found.append("more than one function in twenty is over 40 lines")
    return found


def classes_are_small(modules):
    found = []
    for module in program(modules):
        most = 340 if module.name == "ui.window" else 300
        for node in module.all(ast.ClassDef):
            methods = sum(isinstance(child, FUNCTION) for child in node.body)
            if size(node) > most or methods > 25:
                found.append(
                    f"{module.at(node.lineno)} {node.name} has {size(node)} lines (most {most}), {methods} methods (25)"
                )
    return found


def new_methods_are_documented(modules):
    return [
        f"{module.at(method.lineno)} {node.name}.{method.name} overrides nothing and has no docstring"
        for module in program(modules)
        for node in module.all(ast.ClassDef)
        if not node.bases and not node.name.startswith("_")
        for method in node.body
        if isinstance(method, FUNCTION) and not method.name.startswith("_") and not ast.get_docstring(method)
    ]


def text_is_never_run(modules):
    return [
        f"{module.at(node.lineno)} {node.func.id}() is not used here"
        for module in program(modules)
        for node in module.all(ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec", "__import__"}
    ]


def few_catch_everything(modules):
    places = [
        module.at(node.lineno)
        for module in program(modules)
        for node in module.all(ast.ExceptHandler)
        if node.type is None
        or {"Exception", "BaseException"} & {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
    ]
    return [f"{', '.join(places)} catch everything; three places may"] if len(places) > 3 else []


def imports(modules, rooms):
    return [(module, item) for module in modules.values() if module.room in rooms for item in module.imports]


def program(modules):
    return [module for module in modules.values() if module.room in PROGRAM]


def size(node):
    return node.end_lineno - node.lineno + 1


LATE = "def f():\n    import json"
LONG = "\n".join(["def f():", *["    1"] * 60, *["def g(): 1"] * 20])
BREACHES = [  # rule, a tree of files that breaks it, how its complaint begins
    (known_rooms, {"tools/x.py": ""}, "tools: no such room"),
    (
        rooms_import_downwards,
        {"models/x.py": "from ui import form", "ui/form.py": ""},
        "models/x.py:1 models may not import ui.form",
    ),
    (rooms_import_downwards, {"importers/x.py": "\nimport exporters.y", "exporters/y.py": ""}, "importers/x.py:2"),
    (rooms_import_downwards, {"models/x.py": "if TYPE_CHECKING:\n    import ui"}, "models/x.py:2"),
    (
        floors_import_downwards,
        {"models/store/x.py": "from models.audit import a", "models/audit.py": ""},
        "models/store/x.py:1",
    ),
    (
        floors_import_downwards,
        {"models/__init__.py": "", "models/x.py": "from . import fields", "models/fields.py": ""},
        "models/x.py:1",
    ),
    (libraries_stay_home, {"models/x.py": "from PySide6.QtCore import Qt"}, "models/x.py:1 PySide6 belongs in ui"),
    (libraries_stay_home, {"models/storeroom.py": "import sqlalchemy as sa"}, "models/storeroom.py:1"),
    (libraries_stay_home, {"ui/x.py": "def f():\n    import zhplot  # late"}, "ui/x.py:2 zhplot belongs in no module"),
    (libraries_are_declared, {"models/x.py": "import pytest"}, "models/x.py:1 pytest"),
    (libraries_are_declared, {"tests/x.py": "import requests"}, "tests/x.py:1 requests"),
    (libraries_are_declared, {"dev.py": "import openpyxl"}, "dev.py:1 openpyxl"),
    (imports_in_functions_have_reasons, {"ui/x.py": LATE}, "ui/x.py:2 json is imported late"),
    (imports_in_functions_have_reasons, {"ui/x.py": LATE + "  # noqa: PLC0415"}, "ui/x.py:2 json is imported late"),
    (
        imports_in_functions_have_reasons,
        {"ui/x.py": "def f():\n    from models import y  # why"},
        "ui/x.py:2 models is ours",
    ),
    (
        nothing_imports_in_a_circle,
        {"models/a.py": "import models.b", "models/b.py": "from models import a"},
        "models.a → models.b",
    ),
    (
        nothing_imports_in_a_circle,
        {"ui/p/__init__.py": "from ui import a", "ui/p/x.py": "", "ui/a.py": "import ui.p.x"},
        "ui.a → ui.p",
    ),
    (files_are_short, {"tests/x.py": "\n" * 401}, "tests/x.py has 401 lines"),
    (files_are_short, {"models/x.py": "\n" * 121}, "half of the program's files"),
    (files_are_short, {"main.py": "\n" * 41}, "main.py only starts"),
    (functions_are_short, {"models/x.py": LONG}, "models/x.py:1 f has 61 lines"),
    (
        functions_are_short,
        {"models/x.py": "\n".join(["def f():", *["    1"] * 40])},
        "more than one function in twenty",
    ),
    (classes_are_small, {"ui/x.py": "class A:\n" + "    b = 1\n" * 300}, "ui/x.py:1 A has 301 lines"),
    (
        classes_are_small,
        {"ui/window.py": "class A:\n" + "    def f(self): pass\n" * 26},
        "ui/window.py:1 A has 27 lines",
    ),
    (new_methods_are_documented, {"ui/x.py": "class A:\n    def f(self): pass"}, "ui/x.py:2 A.f"),
    (text_is_never_run, {"models/x.py": "a = eval('1')"}, "models/x.py:1 eval()"),
    (
        few_catch_everything,
        {"ui/x.py": "try: pass\nexcept (OSError, Exception): pass\n" * 3 + "try: pass\nexcept: pass"},
        "ui/x.py:2",
    ),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in BREACHES))


@pytest.fixture(scope="module")
def ours():
    return read(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule, ours):
    broken = rule(ours)
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(("rule", "files", "complaint"), BREACHES, ids=lambda value: getattr(value, "__name__", ""))
def test_the_rule_sees_a_breach(rule, files, complaint, tmp_path):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = rule(read(tmp_path))
    assert len(found) == 1
    assert found[0].startswith(complaint)


def test_every_room_on_disk_was_read(ours):
    on_disk = {path.parent.name for path in ROOT.glob("*/*.py") if not path.parent.name.startswith(".")}
    assert on_disk <= {module.room for module in ours.values()}
    assert {"dev", "tests", "requirements"} <= {module.room for module in ours.values()}


def test_what_is_allowed_passes(tmp_path):
    late = "def f():\n    # slow to load\n    import json\n    import matplotlib.figure\n"
    files = {
        "ui/a.py": "from models import b",
        "models/b.py": "if TYPE_CHECKING:\n    import models.c",
        "models/c.py": "import models.b",
        "exporters/d.py": f"import models.b\n{late}",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert [rule.__name__ for rule in RULES if rule(read(tmp_path))] == []
