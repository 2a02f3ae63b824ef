"""The libraries that ranker and choosers learn over: `python -m rag.training.libraries SHARED LIBRARIES QUESTIONS`.

One index a set of questions, each built as `changai build` does; minutes for each of the two large ones. QUESTIONS is the
folder of the project's own questions.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
from pathlib import Path

import index
from index.build import build
from index.settings import Settings
from rag.training.asked import own_texts

SAMPLE = Path(index.__file__).parent / "sample"
_DATA = {
    "stard": ("data/stard/corpus.jsonl.gz",),
    "crud": ("data/crud/passages.jsonl.gz",),
    "cmrc": ("data/cmrc2018/passages.jsonl",),
    "cail": ("data/cail2019/passages.jsonl",),
    "seeds": ("corpus/seeds", "corpus/domain_news.jsonl"),
    "domain": ("corpus/seeds", "corpus/domain_news.jsonl", "corpus/core_laws.jsonl", "corpus/domain_laws.jsonl"),
}

# The articles of CRUD of which we asked lie among the news of the field, since all of CRUD takes minutes a thousand questions.
_ASKED_CRUD = "asked_crud_train.jsonl"


def asked_articles(shared: Path, questions: Path, folder: Path) -> Path:
    """Writes the articles of CRUD that our own questions were asked of as a corpus of lines; its path."""
    rows = map(json.loads, (questions / _ASKED_CRUD).read_text(encoding="utf-8").splitlines())
    named = {proof["document"] for row in rows for proof in row["evidence"]}
    written = folder / "asked_crud.jsonl"
    with gzip.open(shared / "data" / "crud" / "passages.jsonl.gz", "rt", encoding="utf-8") as lines:
        written.write_text("".join(line for line in lines if json.loads(line)["id"] in named), encoding="utf-8")
    return written


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
    parser = argparse.ArgumentParser(description="Build the libraries that ranker and choosers learn over.")
    parser.add_argument("shared", type=Path)
    parser.add_argument("libraries", type=Path)
    parser.add_argument("questions", type=Path, help="the folder of our own questions")
    parser.add_argument("--only", nargs="*", help="these libraries alone")
    options = parser.parse_args()
    options.libraries.mkdir(parents=True, exist_ok=True)
    sources = {
        name: [unpacked(options.shared / path, options.libraries) for path in paths] for name, paths in _DATA.items()
    }
    sources |= {name: [path] for name, path in answers_as_corpora(options.shared, options.libraries).items()}
    sources["sample"] = [SAMPLE]
    news = options.shared / "corpus" / "domain_news.jsonl"
    sources["more"] = [news, asked_articles(options.shared, options.questions, options.libraries)]
    for name in options.only or sources:
        paths = sources[name]
        report = build(Settings(options.libraries / name), paths)
        print(f"{name}: {report.documents} documents, {report.chunks} chunks", flush=True)


if __name__ == "__main__":
    main()
