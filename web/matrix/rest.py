"""REST over the matrix: cells as JSON, CSV and XLSX, the page's own two, and what staff say of a cell."""

from __future__ import annotations

import gzip
import json
import logging
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from index.errors import ChangaiError, SettingsError
from index.measures import Cell
from index.measures.export import csv_text, write_xlsx
from web.conversation import TROUBLE
from web.matrix.asked import correction_of, is_same_origin, wanted
from web.matrix.evidence import square_json
from web.matrix.grid import grid_json
from web.matrix.source import MatrixSource
from web.rest import BadRequestError, body_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

FILE_NAME = "举措一览"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ELSEWHERE = "只有在本网站的页面里才能写更正。"
NOT_JSON = "请求体应是 application/json。"
UNKEPT = "这条更正没能存下来，请告诉管理员。"
# A reply shorter than this is sent as it is.
WORTH_PACKING = 2000

log = logging.getLogger(__name__)

Reply = Callable[["Request"], Awaitable["Response"]]


def routes(source: MatrixSource) -> list[Route]:
    """The routes under /api/matrix; errors are `{"error": "一行中文"}` with 403, 415, 422 or 500, never a trace."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response
    from starlette.routing import Route

    async def cells(request: Request) -> Response:
        found = await run_in_threadpool(_wanted_cells, source, request)
        return _json(request, [asdict(cell) for cell in found])

    async def grid(request: Request) -> Response:
        return await run_in_threadpool(
            lambda: _json(request, grid_json(source.cells(), source.measures(), source.extent()))
        )

    async def square(request: Request) -> Response:
        place, measure = request.query_params.get("place", ""), request.query_params.get("measure", "")
        return _json(request, await run_in_threadpool(lambda: square_json(place, measure, source.cells(), source.text)))

    async def csv(request: Request) -> Response:
        found = await run_in_threadpool(_wanted_cells, source, request)
        # Table programs misread Chinese in a file that has no byte order mark.
        body = csv_text(found).encode("utf-8-sig", "backslashreplace")
        return Response(body, media_type="text/csv; charset=utf-8", headers=_as_file("csv"))

    async def xlsx(request: Request) -> Response:
        found = await run_in_threadpool(_wanted_cells, source, request)
        body = await run_in_threadpool(_workbook, found)
        return Response(body, media_type=XLSX_TYPE, headers=_as_file("xlsx"))

    async def correct(request: Request) -> Response:
        if not is_same_origin(request.headers):
            return _error(ELSEWHERE, 403)
        # A form of another site can send text, but not this type, without asking first.
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _error(NOT_JSON, 415)
        raw = await body_of(request)
        try:
            await run_in_threadpool(lambda: source.correct(correction_of(raw, source.cells())))
        except OSError:
            log.exception("a correction could not be kept")
            return _error(UNKEPT, 500)
        return _json(request, {"kept": True})

    return [
        Route("/api/matrix", _calm(cells)),
        Route("/api/matrix.csv", _calm(csv)),
        Route("/api/matrix.xlsx", _calm(xlsx)),
        Route("/api/matrix/grid", _calm(grid)),
        Route("/api/matrix/square", _calm(square)),
        Route("/api/matrix/corrections", _calm(correct), methods=["POST"]),
    ]


def _calm(reply: Reply) -> Reply:
    """The same door, whose failures are one line of Chinese."""

    async def calm(request: Request) -> Response:
        try:
            return await reply(request)
        except (BadRequestError, SettingsError) as error:
            return _error(str(error), 422)
        except ChangaiError as error:
            return _error(str(error), 500)
        except Exception:
            # This is the last frame before the network: the trace belongs in the log, not in the reply.
            log.exception("a request to the matrix failed")
            return _error(TROUBLE, 500)

    return calm


def _wanted_cells(source: MatrixSource, request: Request) -> tuple[Cell, ...]:
    return wanted(request.query_params).of(source.cells(), source.measures())


def _json(request: Request, shown: Any) -> Response:
    """Compact JSON, packed where the browser takes it; a half of a surrogate pair in a document becomes a question mark."""
    from starlette.responses import Response

    body = json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    headers = {"cache-control": "no-store", "vary": "accept-encoding"}
    if len(body) > WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 1)
        headers["content-encoding"] = "gzip"
    return Response(body, media_type="application/json", headers=headers)


def _error(line: str, status: int) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse({"error": line}, status)


def _as_file(kind: str) -> dict[str, str]:
    name = quote(f"{FILE_NAME}.{kind}")
    return {
        "content-disposition": f"attachment; filename=\"matrix.{kind}\"; filename*=UTF-8''{name}",
        "cache-control": "no-store",
    }


def _workbook(cells: tuple[Cell, ...]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="changai-") as folder:
        path = Path(folder) / "matrix.xlsx"
        write_xlsx(path, cells)
        return path.read_bytes()
