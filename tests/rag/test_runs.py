"""Runs of clauses are never torn from what they depend on."""

import pytest
from fakes.library import made_document

from index.chunking import chunk_document
from index.settings import Settings
from rag.lines import lines
from rag.question import understand
from rag.runs import runs
from rag.types import Passage


def told(text: str, asked: str) -> list[str]:
    document = made_document(text)
    (line,) = [line for chunk in chunk_document(document, Settings()) for line in lines(Passage(chunk, document, 1.0))]
    return ["".join(clause.text for clause in run) for run in runs(understand(asked), line.clauses)]


@pytest.mark.parametrize(
    "waiting",
    [
        "如果想报名夜校，",
        "为了方便倒班职工，",
        "经校务会议研究，",
        "在开学后的第三天，",
        "暑假期间，",
        "一旦学员满额，",
    ],
)
def test_a_clause_that_waits_for_another_is_no_run_by_itself(waiting: str) -> None:
    found = told(f"{waiting}学校加开两个班，另聘教师四人。", "夜校加开几个班？")
    assert waiting not in found
    assert f"{waiting}学校加开两个班，" in found


def test_a_clause_that_stands_by_itself_is_a_run() -> None:
    assert "为学员三百人开了课，" in told("夜校去年开门，为学员三百人开了课，还聘了教师。", "夜校有多少学员？")


def test_a_clause_that_tells_when_alone_ends_no_run() -> None:
    found = told("学校有学员四百人；到2022年6月，夜校开了五个班。", "夜校开了几个班？")
    assert not any(each.endswith("到2022年6月，") for each in found)
    assert "到2022年6月，夜校开了五个班。" in found


def test_how_a_sum_is_paid_belongs_to_the_sum() -> None:
    found = told("学校奖励教师三万元，分三年发放，另送书籍五本。", "学校奖励教师多少钱？")
    assert "学校奖励教师三万元，" not in found
    assert "学校奖励教师三万元，分三年发放，" in found
