"""Question sets are read as frozen records, and every fault is told with its file, line and field."""

import gzip
import json
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import GoldEvidence, default_datasets, load_dataset
from index.errors import DatasetError
from index.types import Span
from rag.types import Turn

DATA = Path(__file__).resolve().parents[2] / "eval" / "data"
GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "甲市建了多少家产业学院？",
    "type": "figure",
    "answers": [["12家", "12所"]],
    "evidence": [{"document": "甲市.txt", "quote": "建成产业学院12家"}],
}


def written(folder: Path, *rows: Any, name: str = "qa.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_a_question_becomes_a_frozen_record(tmp_path: Path) -> None:
    spanned = {"document": "乙市.txt", "sha256": "AB12", "start": 3, "end": 9}
    turns = [{"role": "user", "content": "甲市呢？"}, {"role": "assistant", "content": "有。"}]
    found = load_dataset(written(tmp_path, GOOD | {"evidence": [*GOOD["evidence"], spanned], "history": turns}))
    assert len(found) == 1
    question = found[0]
    assert question.answers == (("12家", "12所"),)
    assert question.evidence == (
        GoldEvidence("甲市.txt", quote="建成产业学院12家"),
        GoldEvidence("乙市.txt", sha256="ab12", span=Span(3, 9)),
    )
    assert question.history == (Turn("user", "甲市呢？"), Turn("assistant", "有。"))
    assert not question.unanswerable
    with pytest.raises(FrozenInstanceError):
        question.id = "other"  # type: ignore[misc]


def test_several_files_keep_their_order_and_share_one_room_of_ids(tmp_path: Path) -> None:
    first = written(tmp_path, GOOD, name="a.jsonl")
    second = written(tmp_path, GOOD | {"id": "q0"}, name="b.jsonl")
    assert [each.id for each in load_dataset(first, second)] == ["q1", "q0"]
    with pytest.raises(DatasetError, match=r"b\.jsonl 第 1 行：字段 id 的值「q1」与题集 a\.jsonl 第 1 行重复"):
        load_dataset(first, written(tmp_path, GOOD, name="b.jsonl"))


def test_a_question_may_know_only_where_its_answer_stands(tmp_path: Path) -> None:
    whole = [{"document": "甲市.txt"}, {"document": "乙市.txt", "relevance": 3}]
    (question,) = load_dataset(written(tmp_path, GOOD | {"answers": [], "evidence": whole}))
    assert question.retrieval_only
    assert question.evidence == (GoldEvidence("甲市.txt"), GoldEvidence("乙市.txt", relevance=3))
    assert [each.whole for each in question.evidence] == [True, True]
    (answered,) = load_dataset(written(tmp_path, GOOD))
    assert not answered.retrieval_only
    assert not answered.evidence[0].whole


def test_forbidden_strings_and_a_table_are_read(tmp_path: Path) -> None:
    table = [[["甲市", "甲"], ["12家"]], [["乙市"]]]
    # 2家 is another figure than 12家, so that it may be forbidden.
    (question,) = load_dataset(written(tmp_path, GOOD | {"forbidden": ["2家", "一百家"], "table": table}))
    assert question.forbidden == ("2家", "一百家")
    assert question.table == ((("甲市", "甲"), ("12家",)), (("乙市",),))


def test_a_packed_file_is_read_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    packed = tmp_path / "qa.jsonl.gz"
    packed.write_bytes(gzip.compress(written(tmp_path, GOOD).read_bytes()))
    assert load_dataset(packed)[0].id == "q1"
    packed.write_bytes(packed.read_bytes()[:-9])
    with pytest.raises(DatasetError, match=r"qa\.jsonl\.gz 不是完整的 gzip"):
        load_dataset(packed)


def test_a_byte_order_mark_blank_lines_and_odd_separators_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "qa.jsonl"
    odd = GOOD | {"question": "甲市\u2028有几家？"}
    path.write_bytes(b"\xef\xbb\xbf" + f"\r\n{json.dumps(odd, ensure_ascii=False)}\r\n\n".encode())
    assert load_dataset(path)[0].question == "甲市\u2028有几家？"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": ""}, "字段 id 应为非空字符串"),
        ({"question": None}, "字段 question 应为非空字符串，实为「缺失」"),
        ({"question": 7}, "字段 question 应为非空字符串，实为「7」"),
        ({"type": ["figure"]}, "字段 type"),
        ({"answers": "12家"}, "字段 answers 应为列表"),
        ({"answers": [], "evidence": []}, "字段 answers 为空"),
        ({"answers": ["12家"]}, r"字段 answers\[0\] 应为至少一个字符串的列表"),
        ({"answers": [["12家"], []]}, r"字段 answers\[1\]"),
        ({"answers": [["12家", "。！"]]}, r"字段 answers\[0\]\[1\] 应为含有文字或数字的字符串"),
        ({"answers": [["12家"], ["好", 7]]}, r"字段 answers\[1\]\[1\] 应为非空字符串，实为「7」"),
        ({"question": "甲\ud800市"}, "字段 question 含有残缺的字符"),
        ({"evidence": ["甲市.txt"]}, r"字段 evidence\[0\] 应为一个对象"),
        ({"evidence": [{"quote": "x"}]}, r"字段 evidence\[0\]\.document"),
        ({"evidence": [{"document": "a", "start": 1, "end": 2}]}, r"字段 evidence\[0\] 应为 document 和 quote"),
        ({"evidence": [{"document": "a", "sha256": "b", "start": -1, "end": 2}]}, r"evidence\[0\]\.start"),
        ({"evidence": [{"document": "a", "sha256": "b", "start": True, "end": 2}]}, r"evidence\[0\]\.start"),
        ({"evidence": [{"document": "a", "sha256": "b", "start": 2, "end": 2}]}, r"evidence\[0\]\.end"),
        ({"history": [{"role": "system", "content": "x"}]}, r"字段 history\[0\]\.role 应为 user 或 assistant"),
        ({"history": [{"role": "user", "content": " "}]}, r"字段 history\[0\]\.content"),
        ({"unanswerable": "yes"}, "字段 unanswerable 应为 true 或 false"),
        ({"unanswerable": True}, "字段 answers、evidence 和 table 必须为空"),
        ({"unanswerable": True, "answers": [], "evidence": [], "table": [[["甲市"]]]}, "table 必须为空"),
        ({"evidence": [{"document": "a", "relevance": 0}]}, r"evidence\[0\]\.relevance 应为不小于 1 的整数，实为「0」"),
        ({"evidence": [{"document": "a", "relevance": True}]}, r"evidence\[0\]\.relevance"),
        ({"evidence": [{"document": "a", "quote": "x", "relevance": 2}]}, r"字段 evidence\[0\] 应为 document 和 quote"),
        ({"forbidden": "13家"}, "字段 forbidden 应为列表"),
        ({"forbidden": ["13家", "，"]}, r"字段 forbidden\[1\] 应为含有文字或数字的字符串"),
        ({"forbidden": ["13家", "十二 所"]}, r"字段 forbidden\[1\] 的「十二 所」含在字段 answers 认可的「12所」中"),
        ({"forbidden": ["甲市"], "table": [[["甲市"]]]}, r"forbidden\[0\] 的「甲市」含在字段 table"),
        ({"table": [["甲市"]]}, r"字段 table\[0\]\[0\] 应为至少一个字符串的列表"),
        ({"table": [[["甲市"], ["12家"]], []]}, r"字段 table\[1\] 应为至少一个单元格的列表"),
        ({"table": [[["甲市"], ["12家", "、"]]]}, r"字段 table\[0\]\[1\]\[1\]"),
        ({"reason": "private"}, "字段 reason 只能用于"),
        ({"unanswerable": True, "answers": [], "evidence": [], "reason": "tired"}, "字段 reason 应为 no_content"),
        ({"evidences": []}, "未知字段 evidences"),
    ],
)
def test_a_fault_is_told_with_its_line_and_field(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    path = written(tmp_path, GOOD | {"id": "q0"}, GOOD | change)
    with pytest.raises(DatasetError, match=rf"^题集 qa\.jsonl 第 2 行：.*{told}") as caught:
        load_dataset(path)
    assert "\n" not in str(caught.value)


def test_files_that_are_no_question_sets_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "q1",\n', encoding="utf-8")
    with pytest.raises(DatasetError, match="第 1 行：不是合法的 JSON"):
        load_dataset(broken)
    with pytest.raises(DatasetError, match="第 1 行：应为一个 JSON 对象"):
        load_dataset(written(tmp_path, [1, 2]))
    with pytest.raises(DatasetError, match="没有题目"):
        load_dataset(written(tmp_path))
    with pytest.raises(DatasetError, match="找不到题集"):
        load_dataset(tmp_path / "none.jsonl")
    with pytest.raises(DatasetError, match="无法读取"):
        load_dataset(tmp_path)
    foreign = tmp_path / "gbk.jsonl"
    foreign.write_bytes("甲市".encode("gb18030"))
    with pytest.raises(DatasetError, match="不是 UTF-8"):
        load_dataset(foreign)


@pytest.mark.parametrize("name", ["sample_dev", "sample_test", "seeds_dev", "seeds_test"])
def test_the_shipped_questions_are_valid(name: str) -> None:
    path = DATA / f"{name}.jsonl"
    assert len(load_dataset(path)) == path.read_text(encoding="utf-8").count("\n")


def test_the_test_half_is_run_only_when_it_is_asked_for() -> None:
    assert default_datasets() == (DATA / "sample_dev.jsonl",)
    assert default_datasets("test") == (DATA / "sample_test.jsonl",)
