"""Evidence for tests, made from one text: the whole of it is quoted, and counts, unless noise is named."""

from index.types import Document, Span
from rag.types import Context, Evidence

CITY = "白银市"


def make_document(
    text: str,
    title: str = "白银市推进产业工人队伍建设改革",
    places: tuple[str, ...] = (CITY,),
    published: str | None = "2021-10-22",
    quality: tuple[str, ...] = (),
) -> Document:
    return Document("d1", text, title, "测试", published, "d1.txt", "d1.txt", "", "0", places=places, quality=quality)


def make_evidence(  # noqa: PLR0917
    text: str,
    noise: str = "",
    context: str = "",
    title: str = "白银市推进产业工人队伍建设改革",
    places: tuple[str, ...] = (CITY,),
    published: str | None = "2021-10-22",
    quality: tuple[str, ...] = (),
) -> Evidence:
    """The context stands before the quote in the same document; the noise, where named, stands inside the quote."""
    head = context + "\n" if context else ""
    document = make_document(head + text, title, places, published, quality)
    start, end = len(head), len(head) + len(text)
    marks = (Span(start, end),)
    if noise:
        at = document.text.index(noise, start)
        marks = (Span(start, at), Span(at + len(noise), end))
    contexts = (Context(context, 0, len(context)),) if context else ()
    return Evidence(document, start, end, marks, contexts, places)
