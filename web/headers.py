"""Two ASGI layers around everything: strict headers on every reply, and a page that says it is Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio writes its scripts and styles into the page, hence the two 'unsafe-inline'; nothing may come from elsewhere.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
)
STRICT_HEADERS = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
SOCIAL_CARD = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*/>')
MANIFEST_LINK = re.compile(r'\s*<link rel="manifest"[^>]*/>')


class StrictHeaders:
    """Adds the strict headers to every HTTP reply; streams pass through untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and adds headers as the reply starts."""

        async def send_strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in STRICT_HEADERS}
                kept = [pair for pair in message["headers"] if pair[0].lower() not in names]
                message = {**message, "headers": [*kept, *STRICT_HEADERS]}
            await send(message)

        await self.app(scope, receive, send_strict if scope["type"] == "http" else send)


class ChinesePage:
    """Rewrites the one HTML page that Gradio serves: its language, its head, and none of its social cards.

    Gradio fixes the page's language to English and takes its own labels from the browser's; `head` comes first in the
    page, so that a script in it runs before Gradio's.
    """

    def __init__(self, app: ASGIApp, head: str) -> None:
        self.app = app
        self.head = head

    def rewritten(self, page: str) -> str:
        """The page in Chinese."""
        page = re.sub(r'lang="en"', 'lang="zh-CN"', page, count=1)
        page = MANIFEST_LINK.sub("", SOCIAL_CARD.sub("", page))
        return page.replace("<head>", "<head>" + self.head, 1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything but the page itself through."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # A compressed body could not be rewritten.
        plain = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
        start: Message = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            page = self.rewritten(body.decode("utf-8")).encode("utf-8")
            kept = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            await send({**start, "headers": [*kept, (b"content-length", str(len(page)).encode())]})
            await send({"type": "http.response.body", "body": page})

        await self.app({**scope, "headers": plain}, receive, hold)
