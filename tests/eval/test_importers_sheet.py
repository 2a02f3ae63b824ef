"""Sheets made by staff, worked by hand: headings, encodings, signs, cells, and faults by sheet, row and column."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from eval.dataset import GoldEvidence, GoldQuestion, load_dataset
from eval.importers import ImportOptions, ImportReport, import_dataset
from index.errors import DatasetError, MissingPackageError

HEADING = ["问题", "答案", "来源文件"]


def workbook(folder: Path, *rows: list[Any], **more: list[list[Any]]) -> Path:
    book = Workbook()
    sheets = {"题目": list(rows)} | more
    book.remove(book.worksheets[0])
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    path = folder / "staff.xlsx"
    book.save(path)
    book.close()
    return path


def imported(path: Path, **options: Any) -> tuple[tuple[GoldQuestion, ...], ImportReport]:
    out = path.parent / "out"
    report = import_dataset("sheet", path, out, ImportOptions(overwrite=True, **options))
    return load_dataset(out / "qa.jsonl"), report


def cell(folder: Path, **cells: Any) -> GoldQuestion:
    """The question of a workbook with one row."""
    cells = {"问题": "几家？"} | cells
    questions, _ = imported(workbook(folder, list(cells), list(cells.values())))
    return questions[0]


def test_a_row_is_a_question_and_the_file_alone_its_proof(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, ["题集 2026 年"], [], HEADING, ["甲市几家？", "12家", "jia.md"], [], ["乙市几家？", "3家"]
    )
    (one, two), report = imported(path)
    assert (one.id, one.question, one.type) == ("staff-题目-004", "甲市几家？", "other")
    assert (one.answers, one.evidence) == ((("12家",),), (GoldEvidence("jia.md"),))
    assert (two.id, two.answers, two.evidence) == ("staff-题目-006", (("3家",),), ())
    assert (report.questions, report.passages, report.skipped, report.notices) == (2, 0, (), ())


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        ("12家", [["12家"]]),
        ("12家/12所", [["12家", "12所"]]),
        ("车工；焊工;钳工", [["车工"], ["焊工"], ["钳工"]]),
        ("车工\n焊工/电焊工\n", [["车工"], ["焊工", "电焊工"]]),
        ("A/B|C", [["A/B", "C"]]),
        ("是｜对", [["是", "对"]]),
        ("2021/10/22", [["2021/10/22"]]),
        ("50元/月", [["50元/月"]]),
        ("50元/每人 / 五十元", [["50元/每人", "五十元"]]),
        ("12家/十二家/；3家", [["12家", "十二家"], ["3家"]]),
    ],
)
def test_signs_part_what_is_all_needed_and_what_will_do_as_well(
    tmp_path: Path, written: str, groups: list[list[str]]
) -> None:
    assert [list(group) for group in cell(tmp_path, 答案=written).answers] == groups


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (date(2024, 5, 1), "2024-05-01"),
        (datetime(2024, 5, 1, 8, 30), "2024-05-01T08:30:00"),
        (True, "是"),
        (" 三家 ", "三家"),
    ],
)
def test_a_cell_is_read_as_a_person_sees_it(tmp_path: Path, value: object, told: str) -> None:
    assert cell(tmp_path, 答案=value).answers == ((told,),)


def test_a_share_is_read_with_its_sign(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["问题", "答案"])
    sheet.append(["占多少？", 0.357])
    sheet["B2"].number_format = "0.0%"
    book.save(tmp_path / "s.xlsx")
    (question,), _ = imported(tmp_path / "s.xlsx")
    assert question.answers == (("35.7%",),)


def test_quotes_pair_with_their_files(tmp_path: Path) -> None:
    given = {"答案": "12家", "来源文件": "a.md；b.md", "原文": "甲市12家。\n乙市12家。"}
    assert cell(tmp_path, **given).evidence == (
        GoldEvidence("a.md", quote="甲市12家。"),
        GoldEvidence("b.md", quote="乙市12家。"),
    )
    # Within one file a quote may run over lines, and its signs are its own.
    one = cell(tmp_path, **given | {"来源文件": "a.md", "原文": "甲市；\n12家/所。"})
    assert one.evidence == (GoldEvidence("a.md", quote="甲市；\n12家/所。"),)


@pytest.mark.parametrize(
    ("told", "kind"), [("数字", "figure"), ("是否", "yesno"), ("figure", "figure"), ("口音", "口音")]
)
def test_types_are_told_in_chinese(tmp_path: Path, told: str, kind: str) -> None:
    assert cell(tmp_path, 答案="12家", 类型=told).type == kind


def test_a_question_may_have_a_file_alone_or_forbid_words(tmp_path: Path) -> None:
    assert cell(tmp_path, 答案=None, 来源="a.md").retrieval_only
    assert cell(tmp_path, 答案="12家", 不应出现="2家；3家").forbidden == ("2家", "3家")
    assert cell(tmp_path, 编号="甲-1", 答案="12家").id == "甲-1"


@pytest.mark.parametrize(
    ("yes", "reason"), [("是", "没有相关内容"), ("√", "no_content"), ("TRUE", None), (None, "没有内容")]
)
def test_a_row_may_say_that_there_is_no_answer(tmp_path: Path, yes: object, reason: object) -> None:
    question = cell(tmp_path, 不可回答=yes, 原因=reason)
    assert (question.unanswerable, question.type) == (True, "unanswerable")
    assert question.reason == ("no_content" if reason else None)


def test_every_fault_is_told_with_sheet_row_and_column(tmp_path: Path) -> None:
    heading = ["问题", "答案", "来源文件", "原文", "不可回答", "原因"]
    path = workbook(
        tmp_path,
        heading,
        ["好的？", "12家"],
        [None, "12家"],
        ["没答案？"],
        ["有原文？", "12家", None, "甲市12家。"],
        ["两份？", "12家", "a；b", "一行"],
        ["又答又拒？", "12家", None, None, "是"],
        ["也许？", None, None, None, "也许"],
        ["无理由？", None, None, None, "是", "心情不好"],
        ["有答案？", "12家", None, None, None, "无关"],
        ["标点？", "。"],
        ["公式？", "#REF!"],
    )
    _, report = imported(path)
    where = "staff.xlsx 工作表「题目」 第 {} 行"
    assert [each.where for each in report.skipped] == [where.format(number) for number in range(3, 13)]
    columns = [
        "「问题」",
        "「答案」",
        "「来源文件」",
        "「来源文件」",
        "「不可回答」",
        "「不可回答」",
        "「原因」",
        "「原因」",
    ]
    for fault, column in zip(report.skipped, columns, strict=False):
        assert column in fault.reason
    assert "应为 没有内容、" in report.skipped[6].reason
    assert "「心情不好」" in report.skipped[6].reason
    assert "answers[0][0]" in report.skipped[8].reason
    assert "「答案」列是出错的公式 #REF!" in report.skipped[9].reason


def test_every_worksheet_with_a_heading_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    more = {"二": [["题目（必填）", "标准答案*", "备注"], ["乙？", "3家", "x"]], "说明": [["填写说明"]]}
    path = workbook(tmp_path, HEADING, ["甲？", "12家"], **more)
    questions, report = imported(path)
    assert [each.question for each in questions] == ["甲？", "乙？"]
    assert [(each.where, each.text) for each in report.notices] == [
        ("staff.xlsx 工作表「二」 第 1 行", "不认识的列 备注 没有读取"),
        ("staff.xlsx 工作表「说明」", "前几行中没有含「问题」和「答案」的表头，这个工作表没有读取"),
    ]
    questions, _ = imported(path, sheet="二")
    assert [each.question for each in questions] == ["乙？"]
    with pytest.raises(DatasetError, match="没有工作表「三」，现有的是 题目、二、说明"):
        imported(path, sheet="三")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_text_tables_are_read_in_every_encoding_and_with_every_sign(tmp_path: Path, encoding: str, sign: str) -> None:
    rows = ["题集，2026 年；草稿", sign.join(HEADING), sign.join(['"甲市，几家？;有吗"', '"12家\n三所"', "甲.md"])]
    path = tmp_path / "staff.csv"
    path.write_bytes("\r\n".join([*rows, ""]).encode(encoding))
    (question,), _ = imported(path)
    assert (question.id, question.question) == ("staff-003", "甲市，几家？;有吗")
    assert question.answers == (("12家",), ("三所",))
    assert question.evidence == (GoldEvidence("甲.md"),)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", b"", r"a\.csv 的前 10 行中没有表头"),
        ("a.csv", "问题,来源文件\n几家？,a.md\n".encode(), r"a\.csv 的前 10 行中没有表头；表头应有「问题」和「答案」"),
        ("a.csv", '问题,答案\n几家？,"12家\n'.encode(), r"a\.csv 第 2 行附近的引号或分隔符有误"),
        ("a.csv", b"\xff\x00\x81", r"a\.csv 既不是 UTF-8 也不是 GB18030"),
        ("a.csv", "问题,答案\n".encode(), "没有可导入的题目（文件是空的）"),
        ("a.xlsx", b"PK\x03\x04 damaged", r"a\.xlsx 不是完好的 XLSX 文件"),
        ("a.xlsx", b"", r"a\.xlsx 不是完好的 XLSX 文件"),
        ("a.xls", b"\xd0\xcf\x11\xe0", r"a\.xls 的格式不支持；请另存为 \.xlsx 或 \.csv"),
    ],
)
def test_what_is_no_such_table_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DatasetError, match=told) as caught:
        imported(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_text_table_has_no_worksheets(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("问题,答案\n几家？,12家\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="没有工作表「一」"):
        imported(tmp_path / "a.csv", sheet="一")


def test_a_workbook_without_openpyxl_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, HEADING, ["甲？", "12家"])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingPackageError, match=r"pip install -c constraints\.txt -e \."):
        imported(path)
