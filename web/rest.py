"""The REST door: POST /api/ask and GET /api/health, with one clear Chinese line for whatever is wrong."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from index.errors import ChangaiError
from rag.contract import answer_json
from web.about import About
from web.answerer import Answerer
from web.conversation import HISTORY_MESSAGES, QUESTION_CHARACTERS, TROUBLE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

BODY_BYTES = 1_000_000
MOST_FILTERS = 100
FIELDS = ("question", "history", "place", "without")
ROLES = ("user", "assistant")

log = logging.getLogger(__name__)


class BadRequestError(ValueError):
    """The request is not in the documented form; the message is one Chinese line for whoever sent it."""


def question_of(body: dict[str, Any]) -> str:
    """The question, neither empty nor endless."""
    question = body.get("question")
    if not isinstance(question, str) or not question.strip():
        raise BadRequestError("缺少 question：请写一个不为空的问题（字符串）。")
    if len(question.strip()) > QUESTION_CHARACTERS:
        raise BadRequestError(f"question 有 {len(question.strip())} 字，请缩短到 {QUESTION_CHARACTERS} 字以内。")
    return question.strip()


def content_text(content: object) -> str | None:
    """The text of a message: a string, or a list of strings and {"text": …} parts, as chat clients send it."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return content["text"] if isinstance(content.get("text"), str) else None
    if isinstance(content, list):
        texts = [content_text(part) for part in content]
        return None if None in texts else "".join(text or "" for text in texts)
    return None


def history_of(body: dict[str, Any]) -> list[dict[str, str]]:
    """The last messages of the conversation; a history may hold only user turns."""
    history = body.get("history")
    if history is None:
        return []
    if not isinstance(history, list):
        raise BadRequestError('history 应是列表，每项形如 {"role": "user", "content": "……"}。')
    messages: list[dict[str, str]] = []
    for position, message in enumerate(history, 1):
        role = message.get("role") if isinstance(message, dict) else None
        content = content_text(message.get("content")) if isinstance(message, dict) else None
        if role not in ROLES or content is None:
            raise BadRequestError(f"history 第 {position} 项应有 role（user 或 assistant）和 content（文字）。")
        messages.append({"role": role, "content": content})
    return messages[-HISTORY_MESSAGES:]


def without_of(body: dict[str, Any]) -> list[str]:
    """The filters of the question that are to be left out."""
    without = body.get("without")
    if without is None:
        return []
    if not isinstance(without, list) or not all(isinstance(each, str) for each in without):
        raise BadRequestError("without 应是列表，每项是条件的种类或内容（字符串），例如 年份 或 2021。")
    return [each.strip() for each in without if each.strip()][:MOST_FILTERS]


def chain_input(raw: bytes) -> dict[str, Any]:
    """The body of a request as the chain takes it; raises BadRequestError where it is not in the documented form."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadRequestError('请求体不是 JSON，应形如 {"question": "……"}。') from error
    if not isinstance(body, dict):
        raise BadRequestError('请求体应是 JSON 对象，形如 {"question": "……"}。')
    if unknown := sorted(set(body) - set(FIELDS)):
        raise BadRequestError(f"不认识的字段 {unknown[0][:40]}，可用的字段是 {'、'.join(FIELDS)}。")
    given: dict[str, Any] = {"question": question_of(body), "history": history_of(body)}
    place = body.get("place")
    if place is not None and not isinstance(place, str):
        raise BadRequestError("place 应是地名（字符串），例如 常州。")
    if place and place.strip():
        given["place"] = place.strip()[:QUESTION_CHARACTERS]
    if without := without_of(body):
        given["without"] = without
    return given


async def body_of(request: Request) -> bytes:
    """The body, read no further than its cap."""
    raw = bytearray()
    async for part in request.stream():
        raw += part
        if len(raw) > BODY_BYTES:
            raise BadRequestError(f"请求体超过 {BODY_BYTES // 1_000_000} MB，请缩短后再试。")
    return bytes(raw)


def routes(chain: Answerer, about: Callable[[], About]) -> list[Route]:
    """The two routes over one chain; errors are `{"error": "一行中文"}` with 422 or 500, never a trace."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    async def ask(request: Request) -> Response:
        try:
            given = chain_input(await body_of(request))
        except BadRequestError as error:
            return JSONResponse({"error": str(error)}, 422)
        try:
            return JSONResponse(answer_json(await run_in_threadpool(chain.invoke, given)))
        except ChangaiError as error:
            return JSONResponse({"error": str(error)}, 500)
        except Exception:
            # This is the last frame before the network: the trace belongs in the log, not in the reply.
            log.exception("a question over REST failed")
            return JSONResponse({"error": TROUBLE}, 500)

    async def health(request: Request) -> Response:
        now = await run_in_threadpool(about)
        return JSONResponse({"status": "ok", "documents": now.documents, "places": now.places})

    return [Route("/api/ask", ask, methods=["POST"]), Route("/api/health", health, methods=["GET"])]
