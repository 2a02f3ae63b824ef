"""What the choosers learn from, on a library of two documents whose answers can be pointed at."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.training.choice_asked import Proof, Sought, sought
from rag.training.choice_gathering import Choice, choices, clause_choices

ONE = "盐城市建成工匠学院31家。培训职工4200人次，认定工匠865人，发放补贴310元。"
OTHER = "徐州市建成网上平台66个。徐州市认定工匠865人。"
QUESTION = "盐城市认定了多少名工匠？"
AT = ONE.index("865")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [made_document(ONE, "盐城市", name="一"), made_document(OTHER, "徐州市", name="二")]
    with made_library(tmp_path_factory.mktemp("choice") / "index", documents) as opened:
        yield opened


def asked(*proofs: Proof, answers: tuple[str, ...] = ()) -> Sought:
    return Sought(QUESTION, "一.md", proofs, answers)


def by_mode(library: Library, one: Sought) -> dict[str, Choice]:
    return {choice.mode: choice for choice in choices(library, [one])}


def test_the_sentence_that_holds_the_answer_is_right(library: Library) -> None:
    given = by_mode(library, asked(Proof("一.md", AT, AT + 3)))["given"]
    assert [text for text, right in zip(given.texts, given.right, strict=True) if right] == [
        "培训职工4200人次，认定工匠865人，发放补贴310元。"
    ]
    assert given.readings.shape == (2, len(given.names))


def test_a_quote_is_found_in_its_document(library: Library) -> None:
    quoted = by_mode(library, asked(Proof("一.md", quote="认定工匠865人")))["given"]
    assert quoted.right.tolist() == [False, True]


def test_without_its_document_nothing_is_right(library: Library) -> None:
    found = by_mode(library, replace(asked(Proof("一.md", AT, AT + 3)), question="认定了多少名工匠？"))
    assert found["found"].right.any()
    assert not found["without"].right.any()
    assert all("徐州" in text for text in found["without"].texts)
    # Another document says the same figure, so that its sentence may answer too and teaches nothing.
    assert [text for text, doubt in zip(found["found"].texts, found["found"].doubtful, strict=True) if doubt] == [
        "徐州市认定工匠865人。"
    ]


def test_a_question_of_an_unknown_document_is_passed_over(library: Library) -> None:
    assert list(choices(library, [Sought(QUESTION, "三.md", ())])) == []


def test_the_clause_that_holds_the_answer_is_right(library: Library) -> None:
    (marked,) = clause_choices(library, [asked(Proof("一.md", AT, AT + 3))])
    assert marked.texts == ("培训职工4200人次，", "认定工匠865人，", "发放补贴310元。")
    assert marked.right.tolist() == [False, True, False]


def test_words_of_the_answer_tell_the_clause_where_the_proof_is_a_sentence(library: Library) -> None:
    whole = Proof("一.md", ONE.index("培训"), len(ONE))
    (worded,) = clause_choices(library, [asked(whole, answers=("３１０元",))])
    assert worded.right.tolist() == [False, False, True]


def test_questions_that_are_measured_are_not_learned_from(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"q{split}",
            "question": f"{split}?",
            "passage_id": "p",
            "split": split,
            "answers": ["a"],
            "answer_starts": [0],
        }
        for split in ("train", "dev", "test", "trial")
    ]
    for name in ("cmrc2018", "cail2019"):
        folder = tmp_path / "data" / name
        folder.mkdir(parents=True)
        lines = [json.dumps(row | {"is_impossible": False}) for row in rows]
        (folder / "qa.jsonl").write_text("\n".join(lines), encoding="utf-8")
    own_files = (
        "sample_dev",
        "seeds_dev",
        "fresh_briefs_dev",
        "fresh_news_dev",
        "asked_train",
        "asked_crud_train",
        "asked_briefs_train",
    )
    for name in own_files:
        own = {"id": "a", "question": "own?", "answers": [["x"]], "evidence": [{"document": "d", "quote": "x"}]}
        follow = own | {"question": "then?", "history": [{"role": "user", "content": "own?"}]}
        text = "\n".join(map(json.dumps, (own, follow)))
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    found = {name: [one.question for one in every] for name, _, every in sought(tmp_path, tmp_path)}
    own_sets = ("sample", "seeds", "fresh_briefs", "fresh_news", "asked", "asked_more", "asked_briefs")
    assert found == {"cmrc": ["train?"], "cail": ["dev?"]} | {name: ["own?"] for name in own_sets}


def made_choices(count: int) -> list[Choice]:
    """Texts of which the one with the figure answers, and whose first reading tells it too."""
    found = []
    for number in range(count):
        right = np.arange(4) == number % 4
        texts = tuple("有9家" if each else "有人" for each in right)
        table = np.stack([right + 0.0, np.full(4, number)], axis=1).astype(np.float32)
        found.append(Choice("given", f"d{number}", "几家?", texts, ("told", "noise"), table, right, np.zeros(4, bool)))
    return found


def test_the_table_of_crossed_words_learns_what_answers() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is absent: nothing is fitted (models)")
    from rag.training.crossing import fitted

    table = fitted(made_choices(40))
    scores = table.scores("几家?", ["有9家", "有人"])
    assert scores[0] > scores[1]


def test_the_forest_learns_the_reading_that_tells_and_judges_by_folds() -> None:
    pytest.importorskip("lightgbm", reason="lightgbm is absent: nothing is trained (models)")
    from rag.training.train_chooser import left_out, predicted, told

    sets = {"made": made_choices(300)}
    chances = predicted(sets, left_out(sets, 20))
    assert "made given: 300 with an answer, first right 1.000" in told(sets, chances)
    best = [float(chance.max()) for chance in chances["made"]]
    assert min(best) > 0.6
