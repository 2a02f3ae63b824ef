"""How characters sound: readings by hand, and what is folded into one."""

import pytest

from rag.pinyin import folded, readings, sound_alike, sounds, spelled, syllables


def test_every_common_character_has_a_reading_and_the_usual_one_comes_first() -> None:
    table = readings()
    assert len(table) == 6763
    assert table["工"] == ("gong",)
    assert table["行"] == ("xing", "hang")
    assert table["女"] == ("nv",)
    assert table["率"][0] == "lv"
    assert "shuai" in table["率"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("zheng", "zen"), ("shi", "si"), ("chang", "can"), ("lan", "nan"), ("jing", "jin"), ("guang", "guan")],
)
def test_syllables_that_are_mistaken_for_one_another_are_one(typed: str, meant: str) -> None:
    assert folded(typed) == folded(meant)


@pytest.mark.parametrize(("one", "other"), [("gong", "geng"), ("ji", "qi"), ("hui", "fei"), ("bo", "po")])
def test_other_syllables_are_kept_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_terms_are_spelled_in_letters() -> None:
    assert spelled("工会") == "gonghui"
    assert spelled("女职工") == "nvzhigong"
    assert spelled("A工会") == ""
    assert "xian" in syllables()


def test_characters_with_a_reading_in_common_sound_alike() -> None:
    assert sound_alike("会", "汇")
    assert sound_alike("长", "常")
    assert not sound_alike("会", "画")
    assert not sound_alike("会", "😀")


def test_folded_sounds_are_those_of_the_readings() -> None:
    assert sounds()["长"] == ("can", "zan")
