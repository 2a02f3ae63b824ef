"""SQuAD's JSON in its two shapes, worked by hand: quotes, yes and no, the unanswerable, and what is wrong with a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import GoldEvidence, GoldQuestion, load_dataset
from eval.importers import ImportReport, import_dataset
from eval.importers.reading import LONGEST_QUOTE, ReadAnswer, located, quote_around
from index.errors import DatasetError
from index.types import Span

TEXT = "甲厂一九八〇年建成。厂里办了两所学校，一所教车工，一所教焊工。如今学员有三百人，另有三百人在外实习。"


def imported(folder: Path, value: Any) -> tuple[list[GoldQuestion], ImportReport]:
    path = folder / "set.json"
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    report = import_dataset("squad", path, folder / "out")
    return list(load_dataset(folder / "out" / "qa.jsonl")), report


def nested(*questions: dict[str, Any], **paragraph: Any) -> dict[str, Any]:
    return {"data": [{"title": "甲厂", "paragraphs": [{"context": TEXT, "qas": list(questions)} | paragraph]}]}


def asked(*answers: tuple[str, int], **more: Any) -> dict[str, Any]:
    return {"id": "q1", "question": "几所？", "answers": [{"text": t, "answer_start": at} for t, at in answers]} | more


def test_the_sentence_around_the_answer_is_the_proof(tmp_path: Path) -> None:
    (question,), report = imported(tmp_path, nested(asked(("两所学校", TEXT.index("两所"))), id="c7"))
    assert (question.type, question.answers) == ("reading", (("两所学校",),))
    assert question.evidence == (GoldEvidence("c7", quote="厂里办了两所学校，一所教车工，一所教焊工。"),)
    (passage,) = map(json.loads, (tmp_path / "out" / "passages.jsonl").read_text(encoding="utf-8").splitlines())
    assert passage == {"id": "c7", "title": "甲厂", "text": TEXT}
    assert (report.questions, report.passages) == (1, 1)


def test_the_answers_of_all_annotators_are_one_group_with_every_sentence_they_stand_in(tmp_path: Path) -> None:
    answers = [("三百人", TEXT.rindex("三百人")), ("三百人", TEXT.index("三百人")), ("1980年", -1), ("甲厂", 0)]
    (question,), report = imported(tmp_path, nested(asked(*answers)))
    assert question.answers == (("三百人", "1980年", "甲厂"),)
    assert [each.quote for each in question.evidence] == [
        "如今学员有三百人，另有三百人在外实习。",
        "甲厂一九八〇年建成。",
    ]
    assert question.evidence[0].document == "0-0"
    assert [each.text for each in report.notices] == ["答案「1980年」不在资料原文中"]


def test_a_wrong_start_means_the_nearest_copy_and_no_start_means_the_only_one() -> None:
    text = "三百人，又三百人，共六百人"
    assert located(text, ReadAnswer("三百人", 4)) == 5
    assert located(text, ReadAnswer("三百人", 1)) == 0
    assert located(text, ReadAnswer("三百人")) == -1
    assert located(text, ReadAnswer("六百人")) == 10
    assert located(text, ReadAnswer("千人", 3)) == -1


def test_an_answer_without_a_known_place_is_proved_by_the_whole_passage(tmp_path: Path) -> None:
    (question,), _ = imported(tmp_path, nested(asked(("三百人", -1))))
    assert question.evidence == (GoldEvidence("0-0"),)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("头，" + "长" * 200 + "，这里十人，尾" + "长" * 50 + "。", "这里十人，"),
        ("长" * 200 + "十人" + "长" * 200, "长" * 20 + "十人" + "长" * 20),
        ("上一句。共十\n人次。下一句。", "共十\n人次。"),
    ],
)
def test_a_quote_is_no_longer_than_it_need_be(text: str, quote: str) -> None:
    start = text.index("十")
    length = text.index("人") + 1 - start
    assert quote_around(text, Span(start, start + length)) == quote
    assert len(quote) <= LONGEST_QUOTE


def test_yes_and_no_become_questions_that_ask_for_the_right_side(tmp_path: Path) -> None:
    questions, _ = imported(
        tmp_path,
        nested(
            asked(("YES", -1), id="yes"),
            asked(("NO", -1), ("不到三百人", -1), id="no"),
            asked(("YES", -1), ("并非没有", -1), id="worded"),
        ),
    )
    yes, no, worded = questions
    assert [each.type for each in questions] == ["yesno"] * 3
    assert (yes.answers, yes.forbidden) == ((("是", "对"),), ("不是", "并非", "没有"))
    assert yes.evidence == (GoldEvidence("0-0"),)
    assert (no.answers, no.forbidden) == ((("否", "不", "没", "未", "无", "非", "不到三百人"),), ())
    assert (worded.answers, worded.forbidden) == ((("是", "对", "并非没有"),), ("不是",))


@pytest.mark.parametrize("told", [True, "true", "True"])
def test_an_impossible_question_is_unanswerable(tmp_path: Path, told: object) -> None:
    (question,), report = imported(tmp_path, nested(asked(is_impossible=told)))
    assert (question.unanswerable, question.reason, question.evidence) == (True, None, ())
    assert report.unanswerable == 1


def test_the_flat_list_of_cmrc_is_read_as_well(tmp_path: Path) -> None:
    flat = [
        {
            **{"context_id": "DEV_0", "context_text": TEXT, "title": "甲厂"},
            "qas": [
                {"query_id": "DEV_0_Q", "query_text": "哪年建成？", "answers": ["一九八〇年", "一九八〇年"]},
                {"query_id": "DEV_0_R", "query_text": "多少？", "answers": [39764.0, 1.5, 12]},
            ],
        }
    ]
    (question, number), _ = imported(tmp_path, flat)
    assert number.answers == (("39764", "1.5", "12"),)
    assert (question.id, question.question) == ("DEV_0_Q", "哪年建成？")
    assert question.evidence == (GoldEvidence("DEV_0", quote="甲厂一九八〇年建成。"),)


def test_every_fault_is_told_with_its_path(tmp_path: Path) -> None:
    value = nested(
        asked(("甲厂", 0)),
        asked(id="q2"),
        asked(("YES", -1), ("NO", -1), id="q3"),
        asked(("甲厂", 0), id="q4", is_impossible="true"),
        asked(id="q5", is_impossible="maybe"),
        asked(id="q6", answers=[{"answer_start": 3}]),
        asked(("甲厂", 0), id=None),
        "q8",
    )
    value["data"] += [{"paragraphs": [{"context": " ", "qas": []}, {"context": TEXT}]}, 7, {"paragraphs": {}}]
    _, report = imported(tmp_path, value)
    qas = "set.json data[0].paragraphs[0].qas"
    assert [(each.where, each.reason) for each in report.skipped] == [
        ("set.json data[1].paragraphs[0]", "没有正文 context"),
        ("set.json data[1].paragraphs[1].qas", "应为列表"),
        ("set.json data[2]", "应为一个对象"),
        ("set.json data[3].paragraphs", "应为列表"),
        (f"{qas}[1]", "没有答案，也没有标为不可回答"),
        (f"{qas}[2]", "标注互相矛盾：既有 YES 又有 NO"),
        (f"{qas}[3]", "标注互相矛盾：既标为不可回答，又给出了答案"),
        (f"{qas}[4]", "字段 is_impossible 应为 true 或 false，实为「maybe」，请修正。"),
        (f"{qas}[5]", '字段 answers[0] 应为文字，或含 text 的对象，实为「{"answer_start": 3}」，请修正。'),
        (f"{qas}[6]", "字段 id 应为非空字符串，实为「缺失」，请修正。"),
        (f"{qas}[7]", "应为一个对象"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b'{"data": [\n  {"title": }]}', "set.json 第 2 行第 13 列附近不是合法的 JSON"),
        (b"", "set.json 第 1 行第 1 列附近不是合法的 JSON"),
        ("“甲”".encode("gb18030"), "set.json 不是 UTF-8"),
        (b'{"version": "1"}', "set.json 不是 SQuAD 式的题集"),
        (b"[" * 100000, "set.json 不是合法的 JSON"),
        (b'{"data": []}', "没有可导入的题目"),
    ],
)
def test_a_file_that_is_no_such_json_is_told(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "set.json").write_bytes(data)
    with pytest.raises(DatasetError, match=told):
        import_dataset("squad", tmp_path / "set.json", tmp_path / "out")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(nested(asked(("甲厂", 0)))).encode())
    assert import_dataset("squad", path, tmp_path / "out").questions == 1
