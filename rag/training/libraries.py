"""The libraries that the ranker learns over: `python -m rag.training.libraries SHARED LIBRARIES`.

One index a set of questions, each built as `changai build` does; minutes for each of the two large ones.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
from pathlib import Path

from index.build import build
from index.settings import Settings
from rag.training.asked import own_texts

_DATA = {
    "stard": ("data/stard/corpus.jsonl.gz",),
    "crud": ("data/crud/passages.jsonl.gz",),
    "cmrc": ("data/cmrc2018/passages.jsonl",),
    "cail": ("data/cail2019/passages.jsonl",),
    "domain": ("corpus/seeds", "corpus/domain_news.jsonl", "corpus/core_laws.jsonl", "corpus/domain_laws.jsonl"),
}


def answers_as_corpora(shared: Path, folder: Path) -> dict[str, Path]:
    """Writes the sets whose answers are the library as corpora of lines; their paths by name."""
    written = {}
    for name, texts in own_texts(shared):
        lines = [
            json.dumps({"id": text_id, "title": "", "text": text}, ensure_ascii=False)
            for text_id, text in texts.items()
        ]
        written[name] = folder / f"{name}.jsonl"
        written[name].write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return written


def unpacked(path: Path, folder: Path) -> Path:
    """The path itself, or that of its unpacked copy in the folder: `changai build` takes corpora of lines as they are."""
    if path.suffix != ".gz":
        return path
    copy = folder / f"{path.parent.name}.jsonl"
    with gzip.open(path) as packed, copy.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return copy


def main() -> None:
    """Builds all of them, one after the other."""
    parser = argparse.ArgumentParser(description="Build the libraries that the ranker learns over.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("libraries", type=Path)
    options = parser.parse_args()
    options.libraries.mkdir(parents=True, exist_ok=True)
    sources = {
        name: [unpacked(options.shared / path, options.libraries) for path in paths] for name, paths in _DATA.items()
    }
    sources |= {name: [path] for name, path in answers_as_corpora(options.shared, options.libraries).items()}
    for name, paths in sources.items():
        report = build(Settings(options.libraries / name), paths)
        print(f"{name}: {report.documents} documents, {report.chunks} chunks", flush=True)


if __name__ == "__main__":
    main()
