"""Train the shipped embedding model: `python -m index.training.train_embedding SHARED OUT`.

A StaticEmbedding (the mean of one vector a token) learns with InfoNCE: in a batch, each left text must find
its own right text among all right texts, and the other way round. Seeded; takes minutes on two cores.
"""

from __future__ import annotations

import argparse
import itertools
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.training.bags import Bags, encode
from index.training.batches import Batch, Pool
from index.training.folder import write_folder
from index.training.pairs import pairs, passages
from index.training.start import random_directions
from index.training.texts import plain, texts
from index.training.vocabulary import build

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from torch import Tensor
    from torch.nn import EmbeddingBag

SEED = 20211022
VOCABULARY = 44_000
DIMENSION = 256
BATCH = 1_024
SCALE = 20.0


def vocabulary(data: Path, size: int) -> Tokenizer:
    """The tokenizer, from every second headline, every third article and every third statute."""
    sources = [
        texts(data / "train" / "news_titles.jsonl.gz", 2),
        texts(data / "train" / "law_articles.jsonl.gz", 3),
        texts(data / "crud" / "passages.jsonl.gz", 3),
    ]
    return build((plain(text) for text in itertools.chain(*sources)), size)


def pool(data: Path, tokenizer: Tokenizer) -> Pool:
    """All pairs and passages as tokens."""
    left, right = zip(*pairs(data), strict=True)
    lists = list(passages(data))
    first = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in lists], out=first[1:])
    numbers = {text: number for number, text in enumerate(dict.fromkeys(right))}
    group = np.array([numbers[text] for text in right], dtype=np.int64)
    sentences = encode(tokenizer, list(itertools.chain.from_iterable(lists)))
    return Pool(encode(tokenizer, left), encode(tokenizer, right), group, sentences, first)


def loss_of(bag: EmbeddingBag, batch: Batch) -> Tensor:
    """InfoNCE in both directions over one batch, as a torch scalar."""
    import torch
    from torch.nn import functional

    left, right = (functional.normalize(bag(*_tensors(side)), dim=-1) for side in (batch.left, batch.right))
    scores = SCALE * left @ right.T
    group = torch.from_numpy(batch.group)
    same = group[:, None] == group[None, :]
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, float("-inf"))
    target = torch.arange(len(scores))
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def _tensors(bags: Bags) -> tuple[Tensor, Tensor]:
    import torch

    return torch.from_numpy(bags.tokens), torch.from_numpy(bags.starts[:-1].astype(np.int32))


def train(source: Pool, weights: NDArray[np.float32], epochs: int, rate: float) -> NDArray[np.float32]:
    """The weights after `epochs` passes; the rate of learning falls to zero along half a cosine."""
    import torch

    torch.manual_seed(SEED)
    random = np.random.default_rng(SEED)
    bag = torch.nn.EmbeddingBag.from_pretrained(torch.from_numpy(weights), freeze=False, mode="mean")
    steps = epochs * ((len(source.left) + len(source.first) - 1) // BATCH)
    optimiser = torch.optim.Adam(bag.parameters(), lr=rate, fused=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    begun, recent = time.monotonic(), 0.0
    batches = itertools.chain.from_iterable(source.epoch(BATCH, random) for _ in range(epochs))
    for step, batch in enumerate(batches, start=1):
        loss = loss_of(bag, batch)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        recent += loss.item() / 50
        if step % 50 == 0:
            print(f"step {step}/{steps} loss {recent:.4f} {time.monotonic() - begun:.0f} s", flush=True)
            recent = 0.0
    return np.asarray(bag.weight.detach().numpy())


def main() -> None:
    """Build the vocabulary, draw the start, train, and write the model folder."""
    parser = argparse.ArgumentParser(description="Train the shipped embedding model.")
    parser.add_argument("shared", type=Path, help="the folder that holds data/")
    parser.add_argument("out", type=Path, help="the model folder to write")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=0.02)
    options = parser.parse_args()
    data = options.shared / "data"
    tokenizer = vocabulary(data, VOCABULARY)
    source = pool(data, tokenizer)
    print(f"{len(source.left)} pairs, {len(source.first) - 1} passages of {len(source.sentences.tokens)} tokens")
    weights = random_directions(source, tokenizer.get_vocab_size(), DIMENSION, SEED)
    if options.epochs:
        weights = train(source, weights, options.epochs, options.rate)
    write_folder(options.out, tokenizer, weights)


if __name__ == "__main__":
    main()
