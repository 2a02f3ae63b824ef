"""The figure of a place itself goes before that of a part of it, and is weighed as the chosen one was."""

from pathlib import Path

from fakes.library import made_document, made_library

from rag.extract import extract
from rag.own_place import of_the_place
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
