"""The tokens of the keyword leg, and BM25 against its formula."""

from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse
from index.lexical import Keywords, alike

TEXTS = {
    "常州": "常州市有产业学院3家，培训工人1020人",
    "白银": "白银市培训工人五百名，发放补贴",
    "蚌埠": "蚌埠市举行培训班，培训班有工人参加培训",
    "苏州": "苏州市的企业",
}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("产业工人", ["产业", "业工", "工人"]),
        ("工", ["工"]),
        ("", []),
        ("，。！ \n", []),
        ("工会，会员", ["工会", "会员"]),
        ("1020家企业", ["1020", "1020家", "家企", "企业"]),
        ("占15%以上", ["占", "15", "15%", "以上"]),
        ("1.5万人", ["1.5", "1.5万", "万人"]),
        ("第3.条", ["第", "3", "条"]),
        ("C919与5G", ["c919", "与", "5g"]),
        ("a_b", ["a", "b"]),
        ("〇八年", ["〇八", "八年"]),
        ("𠮷野家", ["𠮷野", "野家"]),
    ],
)
def test_tokens_by_hand(text: str, tokens: list[str]) -> None:
    assert analyse(text) == tokens


@given(st.text())
def test_tokens_hold_no_blank_and_stand_in_the_text(text: str) -> None:
    for token in analyse(text):
        assert token
        assert not any(letter.isspace() for letter in token)
        assert token[:64] in text.lower()


def bm25(texts: Mapping[str, Sequence[str]], query: Sequence[str]) -> dict[str, float]:
    """Okapi BM25 with k1 = 1.2 and b = 0.75, written out."""
    average = sum(map(len, texts.values())) / len(texts)
    scores = dict.fromkeys(texts, 0.0)
    for token in set(query):
        n = sum(token in tokens for tokens in texts.values())
        idf = log(1 + (len(texts) - n + 0.5) / (n + 0.5))
        for name, tokens in texts.items():
            f = tokens.count(token)
            scores[name] += idf * f * 2.2 / (f + 1.2 * (0.25 + 0.75 * len(tokens) / average))
    return {name: score for name, score in scores.items() if score > 0}


def index_of(folder: Path, texts: Mapping[str, str]) -> Keywords:
    Keywords.build(folder, ((name, " ".join(analyse(text))) for name, text in texts.items()))
    return Keywords.open(folder)


@pytest.mark.parametrize("query", ["培训工人", "培训班", "补贴", "市", "工人培训培训培训", "苏州企业3家"])
def test_scores_are_bm25(tmp_path: Path, query: str) -> None:
    keywords = index_of(tmp_path / "k", TEXTS)
    expected = bm25({name: analyse(text) for name, text in TEXTS.items()}, analyse(query))
    hits = keywords.search(analyse(query), 10)
    assert {hit.chunk_id: hit.score for hit in hits} == pytest.approx(expected, rel=1e-4)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_unknown_words_find_nothing(tmp_path: Path) -> None:
    keywords = index_of(tmp_path / "k", TEXTS)
    assert keywords.search(analyse("火星基地"), 5) == []
    assert keywords.search([], 5) == []
    assert keywords.search(analyse("培训"), 0) == []


def test_k_may_exceed_the_size_and_cuts_below_it(tmp_path: Path) -> None:
    keywords = index_of(tmp_path / "k", TEXTS)
    assert len(keywords.search(analyse("培训工人"), 1000)) == 3
    assert [hit.chunk_id for hit in keywords.search(analyse("培训工人"), 1)] == ["白银"]


@given(st.lists(st.text(min_size=1), max_size=5))
def test_no_token_is_a_query_language(keywords: Keywords, tokens: list[str]) -> None:
    assert keywords.search([*tokens, "补贴"], 10)[0].score > 0


@pytest.fixture(scope="module")
def keywords(tmp_path_factory: pytest.TempPathFactory) -> Keywords:
    return index_of(tmp_path_factory.mktemp("keywords") / "k", TEXTS)


