from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.search.legs import MEASURES, WAYS, documents_of, main, measured
from index.errors import DatasetError
from index.library import Library
from tests.fakes.library import made_document, made_library

TEXTS = {
    "常州": "常州市建成工匠学院12家，培训职工3万人次。",
    "白银": "白银市职业院校与150个企业结成校企合作关系。",
    "盐城": "盐城市给首次评上技师的职工每人补助2000元。",
}
QUESTIONS = {"常州建成多少家工匠学院？": "常州", "盐城给技师补助多少钱？": "盐城"}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    documents = [made_document(text, name=name, title=f"{name}简报") for name, text in TEXTS.items()]
    with made_library(tmp_path / "index", documents) as opened:
        yield opened


def dataset(folder: Path, questions: dict[str, str]) -> Path:
    rows = [
        {
            "id": f"q{number}",
            "question": question,
            "type": "figure",
            "answers": [["12"]],
            "evidence": [{"document": f"{name}.md", "quote": TEXTS[name]}],
        }
        for number, (question, name) in enumerate(questions.items())
    ]
    path = folder / "qa.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_every_way_is_measured_over_every_question(library: Library, tmp_path: Path) -> None:
    rows = dict(measured(library, [dataset(tmp_path, QUESTIONS)]))
    assert set(rows) == set(WAYS)
    for estimates in rows.values():
        assert [one.of for one in estimates] == [2] * len(MEASURES)
        assert [one.value for one in estimates] == [1.0] * len(MEASURES)


def test_a_document_counts_once_by_its_best_chunk(library: Library) -> None:
    ids = [library.keyword_hits(name, 1)[0].chunk_id for name in ("常州", "盐城")]
    assert [one.document for one in documents_of(library, [*ids, *reversed(ids)])] == ["doc-常州", "doc-盐城"]


def test_questions_without_evidence_are_refused(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "qa.jsonl"
    row = {"id": "u", "question": "火星？", "type": "unanswerable", "unanswerable": True}
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="没有一道既有证据又不带上文的题"):
        measured(library, [path])


def test_the_command_prints_a_line_for_each_way(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(dataset(tmp_path, QUESTIONS)), "--index", str(tmp_path / "index")]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 1 + len(WAYS)
    assert all("1.000" in line for line in printed[1:])
    assert main([str(tmp_path / "none.jsonl"), "--index", str(tmp_path / "index")]) == 1
