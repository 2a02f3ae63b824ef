"""A time, a number, a bound or a thing of a follow-up takes the place of that of the last question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.counterpart import exchanged, of_its_kind
from rag.history import standalone
from rag.types import Turn


def asked(earlier: str, current: str, told: str = "有四家。") -> str:
    return standalone(current, [Turn("user", earlier), Turn("assistant", told)]).text


@pytest.mark.parametrize(
    ("earlier", "current", "expected"),
    [
        ("常州现在有多少名首席技师？", "那三年前呢？", "常州三年前有多少名首席技师？"),
        ("甲国2年期债券现在比短期债券低多少？", "两周前低多少？", "甲国2年期债券两周前比短期债券低多少？"),
        ("白银2002年人均产值多少？", "现在呢", "白银现在人均产值多少？"),
        ("工人讲堂7、8月安排谁讲厂史？", "那9月份请谁来讲？", "工人讲堂9月份请谁来讲？"),
        ("职工书屋周末几点关门？", "平常日子几点关？", "职工书屋平常日子几点关门？"),
        ("专家说去年技工外出的有多少？", "那今年上半年呢？", "专家说今年上半年技工外出的有多少？"),
    ],
)
def test_a_time_is_exchanged_and_not_added(earlier: str, current: str, expected: str) -> None:
    assert asked(earlier, current) == expected


@pytest.mark.parametrize(
    ("earlier", "current", "expected"),
    [
        ("甲厂合作协议第二条讲什么？", "第五条呢？", "甲厂合作协议第五条讲什么？"),
        ("老厂长说的第三个坚持是什么？", "那第四个具体怎么做？", "老厂长说的第四个坚持，具体怎么做？"),
        ("红色研学第一站去哪？", "第二站呢？", "红色研学第二站去哪？"),
        ("技能协会第十届会长是谁？", "那最后一届呢？", "技能协会最后一届会长是谁？"),
        ("师傅说30到40岁该学什么？", "40到50岁呢？", "师傅说40到50岁该学什么？"),
        ("县里百岁以上老人有多少？", "90岁往上的呢", "县里90岁往上老人有多少？"),
    ],
)
def test_an_ordinal_and_a_bound_are_exchanged(earlier: str, current: str, expected: str) -> None:
    assert asked(earlier, current) == expected


@pytest.mark.parametrize(
    ("earlier", "current", "expected"),
    [
        ("个人缴费，每月养老保险交多少？", "那失业保险呢", "个人缴费，每月失业保险交多少？"),
        ("技能知识赛职工组初赛哪天？", "企业组呢", "技能知识赛企业组初赛哪天？"),
        ("甲国前五个月对乙国的出口降多少？", "对丙国的呢？", "甲国前五个月对丙国的出口降多少？"),
        ("来县里就业的硕士买房奖多少？", "本科生呢？", "来县里就业的本科生买房奖多少？"),
        ("北京宏图远大被罚多少？", "那明日科技呢", "北京明日科技被罚多少？"),
        ("张师傅在哪上班？", "底薪呢", "张师傅上班的底薪是多少？"),
    ],
)
def test_a_thing_takes_the_place_of_one_of_its_kind(earlier: str, current: str, expected: str) -> None:
    assert asked(earlier, current) == expected


def test_what_stands_before_the_exchanged_part_is_known_and_the_rest_is_asked() -> None:
    told = standalone("第五条呢？", [Turn("user", "甲厂合作协议第二条讲什么？"), Turn("assistant", "讲质量。")])
    assert (told.background, told.asked) == ("甲厂合作协议", "第五条讲什么？")


def test_what_somebody_thinks_of_a_place_is_not_the_last_question_of_that_place() -> None:
    told = asked("李明什么时候进的厂？", "他觉得常州的同行咋样", "小时候。")
    assert "什么时候" not in told and told.startswith("李明")


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_slot_and_question_are_taken(slot: str, previous: str) -> None:
    assert isinstance(exchanged(slot, previous) or of_its_kind(slot, previous), str)


@pytest.mark.parametrize(
    ("earlier", "current", "expected"),
    [
        ("甲省经济开发区东区面积多少？", "南区呢？", "甲省经济开发区南区面积多少？"),
        ("去年纺织工平均时薪环比涨多少？", "时薪同比呢？", "去年纺织工平均时薪同比涨多少？"),
        ("监察队管不管拖欠加班费？", "那扣押身份证的呢？", "监察队管不管扣押身份证的？"),
        ("去年女性失业率多少？", "男的呢？", "去年男性失业率多少？"),
    ],
)
def test_the_word_of_the_same_kind_is_exchanged_whole(earlier: str, current: str, expected: str) -> None:
    assert asked(earlier, current) == expected
