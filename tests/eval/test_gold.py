"""Gold evidence is found by name: quotes, spans, and whole documents with their grades."""

from collections.abc import Iterator

from eval.dataset import GoldEvidence, GoldQuestion
from eval.gold import Place, Shelf, Unit
from index.types import Document, Span


def document(identity: str, text: str, record: str = "", file: str = "passages.jsonl") -> Document:
    return Document(identity, text, "标题", "", None, origin=f"/{file}#{record}", file=file, record=record, sha256="ab")


ONE, TWO = document("d1", "甲市建成产业学院12家。", "p1"), document("d2", "产业学院共12家，都在甲市。", "p2")
OTHER = document("d3", "乙市没有产业学院。", "p3")
ASKED = GoldQuestion("q1", "甲市有几家产业学院？", "figure", (("12家",),))


def wanting(*evidence: GoldEvidence, answers: tuple[tuple[str, ...], ...] = ()) -> GoldQuestion:
    return GoldQuestion("q1", "甲市的产业学院", "retrieval", answers, evidence)


def test_a_whole_document_is_one_place_from_its_first_character_to_its_last() -> None:
    gold = Shelf([ONE, OTHER]).locate(wanting(GoldEvidence("p1")))
    assert gold.units == (Unit((Place("d1", (Span(0, len(ONE.text)),)),)),)
    assert gold.units[0].overlaps("d1", len(ONE.text) - 1, len(ONE.text))
    assert not gold.units[0].overlaps("d3", 0, 5)


def test_every_graded_document_of_a_question_without_answers_is_a_piece_of_its_own() -> None:
    gold = Shelf([ONE, TWO, OTHER]).locate(wanting(GoldEvidence("p1", relevance=2), GoldEvidence("p2")))
    assert [(unit.alternatives[0].document_id, unit.relevance) for unit in gold.units] == [("d1", 2), ("d2", 1)]


def test_documents_that_each_hold_the_answer_are_alternatives_with_the_best_grade() -> None:
    evidence = (GoldEvidence("p3"), GoldEvidence("p1"), GoldEvidence("p2", relevance=3))
    gold = Shelf([ONE, TWO, OTHER]).locate(wanting(*evidence, answers=(("12家",),)))
    assert [[place.document_id for place in unit.alternatives] for unit in gold.units] == [["d1", "d2"], ["d3"]]
    assert [unit.relevance for unit in gold.units] == [3, 1]


def test_an_absent_document_is_told_and_keeps_its_grade() -> None:
    gold = Shelf([ONE]).locate(wanting(GoldEvidence("p9", relevance=2)))
    assert gold.units == (Unit((), 2),)
    assert gold.problems == ("q1：库中没有证据所在的资料 p9，或其内容已变。",)


def test_a_name_that_several_texts_share_is_no_evidence_but_copies_of_one_text_are() -> None:
    shelf = Shelf([document("d1", "旧文", file="通知.txt"), document("d2", "新文", file="通知.txt")])
    gold = shelf.locate(wanting(GoldEvidence("通知.txt")))
    assert gold.units == (Unit(()),)
    assert gold.problems == ("q1：库中有 2 份不同的资料都叫 通知.txt，分不清证据是哪一份；请改用资料的编号。",)
    copies = Shelf([document("d1", "同文", file="通知.txt"), document("d2", "同文", file="通知.txt")])
    (unit,) = copies.locate(wanting(GoldEvidence("通知.txt"))).units
    assert [place.document_id for place in unit.alternatives] == ["d1", "d2"]


def test_an_id_goes_before_a_record_and_a_record_before_a_file() -> None:
    by_id, by_record = document("x", "甲"), document("d2", "乙", "x")
    by_file = document("d3", "丙", file="x")
    for documents, wanted in (((by_file, by_record, by_id), "x"), ((by_file, by_record), "d2"), ((by_file,), "d3")):
        (place,) = Shelf(documents).locate(wanting(GoldEvidence("x"))).places
        assert place.document_id == wanted
    assert Shelf([by_file, by_id]).named("x") == by_id
    assert Shelf([by_file]).named("x") == by_file
    assert Shelf([by_file]).named("") is None


class CountingLibrary:
    def __init__(self) -> None:
        self.reads = 0

    def documents(self) -> Iterator[Document]:
        self.reads += 1
        yield from (ONE, TWO)


def test_a_library_is_read_once_and_only_when_it_is_needed() -> None:
    library = CountingLibrary()
    shelf = Shelf(library)
    assert library.reads == 0
    assert shelf.get("d2") == TWO
    assert shelf.locate(wanting(GoldEvidence("p1"))).problems == ()
    assert library.reads == 1
