"""Question in, cited answer or refusal out, over the shipped sample corpus."""

import asyncio

import pytest

from index.library import Library
from rag.chain import AnswerChain, make_chain
from rag.contract import answer_json
from rag.types import Answer, Event


@pytest.fixture(scope="session")
def chain(sample_library: Library) -> AnswerChain:
    return make_chain(sample_library)


def ask(chain: AnswerChain, question: str, *earlier: str, place: str = "") -> Answer:
    history = [{"role": "user", "content": text} for text in earlier]
    return chain.invoke({"question": question, "history": history, "place": place})


def test_a_figure_is_answered_in_a_clause_with_a_verbatim_quote(chain: AnswerChain, sample_library: Library) -> None:
    answer = ask(chain, "白银市有多少个院士专家工作站？")
    assert "24个院士专家工作站" in answer.text
    assert answer.text.endswith("【1】")
    cited = answer.citations[0]
    assert sample_library.document(cited.document_id).text[cited.start : cited.end] == cited.quote
    assert cited.places == ("白银市",)
    assert cited.verdict == "supported"
    assert cited.card.startswith("据")


def test_a_city_is_never_answered_from_another(chain: AnswerChain) -> None:
    for city in ("白银市", "常州市", "蚌埠市"):
        answer = ask(chain, f"{city}有多少家劳模工匠创新工作室？")
        assert all(city in citation.places for citation in answer.citations)


def test_which_cities_is_a_table_with_a_citation_in_every_row(chain: AnswerChain) -> None:
    answer = ask(chain, "哪些城市建了工匠学院？")
    assert answer.table is not None
    assert len(answer.table.rows) > 3
    assert all("【" in row[2] for row in answer.table.rows)
    held = [row for row in answer.table.rows if row[1] == "有依据"]
    assert f"有依据的共{len(held)}个" in answer.text
    assert "常州市" in {row[0] for row in answer.table.rows}


def test_two_places_are_answered_side_by_side(chain: AnswerChain) -> None:
    answer = ask(chain, "白银和常州的劳模工匠创新工作室各有多少个？")
    assert "45个" in answer.text
    assert "259家" in answer.text
    assert answer.table is not None
    assert [row[0] for row in answer.table.rows] == ["白银市", "常州市"]


def test_a_follow_up_keeps_what_was_asked(chain: AnswerChain) -> None:
    answer = ask(chain, "那常州呢？", "白银市有多少个劳模工匠创新工作室？")
    assert "259家" in answer.text
    assert answer.question.standalone == "常州有多少个劳模工匠创新工作室？"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("绵阳市有多少家工匠学院？", "unknown_place"),
        ("常州市总工会主席的手机号是多少？", "private"),
        ("红烧肉怎么做才好吃？", "off_topic"),
        ("你好", "off_topic"),
    ],
)
def test_refusals_have_their_reason_and_no_cards(chain: AnswerChain, question: str, reason: str) -> None:
    answer = ask(chain, question)
    assert answer.refused
    assert answer.reason == reason
    assert answer.citations == ()
    assert "【" not in answer.text


def test_a_refusal_offers_questions_that_are_answered(chain: AnswerChain) -> None:
    answer = ask(chain, "常州市的飞机场有几条跑道？")
    assert answer.refused
    assert answer.suggestions
    for text in answer.suggestions:
        assert not ask(chain, text).refused


def test_streaming_gives_whole_sentences_and_the_same_answer(chain: AnswerChain) -> None:
    events = list(chain.stream({"question": "白银市有多少个院士专家工作站？"}))
    last = events[-1].answer
    assert last is not None
    assert "".join(event.sentence for event in events) == last.text
    assert last.text == ask(chain, "白银市有多少个院士专家工作站？").text


def test_async_streaming_gives_the_same_events(chain: AnswerChain) -> None:
    async def collect() -> list[Event]:
        return [event async for event in chain.astream({"question": "白银市有多少个院士专家工作站？"})]

    events = asyncio.run(collect())
    assert events[-1].answer is not None
    assert events[-1].answer.text == ask(chain, "白银市有多少个院士专家工作站？").text


def test_the_contract_holds_every_field(chain: AnswerChain) -> None:
    given = answer_json(ask(chain, "白银市有多少个院士专家工作站？"))
    assert {
        "question", "standalone", "kind", "answer", "refused", "reason", "confidence", "raw_text", "unanswered",
        "citations", "table", "timings_ms",
    } <= set(given)  # fmt: skip
    assert {
        "number", "document_id", "title", "source", "published", "places", "quote", "start", "end", "marks", "file",
        "context", "quality", "verdict",
    } <= set(given["citations"][0])  # fmt: skip


def test_the_retriever_serves_any_langchain_chain(sample_library: Library) -> None:
    from rag.passage_retriever import PassageRetriever

    found = PassageRetriever(library=sample_library, top=3).invoke("白银市有多少个院士专家工作站？")
    assert len(found) == 3
    assert "院士专家工作站" in found[0].page_content
    assert found[0].metadata["places"] == ["白银市"]
