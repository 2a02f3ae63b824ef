"""Wordings that reports use for one thing are read as one."""

import pytest

from rag.wording import plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全市头一例", "全市首例"),
        ("第一批名单", "首批名单"),
        ("焊工冠军", "焊工第一名"),
        ("近三成职工", "近30%职工"),
        ("不得低于五百元", "不能少于500元"),
        ("最长不超过两年", "最多两年"),
        ("上半年完工", "前六个月完工"),
        ("比上年增长8%", "同比增长8%"),
        ("人力资源和社会保障局", "人社局"),
        ("一万元以上五万元以下", "1万元至5万元"),
    ],
)
def test_two_wordings_of_one_thing_are_read_alike(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"), [("首席技师", "第一席技师"), ("成立三年", "30%立三年"), ("所有制", "全部制")]
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@pytest.mark.parametrize(
    "text", ["头一例，三成以上", "不得少于60学时", "最多补助2万元，一年里", "较上一年增长，前八个月"]
)
def test_reading_a_text_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
