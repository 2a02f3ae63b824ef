from __future__ import annotations

import gzip
import json
from pathlib import Path

from rag.training.libraries import answers_as_corpora, unpacked


def test_every_answer_is_a_line_once_under_the_id_that_questions_ask_for(tmp_path: Path) -> None:
    rows = [
        {"a": "问一", "b": "答甲", "source": "lawyer_llama"},
        {"a": "问二", "b": "答甲", "source": "lawyer_llama"},
        {"a": "问三", "b": "答乙", "source": "ncp_policy"},
        {"a": "问四", "b": "答丙", "source": "security_mrc"},
        {"a": "问五", "b": "答丁", "source": "AFQMC"},
    ]
    train = tmp_path / "data" / "train"
    train.mkdir(parents=True)
    with gzip.open(train / "pairs.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    written = answers_as_corpora(tmp_path, tmp_path)
    held = {
        name: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for name, path in written.items()
    }
    assert {name: [(one["id"], one["text"]) for one in ones] for name, ones in held.items()} == {
        "llama": [("llama_0", "答甲")],
        "ncp": [("ncp_0", "答乙"), ("ncp_1", "答丙")],
    }


def test_a_packed_corpus_is_unpacked_and_any_other_is_taken_where_it_lies(tmp_path: Path) -> None:
    packed = tmp_path / "stard" / "corpus.jsonl.gz"
    packed.parent.mkdir()
    with gzip.open(packed, "wb") as lines:
        lines.write(b'{"id": "1"}\n')
    assert unpacked(packed, tmp_path) == tmp_path / "stard.jsonl"
    assert (tmp_path / "stard.jsonl").read_bytes() == b'{"id": "1"}\n'
    assert unpacked(tmp_path / "other.jsonl", tmp_path) == tmp_path / "other.jsonl"
