"""Whose deed a clause tells."""

import pytest

from index.measures.level import first_actor, level_of, subject_in
from index.measures.naming import namings
from index.measures.standing import doubt


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("常州市总工会", "public"),
        ("常州市建成", "public"),
        ("某某机械公司", "enterprise"),
        ("常州市的某某机械公司", "enterprise"),
        ("常州市总工会推动机械公司", "public"),
        ("机械公司与常州市总工会", "enterprise"),
        ("市总工会走进机械公司", "public"),
        ("机械公司职工", ""),
        ("建成", ""),
    ],
)
def test_who_acts_last(text: str, expected: str) -> None:
    assert subject_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("常州市总工会联合某某公司举办", "public"),
        ("某某公司联合常州市总工会举办", "enterprise"),
        ("近日,顺丰与街道共建", "enterprise"),
        ("大家高高兴兴", ""),
    ],
)
def test_who_acts_first(text: str, expected: str) -> None:
    assert first_actor(text) == expected


def test_the_level_follows_the_place_unless_an_enterprise_acts() -> None:
    assert level_of("常州市", "public") == "city"
    assert level_of("常州市", "") == "city"
    assert level_of("江苏省", "") == "province"
    assert level_of("常州市", "enterprise") == "enterprise"
    assert level_of("中国南方电网公司", "") == "enterprise"
    assert level_of("甲市", "public") == "city"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("建成劳模创新工作室3个", True),
        ("劳模创新工作室领衔人李明", False),
        ("仪式在甲市工人文化宫举行", False),
        ("在劳模创新工作室里，", False),
        ("为进一步发挥劳模创新工作室作用，", False),
        ("围绕劳模创新工作室建设，", False),
        ("参观劳模创新工作室", False),
        ("为职工建立劳模创新工作室，", True),
    ],
)
def test_a_name_used_for_something_else_shows_nothing(clause: str, expected: bool) -> None:
    (naming,) = namings(clause)
    assert (doubt(clause, naming) == "") is expected
