"""Embedders other than the shipped one: static folders read by numpy, and whatever sentence-transformers can load."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from index.embedding import SentenceTransformerEmbedder, StaticEmbedder, load_embedder
from index.errors import ChangaiError, ModelError

STATIC = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A model whose vectors can be worked out by eye: 工 is east, 人 is north, 厂 is three times west."""
    vocabulary = {"[UNK]": 0, "工": 1, "人": 2, "厂": 3}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    weights = np.array([[0, 0], [1, 0], [0, 1], [-3, 0]], dtype=np.float32)
    save_file({"embedding.weight": weights}, tmp_path / "model.safetensors")
    module = {"idx": 0, "name": "0", "path": "", "type": STATIC}
    (tmp_path / "modules.json").write_text(json.dumps([module]))
    return tmp_path


def reference(folder: Path, texts: list[str]) -> NDArray[np.float32]:
    """What sentence-transformers itself computes."""
    transformers = pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    model = transformers.SentenceTransformer(str(folder), device="cpu")
    return np.asarray(model.encode(texts, normalize_embeddings=True))


def test_vectors_worked_out_by_hand(tiny: Path) -> None:
    model = load_embedder(str(tiny))
    half = np.sqrt(0.5)
    expected = [[1, 0], [half, half], [-1, 0], [0, 0], [0, 0], [2 / np.sqrt(5), 1 / np.sqrt(5)]]
    np.testing.assert_allclose(model.embed(["工", "工人", "工厂", "", "?", "工工人"]), expected, atol=1e-6)


def test_half_floats_are_read_in_single_precision(tiny: Path) -> None:
    save_file({"embedding.weight": np.eye(4, 2, dtype=np.float16) / 3}, tiny / "model.safetensors")
    np.testing.assert_allclose(load_embedder(str(tiny)).embed(["?", "工", ""]), [[1, 0], [0, 1], [0, 0]], atol=1e-6)


@pytest.mark.parametrize("extra", [{}, {"weights": np.array([1, 2, 0.5, 4], dtype=np.float32)}])
@pytest.mark.parametrize("mapping", [None, np.array([2, 0, 0, 1], dtype=np.int32)])
def test_rows_shared_and_scaled_equal_sentence_transformers(
    tiny: Path, extra: dict[str, NDArray[np.float32]], mapping: NDArray[np.int32] | None
) -> None:
    rows = np.array([[1, 2], [3, -4], [5, 6], [-7, 1]], dtype=np.int8 if extra else np.float32)
    tensors = {"embeddings": rows, **extra} | ({} if mapping is None else {"mapping": mapping})
    save_file(tensors, tiny / "model.safetensors")
    texts = ["工人", "厂", "", "厂工工?"]
    np.testing.assert_allclose(load_embedder(str(tiny)).embed(texts), reference(tiny, texts), atol=1e-6)


def test_a_folder_without_normalize_equals_sentence_transformers(tiny: Path) -> None:
    texts = ["工人", "", "厂厂工人人", "?"]
    np.testing.assert_allclose(load_embedder(str(tiny)).embed(texts), reference(tiny, texts), atol=1e-5)


def test_the_name_tells_models_apart(tiny: Path) -> None:
    before = load_embedder(str(tiny)).name
    assert before.startswith(f"{tiny.name}@")
    save_file({"embedding.weight": np.eye(4, 2, dtype=np.float32)}, tiny / "model.safetensors")
    assert load_embedder(str(tiny)).name != before


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(alphabet="工人厂?会\ud800", max_size=20), max_size=5))
def test_every_row_is_the_mean_of_its_tokens(tiny: Path, texts: list[str]) -> None:
    known = {"工": [1, 0], "人": [0, 1], "厂": [-3, 0]}
    sums = np.array([np.sum([known.get(letter, [0, 0]) for letter in text] or [[0, 0]], axis=0) for text in texts])
    sums = sums.reshape(len(texts), 2)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    np.testing.assert_allclose(load_embedder(str(tiny)).embed(texts), sums / np.where(lengths, lengths, 1), atol=1e-6)


def test_more_texts_than_one_block_holds(tiny: Path) -> None:
    vectors = load_embedder(str(tiny)).embed(["工", "人"] * 1_030)
    np.testing.assert_allclose(vectors, [[1, 0], [0, 1]] * 1_030, atol=1e-6)


def test_a_static_folder_goes_to_numpy_and_another_one_does_not(tiny: Path) -> None:
    assert isinstance(load_embedder(str(tiny)), StaticEmbedder)
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    modules = json.loads((tiny / "modules.json").read_text())
    modules.append({"idx": 1, "name": "1", "path": "1_Dense", "type": "sentence_transformers.models.Dense"})
    (tiny / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelError, match="加载失败"):
        load_embedder(str(tiny))


def test_any_other_model_goes_through_sentence_transformers(tiny: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    model = SentenceTransformerEmbedder(str(tiny))
    assert (model.name, model.dimension) == (str(tiny), 2)
    assert model.embed([]).shape == (0, 2)
    np.testing.assert_allclose(model.embed(["工", "", "厂"]), [[1, 0], [0, 0], [-1, 0]], atol=1e-6)


def test_a_damaged_folder_is_one_clear_line(tiny: Path) -> None:
    weights = tiny / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-3])
    with pytest.raises(ModelError, match="无法读取") as caught:
        load_embedder(str(tiny))
    assert "\n" not in str(caught.value)


def test_a_folder_that_lost_its_tokenizer_is_one_clear_line(tiny: Path) -> None:
    (tiny / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        load_embedder(str(tiny))


def test_a_model_that_is_not_there_names_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ChangaiError, match="自带模型") as caught:
        load_embedder(str(tmp_path / "没有这个模型"))
    assert "\n" not in str(caught.value)


def test_without_the_extra_the_install_line_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match=r'pip install "changai\[models\]"'):
        load_embedder("某个模型")
