"""The span reader's network in torch, for training; rag/span/network.py reads the same weights with numpy.

Recurrent layers are simple recurrent units (Lei et al., "Simple Recurrent Units for Highly Parallelizable Recurrence",
2018) without their state-dependent gates: all products of matrices are taken at once, only a weighted sum runs over time.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

FAR = -1e4


class Scan(torch.autograd.Function):  # type: ignore[misc]
    """State t = keep t × state t−1 + add t, over the first axis."""

    @staticmethod
    def forward(context: Any, keep: Tensor, add: Tensor) -> Tensor:
        """All states, shaped as both arguments."""
        states = torch.empty_like(add)
        state = torch.zeros_like(add[0])
        for k, a, s in zip(keep.unbind(0), add.unbind(0), states.unbind(0), strict=True):
            state = torch.addcmul(a, k, state, out=s)
        context.save_for_backward(keep, states)
        return states

    @staticmethod
    def backward(context: Any, slope: Tensor) -> tuple[Tensor, Tensor]:
        """The slopes with respect to `keep` and `add`."""
        keep, states = context.saved_tensors
        slope = slope.contiguous()
        total = torch.empty_like(slope)
        keeps, slopes, totals = keep.unbind(0), slope.unbind(0), total.unbind(0)
        totals[-1].copy_(slopes[-1])
        for t in range(len(keeps) - 2, -1, -1):
            torch.addcmul(slopes[t], keeps[t + 1], totals[t + 1], out=totals[t])
        before = torch.cat([torch.zeros_like(states[:1]), states[:-1]])
        return total * before, total


class Recurrent(nn.Module):  # type: ignore[misc]
    """One layer in both directions: (time, batch, inward) to (time, batch, width)."""

    def __init__(self, inward: int, width: int) -> None:
        super().__init__()
        self.width = width
        self.into = nn.Linear(inward, 4 * width)
        with torch.no_grad():
            self.into.bias[width : 2 * width] += 1.0

    def forward(self, x: Tensor, held: Tensor) -> Tensor:
        """(time, batch, inward) to (time, batch, width); `held` (time, batch, 1) is 0 beyond the end of a text."""
        new, keep, gate, past = self.into(x).float().chunk(4, -1)
        keep = torch.sigmoid(keep)
        add = (1 - keep) * new * held
        keep = keep * held + (1 - held)
        half = self.width // 2
        keep = torch.cat([keep[..., :half], keep[..., half:].flip(0)], -1)
        add = torch.cat([add[..., :half], add[..., half:].flip(0)], -1)
        state = Scan.apply(keep, add)
        state = torch.cat([state[..., :half], state[..., half:].flip(0)], -1)
        gate = torch.sigmoid(gate)
        return gate * torch.tanh(state) + (1 - gate) * past


class Reader(nn.Module):  # type: ignore[misc]
    """Scores of every span of a passage, and of there being no answer in it."""

    def __init__(self, table: Tensor, sizes: dict[str, int]) -> None:
        super().__init__()
        self.sizes = sizes
        width, own = sizes["width"], sizes["own"]
        self.register_buffer("table", table, persistent=False)
        self.characters = nn.Embedding(sizes["characters"], own)
        self.kinds = nn.Embedding(sizes["kinds"], 12)
        self.common = nn.Embedding(sizes["common"] + 1, own)
        for embedding in (self.characters, self.kinds, self.common):
            nn.init.normal_(embedding.weight, std=0.1)
        words, rest = table.shape[1] + 2 * own, own + 12
        self.align = nn.Linear(words, width)
        self.entry = nn.Linear(2 * words + rest + sizes["features"], width)
        self.entry_question = nn.Linear(words + rest, width)
        self.encode = nn.ModuleList([Recurrent(width, width), Recurrent(width, width)])
        self.meet = nn.Linear(width, width)
        self.merge = nn.Linear(4 * width, width)
        self.model = Recurrent(width, width)
        self.self_from, self.self_to = nn.Linear(width, width // 2), nn.Linear(width, width // 2)
        self.self_merge = nn.Linear(3 * width, width)
        self.last = nn.ModuleList([Recurrent(width, width), Recurrent(width, width)])
        self.summary = nn.Linear(width, 1)
        self.to_start, self.to_end = nn.Linear(width, width), nn.Linear(width, width)
        self.out_start, self.out_end = nn.Linear(width, 1), nn.Linear(width, 1)
        self.pair_start, self.pair_end = nn.Linear(width, 48), nn.Linear(width, 48)
        self.lengths = nn.Parameter(torch.zeros(sizes["longest"]))
        self.none = nn.Linear(2 * width + 1, 1)
        self.drop = sizes["drop"] / 100

    def forward(self, b: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Log-scores of start (B, T) and end (B, T), of spans (B, T, longest) by start and length, of none (B,)."""
        held_p, held_q = b["held"].t().unsqueeze(-1), b["q_held"].t().unsqueeze(-1)
        p, p_rest = self._embedded(b, "")
        q, q_rest = self._embedded(b, "q_")
        p, q = self._dropped(p), self._dropped(q)
        aligned = self._aligned(p, q, b["q_held"])
        p = functional.relu(self.entry(torch.cat([p, p_rest, b["features"].transpose(0, 1), aligned], -1)))
        q = functional.relu(self.entry_question(torch.cat([q, q_rest], -1)))
        for layer in self.encode:
            p, q = layer(self._dropped(p), held_p) + p, layer(self._dropped(q), held_q) + q
        p = self._attended(p, q, b["q_held"])
        p = self.model(self._dropped(p), held_p) + p
        p = p + self._to_itself(p, b["held"])
        for layer in self.last:
            p = layer(self._dropped(p), held_p) + p
        return self._pointed(p, q, b["held"], b["q_held"])

    def _embedded(self, b: dict[str, Tensor], side: str) -> tuple[Tensor, Tensor]:
        words = self.table[b[side + "words"]]
        own = self.characters(torch.stack([b[side + "first"], b[side + "last"]], -1)).flatten(-2)
        rest = torch.cat([self.common(b[side + "common"]), self.kinds(b[side + "kinds"])], -1)
        return torch.cat([words, own], -1).transpose(0, 1), rest.transpose(0, 1)

    def _dropped(self, x: Tensor) -> Tensor:
        """The same units of a sequence are dropped at every time."""
        if not self.training:
            return x
        mask = torch.empty_like(x[:1]).bernoulli_(1 - self.drop) / (1 - self.drop)
        return x * mask

    def _aligned(self, p: Tensor, q: Tensor, q_held: Tensor) -> Tensor:
        a, c = functional.relu(self.align(p)).transpose(0, 1), functional.relu(self.align(q)).transpose(0, 1)
        score = a @ c.transpose(1, 2) / a.shape[-1] ** 0.5 + (1 - q_held[:, None]) * FAR
        return (score.softmax(-1) @ q.transpose(0, 1)).transpose(0, 1)

    def _attended(self, p: Tensor, q: Tensor, q_held: Tensor) -> Tensor:
        a, c = self._dropped(p).transpose(0, 1), self._dropped(q).transpose(0, 1)
        score = self.meet(a) @ c.transpose(1, 2) / a.shape[-1] ** 0.5 + (1 - q_held[:, None]) * FAR
        said = score.softmax(-1) @ q.transpose(0, 1)
        whole = (self.summary(q).squeeze(-1).t() + (1 - q_held) * FAR).softmax(-1)
        whole = (whole[:, None] @ q.transpose(0, 1)).expand_as(said)
        x = p.transpose(0, 1)
        return functional.relu(self.merge(torch.cat([x, said, x * said, x * whole], -1))).transpose(0, 1)

    def _to_itself(self, p: Tensor, held: Tensor) -> Tensor:
        x = self._dropped(p).transpose(0, 1)
        score = self.self_from(x) @ self.self_to(x).transpose(1, 2) / 8 + (1 - held[:, None]) * FAR
        score = score + torch.eye(x.shape[1]) * FAR
        other = score.softmax(-1) @ x
        return functional.relu(self.self_merge(torch.cat([x, other, x * other], -1))).transpose(0, 1)

    def _pointed(self, p: Tensor, q: Tensor, held: Tensor, q_held: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        x = self._dropped(p).transpose(0, 1)
        weight = (self.summary(q).squeeze(-1).t() + (1 - q_held) * FAR).softmax(-1)
        whole = (weight[:, None] @ q.transpose(0, 1)).squeeze(1)
        far = (1 - held) * FAR
        start = ((x @ self.to_start(whole)[:, :, None]).squeeze(-1) / 8 + self.out_start(x).squeeze(-1)).float() + far
        end = ((x @ self.to_end(whole)[:, :, None]).squeeze(-1) / 8 + self.out_end(x).squeeze(-1)).float() + far
        longest = self.sizes["longest"]
        tails = functional.pad(end, (0, longest - 1), value=FAR).unfold(1, longest, 1)
        from_start, to_end = self.pair_start(x).float(), self.pair_end(x).float()
        both = from_start @ to_end.transpose(1, 2) / 7
        both = functional.pad(both, (0, longest - 1))
        size, time = both.shape[0], both.shape[1]
        # Of row i the columns i … i + longest − 1.
        stride = both.stride()
        both = both.as_strided((size, time, longest), (stride[0], stride[1] + stride[2], stride[2]))
        spans = start.unsqueeze(-1) + tails + both + self.lengths
        heavy = (start + end).softmax(-1)
        found = (heavy[:, None].to(x.dtype) @ x).squeeze(1)
        best = torch.logsumexp(start, -1, keepdim=True) / 8
        none = self.none(torch.cat([found, whole, best.to(found.dtype)], -1)).squeeze(-1).float()
        return start, end, spans, none