def test_document_frequency_counts_chunks_not_occurrences(keywords: Keywords) -> None:
    assert keywords.count == 4
    frequencies = {token: keywords.document_frequency(token) for token in ("培训", "工人", "补贴", "没有")}
    assert frequencies == {"培训": 3, "工人": 3, "补贴": 1, "没有": 0}


def test_ties_are_in_the_order_of_their_ids(tmp_path: Path) -> None:
    keywords = index_of(tmp_path / "k", {f"{number:03}": "培训工人" for number in range(200)})
    assert [hit.chunk_id for hit in keywords.search(["培训"], 20)] == [f"{number:03}" for number in range(20)]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    keywords = index_of(tmp_path / "k", {})
    assert (keywords.count, keywords.search(["培训"], 3), keywords.document_frequency("培训")) == (0, [], 0)


def test_ids_are_any_text(tmp_path: Path) -> None:
    names = ["行\n行", "引\"号' AND", "𠮷#1"]
    keywords = index_of(tmp_path / "k", dict.fromkeys(names, "培训"))
    assert [hit.chunk_id for hit in keywords.search(["培训"], 9)] == sorted(names)


def test_a_folder_without_an_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="k"):
        Keywords.open(tmp_path / "k")


@pytest.mark.parametrize("query", ["培训工人", "培训班补贴", "苏州企业3家"])
def test_weights_multiply_what_a_token_adds(tmp_path: Path, query: str) -> None:
    keywords = index_of(tmp_path / "k", TEXTS)
    texts = {name: analyse(text) for name, text in TEXTS.items()}
    weights = {"培训": 3.0, "工人": 0.25, "苏州": 1e-3}
    alone = {token: bm25(texts, [token]) for token in set(analyse(query))}
    expected = {
        name: sum(weights.get(token, 1) * scores.get(name, 0) for token, scores in alone.items()) for name in TEXTS
    }
    hits = keywords.search(analyse(query), 10, lambda token: weights.get(token, 1))
    found = {hit.chunk_id: hit.score for hit in hits}
    assert found == pytest.approx({name: score for name, score in expected.items() if score > 0}, rel=1e-4)


def test_weights_turn_the_order_round(tmp_path: Path) -> None:
    keywords = index_of(tmp_path / "k", {"甲": "培训一二", "乙": "补贴一二"})
    for heavy, order in (("培训", ["甲", "乙"]), ("补贴", ["乙", "甲"])):
        hits = keywords.search(["培训", "补贴"], 2, lambda token, heavy=heavy: 2.0 if token == heavy else 1.0)  # type: ignore[misc]
        assert [hit.chunk_id for hit in hits] == order
    assert [hit.chunk_id for hit in keywords.search(["培训", "补贴"], 2)] == ["乙", "甲"]
    assert keywords.search(["培训"], 2) == keywords.search(["培训"], 2, alike)


def test_a_token_is_weighed_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    keywords, seen = index_of(tmp_path / "k", TEXTS), list[str]()
    keywords.search(["培训", "工人", "培训"], 2, lambda token: seen.append(token) or 1.0)  # type: ignore[func-returns-value]
    assert seen == ["培训", "工人"]


DEMANDED = [
    ((frozenset(["培训", "工人"]),), {"常州", "白银", "蚌埠"}),
    ((frozenset(["补贴"]), frozenset(["训班", "举行"])), {"白银", "蚌埠"}),
    ((frozenset(["补贴", "训班"]),), set()),
]


@pytest.mark.parametrize(("clause", "ids"), DEMANDED)
def test_a_demanded_clause_leaves_out_chunks_and_changes_no_score(
    tmp_path: Path, clause: tuple[frozenset[str], ...], ids: set[str]
) -> None:
    Keywords.build(tmp_path / "keywords", ((name, " ".join(analyse(text))) for name, text in TEXTS.items()))
    keywords = Keywords.open(tmp_path / "keywords")
    every = {hit.chunk_id: hit.score for hit in keywords.search(["培训", "企业"], 9)}
    found = {hit.chunk_id: hit.score for hit in keywords.search(["培训", "企业"], 9, demanded=[clause])}
    assert set(found) == ids
    assert found == pytest.approx({name: every[name] for name in ids})
