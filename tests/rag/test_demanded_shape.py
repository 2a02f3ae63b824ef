"""The sort of thing that is asked for stands in what is told."""

import pytest

from rag.demanded_shape import without_the_shape
from rag.question import understand


@pytest.mark.parametrize(
    ("text", "told", "missing"),
    [
        ("想免费问律师打哪个号", "我在工地摔伤了，不知道怎么办。", True),
        ("想免费问律师打哪个号", "可以拨打12348咨询。", False),
        ("食堂早上几点开门？", "食堂有四个窗口。", True),
        ("食堂早上几点开门？", "食堂早上6点半开门。", False),
        ("改革抓住了哪几点？", "薪酬和培训。", False),
        ("他定的啥罪？", "他私刻了公章。", True),
        ("报这个岗位学历够不够？", "平台为人才送政策。", True),
        ("报这个岗位学历够不够？", "面向博士招聘。", False),
        ("赔偿照着哪部法来？", "公司制造电器。", True),
        ("电影是哪部？", "放的是一部老片。", False),
        ("工会在哪条街办公？", "协会会长这样说。", True),
        ("这个院子有多少年了", "去年6月起改造院子。", True),
        ("这个院子有多少年了", "这是有着40多年的家属区。", False),
        ("他提过涨哪样补贴？", "他每次先听民情。", True),
        ("养老护理员多少岁以下能考？", "考试有三门。", True),
    ],
)
def test_what_is_asked_for_is_of_its_sort(text: str, told: str, missing: bool) -> None:
    assert without_the_shape(understand(text), told) is missing


def test_of_several_questions_one_shape_is_not_demanded() -> None:
    assert not without_the_shape(understand("食堂几点开门，有哪些菜，多少钱一份？"), "食堂有红豆汤。")
