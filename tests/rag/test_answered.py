"""The person or the thing that an answer named is whom or what the next question points at."""

import pytest

from rag.answered import person, thing
from rag.history import standalone
from rag.types import Turn


@pytest.mark.parametrize(
    ("previous", "answered", "expected"),
    [
        ("厂里的焊工代表是谁？", "是刘晓竹。", "刘晓竹"),
        ("仪表厂是谁办的？", "东溪镇金庄村人吴建德。", "吴建德"),
        ("谁谈到缺人？", "玛丽亚·彼得洛娃。", "玛丽亚·彼得洛娃"),
        ("谁出席了启动仪式？", "副局长谢建祥等。", "谢建祥"),
        ("谁说要先学规矩再学手艺？", "刘晓竹说的。", "刘晓竹"),
        ("谁讲的课？", "张建国、李卫东。", ""),
        ("感谢工会的李国强是谁？", "他是某某公司的人。", ""),
        ("厂里有多少人？", "王建国说有九十人。", ""),
    ],
)
def test_one_person_is_named_or_none(previous: str, answered: str, expected: str) -> None:
    assert person(previous, answered) == expected


@pytest.mark.parametrize(
    ("previous", "answered", "expected"),
    [
        ("公司在海外有什么典型项目？", "东湾港口城。", "东湾港口城"),
        ("她毕业后进了哪家公司？", "去了东湾公司。", "东湾公司"),
        ("公司在海外有什么典型项目？", "一座港口城，还有三条铁路和一个机场。", ""),
        ("厂里的代表是谁？", "是王建国。", ""),
    ],
)
def test_one_thing_in_few_words_is_named_or_none(previous: str, answered: str, expected: str) -> None:
    assert thing(previous, answered) == expected


def test_a_pointer_stands_for_the_thing_that_was_named() -> None:
    history = [Turn("user", "公司在海外有什么典型项目？"), Turn("assistant", "东湾港口城。")]
    assert "东湾港口城能住多少人" in standalone("那边能住多少人", history).text


def test_his_is_joined_without_a_comma() -> None:
    history = [Turn("user", "东站机修车间的伍建章以前是干啥的？"), Turn("assistant", "当过兵。")]
    assert "，的" not in standalone("他的人生信条是什么？", history).text


def test_a_body_does_what_is_asked_and_not_the_place_in_its_name() -> None:
    history = [Turn("user", "常州远航市政公司干得怎么样？"), Turn("assistant", "不错。")]
    assert standalone("2017年起它修了些啥", history).text.startswith("常州远航市政公司")
