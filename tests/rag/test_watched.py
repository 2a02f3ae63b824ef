"""What is watched for slips: the terms, and what stands for them."""

import pytest

from rag.watched import watched


def test_terms_come_from_every_list() -> None:
    terms = watched().terms
    assert {"劳模工匠创新工作室", "盐城市", "盐城", "江苏省", "工会", "技能等级认定", "师傅带徒弟", "拖欠"} <= terms
    # A county is known with what it is, or as a city of its own by its short name.
    assert {"大丰区", "常熟"} <= terms
    # A verb of two characters, a way of talking and the short name of a district have too many honest neighbours.
    assert not {"举办", "住的地方", "大丰"} & terms


@pytest.mark.parametrize(
    ("wrong", "term"),
    [
        ("产业人队伍", "产业工人队伍"),
        ("产业工工人队伍", "产业工人队伍"),
        ("产业人工队伍", "产业工人队伍"),
        ("新型学徙制", "新型学徒制"),
    ],
)
def test_a_term_is_known_with_a_character_missing_doubled_swapped_or_mistaken(wrong: str, term: str) -> None:
    assert (wrong, term) in watched().by_shape[wrong[:2]]


def test_short_terms_are_not_cut_and_no_term_stands_for_another() -> None:
    table = watched()
    every = [(wrong, term) for found in table.by_shape.values() for wrong, term in found]
    assert not [wrong for wrong, term in every if len(wrong) < len(term) and len(term) < 5]
    assert not [wrong for wrong, _ in every if wrong in table.terms]


def test_letters_that_are_one_syllable_spell_nothing() -> None:
    letters = watched().by_letters
    assert letters["gonghui"] == ("工会",)
    assert "xian" not in letters
    assert "wuxi" in letters
