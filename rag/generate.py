"""The answer with a language model: numbered evidence in, whole sentences with their numbers out, as they are written."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import LanguageModelError
from index.tokens import count_tokens
from prompts.loader import load_prompt
from prompts.phrases import NOT_IN_EVIDENCE
from rag.llm_settings import LanguageModelSettings
from rag.markers import MarkedSentence, take_sentences
from rag.types import Evidence, Question
from rag.usage import Meter

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

__all__ = ["DraftSentence", "LanguageModelSettings", "pack_evidence", "stream_sentences", "whole_reply"]

# A model that thinks aloud may write this many times the bound before its answer begins.
_THINKING_FACTOR = 10
# Characters that could close the fence around a document, or pass for a citation, in a form that the search form folds back.
_FENCE = str.maketrans({"<": "＜", ">": "＞", "【": "〖", "】": "〗", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as the model wrote it, unverified, with the numbers (from 1) of the evidence that it cites."""

    text: str
    numbers: tuple[int, ...] = ()


def stream_sentences(
    question: Question, evidence: Sequence[Evidence], settings: LanguageModelSettings, meter: Meter | None = None
) -> Iterator[DraftSentence]:
    """Sentences as the model completes them; numbers count the given evidence, of which as much goes in as the budget allows.

    Raises LanguageModelError, in one Chinese line, when the server cannot be reached, refuses, stalls, breaks off, says
    nothing or does not stop; sentences that came before stand. `meter` takes what was told and heard.
    """
    fenced = pack_evidence(evidence, settings.evidence_tokens)
    values = {
        "rules": load_prompt("rules", refusal=NOT_IN_EVIDENCE),
        "question": load_prompt(
            "question", evidence="\n\n".join(fenced), question=question.standalone.translate(_FENCE)
        ),
    }
    said: set[str] = set()
    for sentence in _sentences(_pieces(values, settings, meter or Meter()), len(fenced), settings.max_output_chars):
        if sentence.text not in said:
            said.add(sentence.text)
            yield DraftSentence(sentence.text, sentence.numbers)
    if not said:
        raise LanguageModelError("大模型没有给出任何内容；请检查模型是否可用，或稍后再试。")


def whole_reply(rules: str, question: str, settings: LanguageModelSettings) -> str:
    """All that the model replies to two messages, without its thoughts; nothing of it is verified.

    Raises LanguageModelError as `stream_sentences` does. No answer for a user may be made of it.
    """
    told, heard = "", 0
    for piece in _pieces({"rules": rules, "question": question}, settings, Meter()):
        told += piece
        heard += len(piece)
        if heard > settings.max_output_chars * _THINKING_FACTOR:
            raise LanguageModelError(f"大模型的输出超过 {heard} 字仍未结束，已截止；请换一个模型或稍后再试。")
    return told.rpartition("</think>")[2].strip()


def pack_evidence(evidence: Sequence[Evidence], budget: int) -> list[str]:
    """The first pieces of evidence, fenced and numbered, that fit the budget of tokens; the first one always, cut to fit."""
    packed: list[str] = []
    left = budget
    for number, piece in enumerate(evidence, start=1):
        text = _fenced(number, piece, piece.counted)
        if (tokens := count_tokens(text)) > left:
            if not packed:
                packed.append(_cut(number, piece, left))
            break
        packed.append(text)
        left -= tokens
    return packed


def _cut(number: int, piece: Evidence, budget: int) -> str:
    """The fenced piece with as much of its beginning as the budget allows."""
    length = len(piece.counted)
    while count_tokens(text := _fenced(number, piece, piece.counted[:length])) > budget and length > 1:
        length = length * 9 // 10
    return text


def _fenced(number: int, piece: Evidence, counted: str) -> str:
    document = piece.document
    places = "、".join(piece.places or document.places)
    head = f"编号：{number} 标题：{document.title} 日期：{document.published or '不详'} 地方：{places or '不详'}"
    context = " ".join(each.text for each in piece.context if each.text != document.title)
    lines = [head, f"上文：{context}" if context else "", f"正文：{counted}"]
    body = "\n".join(line.translate(_FENCE) for line in lines if line)
    return f"<资料>\n{body}\n</资料>"


