"""An import is whole or absent, counts everything, and what it writes can be read again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.dataset import load_dataset
from eval.importers import FORMATS, ImportOptions, import_dataset
from eval.importers.files import text_lines
from index.errors import DatasetError
from index.sources.read import Skipped as Unread
from index.sources.read import read_paths


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    return path


def small_set(folder: Path, *more: dict[str, Any]) -> Path:
    lines(folder / "passages.jsonl", {"id": "p1", "title": "甲市", "text": "甲市有十二家学院。", "date": "2024-05-01"})
    return lines(
        folder / "qa.jsonl",
        {"id": "q1", "question": "甲市有几家学院？", "answers": ["12家"], "passage_id": "p1"},
        *more,
    )


def test_the_corpus_that_is_written_is_one_that_an_index_is_built_from(tmp_path: Path) -> None:
    report = import_dataset("passages", small_set(tmp_path), tmp_path / "out")
    assert (report.questions, report.passages, report.skipped, report.left_out) == (1, 1, (), {})
    assert report.files == (tmp_path / "out" / "passages.jsonl", tmp_path / "out" / "qa.jsonl")
    (document,) = list(read_paths([tmp_path / "out" / "passages.jsonl"]))
    assert not isinstance(document, Unread)
    assert (document.record, document.title, document.published) == ("p1", "甲市", "2024-05-01")
    assert load_dataset(tmp_path / "out" / "qa.jsonl")[0].answers == (("12家",),)


def test_files_that_are_there_are_replaced_only_when_that_is_asked(tmp_path: Path) -> None:
    source, out = small_set(tmp_path), tmp_path / "out"
    import_dataset("passages", source, out)
    old = (out / "qa.jsonl").read_bytes()
    with pytest.raises(DatasetError, match=r"已有 qa\.jsonl、passages\.jsonl；请换一个文件夹，或加上覆盖选项"):
        import_dataset("passages", source, out)
    assert (out / "qa.jsonl").read_bytes() == old
    small_set(tmp_path, {"id": "q2", "question": "甲市？", "answers": [], "passage_id": "p1"})
    assert import_dataset("passages", source, out, ImportOptions(overwrite=True)).questions == 2


def test_an_import_that_replaces_leaves_nothing_of_the_one_before(tmp_path: Path) -> None:
    votes = tmp_path / "feedback.jsonl"
    vote = {"time": "2026-05-01T08:00:00", "question": "甲市？", "vote": "down"}
    import_dataset("feedback", lines(votes, vote), tmp_path / "out")
    import_dataset(
        "feedback", lines(votes, vote | {"expected": "12家"}), tmp_path / "out", ImportOptions(overwrite=True)
    )
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["qa.jsonl"]


def test_an_import_that_fails_leaves_no_file(tmp_path: Path) -> None:
    source = small_set(tmp_path)
    with source.open("ab") as file:
        file.write("甲".encode("gb18030"))
    with pytest.raises(DatasetError, match=r"qa\.jsonl 第 2 行：不是 UTF-8 编码"):
        import_dataset("passages", source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(DatasetError, match="无法写入"):
        import_dataset("passages", small_set(tmp_path), tmp_path / "out")


def test_faulty_questions_are_skipped_and_told_by_line_and_field(tmp_path: Path) -> None:
    source = small_set(
        tmp_path,
        {"id": "q1", "question": "又是一题", "answers": [], "passage_id": "p1"},
        {"id": "q3", "question": " ", "answers": [], "passage_id": "p1"},
        {"id": "q4", "question": "没有出处？", "answers": []},
        [1],
        {"id": "q5", "question": "出处不在库中？", "answers": [], "passage_id": "p9"},
    )
    with source.open("a", encoding="utf-8") as file:
        file.write('{"id": "q6",\n')
    report = import_dataset("passages", source, tmp_path / "out")
    # What cannot be read as an object is told while the file is read, before the single questions.
    assert [(each.where, each.reason) for each in report.skipped] == [
        ("qa.jsonl 第 5 行", "应为一个 JSON 对象，实为「[1]」"),
        ("qa.jsonl 第 7 行", "不是合法的 JSON"),
        ("qa.jsonl 第 2 行", "编号「q1」与前面的题重复"),
        ("qa.jsonl 第 3 行", "字段 question 应为非空字符串，实为「缺失」，请修正。"),
        ("qa.jsonl 第 4 行", "没有 passage_id 或 passage_ids"),
    ]
    assert [each.where for each in report.notices] == ["qa.jsonl 第 6 行"]
    assert "p9 不在资料集中" in report.notices[0].text
    told = "\n".join(report.lines())
    assert "导入 2 题（不可答 0，只测检索 1），资料 1 篇" in told
    assert "qa.jsonl 第 7 行：不是合法的 JSON" in told


def test_the_report_shows_so_many_faults_and_counts_the_rest(tmp_path: Path) -> None:
    source = small_set(tmp_path, *[{"id": f"x{at}", "question": "？", "answers": []} for at in range(9)])
    told = list(import_dataset("passages", source, tmp_path / "out").lines(shown=4))
    assert "跳过 9 条有误的：" in told
    assert "  ……另有 5 条" in told


def test_a_limit_keeps_the_first_and_counts_the_others(tmp_path: Path) -> None:
    more = [{"id": f"x{at}", "question": "甲市？", "answers": [], "passage_id": "p1"} for at in range(4)]
    report = import_dataset("passages", small_set(tmp_path, *more), tmp_path / "out", ImportOptions(limit=2))
    assert [each.id for each in load_dataset(tmp_path / "out" / "qa.jsonl")] == ["q1", "x0"]
    assert report.left_out == {"超过 limit 的 2 题": 3}


def test_damaged_and_double_passages_are_told(tmp_path: Path) -> None:
    source = small_set(tmp_path)
    (tmp_path / "passages.jsonl").write_text(
        '{"id": "p1", "text": "甲市有十二家\\ud800学院。"}\n{"id": "p1", "text": "另一篇"}\n'
        '{"id": "", "text": "无名"}\n{"id": "p2", "text": " "}\n',
        encoding="utf-8",
    )
    report = import_dataset("passages", source, tmp_path / "out")
    assert [(each.where, each.reason) for each in report.skipped] == [
        ("资料 p1", "编号与前面的资料重复"),
        ("资料 （无编号）", "没有编号或没有正文"),
        ("资料 p2", "没有编号或没有正文"),
    ]
    assert "十二家\ufffd学院" in (tmp_path / "out" / "passages.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"limit": 0}, "选项 --limit 应不小于 1，实为 0"),
        ({"noise_rate": 0.5}, r"格式 passages 不使用选项 --noise-rate（可用：.*split.*）"),
        ({"sheet": "一"}, "格式 passages 不使用选项 --sheet"),
    ],
)
def test_options_out_of_range_or_out_of_place_are_refused(tmp_path: Path, options: dict[str, Any], told: str) -> None:
    with pytest.raises(DatasetError, match=told):
        import_dataset("passages", small_set(tmp_path), tmp_path / "out", ImportOptions(**options))


@pytest.mark.parametrize("rate", [-0.1, 1, 2.0, float("nan")])
def test_a_noise_rate_is_a_share_below_one(rate: float) -> None:
    with pytest.raises(DatasetError, match="选项 --noise-rate"):
        ImportOptions(noise_rate=rate).check("rgb", {"noise_rate"})


def test_unknown_formats_and_absent_paths_are_told(tmp_path: Path) -> None:
    with pytest.raises(
        DatasetError, match="没有名为「word」的题集格式，可用的是 squad、beir、rgb、passages、sheet、feedback"
    ):
        import_dataset("word", tmp_path, tmp_path / "out")
    for name in FORMATS:
        with pytest.raises(DatasetError, match="找不到要导入的"):
            import_dataset(name, tmp_path / "none", tmp_path / "out")


@pytest.mark.parametrize(("name", "file"), [("rgb", "rgb.jsonl"), ("feedback", "f.jsonl"), ("passages", "qa.jsonl")])
def test_an_empty_file_holds_no_questions(tmp_path: Path, name: str, file: str) -> None:
    small_set(tmp_path)
    (tmp_path / file).write_bytes(b"")
    with pytest.raises(DatasetError, match="没有可导入的题目（文件是空的）"):
        import_dataset(name, tmp_path / file, tmp_path / "out")


def test_only_line_feeds_part_lines_and_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes("\ufeff甲\u2028乙\r\n\n丙".encode())
    assert list(text_lines(path)) == [("odd.txt 第 1 行", "甲\u2028乙"), ("odd.txt 第 3 行", "丙")]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["12家", "。", " ", "是", "\n"]
)
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "id": TEXTS | st.integers() | st.none(),
        "question": TEXTS | st.none(),
        "answers": st.lists(TEXTS | st.none() | st.sampled_from(["YES", "NO"]), max_size=3) | st.just("12家"),
        "answer_starts": st.lists(st.integers(-2, 30), max_size=3),
        "passage_id": st.sampled_from(["p1", "p2", "", "p9"]),
        "passage_ids": st.lists(st.sampled_from(["p1", "p2"]), max_size=2),
        "is_impossible": st.booleans(),
        "split": st.sampled_from(["dev", "test"]),
    },
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(ROWS, max_size=6))
def test_whatever_is_imported_can_be_loaded_and_nothing_is_lost(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    lines(
        tmp_path / "passages.jsonl",
        {"id": "p1", "text": "甲市有12家。乙市没有，是真的。"},
        {"id": "p2", "text": "另一篇"},
    )
    source, out = lines(tmp_path / "qa.jsonl", *rows), tmp_path / "out"
    try:
        report = import_dataset("passages", source, out, ImportOptions(overwrite=True))
    except DatasetError as error:
        assert "没有可导入的题目" in str(error)
        return
    questions = load_dataset(out / "qa.jsonl")
    assert len(questions) == report.questions == len(rows) - len(report.skipped)
    assert sum(each.unanswerable for each in questions) == report.unanswerable
    assert sum(each.retrieval_only for each in questions) == report.retrieval_only
    texts = dict(quoted(out / "passages.jsonl"))
    for evidence in (each for question in questions for each in question.evidence):
        assert evidence.quote in texts.get(evidence.document, "")


def quoted(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], row["text"]
