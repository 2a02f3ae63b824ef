"""`changai matrix`: shows, filters, exports, checks a taxonomy, keeps corrections; one clear line for whatever is wrong."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from index.measures import choose_taxonomy
from tests.cli.told import Command, assert_one_clear_line

OWN = "技能形成\t产业学院\t\t家\t\t院校与企业共办。\t院系名称。\n"


@pytest.fixture(autouse=True)
def shipped_taxonomy() -> None:
    choose_taxonomy(None)


def test_filters_narrow_the_table(changai: Command, sample_index: Path) -> None:
    [every] = changai("matrix", "--json", "--index", sample_index).objects
    [adopted] = changai("matrix", "--json", "--state", "adopted", "--index", sample_index).objects
    [counties] = changai("matrix", "--json", "--level", "county", "--index", sample_index).objects
    [aspect] = changai("matrix", "--json", "--aspect", "互联网", "--index", sample_index).objects
    [recent] = changai("matrix", "--json", "--since", "2025", "--index", sample_index).objects
    assert every
    assert {cell["state"] for cell in adopted} == {"adopted"}
    assert {cell["level"] for cell in counties} == {"county"}
    assert {cell["aspect"] for cell in aspect} <= {"互联网"}
    assert 0 < len(recent) < len(every)
    assert len(adopted) < len(every)


def test_csv_and_xlsx_hold_every_cell(changai: Command, sample_index: Path, tmp_path: Path) -> None:
    [cells] = changai("matrix", "--json", "--place", "白银", "--index", sample_index).objects
    told = changai(
        "matrix", "--place", "白银", "--csv", tmp_path / "a.csv", "--xlsx", tmp_path / "a.xlsx", "--index", sample_index
    )
    assert (told.code, told.out) == (0, "")
    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == len(cells) + 1
    sheet = load_workbook(tmp_path / "a.xlsx")["证据"]
    assert sheet.max_row == sum(len(cell["evidence"]) for cell in cells) + 1


def test_a_taxonomy_is_checked(changai: Command, tmp_path: Path) -> None:
    assert changai("matrix", "check").code == 0
    own = tmp_path / "own.tsv"
    own.write_text(OWN, encoding="utf-8")
    assert "1 项举措" in changai("matrix", "check", own).out
    own.write_text(OWN + OWN + "x\n", encoding="utf-8")
    told = changai("matrix", "check", own)
    assert told.code == 1
    lines = told.out.splitlines()
    assert [line.split("列")[0] for line in lines] == ["own.tsv 第 2 行第 2 ", "own.tsv 第 3 行有 1 "]
    assert "2 处" in told.last


def test_an_offices_own_taxonomy_is_used_and_named_where_it_is_wrong(
    changai: Command, own_index: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.tsv"
    own.write_text(OWN, encoding="utf-8")
    told = changai("matrix", "--json", "--measures", own, "--index", own_index)
    [cells] = told.objects
    assert {cell["measure"] for cell in cells} == {"产业学院"}
    assert "重新整理" in told.err
    assert "重新整理" not in changai("matrix", "--json", "--measures", own, "--index", own_index).err
    own.write_text("x\n", encoding="utf-8")
    assert_one_clear_line(changai("matrix", "--measures", own, "--index", own_index), "第 1 行")


def test_corrections_are_kept_shown_and_exported(changai: Command, own_index: Path, tmp_path: Path) -> None:
    cell = ("--place", "白银", "--measure", "院士专家工作站", "--index", own_index)
    assert changai("matrix", "amend", *cell, "--figure", "25", "--reason", "市里核对").code == 0
    [[amended]] = changai("matrix", "--json", *cell).objects
    assert (amended["figure"], amended["correction"]["reason"]) == ("25", "市里核对")
    assert "已更正" in changai("matrix", *cell).out
    told = changai("matrix", "corrections", "--export", tmp_path / "cases.jsonl", "--index", own_index)
    assert told.code == 0
    (line,) = (tmp_path / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["answers"] == [["25个"]]
    assert changai("matrix", "reject", *cell, "--reason", "没有这回事").code == 0
    [[rejected]] = changai("matrix", "--json", *cell).objects
    assert (rejected["state"], rejected["correction"]["action"]) == ("uncertain", "reject")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("confirm", "--place", "白银"), "--reason"),
        (("amend", "--place", "白银", "--measure", "院士专家工作站", "--reason", "核对"), "没有说改成什么"),
        (("confirm", "--place", "白银", "--measure", "院士专家工作站", "--reason", "对", "--figure", "3"), "amend"),
        (("amend", "--place", "白银", "--measure", "院士专家工作站", "--reason", "对", "--figure", "很多"), "不是数字"),
        (("confirm", "--place", "拉萨", "--measure", "院士专家工作站", "--reason", "对"), "没有「拉萨市」"),
        (("confirm", "--place", "白银", "--measure", "没有这项", "--reason", "对"), "没有名为「没有这项」"),
        (("corrections", "--export", "cases.jsonl"), "还没有有效的更正"),
        (("reject", "文件"), "只有 check"),
        (("--since", "去年"), "四位数字"),
        (("check", "没有.tsv"), "读不出来"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(
    changai: Command, sample_index: Path, words: tuple[str, ...], said: str
) -> None:
    told = changai("matrix", *words, "--index", sample_index)
    assert told.code == 1
    assert_one_clear_line(told, said)
