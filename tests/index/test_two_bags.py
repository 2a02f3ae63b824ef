"""The shipped form of the embedding model: hand-worked vectors, the agreement with torch, and damage."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from index.embedding import SHIPPED_MODEL, SHIPPED_NAME, Embedder, StaticEmbedder, load_embedder
from index.errors import ModelError
from index.model_choice import ModelOfIndex
from index.training.folder import in_bytes, write_folder
from index.two_bags import TABLES_FILE, WORDS_FILE, TwoBags, is_two_bags
from tests.index.tiny_model import PAIRS, WORDS, tiny_model

VARIED = [
    "产业工人队伍建设改革",
    "我在厂里干了八年,想考技师,单位给报销吗?",
    "",
    " \n",
    "。,!?",
    "𠮷𡃁𪚥 \u0000 \U0001f6f5",
    "ABC abc 2023年1.5万 35%",
    "İstanbul 的İİ工厂",
    "工",
    # Longer than that, torch's own sums in single precision are off by more than ours.
    "工" * 1_500,
    "企业应当按照国家规定提取职工教育经费,用于职工培训。" * 60,
    "第一条 为了保障劳动者的合法权益,根据宪法,制定本法。\n第二条 在中华人民共和国境内",
]


@pytest.fixture(scope="module")
def shipped() -> Embedder:
    return load_embedder(None)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return tiny_model(tmp_path / "小模型")


def reference(folder: Path, texts: list[str]) -> NDArray[np.float32]:
    """What sentence-transformers computes with the module that the folder names."""
    transformers = pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    model = transformers.SentenceTransformer(str(folder), device="cpu", trust_remote_code=True)
    return np.asarray(model.encode(texts, normalize_embeddings=True))


def test_vectors_worked_out_by_hand(tiny: Path) -> None:
    model = TwoBags(tiny)
    assert model.dimension == 4
    texts = ["工人", "人", "工厂", "工人人", "人工厂", "", "?", "工"]
    half, fifth = np.sqrt(0.5), np.sqrt(0.2)
    expected = [
        [1, 0, 0, 0],
        [0, 1, 0, 0],
        # The word 厂, west, and of the pair 工厂 and the character 厂 half of four.
        [-fifth, 0, 2 * fifth, 0],
        # Half of twice east and half of north.
        [2 * fifth, fifth, 0, 0],
        # Half west and half north; of 人, 工厂 and 厂 a third of four.
        list(np.array([-0.5, 0.5, 4 / 3, 0]) / np.sqrt(0.5 + 16 / 9)),
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
    ]
    np.testing.assert_allclose(model.embed(texts), expected, atol=1e-6)
    np.testing.assert_allclose(model.embed(["人厂"]), [[-half, half, 0, 0]], atol=1e-6)


def test_a_tiny_model_equals_sentence_transformers(tiny: Path) -> None:
    texts = ["工人", "", "人厂人工厂", "?", "工人" * 700, "工厂工人"]
    np.testing.assert_allclose(TwoBags(tiny).embed(texts), reference(tiny, texts), atol=1e-5)


def test_the_shipped_model_equals_sentence_transformers(shipped: Embedder) -> None:
    np.testing.assert_allclose(shipped.embed(VARIED), reference(SHIPPED_MODEL, VARIED), atol=1e-5)


def test_sentence_transformers_saves_the_folder_that_it_loaded(tiny: Path, tmp_path: Path) -> None:
    transformers = pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    model = transformers.SentenceTransformer(str(tiny), device="cpu", trust_remote_code=True)
    assert model.get_embedding_dimension() == 4
    model.save(str(tmp_path / "新"), create_model_card=False)
    texts = ["工人", "人厂", "工厂", ""]
    # Saving rounds to bytes anew.
    np.testing.assert_allclose(TwoBags(tmp_path / "新").embed(texts), TwoBags(tiny).embed(texts), atol=5e-3)


def test_a_folder_keeps_the_vectors_of_what_was_learned(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    tables = [random.standard_normal((size, 32), dtype=np.float32) for size in (len(WORDS), len(PAIRS))]
    write_folder(tmp_path / "学成", WORDS, PAIRS, tables)
    exact = tables[0][2] + tables[1][[2, 0]].mean(axis=0)
    cosine = TwoBags(tmp_path / "学成").embed(["工人"])[0] @ exact / np.linalg.norm(exact)
    assert cosine > 0.999
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in (tmp_path / "学成").iterdir())


@given(numbers=st.lists(st.floats(-1e3, 1e3, width=32), min_size=1, max_size=60))
def test_a_byte_is_off_by_half_a_step_at_most(numbers: list[float]) -> None:
    table = np.array([[*numbers, 1.0]], dtype=np.float32)
    rows, factor = in_bytes(table)
    # Only what lies beyond the range is cut off; the range reaches to all but one in a hundred thousand.
    held = np.clip(table, -127 * factor, 127 * factor)
    assert np.abs(rows * factor - held).max() <= factor * 0.5001
    assert np.abs(table).max() <= 127.2 * factor or len(numbers) > 50


@settings(max_examples=50)
@given(texts=st.lists(st.text(max_size=60), max_size=5))
def test_every_row_has_length_one_or_zero(shipped: Embedder, texts: list[str]) -> None:
    vectors = shipped.embed(texts)
    assert vectors.shape == (len(texts), shipped.dimension)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))


@settings(max_examples=25)
@given(texts=st.lists(st.text(alphabet="产业工人 厂?2aİ", max_size=30), max_size=8))
def test_a_text_has_the_same_vector_alone_and_in_company(shipped: Embedder, texts: list[str]) -> None:
    together = shipped.embed(texts)
    for text, row in zip(texts, together, strict=True):
        np.testing.assert_array_equal(shipped.embed([text])[0], row)


def test_half_a_surrogate_is_an_unknown_character(shipped: Embedder) -> None:
    np.testing.assert_array_equal(shipped.embed(["工\ud800人", "\udfff"]), shipped.embed(["工?人", ""]))


def test_empty_texts_are_zeros(shipped: Embedder) -> None:
    assert shipped.embed([]).shape == (0, shipped.dimension)
    assert not shipped.embed(["", " ", "。", "\0"]).any()


def test_the_case_of_latin_letters_does_not_matter(shipped: Embedder) -> None:
    np.testing.assert_array_equal(shipped.embed(["C919 与 5G"]), shipped.embed(["c919 与 5g"]))


def test_more_texts_and_tokens_than_one_block_holds(shipped: Embedder) -> None:
    texts = [f"第{number}班的工人" * (number % 7 * 20) for number in range(1_100)]
    vectors = shipped.embed(texts)
    for number in (0, 1, 6, 511, 512, 1_023, 1_024, 1_099):
        np.testing.assert_array_equal(vectors[number], shipped.embed([texts[number]])[0])


def test_related_texts_lie_nearer_than_unrelated_ones(shipped: Embedder) -> None:
    question, answer, other = shipped.embed(
        ["单位不发加班费怎么办", "用人单位安排加班不支付加班工资的,责令限期支付", "这支球队昨晚输了两个球"]
    )
    assert question @ answer > question @ other + 0.1


def test_the_shipped_folder_is_small_and_readable_by_every_user() -> None:
    files = [path for path in SHIPPED_MODEL.rglob("*") if path.is_file()]
    names = {path.name for path in files}
    assert names == {"modules.json", "config_sentence_transformers.json", WORDS_FILE, TABLES_FILE, "README.md"}
    assert sum(path.stat().st_size for path in files) <= 32 * 2**20
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in files)


def test_the_shipped_lists_hold_every_token_once() -> None:
    words = (SHIPPED_MODEL / WORDS_FILE).read_text(encoding="utf-8").split("\n")
    assert "" not in words
    assert len(set(words)) == len(words)
    tables = load_file(SHIPPED_MODEL / TABLES_FILE)
    assert all((tables[name][1:] > tables[name][:-1]).all() for name in ("singles", "pairs"))


def test_the_everyday_path_needs_no_torch() -> None:
    code = (
        "import sys; from index.embedding import load_embedder; load_embedder().embed(['工人']);"
        "assert not {'torch', 'transformers', 'sentence_transformers', 'tokenizers'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=SHIPPED_MODEL.parents[1])


def test_the_name_tells_models_apart(shipped: Embedder, tiny: Path) -> None:
    before = load_embedder(str(tiny)).name
    assert re.fullmatch(rf"{SHIPPED_NAME}@[0-9a-f]{{8}}", shipped.name)
    assert re.fullmatch(rf"{tiny.name}@[0-9a-f]{{8}}", before)
    words = tiny / WORDS_FILE
    words.write_text(words.read_text(encoding="utf-8").replace("厂", "会"), encoding="utf-8")
    other = load_embedder(str(tiny)).name
    tables = load_file(tiny / TABLES_FILE)
    save_file(tables | {"factors": tables["factors"] * 2}, tiny / TABLES_FILE)
    assert len({before, other, load_embedder(str(tiny)).name}) == 3


def test_the_shipped_model_loads_from_any_place(shipped: Embedder, tmp_path: Path) -> None:
    copy = tmp_path / "模型"
    shutil.copytree(SHIPPED_MODEL, copy)
    np.testing.assert_array_equal(load_embedder(str(copy)).embed(["工人"]), shipped.embed(["工人"]))


def test_every_reading_process_loads_such_a_model_for_itself(tiny: Path) -> None:
    assert ModelOfIndex(str(tiny), load_embedder(str(tiny))).is_light


def test_a_folder_is_known_by_its_two_files(tiny: Path) -> None:
    assert is_two_bags(tiny)
    assert isinstance(load_embedder(str(tiny)), TwoBags)
    assert not isinstance(load_embedder(str(tiny)), StaticEmbedder)
    assert [module["type"] for module in json.loads((tiny / "modules.json").read_text())] == [
        "index.two_bags_module.TwoBagsModule"
    ]
    (tiny / WORDS_FILE).unlink()
    assert not is_two_bags(tiny)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def replace_table(**tables: NDArray[np.generic]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        save_file({**load_file(folder / TABLES_FILE), **tables}, folder / TABLES_FILE)

    return damage


def drop_table(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        held = load_file(folder / TABLES_FILE)
        save_file({key: table for key, table in held.items() if key != name}, folder / TABLES_FILE)

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: cut(folder / TABLES_FILE),
        lambda folder: (folder / TABLES_FILE).write_bytes(b""),
        lambda folder: (folder / TABLES_FILE).unlink(),
        lambda folder: (folder / WORDS_FILE).unlink(),
        lambda folder: (folder / WORDS_FILE).write_text("人\n\n工人", encoding="utf-8"),
        lambda folder: (folder / WORDS_FILE).write_bytes(b""),
        lambda folder: (folder / WORDS_FILE).write_bytes(b"\xff\xfe\n\xff\n\xff"),
        lambda folder: (folder / WORDS_FILE).write_text("工\n人", encoding="utf-8"),
        drop_table("factors"),
        drop_table("singles"),
        drop_table("pair_rows"),
        replace_table(word_rows=np.zeros((2, 4), dtype=np.int8)),
        replace_table(pair_rows=np.zeros((4, 8), dtype=np.int8)),
        replace_table(word_rows=np.zeros(3, dtype=np.int8)),
    ],
)
def test_a_damaged_folder_is_one_clear_line(tiny: Path, damage: Callable[[Path], None]) -> None:
    damage(tiny)
    with pytest.raises(ModelError, match="无法读取") as caught:
        TwoBags(tiny)
    assert "\n" not in str(caught.value)
    assert f"{WORDS_FILE} 和 {TABLES_FILE} 完整" in str(caught.value)
