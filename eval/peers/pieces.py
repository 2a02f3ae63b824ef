"""How a skilled user cuts Chinese text: at paragraphs, then sentences, then clauses."""

from __future__ import annotations

import re

# From the strongest break to the weakest, for the splitters that take a list.
SEPARATORS = ("\n\n", "\n", "。", "！", "？", "；", "，", "")
# One expression for the splitters that look for sentences.
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]*|[。！？；\n]+")
# Two neighbouring letters or figures, overlapping: bigrams for every tokeniser that is told by an expression.
BIGRAM_EXPRESSION = r"(?=([^\W_]{2}))"


def sentences(text: str) -> list[str]:
    """The sentences of a text; joined, they are the text."""
    return SENTENCE.findall(text)


def pieces(text: str, characters: int) -> list[str]:
    """Whole sentences packed up to `characters`; a longer sentence is a piece of its own, and blank ones are dropped."""
    made: list[str] = []
    held = ""
    for sentence in sentences(text):
        if held and len(held) + len(sentence) > characters:
            made.append(held)
            held = ""
        held += sentence
    return [piece for piece in [*made, held] if piece.strip()]