def _pieces(values: dict[str, str], settings: LanguageModelSettings, meter: Meter) -> Iterator[str]:
    """The model's words as they arrive; every failure of the server or the connection is a LanguageModelError."""
    finished, begun = "", None
    meter.told = "\n".join(values.values())
    try:
        for chunk in _runnable(settings).stream(values):
            begun = begun or time.monotonic()
            finished = chunk.response_metadata.get("finish_reason") or finished
            words = chunk.content if isinstance(chunk.content, str) else ""
            meter.heard += words
            if chunk.usage_metadata:
                meter.reported = (chunk.usage_metadata["input_tokens"], chunk.usage_metadata["output_tokens"])
            yield words
            if time.monotonic() - begun > settings.total_s:
                break
    except Exception as error:
        # Whatever an untrusted server makes the client raise, the person gets one line and the extract.
        raise LanguageModelError(_line(error, settings)) from error
    if begun is not None and not finished and time.monotonic() - begun > settings.total_s:
        raise LanguageModelError(f"大模型 {settings.total_s:g} 秒内没有写完；请稍后再试，或换一个更快的模型。")
    if not finished:
        raise LanguageModelError("大模型的回答中途断开；请检查网络或模型服务后再试。")
    if finished != "length":
        # The line break completes a last sentence whose mark might still have been on its way; a cut one stays out.
        yield "\n"


def _runnable(settings: LanguageModelSettings) -> Runnable[dict[str, str], Any]:
    from langchain_core.prompts import ChatPromptTemplate
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    prompt = ChatPromptTemplate.from_messages([("system", "{rules}"), ("human", "{question}")])
    model = ChatOpenAI(
        base_url=settings.base_url,
        model=settings.model,
        api_key=SecretStr(settings.api_key),
        timeout=settings.timeout_s,
        max_retries=settings.max_retries,
        temperature=0,
        stream_usage=False,
        use_responses_api=False,
    )
    return prompt | model


def _sentences(pieces: Iterator[str], count: int, limit: int) -> Iterator[MarkedSentence]:
    """Whole sentences out of the pieces; a thought before the answer is left out, an unfinished end is not taken."""
    pending, thinking, written, heard = "", True, 0, 0
    for piece in pieces:
        pending += piece
        heard += len(piece)
        if thinking:
            thinking = _is_thinking(pending)
            if not thinking:
                pending = pending.rpartition("</think>")[2]
                written = len(pending)
        else:
            written += len(piece)
        if not thinking:
            sentences, pending = take_sentences(pending, count)
            yield from sentences
        if written > limit or heard > limit * _THINKING_FACTOR:
            raise LanguageModelError(f"大模型的输出超过 {limit} 字仍未结束，已截止；请换一个模型或稍后再试。")


def _is_thinking(text: str) -> bool:
    start = text.lstrip()[:7]
    if start == "<think>":
        return "</think>" not in text
    return "<think>".startswith(start)


def _line(error: Exception, settings: LanguageModelSettings) -> str:
    """What happened, with the address or the status, and what to do, in one line that names no key."""
    import httpx
    import openai

    status = getattr(error, "status_code", "")
    lines: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
        (
            (openai.APITimeoutError, httpx.TimeoutException),
            f"大模型 {settings.timeout_s:g} 秒内没有回应；请稍后再试，或用 CHANGAI_LLM_TIMEOUT 放宽时限。",
        ),
        (
            (openai.AuthenticationError, openai.PermissionDeniedError),
            f"大模型服务拒绝了密钥（{status}）；请检查 CHANGAI_LLM_API_KEY。",
        ),
        ((openai.RateLimitError,), "大模型服务请求过多（429）；请稍后再试。"),
        (
            (openai.NotFoundError,),
            f"大模型服务没有模型「{settings.model}」或地址不对（404）；"
            "请检查 CHANGAI_LLM_MODEL 和 CHANGAI_LLM_BASE_URL。",
        ),
        ((openai.APIStatusError,), f"大模型服务出错（{status}）；请稍后再试或检查该服务。"),
        (
            (openai.APIConnectionError, httpx.ConnectError),
            f"连不上大模型服务 {settings.base_url}；请检查地址和网络。",
        ),
        ((httpx.HTTPError,), "大模型的回答中途断开；请检查网络或模型服务后再试。"),
        ((Exception,), f"大模型服务的回复无法读懂（{type(error).__name__}）；请检查它是否兼容 OpenAI 接口。"),
    )
    # The first kind that fits names the error: a timeout is a connection error too.
    return next(line for kinds, line in lines if isinstance(error, kinds))
