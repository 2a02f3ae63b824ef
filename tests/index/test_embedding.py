from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from index.embedding import (
    SHIPPED_MODEL,
    SHIPPED_NAME,
    Embedder,
    SentenceTransformerEmbedder,
    StaticEmbedder,
    load_embedder,
)
from index.errors import ChangaiError, ModelError
from index.training.folder import write_folder

STATIC = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
VARIED = [
    "产业工人队伍建设改革",
    "我在厂里干了八年,想考技师,单位给报销吗?",
    "",
    " \n",
    "。,!?",
    "𠮷𡃁𪚥 \u0000 \U0001f6f5",
    "ABC abc 2023年1.5万 35%",
    "工" * 5_000,
    "企业应当按照国家规定提取职工教育经费,用于职工培训。" * 200,
]


@pytest.fixture(scope="module")
def shipped() -> Embedder:
    return load_embedder(None)


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


def test_the_shipped_model_equals_sentence_transformers(shipped: Embedder) -> None:
    np.testing.assert_allclose(shipped.embed(VARIED), reference(SHIPPED_MODEL, VARIED), atol=1e-5)


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


@settings(max_examples=50)
@given(texts=st.lists(st.text(max_size=60), max_size=5))
def test_every_row_has_length_one_or_zero(shipped: Embedder, texts: list[str]) -> None:
    vectors = shipped.embed(texts)
    assert vectors.shape == (len(texts), shipped.dimension)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))


@settings(max_examples=25)
@given(texts=st.lists(st.text(alphabet="产业工人 厂?2a", max_size=30), max_size=8))
def test_a_text_has_the_same_vector_alone_and_in_company(shipped: Embedder, texts: list[str]) -> None:
    together = shipped.embed(texts)
    for text, row in zip(texts, together, strict=True):
        np.testing.assert_allclose(shipped.embed([text])[0], row, atol=1e-6)


def test_half_a_surrogate_is_an_unknown_character(shipped: Embedder) -> None:
    np.testing.assert_array_equal(shipped.embed(["工\ud800人"]), shipped.embed(["工?人"]))


def test_more_texts_and_tokens_than_one_block_holds(shipped: Embedder) -> None:
    texts = [f"第{number}班的工人" * (number % 7 * 20) for number in range(2_500)]
    vectors = shipped.embed(texts)
    for number in (0, 1, 6, 1_023, 1_024, 2_499):
        np.testing.assert_allclose(vectors[number], shipped.embed([texts[number]])[0], atol=1e-5)


def test_related_texts_lie_nearer_than_unrelated_ones(shipped: Embedder) -> None:
    question, answer, other = shipped.embed(
        ["单位不发加班费怎么办", "用人单位安排加班不支付加班工资的,责令限期支付", "这支球队昨晚输了两个球"]
    )
    assert question @ answer > question @ other + 0.1


def test_the_shipped_folder_is_small_and_readable_by_every_user() -> None:
    files = [path for path in SHIPPED_MODEL.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"modules.json", "tokenizer.json", "model.safetensors"}
    assert (SHIPPED_MODEL / "README.md").is_file()
    assert sum(path.stat().st_size for path in files) <= 32 * 2**20
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in files)


def test_the_shipped_model_needs_no_torch() -> None:
    code = (
        "import sys; from index.embedding import load_embedder; load_embedder().embed(['工人']);"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=SHIPPED_MODEL.parents[1])


def test_the_name_tells_models_apart(shipped: Embedder, tiny: Path) -> None:
    before = load_embedder(str(tiny)).name
    assert shipped.name.startswith(f"{SHIPPED_NAME}@")
    assert before.startswith(f"{tiny.name}@")
    save_file({"embedding.weight": np.eye(4, 2, dtype=np.float32)}, tiny / "model.safetensors")
    assert load_embedder(str(tiny)).name != before


def test_a_static_folder_goes_to_numpy_and_another_one_does_not(tiny: Path) -> None:
    assert isinstance(load_embedder(str(tiny)), StaticEmbedder)
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    modules = json.loads((tiny / "modules.json").read_text())
    modules.append({"idx": 1, "name": "1", "path": "1_Dense", "type": "sentence_transformers.models.Dense"})
    (tiny / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelError, match="加载失败"):
        load_embedder(str(tiny))


def test_any_other_model_goes_through_sentence_transformers(tiny: Path, shipped: Embedder) -> None:
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    model = SentenceTransformerEmbedder(str(tiny))
    assert (model.name, model.dimension) == (str(tiny), 2)
    assert model.embed([]).shape == (0, 2)
    np.testing.assert_allclose(model.embed(["工", "", "厂"]), [[1, 0], [0, 0], [-1, 0]], atol=1e-6)


def test_a_folder_that_the_training_writes_keeps_its_vectors(tiny: Path, tmp_path: Path) -> None:
    weights = np.random.default_rng(7).standard_normal((4, 16), dtype=np.float32) * [[0], [1], [9], [1e-4]]
    folder = tmp_path / "trained"
    write_folder(folder, Tokenizer.from_file(str(tiny / "tokenizer.json")), weights.astype(np.float32))
    texts = ["工", "人", "厂", "?", "人厂工", ""]
    vectors = load_embedder(str(folder)).embed(texts)
    np.testing.assert_allclose(vectors, reference(folder, texts), atol=1e-5)
    exact = weights[1:] / np.linalg.norm(weights[1:], axis=1, keepdims=True)
    assert np.all(np.sum(vectors[:3] * exact, axis=1) > 0.9999)
    assert not vectors[3].any()
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in folder.rglob("*") if path.is_file())


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


def test_the_shipped_model_loads_from_any_place(shipped: Embedder, tmp_path: Path) -> None:
    copy = tmp_path / "模型"
    shutil.copytree(SHIPPED_MODEL, copy)
    np.testing.assert_array_equal(load_embedder(str(copy)).embed(["工人"]), shipped.embed(["工人"]))
