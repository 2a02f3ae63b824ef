"""What the embedding model learns from: the sources, what is cited, and above all what must never be among them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.training import questions
from index.training.citing import cited
from index.training.pairs import letters, measured, sentences
from index.training.questions import answered, is_held_out, written
from index.training.reading import Reading
from index.training.sources import Pairs, Passages
from index.training.texts import plain, records
from index.word_bags import WordBags
from tests.index.made_data import MANY, made_data, own_questions, trade

CUTTERS = (WordBags(["工", "焊工", "证"]), WordBags(["考"]))


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(questions, "FOLDER", own_questions(tmp_path / "自问"))
    return made_data(tmp_path / "资料")


def pairs_of(source: Pairs) -> list[tuple[str, str]]:
    left, right = source.texts
    return [(one, right[number]) for one, number in zip(left, source.group, strict=True)]


def by_name(shared: Path, held_out: bool) -> dict[str, Pairs | Passages]:
    return {source.name: source for source in Reading(shared, CUTTERS, held_out).sources()}


def every_pair(sources: dict[str, Pairs | Passages]) -> Iterator[tuple[str, str]]:
    for source in sources.values():
        if isinstance(source, Pairs):
            yield from pairs_of(source)


def test_the_sources_by_hand(made: Path) -> None:
    sources = by_name(made, held_out=False)
    sizes = {
        name: len(source.group) if isinstance(source, Pairs) else len(source.first) - 1
        for name, source in sources.items()
    }
    assert sizes == {
        # 56 of the set and 20 of our own, twice each; 20 answers cite two articles each.
        "law questions": 2 * 56 + 2 * 20 + 40,
        # The lawyers' twenty, and the odd train questions that have an answer: 32 less 8 of the dev split.
        "law answers": 20 + 24,
        "laws": MANY,
        "statutes": MANY,
        "law titles": MANY // 4,
        "news": MANY,
        "television": MANY,
        "headlines": MANY,
        "news questions": 20,
        "domain questions": 2,
        "encyclopedia": 48,
        "paraphrases": 3,
        "answers": 1,
    }
    assert all(source.weight > 0 for source in sources.values())


def test_pairs_are_in_plain_form_with_the_title_above_the_text(made: Path) -> None:
    sources = by_name(made, held_out=False)
    questions_of = sources["law questions"]
    assert isinstance(questions_of, Pairs)
    assert (
        Counter(pairs_of(questions_of))[
            (
                "我在甲县焊工厂，学徒满了要考吗？",
                plain("中华人民共和国技工法(修正)第一条\n甲县焊工学徒期满后应当考核。考核合格的发给证书。"),
            )
        ]
        == 2
    )
    paraphrases = sources["paraphrases"]
    assert isinstance(paraphrases, Pairs)
    assert set(pairs_of(paraphrases)) == {
        ("焊工证哪里考", "哪里能考焊工证"),
        ("四分像的一句", "四分像的另一句"),
        ("意思相同的话", "相同意思的话"),
    }
    domain = sources["domain questions"]
    assert isinstance(domain, Pairs)
    assert pairs_of(domain) == [
        ("甲县怎么改的", plain("产改简报\n甲县的产改。")),
        ("工会管什么", plain("工会法\n工会维护职工。")),
    ]


@pytest.mark.parametrize("held_out", [False, True])
def test_no_measured_question_is_ever_read(made: Path, held_out: bool) -> None:
    forbidden = {
        letters(record["question"])
        for name in ("stard", "cmrc2018")
        for record in records(made / "data" / name / "qa.jsonl")
        if record["split"] != "train"
    } | {letters("甲县焊工夜校收了几名?")}
    assert forbidden <= measured(made / "data", held_out)
    read = {letters(text) for pair in every_pair(by_name(made, held_out)) for text in pair}
    assert len(forbidden) == 8 + 16 + 1
    assert not read & forbidden


def test_what_is_held_out_for_the_ranker_is_not_read_but_is_in_the_whole(made: Path) -> None:
    asked = [
        *((r["id"], r["question"]) for r in records(made / "data" / "stard" / "qa.jsonl") if r["split"] == "train"),
        *(
            (r["passage_id"], r["question"])
            for r in records(made / "data" / "cmrc2018" / "qa.jsonl")
            if r["split"] == "train"
        ),
        *(pair for name in ("law", "news", "domain") for pair in written(name)),
    ]
    out = {plain(question) for key, question in asked if is_held_out(key)}
    rest = {plain(question) for key, question in asked if not is_held_out(key)}
    assert len(out) > 15
    held, whole = ({left for left, _ in every_pair(by_name(made, held_out))} for held_out in (True, False))
    assert not held & out
    assert rest <= held
    assert out <= whole


def test_lawyers_answers_are_held_out_by_how_they_begin(made: Path) -> None:
    def lawyers(held_out: bool) -> set[str]:
        source = by_name(made, held_out)["law answers"]
        assert isinstance(source, Pairs)
        return {right for _, right in pairs_of(source) if "个回答" in right}

    rows = [r for r in records(made / "data" / "train" / "pairs.jsonl.gz") if r["source"] == "lawyer_llama"]
    kept = {plain(row["b"]) for row in rows if not is_held_out(row["b"][:60])}
    assert lawyers(held_out=True) == kept < lawyers(held_out=False)


def test_rivals_are_sought_among_the_texts_that_could_answer(made: Path) -> None:
    reading = Reading(made, CUTTERS, held_out=False)
    assert reading.corpus("law questions")[0].endswith("甲县焊工学徒期满后应当考核。考核合格的发给证书。")
    assert "第1条" in reading.corpus("law questions")[0]
    assert reading.corpus("encyclopedia")[1] == plain("甲县钳工\n甲县钳工是一种手艺。传了三代人。")
    assert reading.corpus("news questions")[1].startswith("甲县钳工夜校开课了")
    assert [len(reading.corpus(name)) for name in ("law questions", "encyclopedia", "news questions")] == [MANY] * 3
    assert reading.corpus("paraphrases") == []


def test_citations_by_hand(made: Path) -> None:
    found = list(cited(made / "data"))
    assert len(found) == 40
    assert found[:3] == [
        ("甲县焊工不发证怎么办？", "stard_0"),
        ("甲县焊工不发证怎么办？", "stard_1"),
        ("甲县钳工不发证怎么办？", "stard_1"),
    ]


def test_questions_of_our_own_find_their_texts(made: Path) -> None:
    pairs = list(answered("news", made, held_out=False))
    text = "甲县钳工夜校开课\n甲县钳工夜校开课了。第一期收了1名学员。他们白天上班。"
    assert pairs[1] == ("甲县钳工晚上在哪学", plain(text))
    kept = list(answered("news", made, held_out=True))
    assert kept == [pair for number, pair in enumerate(pairs) if not is_held_out(f"crud_{number}")]
    assert 0 < len(kept) < len(pairs)


@pytest.mark.parametrize("name", ["law", "news", "domain"])
def test_the_written_questions_are_in_form(name: str) -> None:
    rows = written(name)
    assert len(rows) > 500
    assert all(text_id and question.strip() == question and question for text_id, question in rows)
    assert len(set(rows)) == len(rows)
    share = sum(is_held_out(text_id) for text_id in {text_id for text_id, _ in rows}) / len({i for i, _ in rows})
    assert 0.12 < share < 0.28


@pytest.mark.parametrize("name", ["law", "news", "domain"])
def test_no_written_question_is_measured_and_all_find_their_texts(shared: Path, name: str) -> None:
    found = list(answered(name, shared, held_out=False))
    assert len(found) == len(written(name))
    forbidden = measured(shared / "data", held_out=False)
    assert not [question for question, _ in found if letters(question) in forbidden]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("短。", []),
        ("焊工要考证才能上岗。钳工也要。", ["焊工要考证才能上岗。钳工也要。"]),
        (
            "短。焊工要考证才能上岗。钳工考不考要看厂里怎么定!",
            ["短。焊工要考证才能上岗。", "钳工考不考要看厂里怎么定!"],
        ),
        ("第一行有八个字的\n第二行也有八个字", ["第一行有八个字的\n", "第二行也有八个字"]),
    ],
)
def test_sentences_by_hand(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


def test_letters_leave_signs_blanks_and_forms_out() -> None:
    assert letters("我,在 ＡＢ廠!?") == letters("我在ab厂") == "我在ab厂"
    assert trade(0) == "甲县焊工"
