"""The house keeps its shape: one direction of imports, short files, no print outside the hall."""

import ast
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("prompts", "index", "rag", "eval", "web", "tiktoken_ext")
# What each room may import of the others; `cli` is the hall above all of them.
MAY_IMPORT: dict[str, set[str]] = {
    "tiktoken_ext": {"index"},
    "prompts": set(),
    "index": {"prompts"},
    "rag": {"prompts", "index"},
    "eval": {"prompts", "index", "rag"},
    "web": {"prompts", "index", "rag"},
    "ui": {"prompts", "index", "rag", "web"},
    "commands": set(),
    "cli": {"prompts", "index", "rag", "eval", "web", "ui", "commands"},
}
FILE_CAP = 300
MEDIAN_CAP = 150


def room_of(path: Path) -> str:
    relative = path.relative_to(ROOT)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def sources() -> list[Path]:
    inside = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [*inside, ROOT / "ui.py", ROOT / "cli.py", ROOT / "commands.py"]


def imported_rooms(tree: ast.AST) -> set[str]:
    """Names of rooms imported anywhere in the file, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found & set(MAY_IMPORT)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    used = imported_rooms(ast.parse(path.read_text(encoding="utf-8"))) - {room}
    assert used <= MAY_IMPORT[room], f"{room} may not import {sorted(used - MAY_IMPORT[room])}"


def test_the_import_check_sees_imports_inside_functions() -> None:
    tree = ast.parse("def f():\n    from web.cards import card\n    import eval.measures\n")
    assert imported_rooms(tree) == {"web", "eval"}


def test_files_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    too_long = {str(path.relative_to(ROOT)): count for path, count in lengths.items() if count > FILE_CAP}
    assert not too_long
    assert median(lengths.values()) <= MEDIAN_CAP


def test_only_the_hall_prints() -> None:
    for path in sources():
        if path.name == "cli.py" or "training" in path.parts:
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        printing = [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
        assert not printing, f"{path.relative_to(ROOT)} prints on lines {printing}"


def test_nothing_is_pickled() -> None:
    for path in sources():
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert not names & {"pickle", "dill", "joblib", "shelve", "marshal"}, path
