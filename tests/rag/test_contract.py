"""The JSON that outsiders read: complete, plain and the same as the answer."""

import json
from dataclasses import fields

from evidence import make_evidence

from rag.contract import answer_json, citation_json
from rag.draft import Draft
from rag.question import understand
from rag.types import Answer, Citation, Table

QUOTE = "白银市建成工匠学院9家，培训职工1300人次。"
QUESTION = understand("白银市有多少家工匠学院？")


def answered() -> Answer:
    draft = Draft(confidence=0.123456, table=Table(("地区",), (("白银市",),)), unanswered=["其余"])
    draft.write(
        QUOTE, [make_evidence(QUOTE.replace("，", "，插播"), noise="插播", context="白银市简报", quality=("spun",))]
    )
    return draft.answer(QUESTION, {"total": 1.23456})


def refused() -> Answer:
    return Answer(
        QUESTION, "资料库中没有相关内容。", True, "no_content", 0.0, "", suggestions=("白银市有多少家职工学堂？",)
    )


def test_it_survives_json_and_keeps_chinese() -> None:
    for answer in (answered(), refused()):
        given = answer_json(answer)
        assert json.loads(json.dumps(given, ensure_ascii=False, allow_nan=False)) == given


def test_it_says_what_the_answer_says() -> None:
    answer = answered()
    given = answer_json(answer)
    assert given["question"] == given["standalone"] == QUESTION.text
    assert (given["kind"], given["answer"], given["raw_text"]) == ("figure", answer.text, QUOTE)
    assert (given["refused"], given["reason"], given["unanswered"]) == (False, None, ["其余"])
    assert given["table"] == {"columns": ["地区"], "rows": [["白银市"]]}
    assert given["notice"] == answer.notice != ""
    assert (given["confidence"], given["timings_ms"]) == (0.1235, {"total": 1.23})


def test_every_field_of_an_answer_and_of_a_citation_is_there() -> None:
    given = answer_json(answered())
    # `text` is called answer, `question` is spread out, and the sentences are the answer's own text.
    expected = {each.name for each in fields(Answer)} - {"text", "sentences"} | {
        "answer",
        "standalone",
        "kind",
        "filters",
        "slips",
    }
    assert set(given) == expected
    # What stands around the quote is for the card of the page.
    assert set(given["citations"][0]) == {each.name for each in fields(Citation)} - {"before", "after"}


def test_a_citation_leads_back_to_the_document() -> None:
    answer = answered()
    citation = citation_json(answer.citations[0])
    text = answer.citations[0].quote
    assert (citation["number"], citation["verdict"], citation["quality"]) == (1, "supported", ["spun"])
    assert citation["end"] - citation["start"] == len(citation["quote"]) == len(text)
    spelled = "".join(text[start - citation["start"] : end - citation["start"]] for start, end in citation["marks"])
    assert spelled == QUOTE
    assert citation["context"] == [{"text": "白银市简报", "start": 0, "end": 5}]


def test_a_refusal_has_its_reason_no_citations_and_no_table() -> None:
    given = answer_json(refused())
    assert (given["refused"], given["reason"]) == (True, "no_content")
    assert (given["citations"], given["table"]) == ([], None)
    assert given["suggestions"] == ["白银市有多少家职工学堂？"]
