"""The sentences that answer are cut out of what was found, and nothing else."""

from eval.trust.silenced import silenced
from index.normalise import search_form
from index.types import Chunk, Document, Span
from rag.lines import lines
from rag.types import Passage

TEXT = "河湾市办了夜校。夜校开了12个班。学员都是一线职工。"


def passage(title: str = "河湾市的夜校") -> Passage:
    document = Document("d", TEXT, title, "", None, "d", "d.txt", "", "0" * 64)
    chunk = Chunk("d#0", "d", 0, 0, len(TEXT), (Span(0, len(TEXT)),), search_text=search_form(f"{title} {TEXT}"))
    return Passage(chunk, document, 0.9)


def test_the_sentence_with_the_answer_is_gone_and_the_others_stay() -> None:
    rest = silenced([passage()], [["12个班"]])
    assert rest is not None
    assert [line.text for line in lines(rest[0])] == ["河湾市办了夜校。", "学员都是一线职工。"]
    assert "12" not in rest[0].chunk.search_text
    assert "一线职工" in rest[0].chunk.search_text


def test_where_nothing_was_cut_or_the_title_tells_it_there_is_no_such_row() -> None:
    assert silenced([passage()], [["13个班"]]) is None
    assert silenced([passage("夜校开了12个班")], [["12个班"]]) is None
    assert silenced([passage()], []) is None


def test_a_passage_that_says_nothing_else_is_left_out() -> None:
    assert silenced([passage()], [["河湾市"], ["12个班"], ["一线"]]) is None
    assert silenced([passage("夜校")], [["河湾市"], ["12个班"], ["一线"]]) == []
