"""Who asks about one employer is not told of another one beside it."""

from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from rag.extract import rank
from rag.other_employer import of_the_named_one
from rag.question import understand
from rag.retriever import passages
from rag.terms import weigh

COMMON = [
    "宜宾市",
    "绵阳市",
    "德阳市",
    "广元市",
    "遂宁市",
    "内江市",
    "南充市",
    "眉山市",
    "达州市",
    "雅安市",
    "巴中市",
    "资阳市",
    "自贡市",
]
MADE = [
    made_document(
        "乐山市的鸣翠谷园区按技能给焊工定工资，每年谈一次。\n乐山市的宏远机械公司按技能给焊工定工资，分成五级。\n职工代表参加了会议。",
        "乐山市",
    ),
    # How wages are settled is said so often that it is nobody's own name.
    *(made_document(f"{place}按技能给焊工定工资。", place) for place in COMMON),
]


@pytest.mark.parametrize(
    ("question", "kept"), [("鸣翠谷园区怎么给焊工定工资？", False), ("乐山怎么给焊工定工资？", True)]
)
def test_another_employer_is_left_out_where_one_is_named(tmp_path: Path, question: str, kept: bool) -> None:
    with made_library(tmp_path / "index", MADE) as library:
        asked = understand(question)
        found = passages(library, asked, 10)
        every = rank(asked, weigh(asked, library), found)
        told = "".join(each.text for each in of_the_named_one(asked, every, library))
    assert "鸣翠谷" in told
    assert ("宏远" in told) == kept
