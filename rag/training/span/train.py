"""Train the span reader: `python -m rag.training.span.train SHARED MINUTES [--processes N] [--from FILE] [--out FOLDER]`.

Processes change the same weights without waiting for each other (Niu et al., "Hogwild!", 2011), so no two runs are alike
to the bit. What is kept is a running mean of the weights. FOLDER gets `weights.safetensors`, from which a later run may go
on, and `span.safetensors`, the reader's file, from which one may go on too: its words and tables are then kept.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from rag.span.features import FEATURES
from rag.span.tokens import CLASSES, Cutter
from rag.span.weights import packed, unpacked
from rag.training.span import vectors
from rag.training.span.batches import LONGEST, Batches
from rag.training.span.examples import Examples
from rag.training.span.network import Reader

MODEL = Path(__file__).parents[3] / "index" / "model"
QUESTIONS = Path(__file__).parents[3] / "eval" / "data"
_CHARACTERS, _COMMON = 4400, 2000
SIZES = {
    "width": 160,
    "own": 32,
    "characters": _CHARACTERS + 1,
    "kinds": CLASSES,
    "common": _COMMON,
    "features": FEATURES,
    "longest": LONGEST,
    "drop": 20,
}
_RATE, _LEAST, _WARM = 1.6e-3, 0.03, 100
_BATCH = 16
_ENDS = 0.25
_SAVED_EVERY = 240.0


def loss_of(net: Reader, batch: dict[str, Tensor], places: Tensor) -> Tensor:
    """The surprise at the right span among all spans and none; and, less, at its start and its end."""
    with torch.autocast("cpu", torch.bfloat16):
        start, end, spans, none = net(batch)
    every = torch.cat([spans.flatten(1), none[:, None]], 1)
    answered = places[:, 0] >= 0
    right = torch.where(answered, places[:, 0] * LONGEST + places[:, 1] - places[:, 0], every.shape[1] - 1)
    loss = functional.cross_entropy(every, right)
    if answered.any():
        ends = functional.cross_entropy(start[answered], places[answered, 0])
        ends = ends + functional.cross_entropy(end[answered], places[answered, 1])
        loss = loss + _ENDS * ends * answered.float().mean()
    return loss


def run(
    net: Reader,
    batches: Iterator[tuple[dict[str, Tensor], Tensor]],
    seconds: float,
    rate: float,
    kept: Sequence[Tensor] | None,
    save: Path | None,
) -> None:
    """Learns until the time is over; `kept` follows the weights, and is saved now and then."""
    weights = list(net.parameters())
    optimizer = torch.optim.AdamW(weights, lr=rate, weight_decay=0.01, betas=(0.9, 0.98), eps=1e-7)
    begun = saved = time.monotonic()
    for step, (batch, places) in enumerate(batches, 1):
        spent = (time.monotonic() - begun) / seconds
        if spent >= 1:
            return
        wave = 0.5 * (1 + math.cos(math.pi * spent)) * (1 - _LEAST) + _LEAST
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, step / _WARM) * wave
        optimizer.zero_grad()
        loss = loss_of(net, batch, places)
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 2.0)
        optimizer.step()
        if kept is None or save is None:
            continue
        for mean, weight in zip(kept, weights, strict=True):
            mean.lerp_(weight.detach(), 1 - min(0.995, step / (step + 9)))
        if step % 50 == 0:
            print(f"step {step}, loss {float(loss.detach()):.3f}", flush=True)
        if time.monotonic() - saved > _SAVED_EVERY:
            save_file(_named(net, kept), save)
            saved = time.monotonic()


def _named(net: Reader, kept: Sequence[Tensor]) -> dict[str, NDArray[np.float32]]:
    return {name: mean.numpy() for (name, _), mean in zip(net.named_parameters(), kept, strict=True)}


def _characters(shared: Path) -> str:
    """The commonest characters of every third text, folded as a cutter folds them."""
    blank = Cutter((), "")
    counts: Counter[str] = Counter()
    for number, text in enumerate(vectors.texts(shared)):
        if number % 3 == 0:
            counts.update(blank.folded(text))
    return "".join([sign for sign, _ in counts.most_common() if not sign.isspace()][:_CHARACTERS])


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the data, trains, and writes the reader's file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("minutes", type=float)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--from", dest="start", type=Path)
    parser.add_argument("--rate", type=float, default=_RATE, help="the highest rate; less where learning goes on")
    parser.add_argument("--gaps", action="store_true", help="learn from gaps in news, not from questions")
    parser.add_argument("--out", type=Path, default=Path())
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    made = _Tables.of_reader(given.start) if given.start and _is_reader(given.start) else _Tables.made(given.shared)
    cutter = Cutter(made.words, made.characters)
    common = np.zeros(cutter.size, dtype=np.int32)
    common[made.named] = np.arange(1, _COMMON + 1)
    examples = Examples(given.shared, cutter, made.rarity)
    rows, factors = made.table
    net = Reader(torch.from_numpy(rows.astype(np.float32) * factors), SIZES)
    if given.start:
        start = {name: torch.from_numpy(values) for name, values in _weights(given.start).items()}
        # The table of words is no weight, so it is in no checkpoint.
        net.load_state_dict(start, strict=False)
    kept = _trained(net, examples, common, given)
    plain = _named(net, kept)
    save_file(plain, given.out / "weights.safetensors")
    held = packed(made.words, made.characters, made.rarity, made.table, made.named, plain)
    save_file(held, given.out / "span.safetensors")


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is not trained: the words, the commonest characters, how rare each word is, its vectors, the commonest words."""

    words: tuple[str, ...]
    characters: str
    rarity: NDArray[np.float32]
    table: tuple[NDArray[np.int8], NDArray[np.float32]]
    named: NDArray[np.int32]

    @classmethod
    def made(cls, shared: Path) -> _Tables:
        words = tuple((MODEL / "words.txt").read_text(encoding="utf-8").split("\n"))
        characters = _characters(shared)
        cutter = Cutter(words, characters)
        stream = vectors.stream(cutter, vectors.texts(shared))
        counts = np.bincount(stream, minlength=cutter.size + 1)[: cutter.size]
        table = vectors.table(cutter, stream, load_file(MODEL / "model.safetensors")["word_rows"])
        named = np.argsort(-counts, kind="stable")[:_COMMON].astype(np.int32)
        return cls(words, characters, vectors.rarity(cutter, counts), table, named)

    @classmethod
    def of_reader(cls, file: Path) -> _Tables:
        held = load_file(file)
        return cls(
            tuple(held["words"].tobytes().decode("utf-8").split("\n")),
            held["characters"].tobytes().decode("utf-8"),
            held["rarity"].astype(np.float32) / np.float32(255),
            (held["table"], held["table_factors"]),
            held["common"],
        )


def _is_reader(file: Path) -> bool:
    return "words" in load_file(file)


def _weights(file: Path) -> dict[str, NDArray[np.float32]]:
    """The weights by the network's names, of a checkpoint or out of a reader's file."""
    return unpacked(load_file(file)) if _is_reader(file) else load_file(file)


def _trained(net: Reader, examples: Examples, common: NDArray[np.int32], given: argparse.Namespace) -> list[Tensor]:
    net.share_memory()
    asked = () if given.gaps else (*examples.all(), *examples.own(QUESTIONS))
    learned = [one for one in asked if not one.held_out]
    kept = [weight.detach().clone() for weight in net.parameters()]
    # Children are forked, so that examples and weights are in memory once.
    number = 0
    for child in range(1, given.processes):
        if os.fork() == 0:
            number = child
            break
    torch.manual_seed(number)
    batches = Batches(learned, common, _BATCH, seed=number)
    net.train()
    run(
        net,
        batches.streamed(examples.gaps(number, given.processes)) if given.gaps else batches.passes(),
        given.minutes * 60,
        given.rate,
        None if number else kept,
        None if number else given.out / "weights.safetensors",
    )
    if number:
        os._exit(0)
    return kept


if __name__ == "__main__":
    main()
