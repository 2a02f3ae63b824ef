"""Train the ranks of the offline token counter: `python -m index.training.train_tokens SHARED OUT`.

SHARED holds `data/` and `corpus/`; OUT is the `.tiktoken` file. The result depends on the texts only: nothing
is random.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from pathlib import Path

from index.tokens import PATTERN
from index.training.texts import texts

VOCABULARY = 16_384
LONGEST_TEXT = 2_000


def sample(shared: Path) -> Iterator[str]:
    """A balanced sample of news, laws and texts about workers and unions: about seven million characters."""
    train = shared / "data" / "train"
    sources = [
        texts(train / "news_titles.jsonl.gz", 12),
        texts(train / "law_articles.jsonl.gz", 12),
        texts(shared / "data" / "crud" / "passages.jsonl.gz", 25),
        texts(shared / "corpus" / "domain_news.jsonl"),
        texts(shared / "corpus" / "domain_laws.jsonl"),
    ]
    for source in sources:
        for text in source:
            yield text[:LONGEST_TEXT]


def byte_of_symbol() -> dict[str, int]:
    """The byte behind each printable stand-in that byte-level BPE uses (the map of GPT-2)."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    symbols = {chr(byte): byte for byte in plain}
    others = [byte for byte in range(256) if byte not in set(plain)]
    return symbols | {chr(256 + order): byte for order, byte in enumerate(others)}


def train(lines: Iterator[str]) -> list[bytes]:
    """The byte strings of the ranks: the 256 single bytes, then the merges in the order they were made."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PATTERN), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    symbols = byte_of_symbol()
    ordered = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    return [bytes(symbols[symbol] for symbol in token) for token, _ in ordered]


def main() -> None:
    """Train and write the ranks file in tiktoken's own form: base64 of the bytes, a blank, the rank."""
    shared, out = Path(sys.argv[1]), Path(sys.argv[2])
    ranks = train(sample(shared))
    lines = [f"{base64.b64encode(token).decode()} {rank}\n" for rank, token in enumerate(ranks)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(lines), encoding="ascii")
    print(f"{len(ranks)} ranks, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
