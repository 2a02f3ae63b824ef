"""Which words of a text answer which words of a question (何时 and 年, 职务 and 担任), learned by crossing them.

A table holds a weight for every asking token with every token of answers; a text's score is the sum over the pairs that
the question and the text make. It sees nothing of what the two have in common: that is told by the other readings.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.remembering import Remembered

Numbers = NDArray[np.int64]

_DIGIT = re.compile(r"\d")
_ENDS = "?？。 "
_SPAN = 1 << 21
_MOST_TEXTS = 4096


@dataclass(frozen=True)
class Crossing:
    """`asking` are A tokens of questions, `telling` T tokens of one or two characters, sorted by `key_of`.

    `weights` is (A + 1, T) in signed bytes, to be multiplied by `scale`; its first row counts whatever is asked.
    """

    asking: tuple[str, ...]
    telling: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: float

    @cached_property
    def _asking(self) -> dict[str, int]:
        return {token: number + 1 for number, token in enumerate(self.asking)}

    @cached_property
    def keys(self) -> Numbers:
        """The sorted keys of the telling tokens."""
        return np.array([key_of(token) for token in self.telling], dtype=np.int64)

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """The score of each text, both sides in search form."""
        rows = self.rows(question)
        weight = self.weights[rows].sum(axis=0, dtype=np.int64) * self.scale
        text, token = self.told(question, texts)
        found: NDArray[np.float64] = np.bincount(text, weights=weight[token], minlength=len(texts)).astype(np.float64)
        return found

    def rows(self, question: str) -> list[int]:
        """The rows of the table that a question speaks to."""
        known = self._asking
        return [0, *sorted(known[token] for token in asking_tokens(question) if token in known)]

    def told(self, question: str, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Text and token of every token that a text has and the question has not, each once a text."""
        if not texts:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        known = self._told.of(texts, self._known_tokens)
        every = [known[text] for text in texts]
        text, token = np.repeat(np.arange(len(texts)), [len(each) for each in every]), np.concatenate(every)
        foreign = np.ones(len(self.keys), dtype=np.bool_)
        foreign[self._places(np.array([key_of(own) for own in telling_tokens(question)], dtype=np.int64))[0]] = False
        kept = foreign[token]
        return text[kept], token[kept]

    @cached_property
    def _told(self) -> Remembered[str, Numbers]:
        """The tokens of the last texts: those of a passage are asked for again for each part of a question."""
        return Remembered(_MOST_TEXTS)

    def _known_tokens(self, texts: Sequence[str]) -> Iterator[tuple[str, Numbers]]:
        """The telling tokens of each text, each once, ascending."""
        text, key = _tokens(texts)
        at, held = self._places(key)
        both = np.unique(text[held] * len(self.keys) + at)
        bounds = np.searchsorted(both, np.arange(1, len(texts)) * len(self.keys))
        yield from zip(texts, np.split(both % len(self.keys), bounds), strict=True)

    def _places(self, keys: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """Where those of the keys that are of the table stand in it, and which these are."""
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        held = self.keys[at] == keys
        return at[held], held

    def save(self, path: Path) -> None:
        """Writes the table as an .npz file without pickled objects."""
        np.savez_compressed(
            path,
            asking=np.array(self.asking),
            telling=np.array(self.telling),
            weights=self.weights,
            scale=np.array(self.scale),
        )

    @classmethod
    def load(cls, path: Path) -> Crossing:
        """The table in an .npz file; OSError or ValueError when it cannot be read."""
        try:
            with np.load(path, allow_pickle=False) as held:
                asking, telling = (tuple(str(token) for token in held[name]) for name in ("asking", "telling"))
                return cls(asking, telling, held["weights"], float(held["scale"]))
        except (EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"{path}: {error}") from error


def asking_tokens(question: str) -> set[str]:
    """Pairs and triples of a question's characters, its two ends marked, every digit alike."""
    form = f"^{_plain(question).rstrip(_ENDS)}$"
    return {form[at : at + size] for size in (2, 3) for at in range(len(form) - size + 1)}


def telling_tokens(text: str) -> set[str]:
    """Characters and pairs of them, every digit alike."""
    form = _plain(text)
    return {*form, *(form[at : at + 2] for at in range(len(form) - 1))}


def key_of(token: str) -> int:
    """The number of a token of one or two characters."""
    return ord(token[0]) * _SPAN + (ord(token[1]) if len(token) > 1 else 0)


def _plain(text: str) -> str:
    return _DIGIT.sub("0", text.lower())


def _tokens(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Text and key of every character and pair; a pair never reaches over the end of a text."""
    forms = [_plain(text) for text in texts]
    joined = "\n".join(forms)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64)
    text = np.repeat(np.arange(len(forms)), [len(form) + 1 for form in forms])[: len(codes)]
    inside = text[1:] == text[:-1]
    pairs = (codes[:-1] * _SPAN + codes[1:])[inside]
    return np.concatenate([text, text[:-1][inside]]), np.concatenate([codes * _SPAN, pairs])
