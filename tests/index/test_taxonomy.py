"""The taxonomy of measures: what the shipped file holds, an office's own file, and what a damaged one says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.errors import SettingsError
from index.measures import ASPECTS, choose_taxonomy, measure_named, measures
from index.measures.taxonomy import TAXONOMY, problems, taxonomy_digest
from index.normalise import search_form

Write = Callable[[str], Path]
LINE = "技能形成\t产业学院\t\t家\t\t院校与企业共办。\t院系名称。\n"


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Write]:
    """Writes a taxonomy of the test's own, which every test gives up at its end."""
    made = []

    def written(text: str) -> Path:
        path = tmp_path / f"measures-{len(made)}.tsv"
        path.write_text(text, encoding="utf-8")
        made.append(path)
        return path

    yield written
    choose_taxonomy(None)


def test_the_shipped_taxonomy_has_every_aspect_and_no_fault() -> None:
    found = measures()
    assert {measure.aspect for measure in found} == set(ASPECTS)
    assert len(found) >= 60
    assert list(problems(TAXONOMY)) == []


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


def test_an_offices_own_file_takes_the_place_of_the_shipped_one(write: Write) -> None:
    choose_taxonomy(write(f"# 方面\t名称\n\n{LINE}技能形成\t産業工坊\t産業 工坊（甲）\t家 个\t工坊街\t甲\t乙\n"))
    first, second = measures()
    assert (first.name, first.unit, first.counts) == ("产业学院", "家", "院校与企业共办。")
    assert second.aliases[0] == "产业工坊"
    assert second.units == ("家", "个")
    assert second.said_in(search_form("工坊(甲)"))
    assert measure_named("工匠学院") is None
    choose_taxonomy(None)
    assert measure_named("工匠学院") is not None


def test_a_phrase_that_is_not_the_measure_does_not_say_it(write: Write) -> None:
    choose_taxonomy(write("支撑保障\t职工宿舍\t宿舍\t\t学生宿舍\t\t\n"))
    (measure,) = measures()
    assert measure.said_in("为职工建宿舍")
    assert not measure.said_in("翻修学生宿舍")
    assert measure.said_in("学生宿舍之外另建宿舍")


def test_the_digest_changes_with_the_names_and_not_with_the_notes(write: Write) -> None:
    choose_taxonomy(write(LINE))
    digest = taxonomy_digest()
    choose_taxonomy(write(LINE.replace("院系名称", "别的说明") + "# 备注\n"))
    assert taxonomy_digest() == digest
    choose_taxonomy(write(LINE.replace("产业学院\t\t", "产业学院\t现代产业学院\t")))
    assert taxonomy_digest() != digest


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("技能形成\t产业学院\t\t家", "有 4 列，应为 7 列"),
        (LINE.strip() + "\t多一列", "有 8 列，应为 7 列"),
        (LINE.strip().replace("技能形成", "别的方面"), "第 1 列方面「别的方面」不在五个方面里"),
        (LINE.strip().replace("产业学院", "工匠学院"), "第 2 列名称「工匠学院」与第 2 行重复"),
        (LINE.strip().replace("产业学院", "院"), "第 2 列名称「院」太短"),
        (
            LINE.strip().replace("产业学院\t", "产业学院\t工匠学院"),
            "第 3 列别名「工匠学院」已是第 2 行「工匠学院」的名称",
        ),
    ],
)
def test_a_line_out_of_form_is_named_with_line_column_and_remedy(write: Write, line: str, said: str) -> None:
    path = write(f"# 表头\n{LINE.replace('产业学院', '工匠学院')}{line}\n")
    found = list(problems(path))
    assert found
    assert found[0].startswith(f"{path.name} 第 3 行")
    assert said in found[0]
    assert "请" in found[0]
    with pytest.raises(SettingsError, match="第 3 行") as raised:
        choose_taxonomy(path)
    assert "\n" not in str(raised.value)
    assert measure_named("劳动和技能竞赛") is not None


def test_a_file_that_cannot_be_read_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="读不出来"):
        choose_taxonomy(tmp_path / "没有.tsv")
    bad = tmp_path / "坏.tsv"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="UTF-8"):
        choose_taxonomy(bad)
