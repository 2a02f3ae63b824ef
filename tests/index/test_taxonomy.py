"""The taxonomy of measures: what the shipped file holds, and what a damaged one says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import measures as taxonomy
from index.errors import SettingsError
from index.measures import ASPECTS, measures
from index.normalise import search_form

Write = Callable[[str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Puts another taxonomy in the place of the shipped one, for one test."""
    path = tmp_path / "measures.tsv"
    monkeypatch.setattr(taxonomy, "TAXONOMY", path)

    def written(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        measures.cache_clear()

    yield written
    measures.cache_clear()


def test_the_shipped_taxonomy_has_every_aspect_and_no_name_twice() -> None:
    found = measures()
    assert {measure.aspect for measure in found} == set(ASPECTS)
    names = [measure.name for measure in found]
    assert len(names) == len(set(names))


def test_no_alias_stands_for_two_measures() -> None:
    bearers: dict[str, set[str]] = {}
    for measure in measures():
        for alias in measure.aliases:
            bearers.setdefault(alias, set()).add(measure.name)
    assert {alias: names for alias, names in bearers.items() if len(names) > 1} == {}


def test_a_measure_is_said_by_its_name_and_by_every_alias() -> None:
    for measure in measures():
        assert measure.said_in(search_form(f"该市推行{measure.name}。"))
        assert all(measure.said_in(f"该市推行{alias}。") for alias in measure.aliases)
        assert not measure.said_in(search_form("红烧肉"))


def test_aliases_are_in_the_search_form(write: Write) -> None:
    write("技能形成\t產業學院\t産業 學院（甲）\t家\n")
    (measure,) = measures()
    assert measure.aliases[0] == "产业学院"
    assert measure.said_in(search_form("学院(甲)"))
    assert measure.unit == "家"


def test_comments_and_blank_lines_are_passed_over(write: Write) -> None:
    write("# 方面\t名称\t别名\t单位\n\n技能形成\t产业学院\t\t家\n")
    assert [measure.name for measure in measures()] == ["产业学院"]


@pytest.mark.parametrize(
    "line",
    ["技能形成\t产业学院\t家", "技能形成\t产业学院\t\t家\t多一列", "别的方面\t产业学院\t\t家", "技能形成 产业学院  家"],
)
def test_a_line_out_of_form_is_named_with_its_number(write: Write, line: str) -> None:
    write(f"# 表头\n技能形成\t工匠学院\t\t家\n{line}\n")
    with pytest.raises(SettingsError, match=r"measures\.tsv 第 3 行") as raised:
        measures()
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)
