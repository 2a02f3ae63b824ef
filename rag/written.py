"""The answer with an LLM: its sentences pass the same verifier before anybody sees them."""

from __future__ import annotations

from collections.abc import Iterator

from prompts.phrases import NOT_IN_EVIDENCE
from rag.cite import passage_evidence
from rag.draft import Draft
from rag.generate import LanguageModelSettings, stream_sentences
from rag.types import Passage, Question
from rag.usage import Meter

MODEL_PASSAGES = 8


def written_sentences(
    question: Question, passages: list[Passage], llm: LanguageModelSettings, draft: Draft
) -> Iterator[str]:
    """Marked sentences that passed, written into the draft as they come; raises LanguageModelError."""
    evidence = [
        passage_evidence(
            passage.document,
            passage.chunk.marks,
            passage.chunk.heading,
            passage.chunk.places or passage.document.places,
        )
        for passage in passages[:MODEL_PASSAGES]
    ]
    meter = Meter()
    try:
        for written in stream_sentences(question, evidence, llm, meter):
            if written.text.rstrip("。") == NOT_IN_EVIDENCE.rstrip("。"):
                draft.raw_text += written.text
                draft.notice = "大模型没有在资料里看到答案，以下为资料原文摘录，请自行判断。"
                continue
            cited = [evidence[number - 1] for number in written.numbers if 1 <= number <= len(evidence)]
            text = draft.write(written.text, cited, wholly=True)
            if text is not None:
                yield text
    finally:
        draft.usage = meter.usage(llm.price_asked, llm.price_written)
    if draft.sentences and draft.notice:
        # It went on all the same, and what it said stands.
        draft.notice = ""
