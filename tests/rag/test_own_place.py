"""The figure of a place itself goes before that of a part of it, and is weighed as the chosen one was."""

from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from rag.extract import extract
from rag.own_place import OF_NO_COUNTRY, not_of_the_whole, of_the_place, planned_only, share_for_count
from rag.premises import OF_A_PART, ONLY_PLANNED
from rag.question import understand
from rag.retriever import passages
from rag.terms import weigh

DOCUMENTS = [
    made_document("常州市建成劳模创新工作室310家，常州市的创新工作室全国有名。", "常州市"),
    made_document("大会在上午开幕。我国已建成劳模创新工作室9800家。", name="大会"),
]


def test_the_sentence_of_the_place_itself_has_a_learned_chance(tmp_path: Path) -> None:
    with made_library(tmp_path / "index", DOCUMENTS) as library:
        question = understand("全国有多少家劳模创新工作室？", rarity=library)
        terms, found = weigh(question, library), passages(library, question, 10)
        chosen = extract(question, terms, found)
        part = [each for each in chosen if "常州市" in each.places]
        (own,) = of_the_place(question, terms, part or chosen, found)[:1]
        assert "9800家" in own.text and own.chance > 0


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("江西省有多少名高技能人才？", OF_A_PART.format(part="新余市", asked="江西省")),
        ("全国高技能人才有多少？", OF_NO_COUNTRY.format(part="新余市", asked="全国")),
        ("新余市有多少名高技能人才？", ""),
    ],
)
def test_the_figure_of_a_part_is_said_to_be_that_of_a_part(asked: str, line: str, tmp_path: Path) -> None:
    document = made_document("新余市有高技能人才6.2万名。", "新余市")
    with made_library(tmp_path / "index", [document]) as library:
        question = understand(asked, rarity=library)
        told = extract(question, weigh(question, library), passages(library, question, 10))
    assert told and not_of_the_whole(question, told) == line


def test_the_figure_of_one_employer_is_said_to_be_so(tmp_path: Path) -> None:
    document = made_document("某矿业集团地处新余市，该集团高技能人才增加到90人。", "新余市")
    with made_library(tmp_path / "index", [document]) as library:
        question = understand("新余市有多少名高技能人才", rarity=library)
        told = extract(question, weigh(question, library), passages(library, question, 10))
        assert not_of_the_whole(question, told) == OF_A_PART.format(part="一家单位", asked="新余市")
        firms = understand("新余市的公司里高技能人才有多少", rarity=library)
        assert not_of_the_whole(firms, told) == ""


@pytest.mark.parametrize(
    ("asked", "told", "line"),
    [
        ("新余市有多少名大工匠", "新余市计划到2030年培养大工匠80名。", ONLY_PLANNED),
        ("新余市计划培养多少名大工匠", "新余市计划到2030年培养大工匠80名。", ""),
        ("新余市有多少名大工匠", "新余市有大工匠12名，计划到2030年增加到80名。", ""),
    ],
)
def test_a_plan_is_said_to_be_one_where_it_is_asked_what_there_is(asked: str, told: str, line: str) -> None:
    assert planned_only(understand(asked), told) == line


def test_a_share_does_not_tell_how_many_there_are() -> None:
    asked = understand("新余市产业工人有多少")
    assert share_for_count(asked, "新余市产业工人代表的名额要提高5%。")
    assert not share_for_count(asked, "新余市有产业工人9万人，增长5%。")
