"""InfoNCE over one table a kind of token: in a batch, each left text must find its own right text among all the others."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.training.bags import Bags, join
from index.training.batches import batches
from index.training.reading import Source
from index.training.sources import Drawn, Text

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import EmbeddingBag

Table = NDArray[np.float32]

SCALE = 20.0
BATCH = 1_024
_WARM_UP = 50


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast to learn, and which kinds of token: 0 the words, 1 the characters and pairs."""

    steps: int
    rate: float
    kinds: tuple[int, ...]
    seed: int


def learn(sources: Sequence[Source], tables: Sequence[Table], course: Course) -> list[Table]:
    """The tables after training, in the order of `course.kinds`; a text's vector is the sum of its mean rows, of length 1."""
    import torch

    torch.manual_seed(course.seed)
    bags = [
        torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(table.copy()), freeze=False, mode="mean")
        for table in tables
    ]
    optimiser = torch.optim.Adam([bag.weight for bag in bags], lr=course.rate, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step, course.steps))
    random = np.random.default_rng(course.seed)
    begun, recent = time.monotonic(), 0.0
    for step, drawn in enumerate(batches(sources, BATCH, course.steps, random), start=1):
        loss = _loss(bags, drawn, course.kinds)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        recent += loss.item() / 250
        if step % 250 == 0:
            print(f"step {step}/{course.steps} loss {recent:.3f} {time.monotonic() - begun:.0f} s", flush=True)
            recent = 0.0
    return [np.asarray(bag.weight.detach().numpy()) for bag in bags]


def vectors(tables: Sequence[Table], texts: Sequence[Bags]) -> Table:
    """The vectors of texts, of length 1: one `Bags` a table."""
    import torch

    total = np.zeros((len(texts[0]), tables[0].shape[1]), dtype=np.float32)
    for table, bags in zip(tables, texts, strict=True):
        module = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(table), mode="mean")
        total += module(torch.from_numpy(bags.tokens), torch.from_numpy(bags.starts[:-1].astype(np.int32))).numpy()
    norms = np.linalg.norm(total, axis=1, keepdims=True)
    return np.asarray(total / np.where(norms > 0, norms, 1))


def _share(step: int, steps: int) -> float:
    """The share of the rate at a step: up in fifty steps, then down along half a cosine."""
    return min(1.0, (step + 1) / _WARM_UP) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))


def _loss(tables: Sequence[EmbeddingBag], drawn: Drawn, kinds: tuple[int, ...]) -> Tensor:
    import torch
    from torch.nn import functional

    left = _embed(tables, drawn.left, kinds)
    scores = SCALE * left @ _embed(tables, list(itertools.chain(drawn.right, drawn.others)), kinds).T
    count = len(drawn.left)
    group = torch.from_numpy(drawn.group)
    same = (group[:, None] == group[None, :]).fill_diagonal_(False)
    right = scores[:, :count].masked_fill(same, -1e9)
    target = torch.arange(count)
    forward = functional.cross_entropy(torch.cat([right, scores[:, count:]], dim=1), target)
    return (forward + functional.cross_entropy(right.T, target)) / 2


def _embed(tables: Sequence[EmbeddingBag], texts: Sequence[Text], kinds: tuple[int, ...]) -> Tensor:
    import torch
    from torch.nn import functional

    parts = []
    for table, kind in zip(tables, kinds, strict=True):
        bags = join([text[kind] for text in texts])
        parts.append(table(torch.from_numpy(bags.tokens), torch.from_numpy(bags.starts[:-1].astype(np.int32))))
    return functional.normalize(torch.stack(parts).sum(dim=0), dim=-1)
