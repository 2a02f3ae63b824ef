"""Sentences of a passage without its noise: where they lead back to, and whose they are."""

from fakes.library import made_document
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunking import chunk_document
from index.settings import Settings
from index.types import Document
from rag.lines import Line, lines
from rag.types import Passage


def read(document: Document) -> list[Line]:
    chunks = chunk_document(document, Settings(chunk_tokens=400))
    return [line for chunk in chunks for line in lines(Passage(chunk, document, 1.0))]


def told(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [(line.text, line.places) for line in read(document)]


def test_a_place_is_carried_until_another_is_named() -> None:
    document = made_document("职工满意。南通市办起夜校。招收学员260人。苏州市上线课程900门。学员满意。")
    assert told(document) == [
        ("职工满意。", ()),
        ("南通市办起夜校。", ("南通市",)),
        ("招收学员260人。", ("南通市",)),
        ("苏州市上线课程900门。", ("苏州市",)),
        ("学员满意。", ("苏州市",)),
    ]


def test_a_place_is_not_carried_into_the_next_paragraph() -> None:
    document = made_document("南通市办起夜校。\n\n招收教师14人。")
    assert told(document) == [("南通市办起夜校。", ("南通市",)), ("招收教师14人。", ())]


def test_a_place_is_not_carried_into_the_next_document() -> None:
    first, second = made_document("南通市办起夜校。", name="甲"), made_document("招收学员260人。", name="乙")
    assert told(first) == [("南通市办起夜校。", ("南通市",))]
    assert told(second) == [("招收学员260人。", ())]


def test_a_document_of_one_place_gives_it_to_every_sentence() -> None:
    assert told(made_document("建成夜校9所。\n\n招收学员260人。", "白银市")) == [
        ("建成夜校9所。", ("白银市",)),
        ("招收学员260人。", ("白银市",)),
    ]


def test_another_city_takes_its_sentence_from_the_document_and_gives_it_back() -> None:
    document = made_document("建成夜校9所。徐州市建成夜校70所。招收学员260人。", "白银市")
    assert [places for _, places in told(document)] == [("白银市",), ("徐州市",), ("白银市",)]


def test_a_heading_names_the_place_of_what_stands_below_it() -> None:
    document = made_document("## 淮安市\n\n设立夜校8所。\n\n## 宿迁市\n\n设立夜校5所。")
    assert dict(told(document))["设立夜校8所。"] == ("淮安市",)
    assert dict(told(document))["设立夜校5所。"] == ("宿迁市",)


def test_noise_with_a_full_stop_does_not_split_a_sentence() -> None:
    spam = "点击注册。送彩金！"
    document = made_document(f"白银市培训职工3300人次，{spam}发放补贴4400万元。", "白银市", noise=[spam])
    (line,) = read(document)
    assert line.text == "白银市培训职工3300人次，发放补贴4400万元。"
    assert [clause.text for clause in line.clauses] == ["白银市培训职工3300人次，", "发放补贴4400万元。"]
    parts = line.parts(line.start, line.end)
    assert [document.text[part.start : part.end] for part in parts] == [
        "白银市培训职工3300人次，",
        "发放补贴4400万元。",
    ]


def test_a_heading_is_not_the_beginning_of_the_next_paragraph() -> None:
    assert [line.text for line in read(made_document("## 夜校\n\n设立夜校8所。", "白银市"))] == [
        "夜校",
        "设立夜校8所。",
    ]


def test_the_search_form_reads_traditional_characters_and_keeps_the_text() -> None:
    (line,) = read(made_document("白銀市培訓職工３３００人次。", "白银市"))
    assert line.text == "白銀市培訓職工３３００人次。"
    assert "白银市培训职工3300人次" in line.search


def test_the_sentence_before_is_known_but_the_first_has_none() -> None:
    first, second = read(made_document("建成夜校9所。招收学员260人。", "白银市"))
    assert first.before == ""
    assert "夜校" in second.before


PIECES = st.sampled_from(["白银市", "常州市", "培训", "3300人", "，", "。", "；", "\n", " ", "“", "”", "1.5万", "？"])


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map("".join))
@settings(deadline=None)
def test_every_sentence_leads_back_to_its_own_characters(before: str, after: str) -> None:
    spam = "【广告广告】"
    document = made_document(f"职工{before}{spam}{after}", "白银市", noise=[spam])
    for line in read(document):
        parts = line.parts(line.start, line.end)
        assert "".join(document.text[part.start : part.end] for part in parts) == line.text
        assert "广告" not in line.text
        assert "".join("".join(clause.text.split()) for clause in line.clauses) == "".join(line.text.split())


def test_a_passage_that_is_read_again_has_the_same_sentences() -> None:
    document = made_document("南通市办起夜校，招收学员260人。苏州市上线课程900门。", "江苏省")
    chunk = chunk_document(document, Settings(chunk_tokens=400))[0]
    first, again = lines(Passage(chunk, document, 0.9)), lines(Passage(chunk, document, 0.2))
    assert [line.clauses for line in first] == [line.clauses for line in again]
    assert [line.passage.score for line in again] == [0.2, 0.2]


def test_the_same_words_in_documents_about_other_places_are_read_apart() -> None:
    here, there = (made_document("招收学员260人，共3期。", place) for place in ("南通市", "苏州市"))
    assert [line.places for line in read(here)] == [("南通市",)]
    assert [line.places for line in read(there)] == [("苏州市",)]
    assert [clause.places for clause in read(there)[0].clauses] == [("苏州市",)] * 2


def test_the_credit_of_a_photograph_is_no_part_of_the_sentence_behind_it() -> None:
    document = made_document("本报记者 陈立新 摄夜校周一开课。")
    assert [line.text for line in read(document)] == ["夜校周一开课。"]


def test_who_takes_photographs_is_no_credit() -> None:
    document = made_document("记者陈立新 摄影班周一开课。")
    assert [line.text for line in read(document)] == ["记者陈立新 摄影班周一开课。"]
