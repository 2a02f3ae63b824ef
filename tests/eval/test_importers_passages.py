"""Questions beside a corpus, worked by hand: splits, whole passages, spans, and answers that no passage holds."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import GoldEvidence, GoldQuestion, load_dataset
from eval.importers import ImportOptions, ImportReport, import_dataset
from index.errors import DatasetError

PASSAGES = [
    {"id": "p1", "title": "甲市", "text": "甲市有学院。共12家，都在城东。", "date": "2024-05-01 08:00:00"},
    {"id": "p2", "title": "", "text": "甲市的十二家学院一览。"},
    {"id": "p3", "title": "", "text": "别的事。"},
]


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def imported(
    folder: Path, *rows: dict[str, Any], corpus: str = "passages.jsonl", **options: Any
) -> tuple[tuple[GoldQuestion, ...], ImportReport]:
    written(folder / corpus, PASSAGES)
    written(folder / "qa.jsonl", [{"id": f"q{at}"} | row for at, row in enumerate(rows)])
    report = import_dataset("passages", folder, folder / "out", ImportOptions(overwrite=True, **options))
    return load_dataset(folder / "out" / "qa.jsonl"), report


def asked(*answers: Any, **more: Any) -> dict[str, Any]:
    return {"question": "甲市有几家学院？", "answers": list(answers), "passage_ids": ["p1", "p2"]} | more


def test_whole_passages_are_the_proof_of_an_answer_that_stands_in_one_of_them(tmp_path: Path) -> None:
    # The normal form reads 十二家 as 12家.
    (question,), report = imported(tmp_path, asked("十二家", "十二所"), corpus="corpus.jsonl.gz")
    assert (question.type, question.answers) == ("reading", (("十二家", "十二所"),))
    assert question.evidence == (GoldEvidence("p1"), GoldEvidence("p2"))
    assert (report.passages, report.retrieval_only) == (3, 0)


def test_prose_that_no_passage_holds_leaves_a_question_of_retrieval(tmp_path: Path) -> None:
    prose = "您好，根据有关规定，甲市的学院一共是十来家的样子。"
    (question,), report = imported(tmp_path, asked(prose))
    assert (question.type, question.answers, report.retrieval_only) == ("retrieval", (), 1)
    (question,), _ = imported(tmp_path, asked(prose), retrieval_only=False)
    assert question.answers == ((prose,),)
    (question,), _ = imported(tmp_path, asked("12家"), retrieval_only=True)
    assert question.answers == ()


def test_answer_starts_make_the_sentence_the_proof(tmp_path: Path) -> None:
    row = asked("12家", answer_starts=[7], passage_id="p1", passage_ids=None)
    (question,), _ = imported(tmp_path, row)
    assert question.evidence == (GoldEvidence("p1", quote="共12家，都在城东。"),)
    (question,), _ = imported(tmp_path, row, retrieval_only=True)
    assert (question.answers, question.evidence) == ((), (GoldEvidence("p1"),))


def test_yes_and_no_and_the_impossible_are_read_as_in_squad(tmp_path: Path) -> None:
    yes = asked("YES", answer_starts=[-1], passage_id="p3", is_impossible=False)
    never = asked(answer_starts=[], passage_id="p3", is_impossible=True)
    questions, report = imported(tmp_path, yes, never)
    assert [(each.type, each.unanswerable) for each in questions] == [("yesno", False), ("unanswerable", True)]
    assert report.unanswerable == 1
    # An impossible question has no passage to be found, so that pure retrieval keeps it as it is.
    questions, _ = imported(tmp_path, yes, never, retrieval_only=True)
    assert [each.unanswerable for each in questions] == [False, True]


def test_a_split_is_taken_and_a_wrong_one_told_with_those_there_are(tmp_path: Path) -> None:
    rows = [asked("12家", split="train"), asked("12家", split="dev"), asked("12家", split="train"), asked("12家")]
    questions, report = imported(tmp_path, *rows, split="train")
    assert [each.id for each in questions] == ["q0", "q2"]
    assert report.left_out == {"不属于 train 部分的题": 2}
    with pytest.raises(DatasetError, match="没有 split 为「test」的题，现有的是 train 2 题、dev 1 题、（未标） 1 题"):
        imported(tmp_path, *rows, split="test")


def test_questions_that_need_their_context_are_left_out_on_demand(tmp_path: Path) -> None:
    rows = [asked("12家", self_contained=True), asked("12家", self_contained=False), asked("12家")]
    questions, report = imported(tmp_path, *rows, self_contained=True)
    assert [each.id for each in questions] == ["q0"]
    assert report.left_out == {"没有标为自足（self_contained）的题": 2}
    with pytest.raises(DatasetError, match="没有 self_contained 字段"):
        imported(tmp_path, asked("12家"), self_contained=True)


def test_an_answer_that_is_no_text_is_told_and_the_question_kept(tmp_path: Path) -> None:
    (one, two), report = imported(tmp_path, asked(float("nan")), asked("12家", "。"))
    assert one.retrieval_only
    assert two.answers == (("12家",),)
    assert [each.where for each in report.notices] == ["qa.jsonl 第 1 行", "qa.jsonl 第 2 行"]


def test_the_files_are_found_or_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"没有 qa\.jsonl"):
        import_dataset("passages", tmp_path, tmp_path / "out")
    questions = written(tmp_path / "qa_dev.jsonl", [{"id": "q", **asked("12家")}])
    with pytest.raises(DatasetError, match=r"qa_dev\.jsonl 旁边没有 passages\.jsonl 或 corpus\.jsonl"):
        import_dataset("passages", tmp_path, tmp_path / "out")
    far = written(tmp_path / "far.jsonl", PASSAGES)
    assert import_dataset("passages", tmp_path, tmp_path / "one", ImportOptions(corpus=far)).questions == 1
    written(tmp_path / "qa_more.jsonl", [])
    with pytest.raises(DatasetError, match=r"有 qa_dev\.jsonl、qa_more\.jsonl，不知道用哪一个"):
        import_dataset("passages", tmp_path, tmp_path / "two", ImportOptions(corpus=far))
    assert import_dataset("passages", questions, tmp_path / "two", ImportOptions(corpus=far)).questions == 1


@pytest.mark.parametrize(
    ("name", "options", "questions"),
    [("stard", {"split": "dev"}, 308), ("crud", {}, 926), ("cmrc2018", {"split": "dev"}, 3219)],
)
def test_the_data_sets_at_hand_come_over_whole(
    shared: Path, tmp_path: Path, name: str, options: dict[str, Any], questions: int
) -> None:
    if not (shared / "data" / name).is_dir():
        pytest.skip(f"../shared/data/{name} is absent")
    report = import_dataset("passages", shared / "data" / name, tmp_path / "out", ImportOptions(**options))
    assert (report.questions, report.skipped) == (questions, ())
