"""What a place does and in what two places differ: out of the matrix, a cited quote in every cell."""

import re
from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.measures_of import SILENT, asks_for_difference, asks_for_measures
from rag.question import understand
from rag.types import Answer

DOCUMENTS = [
    made_document("2022年，常州市建成工匠学院31家。常州市拟建职工学堂4家。常州市推行揭榜挂帅。", "常州市"),
    made_document("2022年，盐城市建成工匠学院6家。盐城市建立工会驿站40个。", "盐城市"),
]
MARK = re.compile(r"【(\d+)】")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("measures") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


def table(answer: Answer) -> dict[str, tuple[str, ...]]:
    assert answer.table is not None
    return {row[0]: row for row in answer.table.rows}


def test_the_measures_of_a_place_are_all_there(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "常州市在产改方面有哪些举措？"})
    rows = table(answer)
    assert set(rows) == {"工匠学院", "职工学堂", "揭榜挂帅"}
    assert "共2项：" in answer.text
    assert "另有1项是计划或不确定：职工学堂" in answer.text
    assert [row[0] for row in answer.table.rows][-1] == "职工学堂"  # type: ignore[union-attr]


def test_an_aspect_narrows_them(chain: AnswerChain) -> None:
    assert set(table(chain.invoke({"question": "盐城有哪些技能形成方面的举措？"}))) == {"工匠学院"}


def test_two_places_side_by_side(chain: AnswerChain, library: Library) -> None:
    answer = chain.invoke({"question": "常州和盐城在产改举措上有什么不同？"})
    rows = table(answer)
    assert rows["工会驿站"][1] == SILENT
    assert rows["揭榜挂帅"][2] == SILENT
    assert SILENT not in rows["工匠学院"]
    assert "都提到的有1项：工匠学院" in answer.text
    cited = {citation.number: citation for citation in answer.citations}
    for row in rows.values():
        for place, cell in zip(("常州市", "盐城市"), row[1:], strict=True):
            if cell != SILENT:
                citation = cited[int(MARK.findall(cell)[0])]
                assert citation.places == (place,)
                document = library.document(citation.document_id)
                assert document.text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("question", "measures", "difference"),
    [
        ("常州市在产改方面有哪些举措？", True, False),
        ("常州市为困难职工做了哪些好事的措施？", False, False),
        ("常州的工匠学院有哪些做法？", False, False),
        ("常州和盐城在产改举措上有什么不同？", False, True),
        ("常州和盐城的工匠学院有什么不同？", False, False),
        ("产改有哪些举措？", False, False),
    ],
)
def test_which_questions_are_meant(question: str, measures: bool, difference: bool) -> None:
    asked = understand(question)
    assert (asks_for_measures(asked), asks_for_difference(asked)) == (measures, difference)
