import dataclasses
import json
from pathlib import Path

import pytest

from index.errors import MissingPathError
from index.inspect import inspect, inspection_lines
from tests.index.pages import REPORT

PAGE = (
    "甲市产改见成效\n当前位置：首页 > 新闻 > 正文\n来源：甲市日报 2023-05-06\n"
    f"{REPORT}全市聚集了余家企业。返回搜狐，查看更多\n责任编辑：王一\n"
)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "甲市.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_what_was_taken_is_listed_with_its_reason(saved: Path) -> None:
    (document,) = inspect(saved).documents
    assert [(part.text, part.reason) for part in document.noise] == [
        ("当前位置：首页 > 新闻 > 正文", "导航菜单"),
        ("返回搜狐，查看更多", "导航菜单"),
        ("责任编辑：王一", "责任编辑"),
    ]
    assert all(document.text[part.start : part.end] == part.text for part in (*document.noise, *document.holes))
    assert [hole.text for hole in document.holes] == ["全市聚集了余家企业。"]
    assert (document.title, document.published) == ("甲市产改见成效", "2023-05-06")


def test_shares_count_visible_characters(saved: Path) -> None:
    (document,) = inspect(saved).documents
    taken = {"导航菜单": len("当前位置：首页>新闻>正文") + len("返回搜狐，查看更多"), "责任编辑": len("责任编辑：王一")}
    assert {share.reason: share.characters for share in document.shares} == taken
    assert document.characters == len("".join(PAGE.split()))
    assert document.kept == document.characters - sum(taken.values())


def test_the_report_shows_every_line_once_and_marks_the_noise(saved: Path) -> None:
    lines = inspection_lines(inspect(saved), full=True)
    assert "－「导航菜单」当前位置：首页 > 新闻 > 正文" in lines
    assert "－「责任编辑」责任编辑：王一" in lines
    assert "？全市聚集了余家企业。〔－导航菜单：返回搜狐，查看更多〕" in lines
    for paragraph in REPORT.strip().split("\n"):
        assert f"　{paragraph}" in lines


def test_long_paragraphs_are_shortened_unless_all_is_asked_for(tmp_path: Path) -> None:
    paragraph = "".join(REPORT.split())
    path = tmp_path / "a.txt"
    path.write_text(f"甲市产改见成效\n{paragraph}\n", encoding="utf-8")
    inspection = inspect(path)
    assert any("（略 " in line for line in inspection_lines(inspection))
    assert f"　{paragraph}" in inspection_lines(inspection, full=True)


def test_each_document_of_a_corpus_has_its_section(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [{"id": str(number), "title": f"第{number}篇", "text": REPORT} for number in range(4)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{damaged\n", encoding="utf-8")
    inspection = inspect(path, most=3)
    lines = inspection_lines(inspection)
    assert [document.title for document in inspection.documents] == ["第0篇", "第1篇", "第2篇"]
    assert inspection.left_out == 1
    assert "另有 1 篇没有列出。" in lines
    assert sum(line.startswith("未读：") for line in lines) == 1


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    inspection = inspect(path)
    assert inspection.documents == ()
    assert any("空文件" in line for line in inspection_lines(inspection))


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingPathError):
        inspect(tmp_path / "absent.txt")


def test_signs_that_steer_a_terminal_are_not_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"甲市\u202e产改\x1b[31m见成效\n{REPORT}", encoding="utf-8")
    assert not any(sign in line for line in inspection_lines(inspect(path), full=True) for sign in "\x1b\u202e")


def test_an_inspection_is_plain_json(saved: Path) -> None:
    again = json.loads(json.dumps(dataclasses.asdict(inspect(saved)), ensure_ascii=False))
    assert again["documents"][0]["noise"][0]["reason"] == "导航菜单"
