"""What is looked at of a clause: who works near the measure, who else is served, and why it may be no proof."""

import pytest
from fakes.library import made_document

from index.chunking import chunk_document
from index.measures.evidence import counted, weighed_of
from index.measures.weighing import Weights
from index.settings import Settings


def features_of(text: str, measure: str) -> dict[str, float]:
    document = made_document(text, "常州市", title="常州市的一件事")
    groups = weighed_of(document, chunk_document(document, Settings()))
    return next(group.features for group in groups if group.found[0].evidence.measure == measure)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("常州市建成职工书屋。", "workers in name"),
        ("常州市为员工开办托管班。", "workers in clause"),
        ("常州市服务员工，开办托管班。", "workers in sentence"),
        ("常州市开办托管班。后来很多员工来了。", "workers in document"),
        ("常州市开办托管班。", "workers nowhere"),
    ],
)
def test_those_who_work_are_looked_for_near_the_name(text: str, nearest: str) -> None:
    measure = "职工书屋" if "书屋" in text else "子女托管"
    told = [name for name in features_of(text, measure) if name.startswith("workers ") and name != "workers before"]
    assert nearest in told


def test_others_who_are_served_are_told_where_no_worker_stands_in_the_clause() -> None:
    assert "pupils for" in features_of("常州市为小学生开办托管班。", "子女托管")
    assert not [name for name in features_of("常州市为员工开办托管班。", "子女托管") if name.endswith(" for")]


def test_a_clause_in_doubt_is_weighed_only_where_nothing_clearer_is_told() -> None:
    assert "doubt=looked at" in features_of("一行人参观常州市工匠学院。", "工匠学院")
    both = features_of("一行人参观常州市工匠学院。常州市建成工匠学院3家。", "工匠学院")
    assert "doubt=" in both
    assert "doubt=looked at" not in both


def test_the_weights_decide_what_counts_and_whose_it_is() -> None:
    document = made_document("常州市建成工匠学院3家。", "常州市")
    groups = weighed_of(document, chunk_document(document, Settings()))
    yes: Weights = {"shown": {"bias": 9.0}, "hinted": {"bias": -9.0}, "enterprise": {"bias": -9.0}}
    assert [one.level for one in counted(groups, yes)] == ["city"]
    assert [one.level for one in counted(groups, {**yes, "enterprise": {"bias": 9.0}})] == ["enterprise"]
    assert not counted(groups, {**yes, "shown": {"bias": -9.0}})


def test_whom_a_deed_is_for_is_looked_at_measure_by_measure() -> None:
    told = features_of("常州市为小学生开办托管班。", "子女托管")
    assert told["子女托管: pupils for"] == told["pupils for"] == 1.0


def test_a_word_that_only_hints_is_weighed_by_weights_of_its_own() -> None:
    document = made_document("常州市某街道给工地搬去西瓜。", "常州市")
    groups = weighed_of(document, chunk_document(document, Settings()))
    assert [group.is_hinted for group in groups] == [True]
    yes: Weights = {"shown": {"bias": -9.0}, "hinted": {"bias": 9.0}, "enterprise": {"bias": -9.0}}
    assert [one.measure for one in counted(groups, yes)] == ["高温慰问"]
    assert not counted(groups, {**yes, "hinted": {"bias": -9.0}})


def test_a_hint_counts_for_nothing_where_the_measure_is_named() -> None:
    document = made_document("常州市总工会为环卫工人送去清凉物资。随后工地上也分到了西瓜。", "常州市")
    groups = weighed_of(document, chunk_document(document, Settings()))
    group = next(one for one in groups if one.found[0].evidence.measure == "高温慰问")
    assert not group.is_hinted
    assert all("西瓜" not in one.evidence.quote for one in group.found)
