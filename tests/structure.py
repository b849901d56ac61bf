"""What Python files say about themselves: modules, imports and sizes, read with ast. tests/test_architecture.py judges them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NOT_OURS = {"build", "dist", "演示"}
LOAD, TYPING, CALL = "when loaded", "for types only", "in a function"
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Import:
    """One imported name: `from a.b import c` has target a.b.c where that is a module of ours, else a.b."""

    target: str
    line: int
    when: str

    @property
    def top(self):
        return self.target.split(".")[0]


@dataclass(frozen=True)
class Module:
    """A Python file; name is dotted (a package's is its folder's), path is relative to the root."""

    name: str
    path: Path
    lines: list[str] = field(repr=False)
    tree: ast.Module = field(repr=False)
    imports: list[Import] = field(repr=False)

    @property
    def room(self):
        return self.name.split(".")[0]

    def at(self, line):
        return f"{self.path.as_posix()}:{line}"

    def all(self, *kinds):
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]


def read(root: Path) -> dict[str, Module]:
    """Return dotted name → module for every Python file below root that is ours."""
    paths = {_name(path): path for path in (file.relative_to(root) for file in root.rglob("*.py")) if _ours(path)}
    return {name: _module(name, root, path, set(paths)) for name, path in sorted(paths.items())}


def _ours(path: Path) -> bool:
    return not any(part.startswith(".") or part in NOT_OURS for part in path.parts)


def _name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, root: Path, path: Path, names: set[str]) -> Module:
    text = (root / path).read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found = [
        Import(target, node.lineno, when)
        for node, when in _imports(tree, LOAD)
        for target in _targets(node, package, names)
    ]
    return Module(name, path, text.splitlines(), tree, found)


def _imports(node: ast.AST, when: str) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, when
        elif isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            yield from _imports(ast.Module(child.body, []), TYPING)
            yield from _imports(ast.Module(child.orelse, []), when)
        else:
            yield from _imports(child, CALL if isinstance(child, FUNCTION) else when)


def _targets(node: ast.Import | ast.ImportFrom, package: str, names: set[str]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        above = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join([*above, *filter(None, [base])])
    whole = (f"{base}.{alias.name}" for alias in node.names)
    return list(dict.fromkeys(name if name in names else base for name in whole))


def cycles(modules: dict[str, Module]) -> list[list[str]]:
    """Return each group of modules that reach one another by what they import when loaded."""
    ahead = {name: _reach(name, modules) for name in modules}
    groups = {tuple(sorted(other for other in ahead[name] if name in ahead[other])) for name in modules}
    return [list(group) for group in sorted(groups) if group]


def _reach(start: str, modules: dict[str, Module]) -> set[str]:
    seen, todo = set(), [start]
    while todo:
        new = _loads(modules[todo.pop()], modules) - seen
        seen |= new
        todo += new
    return seen


def _loads(module: Module, modules: dict[str, Module]) -> set[str]:
    """Modules that loading this one runs: its targets, and the packages around a target unless this one is inside them."""
    found = set()
    for item in module.imports:
        if item.when == LOAD and item.target in modules:
            parts = item.target.split(".")
            around = {".".join(parts[:count]) for count in range(1, len(parts))} & modules.keys()
            found |= {item.target} | {package for package in around if not f"{module.name}.".startswith(f"{package}.")}
    return found
