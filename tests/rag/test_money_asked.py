"""A sum is told only of the thing that it is asked of."""

import pytest
from fakes.library import made_document, made_library

from rag.chain import make_chain
from rag.money_asked import asked_of, without_the_asked
from rag.question import understand


@pytest.mark.parametrize(
    ("asked", "things"),
    [
        ("新余市最低工资多少钱", ("最低工资",)),
        ("新余的生育津贴一年能领多少钱", ("生育", "津贴")),
        ("新余夜班费一共发了多少钱", ("夜班费",)),
        ("新余体检要花多少钱", ("体检",)),
        ("新余医保一年交多少", ("医保",)),
        # Who gives or gets it, and a deed beside which something else is named, are no thing that the sum is of.
        ("新余市总工会每年拿出多少钱", ()),
        ("给每个学徒发多少钱", ()),
        ("评上了给发多少钱", ()),
        ("新余有多少家企业", ()),
    ],
)
def test_the_thing_that_a_sum_is_asked_of(asked: str, things: tuple[str, ...]) -> None:
    assert asked_of(understand(asked).search) == things


@pytest.mark.parametrize(
    ("asked", "known", "missing"),
    [
        ("新余市房价多少钱", "五年里投入800万元。", True),
        ("新余市住房补贴多少钱", "租房的补助每月500元。", False),
        ("新余市住房补贴多少钱", "培训的补助每人500元。", True),
        ("新余市培训费多少钱", "培训费用由企业返还，共300万元。", False),
    ],
)
def test_a_thing_that_is_never_said(asked: str, known: str, missing: bool) -> None:
    assert without_the_asked(understand(asked), known) is missing


def test_the_sum_of_another_thing_is_not_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "## 培训\n\n新余市发放培训补贴430万元。\n\n## 办学\n\n新余市引进投资6亿元，办起一所技工学院。"
    with made_library(tmp_path_factory.mktemp("money") / "index", [made_document(text, "新余市")]) as library:
        chain = make_chain(library)
        for asked in ("新余市取暖费多少钱", "新余市最低工资多少钱", "取暖费多少钱"):
            answer = chain.invoke({"question": asked})
            assert answer.refused, asked
            assert "万元" not in answer.text + "".join(answer.suggestions)
        assert "430万元" in chain.invoke({"question": "新余市培训补贴发了多少钱"}).text


def test_a_sum_without_a_place_is_told_as_that_of_one_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    documents = [
        made_document("新余市给带徒弟的师傅每年津贴2400元。", "新余市"),
        made_document("绵阳市建成职工食堂3个。", "绵阳市"),
    ]
    with made_library(tmp_path_factory.mktemp("placeless") / "index", documents) as library:
        told = make_chain(library).invoke({"question": "师傅带徒弟一年津贴多少钱"})
        assert "2400元" in told.text
        assert "这里说的是新余市的情况" in told.notice
