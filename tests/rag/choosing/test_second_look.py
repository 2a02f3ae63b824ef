"""The second look: where the reader points, how chances are dealt anew, and when the reader is not asked."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.choosing import pointing, second
from rag.choosing.pointing import Pointed, pointed
from rag.choosing.second import Curve, Looked, curve, looked_again, second_readings
from rag.lines import Line, lines
from rag.question import understand
from rag.span.reader import Found, Span
from rag.types import Passage, Question

TEXT = "学院建在开发区。学院于2019年5月挂牌，首任院长是李明。学员来自三十家企业。"
ASKED = "盐城市的工匠学院什么时候挂牌？"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [made_document(TEXT, "盐城市"), made_document("徐州市的夜校有学员260人。", "徐州市")]
    with made_library(tmp_path_factory.mktemp("second") / "index", documents) as opened:
        yield opened


@pytest.fixture
def stood(library: Library) -> tuple[Question, list[Line]]:
    held = [library.document(one.id) for one in library.held()]
    given = [Passage(chunk, document, 0.5) for document in held for chunk in library.chunks_of(document.id)]
    return understand(ASKED), [line for passage in given for line in lines(passage)]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """What a made reader said is remembered by no other test."""
    pointing.read_passage.cache_clear()
    yield
    pointing.read_passage.cache_clear()


def points_at(monkeypatch: pytest.MonkeyPatch, words: str, score: float = 0.8) -> None:
    """A reader that finds these words wherever they stand, and nothing else."""

    def spans(_question: str, texts: list[str], _most: int) -> list[Found]:
        places = [text.find(words) for text in texts]
        return [Found((Span(at, at + len(words), score),), 0.25) if at >= 0 else Found((), 1.0) for at in places]

    monkeypatch.setattr(pointing, "spans", spans)


def looked(every: list[Line], chances: list[float]) -> list[Looked]:
    return [
        Looked(line, chance, chance, (0.5,) * len(line.clauses)) for line, chance in zip(every, chances, strict=True)
    ]


def own(every: list[Line]) -> list[Line]:
    return [line for line in every if "盐城市" in line.passage.document.places]


def test_a_span_is_told_of_its_sentence_and_of_its_clause(
    stood: tuple[Question, list[Line]], monkeypatch: pytest.MonkeyPatch
) -> None:
    points_at(monkeypatch, "李明")
    every = own(stood[1])
    (told,) = pointed(ASKED, [every])
    assert told[0] == Pointed(0.0, 0.0, 0.8, 0.25, (0.0,))
    assert told[1] == Pointed(0.8, 0.8, 0.8, 0.25, (0.0, 0.8))


def test_a_span_over_two_sentences_counts_for_both(
    stood: tuple[Question, list[Line]], monkeypatch: pytest.MonkeyPatch
) -> None:
    points_at(monkeypatch, "李明。\n学员")
    (told,) = pointed(ASKED, [own(stood[1])])
    assert [each.best for each in told] == [0.0, 0.8, 0.8]


def test_the_sentence_pointed_at_comes_first_and_the_chances_stay_the_same(
    stood: tuple[Question, list[Line]], monkeypatch: pytest.MonkeyPatch
) -> None:
    points_at(monkeypatch, "2019年5月", 0.98)
    every = own(stood[1])
    found = looked_again(stood[0], looked(every, [0.45, 0.4, 0.1]), every)
    assert [each.chance for each in found] == [0.4, 0.45, 0.1]
    assert found[1].weighed == max(each.weighed for each in found)
    # The clause with the date gains: a half of its sentence by the chooser, all of it by the reader.
    assert found[1].shares == pytest.approx((1.5, 0.5))
    assert found[0].shares == (0.5,)


@pytest.mark.parametrize("chance", [0.95, 0.02])
def test_where_the_chooser_is_sure_nothing_is_read(
    stood: tuple[Question, list[Line]], monkeypatch: pytest.MonkeyPatch, chance: float
) -> None:
    def spans(*_: object) -> list[Found]:
        raise AssertionError("the reader was asked")

    monkeypatch.setattr(pointing, "spans", spans)
    given = looked(stood[1][:1], [chance])
    assert looked_again(stood[0], given, stood[1]) == given
    assert looked_again(stood[0], [], stood[1]) == []


def test_passages_far_behind_are_not_read(stood: tuple[Question, list[Line]], monkeypatch: pytest.MonkeyPatch) -> None:
    points_at(monkeypatch, "学员")
    near, far = own(stood[1])[2], next(line for line in stood[1] if "夜校" in line.text)
    told = second.told_by_reader(stood[0], looked([near, far], [0.5, 0.01]), stood[1])
    assert told[0] is not None
    assert told[1] is None
    beside = second.told_by_reader(stood[0], looked([near, far], [0.5, 0.4]), stood[1])
    assert beside[1] is not None


def test_the_shipped_curve_knows_its_readings_and_trusts_both(stood: tuple[Question, list[Line]]) -> None:
    given = looked(stood[1][:2], [0.5, 0.4])
    unread: list[Pointed | None] = [None, None]
    assert set(curve().names) == set(second_readings(given, unread))
    pointing_at_second: list[Pointed | None] = [
        Pointed(0.0, 0.0, 0.9, 0.05, (0.0,)),
        Pointed(0.9, 0.9, 0.9, 0.05, (0.9,)),
    ]
    before = curve().chances(second_readings(given, unread))
    after = curve().chances(second_readings(given, pointing_at_second))
    assert before[0] > before[1]
    assert after[1] > after[0]


def test_a_curve_is_the_same_when_read_again(tmp_path: Path) -> None:
    made = Curve(("a", "b"), (0.5, -1.0), 0.25)
    made.save(tmp_path / "curve.json")
    again = Curve.load(tmp_path / "curve.json")
    assert again == made
    # 0.5 · 2 − 1 · 1.25 + 0.25 = 0, which is even odds.
    assert again.chances({"a": np.array([2.0]), "b": np.array([1.25])}).tolist() == [0.5]


def test_a_damaged_curve_is_told(tmp_path: Path) -> None:
    (tmp_path / "curve.json").write_text('{"bias": 0.1}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"curve\.json"):
        Curve.load(tmp_path / "curve.json")
