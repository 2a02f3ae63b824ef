"""The page at /matrix and its parts: plain files of the project, no script or style inside the page itself."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from web import theme
from web.masthead import masthead

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

SCRIPTS = (
    "main.js",
    "dom.js",
    "wanted.js",
    "filters.js",
    "heat.js",
    "list.js",
    "panel.js",
    "correct.js",
    "measure.js",
    "bars.js",
    "places.js",
    "dark.js",
)
HEADERS = {"cache-control": "no-cache"}


def page_html() -> str:
    """The page, empty but for its head: the script draws the rest from REST."""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>举措一览 · 产改问答</title>"
        f'<link rel="icon" href="{theme.ICON}">'
        '<meta name="description" content="哪个地方有哪项产改举措，一格一格都有原文。">'
        '<script src="/matrix/dark.js"></script>'
        '<link rel="stylesheet" href="/matrix/style.css"><link rel="stylesheet" href="/matrix/matrix.css">'
        '<link rel="preload" href="/api/matrix/grid" as="fetch" crossorigin="anonymous">'
        + "".join(f'<link rel="modulepreload" href="/matrix/{name}">' for name in SCRIPTS[:-1])
        + '<script type="module" src="/matrix/main.js"></script></head>'
        f'<body class="matrix"><header id="top">{masthead("matrix")}</header>'
        '<main id="view" aria-busy="true"><p class="waiting">正在打开…</p></main>'
        '<aside id="square" aria-label="原文依据" hidden></aside>'
        "<noscript><p>这一页要用到脚本。也可以直接下载 "
        '<a href="/api/matrix.csv">CSV</a> 或 <a href="/api/matrix.xlsx">XLSX</a>。</p></noscript></body></html>'
    )


def routes() -> list[Route]:
    """The page and the files that it asks for."""
    from starlette.responses import HTMLResponse, PlainTextResponse, Response
    from starlette.routing import Route

    async def page(_: Request) -> Response:
        return HTMLResponse(page_html(), headers=HEADERS)

    async def part(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "style.css":
            return Response(theme.style(), media_type="text/css", headers=HEADERS)
        if name == "matrix.css" or name in SCRIPTS:
            kind = "text/css" if name.endswith(".css") else "text/javascript"
            text = resources.files("web.matrix").joinpath(name).read_text(encoding="utf-8")
            return Response(text, media_type=kind, headers=HEADERS)
        return PlainTextResponse("没有这个文件。", 404)

    return [Route("/matrix", page), Route("/matrix/{name}", part)]
