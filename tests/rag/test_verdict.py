"""Which of two told figures is larger, and why some are not set against each other."""

import pytest
from evidence import make_evidence

from rag.comparing import lead_of, one_side
from rag.draft import Draft
from rag.question import understand
from rag.types import Question
from rag.verdict import verdict_of_places


def _told(said: str) -> Draft:
    draft = Draft()
    draft.write(said, (make_evidence(said),))
    return draft


def _verdict(question: str, *sides: tuple[str, str]) -> str:
    asked = understand(question)
    return verdict_of_places(asked, [(one_side(asked, place), place, _told(said)) for place, said in sides])


def _alone(question: Question, place: str) -> str:
    return one_side(question, place).standalone


def test_a_level_is_not_set_against_all_levels() -> None:
    said = _verdict(
        "扬州和泰州的创新工作室谁多？",
        ("扬州市", "扬州市有省级创新工作室31家，转化成果400项。"),
        ("泰州市", "泰州市有创新工作室87个。"),
    )
    assert said == "口径不同：扬州市的31家是省级的数，泰州市的87个没有写明级别，不能直接比较。\n"


def test_the_level_that_both_sides_tell_is_compared() -> None:
    said = _verdict(
        "扬州和泰州的工匠学院谁多？",
        ("扬州市", "扬州市有市级工匠学院9家。"),
        ("泰州市", "泰州市建有省级工匠学院1家、市级工匠学院3家。"),
    )
    assert said.startswith("按市级的数字，扬州市更多：9家，泰州市3家，相差6家")


def test_the_asked_level_is_named_beside_another_one() -> None:
    said = _verdict(
        "扬州和泰州市级以上创新工作室谁多？",
        ("扬州市", "扬州市的县级以上市级创新工作室有31家。"),
        ("泰州市", "泰州市的市级以上创新工作室有18家。"),
    )
    assert "没有写明级别" not in said


@pytest.mark.parametrize(
    ("question", "one", "other", "reason"),
    [
        (
            "扬州和泰州的竞赛谁办得多？",
            "扬州市每年办12项竞赛。",
            "泰州市开展竞赛300场。",
            "不是同一种数（扬州市12项，泰州市300场）",
        ),
        (
            "扬州和泰州的创新工作室谁多？",
            "扬州市计划建成创新工作室90家。",
            "泰州市有创新工作室30家。",
            "扬州市的数字是目标",
        ),
        ("扬州和泰州的技能人才谁多？", "扬州市新增技能人才2万人。", "泰州市有技能人才40万人。", "扬州市的数字是新增数"),
        (
            "扬州和泰州的大工匠目标谁高？",
            "扬州市的目标是大工匠50名。",
            "泰州市培育大工匠20名。",
            "泰州市的原文没有写明这是目标",
        ),
        (
            "扬州和泰州2035年的大工匠谁多？",
            "扬州市到2035年有大工匠50名。",
            "泰州市有大工匠50名。",
            "没有写明是2035年的数字",
        ),
        ("扬州和泰州的工匠谁多？", "扬州市首批命名工匠30名。", "泰州市有工匠200名。", "扬州市的数字只是其中一批的"),
        ("扬州和泰州的大工匠谁多？", "扬州市提出，用6年评选大工匠90名。", "泰州市有大工匠50名。", "扬州市的数字是目标"),
    ],
)
def test_what_cannot_be_compared_is_said_with_its_reason(question: str, one: str, other: str, reason: str) -> None:
    said = _verdict(question, ("扬州市", one), ("泰州市", other))
    assert reason in said and said.endswith("不能直接比较。\n") and "相差" not in said


def test_a_place_by_its_short_name_is_that_place() -> None:
    asked = understand("扬州与泰州的职工书屋哪个多？")
    sides = [(name, _told(f"{name}市有职工书屋{count}家。")) for name, count in (("扬州", 50), ("泰州", 20))]
    said = lead_of(asked, [(one_side(asked, f"{name}市"), name, draft) for name, draft in sides])
    assert said.startswith("扬州市更多：50家，泰州市20家，相差30家")


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("扬州和泰州的比赛谁办得多？", ["扬州的比赛有多少？", "泰州的比赛有多少？"]),
        ("扬州和泰州的工匠哪个命名得多？", ["扬州的工匠有多少？", "泰州的工匠有多少？"]),
        ("扬州大师和泰州大师的奖励哪个高？", ["扬州大师的奖励有多少？", "泰州大师的奖励有多少？"]),
        ("扬州和泰州的工匠数量？", ["扬州的工匠有多少？", "泰州的工匠有多少？"]),
    ],
)
def test_a_side_is_asked_without_the_words_of_comparing(question: str, alone: list[str]) -> None:
    asked = understand(question)
    assert [_alone(asked, place) for place in asked.places] == alone


def test_a_side_without_a_number_is_said_to_have_none() -> None:
    said = _verdict(
        "扬州和泰州的工匠谁多？", ("扬州市", "扬州市有工匠200名。"), ("泰州市", "泰州市每年在“618”工匠日慰问工匠。")
    )
    assert said == "泰州市的原文里没有可以比的一个数字，两边不能直接比较。\n"


@pytest.mark.parametrize("question", ["扬州技师的占比是多少，泰州又有几名工匠？", "扬州和泰州谁有工匠？"])
def test_no_comparison_is_refused_that_was_not_asked(question: str) -> None:
    said = _verdict(question, ("扬州市", "扬州市的技师占比是40%。"), ("泰州市", "泰州市计划培育工匠9名。"))
    assert said == ""
