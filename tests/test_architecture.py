"""Rules of the house that import contracts cannot express."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import networkx as nx
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the package with its syntax tree."""
    source = root / "src" / "coopgraph"
    for file in sorted(source.rglob("*.py")):
        yield str(file.relative_to(source)), ast.parse(file.read_text(encoding="utf-8"))


def names(tree: ast.Module) -> set[str]:
    """What a module imports, and the attributes it uses, as dotted names."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{node.value.id}.{node.attr}")
    return found


def dotted(file: str) -> str:
    """The name by which the module in this file is imported."""
    parts = ["coopgraph", *file.removesuffix(".py").split("/")]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_only_the_store_opens_an_engine(root: Path) -> None:
    offenders = [
        name for name, tree in modules(root) if not name.startswith("store/") and names(tree) & {"pyoxigraph.Store"}
    ]
    assert offenders == []


def test_only_settings_reads_the_environment(root: Path) -> None:
    offenders = [name for name, tree in modules(root) if names(tree) & {"os.environ", "os.getenv", "os.environb"}]
    assert offenders == ["settings.py"]


def test_no_two_modules_need_each_other_not_even_for_types(root: Path) -> None:
    """The package's own name offers `open`, imported on demand, so it is left out: everybody imports the package."""
    known = {dotted(name): names(tree) for name, tree in modules(root)}
    needs = nx.DiGraph(
        (name, needed)
        for name, used in known.items()
        for one in used
        for needed in [one if one in known else one.rpartition(".")[0]]
        if needed in known and needed not in {name, "coopgraph"}
    )
    assert [sorted(circle) for circle in nx.strongly_connected_components(needs) if len(circle) > 1] == []


@pytest.mark.parametrize("bucket", ["utils", "util", "helpers", "common", "misc"])
def test_no_module_is_a_bucket(root: Path, bucket: str) -> None:
    assert not [name for name, _ in modules(root) if bucket in name.removesuffix(".py").split("/")]


def test_modules_can_be_read_in_one_sitting(root: Path) -> None:
    generated = {"vocabulary.py"}
    long = {
        str(file.relative_to(root)): count
        for file in (root / "src").rglob("*.py")
        if file.name not in generated and (count := len(file.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert long == {}


def test_every_package_says_what_its_room_is_for(root: Path) -> None:
    for file in (root / "src" / "coopgraph").rglob("__init__.py"):
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), file
