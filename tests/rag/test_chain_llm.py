"""The whole chain with a language model of every character: what reaches a person is verified, or the extract is shown."""

import pytest

from index.library import Library
from rag.chain import make_chain
from rag.generate import LanguageModelSettings
from rag.types import Answer, Event
from tests.fakes.openai_server import OWN_KNOWLEDGE, fake_openai

QUESTION = "白银市有多少个院士专家工作站？"
EXTRACT = "24个院士专家工作站"


def ask(library: Library, behaviour: str, question: str = QUESTION) -> tuple[Answer, list[Event]]:
    with fake_openai(behaviour) as server:
        llm = LanguageModelSettings(server.base_url, "fake", timeout_s=1.0, max_retries=1)
        events = list(make_chain(library, llm).stream({"question": question}))
    answer = events[-1].answer
    assert answer is not None
    return answer, events


def test_an_honest_model_is_streamed_and_cited(sample_library: Library) -> None:
    answer, events = ask(sample_library, "honest")
    assert not answer.refused
    assert answer.notice == ""
    assert "".join(event.sentence for event in events) == answer.text
    assert answer.text.endswith("【1】")
    cited = answer.citations[0]
    assert sample_library.document(cited.document_id).text[cited.start : cited.end] == cited.quote


@pytest.mark.parametrize(
    "behaviour", ["alters_digits", "moves_city", "own_knowledge", "stalls", "returns_429", "returns_500", "empty"]
)
def test_falsehood_and_failure_end_in_the_extract_with_one_line_that_says_so(
    sample_library: Library, behaviour: str
) -> None:
    answer, _ = ask(sample_library, behaviour)
    assert EXTRACT in answer.text
    assert answer.notice
    assert "\n" not in answer.notice
    assert "无锡市" not in answer.text
    assert OWN_KNOWLEDGE.rstrip("【1】") not in answer.text
    assert all(sentence.verdict == "supported" for sentence in answer.sentences)


def test_what_was_taken_out_stays_in_the_raw_text(sample_library: Library) -> None:
    answer, _ = ask(sample_library, "own_knowledge")
    assert OWN_KNOWLEDGE.split("【")[0] in answer.raw_text


def test_an_invented_mark_reaches_nobody(sample_library: Library) -> None:
    answer, _ = ask(sample_library, "invents_marker")
    assert "99" not in answer.text
    numbers = {citation.number for citation in answer.citations}
    assert all(set(sentence.numbers) <= numbers for sentence in answer.sentences)


def test_a_cut_stream_keeps_only_sentences_that_passed(sample_library: Library) -> None:
    answer, _ = ask(sample_library, "cuts_stream")
    assert answer.notice
    for sentence in answer.sentences:
        assert sentence.numbers
        assert sentence.verdict == "supported"


def test_a_question_without_an_answer_is_refused_before_the_model_is_asked(sample_library: Library) -> None:
    with fake_openai("own_knowledge") as server:
        llm = LanguageModelSettings(server.base_url, "fake", timeout_s=1.0, max_retries=0)
        answer = make_chain(sample_library, llm).invoke({"question": "拉萨市有多少家工匠学院？"})
    assert answer.refused
    assert server.requests == []
