"""Small libraries over invented facts: documents made from a text written in the test, built and opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.build import build
from index.chunking import chunk_document
from index.library import Library
from index.settings import Settings
from index.steps import standard_steps
from index.types import Document, Heading, Noise
from tests.fakes.index import gather_with

_HEADING = re.compile(r"^(#+ )(.+)$", re.MULTILINE)


def made_document(
    text: str,
    *places: str,
    name: str = "",
    title: str = "",
    published: str | None = "2023-05-01",
    noise: Sequence[str] = (),
) -> Document:
    """A document about the places; `# ` lines are headings, and every word of `noise` is voted out where it stands."""
    found = list(_HEADING.finditer(text))
    voted = [Noise(match.start(1), match.end(1), "标题符号") for match in found]
    voted += [Noise(text.index(word), text.index(word) + len(word), "插入的广告") for word in noise]
    name = name or "、".join(places) or "综述"
    return Document(
        id=f"doc-{name}",
        text=text,
        title=title or f"{name}的产改情况",
        source="测试日报",
        published=published,
        origin=f"/{name}.md",
        file=f"{name}.md",
        record="",
        sha256=name,
        headings=tuple(Heading(each.start(2), each.end(2), len(each[1]) - 1, each[2]) for each in found),
        noise=tuple(sorted(voted)),
        places=places,
    )


def made_library(folder: Path, documents: Sequence[Document]) -> Library:
    """A library of these documents, cut, embedded and indexed by the standard steps; the caller closes it."""
    settings = Settings(folder=folder)
    steps = replace(standard_steps(), gather=gather_with(lambda paths: documents, chunk_document))
    build(settings, [folder], steps=steps)
    return Library.open(settings)
