"""BEIR's folder, worked by hand: grades, splits, headings and columns."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import GoldEvidence, load_dataset
from eval.importers import ImportOptions, import_dataset
from index.errors import DatasetError

TSV = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t1\nq1\td3\t0\nq2\td3\t1\n"


def folder(root: Path, **files: str) -> Path:
    """A set of three documents and two queries, with the named files of judgements."""
    documents = [
        {"_id": "d1", "title": "条例", "text": "工会可以办学校。"},
        {"_id": "d2", "title": "只有标题", "text": ""},
        {"_id": "d3", "title": "", "text": "职工有休息的权利。"},
    ]
    queries = [{"_id": "q1", "text": "工会能办学吗"}, {"_id": "q2", "text": "能休息吗"}, {"_id": "q3", "text": "别的"}]
    rows(root / "corpus.jsonl", documents)
    rows(root / "queries.jsonl", queries)
    (root / "qrels").mkdir(exist_ok=True)
    for name, text in files.items():
        (root / "qrels" / f"{name}.tsv").write_text(text, encoding="utf-8")
    return root


def rows(path: Path, objects: list[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in objects), encoding="utf-8")


def test_graded_documents_are_the_evidence_of_a_question_without_answers(tmp_path: Path) -> None:
    report = import_dataset("beir", folder(tmp_path, test=TSV), tmp_path / "out")
    one, two = load_dataset(tmp_path / "out" / "qa.jsonl")
    assert (one.question, one.type, one.answers) == ("工会能办学吗", "retrieval", ())
    assert one.evidence == (GoldEvidence("d1", relevance=2), GoldEvidence("d2"))
    assert two.evidence == (GoldEvidence("d3"),)
    assert (report.questions, report.retrieval_only, report.passages, report.skipped) == (2, 2, 3, ())
    assert report.left_out == {"相关度为零或更低的评判": 1, "这一部分没有评判的查询": 1}
    passages = [
        json.loads(line) for line in (tmp_path / "out" / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [each["text"] for each in passages] == ["工会可以办学校。", "只有标题", "职工有休息的权利。"]


@pytest.mark.parametrize(
    "text",
    [
        "q1\td1\t2\nq1\td2\t1\nq1\td3\t-1\nq2\td3\t1.0\n",
        "q1 0 d1 2\nq1 0 d2 1\nq1 0 d3 0\nq2 0 d3 1\n",
        "\ufeffquery\titer\tdoc\trel\r\nq1\tQ0\td1\t2\r\nq1\tQ0\td2\t1\r\nq2\tQ0\td3\t1\r\n",
    ],
)
def test_columns_with_and_without_a_heading_and_those_of_trec_say_the_same(tmp_path: Path, text: str) -> None:
    import_dataset("beir", folder(tmp_path, test=text), tmp_path / "out")
    one, two = load_dataset(tmp_path / "out" / "qa.jsonl")
    assert one.evidence == (GoldEvidence("d1", relevance=2), GoldEvidence("d2"))
    assert two.evidence == (GoldEvidence("d3"),)


def test_mteb_calls_an_id_id_and_may_have_everything_as_objects_and_packed(tmp_path: Path) -> None:
    folder(tmp_path)
    for name, objects in (
        ("corpus", [{"id": 1, "text": "工会可以办学校。"}]),
        ("queries", [{"id": 7, "text": "工会能办学吗"}]),
    ):
        (tmp_path / f"{name}.jsonl").unlink()
        (tmp_path / f"{name}.jsonl.gz").write_bytes(
            gzip.compress("".join(json.dumps(each) + "\n" for each in objects).encode())
        )
    rows(tmp_path / "qrels" / "dev.jsonl", [{"query-id": 7, "corpus-id": 1, "score": 3}])
    import_dataset("beir", tmp_path, tmp_path / "out")
    (question,) = load_dataset(tmp_path / "out" / "qa.jsonl")
    assert (question.id, question.evidence) == ("7", (GoldEvidence("1", relevance=3),))


def test_the_split_is_test_or_the_one_that_is_named_or_the_only_one(tmp_path: Path) -> None:
    dev = "q2\td3\t1\n"
    folder(tmp_path, dev=dev)
    assert import_dataset("beir", tmp_path, tmp_path / "only").questions == 1
    folder(tmp_path, test=TSV)
    assert import_dataset("beir", tmp_path, tmp_path / "test").questions == 2
    assert import_dataset("beir", tmp_path, tmp_path / "dev", ImportOptions(split="dev")).questions == 1
    with pytest.raises(DatasetError, match="qrels 中没有名为「train」的部分，可用的是 dev、test；请用 split 指明"):
        import_dataset("beir", tmp_path, tmp_path / "train", ImportOptions(split="train"))
    (tmp_path / "qrels" / "test.tsv").rename(tmp_path / "qrels" / "train.tsv")
    with pytest.raises(DatasetError, match="有多个部分"):
        import_dataset("beir", tmp_path, tmp_path / "many")


def test_faulty_judgements_are_told_and_absent_documents_stay_as_proof_that_scores_zero(tmp_path: Path) -> None:
    text = "q1\td1\t1\nq1\td9\t1\nq1\td2\tyes\nonly one\nq9\td1\t1\n"
    report = import_dataset("beir", folder(tmp_path, test=text), tmp_path / "out")
    assert [(each.where, each.reason) for each in report.skipped] == [
        ("test.tsv 第 3 行", "应为查询、资料和整数的相关度，实为「q1 d2 yes」"),
        ("test.tsv 第 4 行", "应为查询、资料和整数的相关度，实为「only one」"),
        ("test.tsv 的查询 q9", "在 queries.jsonl 中没有可用的问题"),
    ]
    assert [each.text for each in report.notices] == ["证据资料 d9 不在资料集中，这处证据只能得零分"]
    assert load_dataset(tmp_path / "out" / "qa.jsonl")[0].evidence == (GoldEvidence("d1"), GoldEvidence("d9"))


def test_what_is_no_such_folder_is_told(tmp_path: Path) -> None:
    for name in ("corpus.jsonl", "queries.jsonl"):
        folder(tmp_path, test=TSV)
        (tmp_path / name).unlink()
        with pytest.raises(DatasetError, match=f"没有 {name}，不是 BEIR 式的题集"):
            import_dataset("beir", tmp_path, tmp_path / "out")
    with pytest.raises(DatasetError, match=r"应为一个文件夹，test\.tsv 不是"):
        import_dataset("beir", tmp_path / "qrels" / "test.tsv", tmp_path / "out")
    folder(tmp_path)
    (tmp_path / "qrels" / "test.tsv").unlink()
    with pytest.raises(DatasetError, match=r"qrels 中没有 \.tsv 文件"):
        import_dataset("beir", tmp_path, tmp_path / "out")


def test_a_packed_corpus_that_is_cut_short_is_told(tmp_path: Path) -> None:
    folder(tmp_path, test=TSV)
    packed = gzip.compress((tmp_path / "corpus.jsonl").read_bytes())
    (tmp_path / "corpus.jsonl").unlink()
    (tmp_path / "corpus.jsonl.gz").write_bytes(packed[:-12])
    with pytest.raises(DatasetError, match=r"corpus\.jsonl\.gz 不是完整的 gzip"):
        import_dataset("beir", tmp_path, tmp_path / "out")
