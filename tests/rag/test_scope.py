"""What a question asks of the rows of a table."""

import pytest

from rag.question import understand
from rag.scope import Scope, asks_who_leads, scope_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("哪些城市建成了工匠学院？", "city"),
        ("江苏哪些市建了工匠学院？", "city"),
        ("有几个城市建了工匠学院？", "city"),
        ("哪些省建了工匠学院？", "province"),
        ("哪几个区县建了工匠学院？", "county"),
        ("哪些企业建了创新工作室？", "enterprise"),
        ("哪些地方建了工匠学院？", "any"),
        ("哪些市支持企业自己评技能等级，各有多少家企业？", "city"),
    ],
)
def test_what_a_row_is(question: str, kind: str) -> None:
    assert scope_of(understand(question)).kind == kind


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("2021年以来哪些城市建了工匠学院？", "2021", ""),
        ("哪些城市2022年建成了工匠学院？", "2022", "2022"),
        ("截至2023年哪些城市建了工匠学院？", "", "2023"),
        ("2020年以前哪些城市建了工匠学院？", "", "2020"),
        ("哪些城市建了工匠学院？", "", ""),
    ],
)
def test_years_that_restrict(question: str, since: str, until: str) -> None:
    scope = scope_of(understand(question))
    assert (scope.since, scope.until) == (since, until)


def test_a_year_lies_between_the_asked_ones() -> None:
    scope = Scope(since="2021", until="2023")
    assert [scope.holds_year(year) for year in ("2020", "2021", "2023", "2024", "")] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert Scope().holds_year("")
    assert scope.without_years().holds_year("2020")


def test_state_and_order() -> None:
    assert scope_of(understand("哪些城市建了工匠学院？只算已经落实的")).done_only
    assert scope_of(understand("哪些城市计划建工匠学院？")).planned_only
    assert scope_of(understand("哪个城市的工匠学院最多？")).order == "figure"
    assert scope_of(understand("哪个城市的工匠学院最少？")).order == "least"
    assert scope_of(understand("哪个城市最早建工匠学院？")).order == "year"


def test_who_leads_without_a_place() -> None:
    assert asks_who_leads(understand("谁的工匠学院最多？"))
    assert asks_who_leads(understand("工匠学院最少的城市是哪个？"))
    assert not asks_who_leads(understand("常州的工匠学院最多有几家？"))
    assert not asks_who_leads(understand("谁的工资最高？"))
