"""A folder of invented data of the same form as the real one, small enough to be read by eye."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

IDS = range(60)


def write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def split(number: int, others: str) -> str:
    return others if number % 3 == 0 else "train"


def made_shared(folder: Path) -> Path:
    """The folder; every question holds the name of its set, and of the half that is measured only."""
    data, corpus = folder / "data", folder / "corpus"
    write(data / "stard" / "corpus.jsonl.gz", [record(f"stard_{n}", f"法条{n}号。") for n in IDS])
    write(data / "stard" / "qa.jsonl", [law_question(n) for n in IDS])
    write(data / "cmrc2018" / "passages.jsonl", [record(f"C{n}", f"百科{n}号。") for n in IDS])
    write(data / "cmrc2018" / "qa.jsonl", [passage_question("C", n, split(n, "dev")) for n in IDS])
    cail = [passage_question("L", n, "dev" if n % 2 else "test") | {"is_impossible": n % 5 == 0} for n in IDS]
    write(data / "cail2019" / "qa.jsonl", cail)
    write(data / "crud" / "passages.jsonl.gz", [record(f"crud_{n}", f"新闻{n}号。") for n in IDS])
    write(data / "crud" / "qa_dev.jsonl", [{"id": "q", "question": "crud measured", "passage_ids": ["crud_1"]}])
    write(data / "train" / "law_articles.jsonl.gz", [record("a", "第一句话很长的。第二句话也很长。")])
    write(data / "train" / "news_titles.jsonl.gz", [record("t", "第一句话很长的。第二句话也很长。")])
    sources = ("lawyer_llama", "ncp_policy", "security_mrc")
    pairs = [{"source": source, "a": f"{source} {n}", "b": f"{source}答{n}"} for source in sources for n in IDS]
    write(data / "train" / "pairs.jsonl.gz", pairs)
    write(corpus / "domain_news.jsonl", [record(f"news_{n}", f"产改{n}号。") for n in IDS])
    write(corpus / "domain_laws.jsonl", [])
    return folder


def made_questions(folder: Path) -> Path:
    """Questions of our own over the texts of `made_shared`, as tables of id and question."""
    folder.mkdir()
    for name, prefix in (("law", "stard"), ("news", "crud"), ("domain", "news")):
        lines = [f"{prefix}_{n}\town {name} {n}\n" for n in IDS]
        (folder / f"{name}.tsv").write_text("# id\tquestion\n" + "".join(lines), encoding="utf-8")
    return folder


def record(text_id: str, text: str) -> dict[str, Any]:
    return {"id": text_id, "title": "", "law": "", "chapter": "", "text": text}


def law_question(number: int) -> dict[str, Any]:
    half = split(number, "dev")
    return {
        "id": f"q{number}",
        "question": f"stard {half} {number}" if half == "train" else f"stard measured {number}",
        "passage_ids": [f"stard_{number}"],
        "split": half,
        "answers": [f"法答{number}"],
    }


def passage_question(prefix: str, number: int, half: str) -> dict[str, Any]:
    is_measured = half == ("dev" if prefix == "C" else "test")
    return {
        "id": f"{prefix}q{number}",
        "question": f"{prefix} {'measured' if is_measured else half} {number}",
        "passage_id": f"{prefix}{number}",
        "split": half,
    }
