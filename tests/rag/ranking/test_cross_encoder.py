from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import ModelError
from index.library import Library
from rag.question import understand
from rag.ranking.cross_encoder import rescored
from rag.retriever import DEPTH, ranked
from tests.fakes.library import made_document, made_library

TEXTS = ("常州市建成工匠学院12家。", "白银市建成工匠学院3家。", "盐城市给技师补助2000元。")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one small layer and one score, whose weights are random but always the same."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("cross-encoder")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set("".join(TEXTS)))]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    torch.manual_seed(1)
    shape = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    transformers.BertForSequenceClassification(shape).save_pretrained(folder)
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_chances_are_the_models_and_the_same_every_time(model: Path) -> None:
    first = rescored(str(model), "常州有几家工匠学院？", TEXTS)
    assert first == rescored(str(model), "常州有几家工匠学院？", TEXTS)
    assert len(set(first)) == len(TEXTS)
    assert all(0 < chance < 1 for chance in first)
    assert rescored(str(model), "常州有几家工匠学院？", []) == []


def test_the_best_passages_stand_in_the_models_order(model: Path, tmp_path: Path) -> None:
    documents = [made_document(text, name=str(number)) for number, text in enumerate(TEXTS)]
    with made_library(tmp_path, documents) as library:
        question = understand("工匠学院建成几家？")
        plain = ranked(library, question, DEPTH, guard=False)
        settings = replace(library.settings, reranker=str(model))
    with Library.open(settings) as library:
        found = ranked(library, question, DEPTH, guard=False)
    assert {each.candidate.chunk_id for each in found} == {each.candidate.chunk_id for each in plain}
    texts = [each.candidate.search_text for each in found]
    scores = rescored(str(model), question.standalone, texts)
    assert scores == sorted(scores, reverse=True)
    assert [each.score for each in found] == pytest.approx(scores)


def test_a_model_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"重排模型「.*」加载失败.*CHANGAI_RERANKER"):
        rescored(str(tmp_path / "none"), "问", ["答"])
