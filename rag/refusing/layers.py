"""What is held against a question, from the words of the answer outwards: sentence, surroundings, passage, document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.extract import Extract, around
from rag.types import Passage


@dataclass(frozen=True)
class Layers:
    """The extracts of an answer with all passages that were found, as search forms, each layer holding the one before."""

    extracts: Sequence[Extract]
    passages: Sequence[Passage]

    @property
    def best(self) -> Extract:
        """The first extract."""
        return self.extracts[0]

    @property
    def spun(self) -> bool:
        """Whether the best words are of a page in which a machine put other words for grades and bodies."""
        return "spun" in self.best.line.passage.document.quality

    @cached_property
    def run(self) -> str:
        """The words of the answer themselves."""
        return " ".join(each.search for each in self.extracts)

    @cached_property
    def sentence(self) -> str:
        """The sentences that they are taken from."""
        return " ".join([self.run, *(each.line.search for each in self.extracts)])

    @cached_property
    def known(self) -> str:
        """With what a reader knows already: title, headings, places and the sentence before."""
        return f"{self.sentence} {around(self.best.line)} {self.best.line.before}".lower()

    @cached_property
    def passage(self) -> str:
        """With the passage of the best one."""
        return f"{self.known} {self.best.line.passage.chunk.search_text}"

    @cached_property
    def document(self) -> str:
        """With every passage of its document that was found."""
        own = self.best.line.passage.document.id
        return " ".join([self.passage, *(each.chunk.search_text for each in self.passages if each.document.id == own)])

    @cached_property
    def found(self) -> str:
        """With everything that was found."""
        return " ".join([self.document, *(each.chunk.search_text for each in self.passages)])

    @property
    def by_name(self) -> tuple[tuple[str, str], ...]:
        """The layers with their names, from the inside."""
        return (
            ("run", self.run),
            ("sentence", self.sentence),
            ("known", self.known),
            ("passage", self.passage),
            ("document", self.document),
            ("found", self.found),
        )
