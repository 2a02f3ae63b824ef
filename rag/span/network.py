"""The network of the span reader with numpy: the layers that rag/training/span/network.py trains with torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
FAR = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Side:
    """Tokens of some texts, padded to one length: `words` (B, T, D) and `rest` (B, T, E) vectors, `held` (B, T) 1 or 0."""

    words: Floats
    rest: Floats
    held: Floats


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as read: its vectors (1, T, D) before the layers, those after them, and one vector (1, 1, D) of it whole."""

    side: Side
    tokens: Floats
    whole: Floats


@dataclass(frozen=True, slots=True)
class Scores:
    """`spans` (B, T, longest) by first token and number of tokens − 1; `none` (B,), that no span answers."""

    spans: Floats
    none: Floats


class Network:
    """Weights by the names they were trained under."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights
        self._layers = 2

    def asked(self, question: Side) -> Asked:
        """A question, a batch of one, read once for all passages."""
        q = _positive(self._linear("entry_question", np.concatenate([question.words, question.rest], -1)))
        for number in range(self._layers):
            q = self.recurrent(f"encode.{number}", q, question.held) + q
        return Asked(question, q, _softmax(self._linear("summary", q)[..., 0])[:, None] @ q)

    def scores(self, question: Asked, passages: Side) -> Scores:
        """Scores of a question over each of the passages."""
        aligned = self._aligned(passages.words, question.side)
        p = _positive(self._linear("entry", np.concatenate([passages.words, passages.rest, aligned], -1)))
        for number in range(self._layers):
            p = self.recurrent(f"encode.{number}", p, passages.held) + p
        whole = question.whole
        p = self._attended(p, question.tokens, whole)
        p = self.recurrent("model", p, passages.held) + p
        p = p + self._to_itself(p, passages.held)
        for number in range(self._layers):
            p = self.recurrent(f"last.{number}", p, passages.held) + p
        return self._pointed(p, whole[0, 0], passages.held)

    def _linear(self, name: str, x: Floats) -> Floats:
        flat = x.reshape(-1, x.shape[-1]) @ self.weights[f"{name}.weight"].T
        flat += self.weights[f"{name}.bias"]
        return np.asarray(flat.reshape(*x.shape[:-1], -1), dtype=np.float32)

    def _aligned(self, p: Floats, question: Side) -> Floats:
        a, c = _positive(self._linear("align", p)), _positive(self._linear("align", question.words))[0]
        score = a @ c.T / np.float32(np.sqrt(c.shape[-1]))
        return np.asarray(_softmax(score) @ question.words[0], dtype=np.float32)

    def recurrent(self, name: str, x: Floats, held: Floats) -> Floats:
        """Both directions at once: the second half of the units reads the text from its end."""
        x = x.swapaxes(0, 1)
        new, keep, gate, past = np.split(self._linear(f"{name}.into", x), 4, -1)
        keep = _sigmoid(keep)
        add = (1 - keep) * new
        if not held.all():
            there = held.T[..., None]
            add *= there
            keep = keep * there + (1 - there)
        half = keep.shape[-1] // 2
        keep, add = _turned(keep, half), _turned(add, half)
        carried = np.empty_like(add[0])
        # This loop is most of what a short passage takes, so that it makes no array and looks up no place.
        for share, before, here in zip(list(keep)[1:], list(add), list(add)[1:], strict=False):
            np.multiply(share, before, out=carried)
            np.add(here, carried, out=here)
        state = _turned(add, half)
        gate = _sigmoid(gate)
        return np.asarray((gate * np.tanh(state) + (1 - gate) * past).swapaxes(0, 1), dtype=np.float32)

    def _attended(self, p: Floats, q: Floats, whole: Floats) -> Floats:
        score = self._linear("meet", p) @ q[0].T / np.float32(np.sqrt(p.shape[-1]))
        said = _softmax(score) @ q[0]
        return _positive(self._linear("merge", np.concatenate([p, said, p * said, p * whole], -1)))

    def _to_itself(self, p: Floats, held: Floats) -> Floats:
        score = self._linear("self_from", p) @ self._linear("self_to", p).swapaxes(1, 2) / np.float32(8)
        score += (1 - held[:, None]) * FAR
        here = np.arange(p.shape[1])
        score[:, here, here] += FAR
        other = _softmax(score) @ p
        return _positive(self._linear("self_merge", np.concatenate([p, other, p * other], -1)))

    def _pointed(self, p: Floats, whole: Floats, held: Floats) -> Scores:
        far = (1 - held) * FAR
        start = p @ self._linear("to_start", whole) / np.float32(8) + self._linear("out_start", p)[..., 0] + far
        end = p @ self._linear("to_end", whole) / np.float32(8) + self._linear("out_end", p)[..., 0] + far
        lengths = self.weights["lengths"]
        longest, time = len(lengths), p.shape[1]
        tails = np.pad(end, ((0, 0), (0, longest - 1)), constant_values=FAR)
        both = self._linear("pair_start", p) @ self._linear("pair_end", p).swapaxes(1, 2) / np.float32(7)
        both = np.pad(both, ((0, 0), (0, 0), (0, longest - 1)))
        reach = np.arange(time)[:, None] + np.arange(longest)
        spans = start[..., None] + tails[:, reach] + both[:, np.arange(time)[:, None], reach] + lengths
        found = (_softmax(start + end)[:, None] @ p)[:, 0]
        best = _total(start)[:, None] / 8
        around = np.broadcast_to(whole, found.shape)
        none = self._linear("none", np.concatenate([found, around, best], -1).astype(np.float32))[:, 0]
        return Scores(np.asarray(spans, dtype=np.float32), none)


def _turned(x: Floats, half: int) -> Floats:
    return np.concatenate([x[..., :half], x[::-1, ..., half:]], -1)


def _positive(x: Floats) -> Floats:
    return np.maximum(x, 0, out=x)


def _sigmoid(x: Floats) -> Floats:
    # By tanh, which does not overflow.
    found: Floats = np.float32(0.5) * x
    np.tanh(found, out=found)
    found *= 0.5
    found += 0.5
    return found


def _softmax(x: Floats) -> Floats:
    x = x - x.max(-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(-1, keepdims=True)
    return x


def _total(x: Floats) -> Floats:
    """The logarithm of the sum of the exponentials along the last axis."""
    top = x.max(-1)
    return np.asarray(top + np.log(np.exp(x - top[..., None]).sum(-1)), dtype=np.float32)
