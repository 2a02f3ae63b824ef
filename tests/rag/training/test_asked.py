"""The ranker learns from no question that is measured, and from none that its embedding model has seen."""

from pathlib import Path

from index.training.pairs import letters
from index.training.questions import is_held_out
from index.training.reading import Reading
from index.training.sources import Pairs
from index.training.texts import records
from rag.training.asked import own_texts, question_sets, text_ids
from tests.rag.training.made_shared import IDS, law_question, write

NAMES = {"stard", "law", "news", "domain", "cmrc", "cail", "llama", "ncp"}


def asked_in(shared: Path) -> set[str]:
    return {letters(each.question) for one in question_sets(shared) for each in one.asked}


def learned_from(shared: Path, held_out: bool) -> set[str]:
    """Every left text of the embedding model's pairs."""
    sources = Reading(shared, (), held_out).sources()
    return {letters(text) for source in sources if isinstance(source, Pairs) for text in source.texts[0]}


def test_every_set_has_questions_and_a_library(small: Path) -> None:
    sets = {one.name: one for one in question_sets(small)}
    assert set(sets) == NAMES
    assert all(one.asked for one in sets.values())
    assert {one.library for one in sets.values()} == {"stard", "crud", "domain", "cmrc", "cail", "llama", "ncp"}
    assert {each.question for each in sets["stard"].asked} == {
        f"stard train {n}" for n in IDS if n % 3 and is_held_out(f"q{n}")
    }


def test_no_made_question_is_measured(small: Path) -> None:
    assert "measured" not in " ".join(asked_in(small))
    written = [letters(row["question"]) for row in records(small / "data" / "stard" / "qa.jsonl")]
    assert any("measured" in question for question in written)


def test_the_fifth_is_new_to_the_held_out_model_and_not_to_the_shipped_one(small: Path) -> None:
    asked = asked_in(small)
    learned = learned_from(small, held_out=True)
    assert len(learned) > 100
    assert not asked & learned
    # The questions about cases are in no training of the model, all others are in that of the shipped one.
    cases = {letters(each.question) for one in question_sets(small) if one.name == "cail" for each in one.asked}
    assert asked - learned_from(small, held_out=False) == cases


def test_answers_that_are_the_library_are_numbered_once(small: Path) -> None:
    rows = [{"b": "甲"}, {"b": "乙"}, {"b": "甲"}]
    assert text_ids("x", rows) == {"甲": "x_0", "乙": "x_1"}
    libraries = dict(own_texts(small))
    assert set(libraries) == {"llama", "ncp"}
    for one in question_sets(small):
        if one.name in libraries:
            assert all(each.records <= set(libraries[one.name]) for each in one.asked)
            # The answer of question n is the text with the same number.
            assert all(
                libraries[one.name][next(iter(each.records))].rpartition("答")[2] == each.question.split()[-1]
                for each in one.asked
            )


def test_a_large_set_is_thinned_evenly_and_a_blank_question_left_out(small: Path) -> None:
    rows = [law_question(3 * n + 1) for n in range(8_000)]
    rows[3]["question"] = "  "
    write(small / "data" / "stard" / "qa.jsonl", rows)
    whole = [row["question"] for row in rows if is_held_out(row["id"]) and row["question"].strip()]
    (stard,) = (one for one in question_sets(small) if one.name == "stard")
    assert 1_200 < len(whole) < 1_800
    assert [each.question for each in stard.asked] == whole[::3]


def test_no_question_of_the_real_sets_is_measured(shared: Path) -> None:
    data = shared / "data"
    measured = [
        *(row for row in records(data / "stard" / "qa.jsonl") if row["split"] != "train"),
        *(row for row in records(data / "cmrc2018" / "qa.jsonl") if row["split"] != "train"),
        *records(data / "crud" / "qa_dev.jsonl"),
    ]
    questions = {letters(row["question"]) for row in measured}
    of_test = {row["passage_id"] for row in records(data / "cail2019" / "qa.jsonl") if row["split"] == "test"}
    assert len(questions) > 3_000
    assert len(of_test) > 500
    for one in question_sets(shared):
        assert len(one.asked) >= 200, one.name
        assert not questions & {letters(each.question) for each in one.asked}, one.name
        # Questions about cases have stock wordings (who is the plaintiff), so that there the passages tell them apart.
        assert not any(each.records & of_test for each in one.asked), one.name
