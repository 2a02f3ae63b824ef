"""The same questions in simplified and in traditional characters."""

import json
from pathlib import Path

import pytest

from eval.dataset import GoldEvidence, GoldQuestion
from eval.gold import Shelf
from eval.search.shift import shift
from eval.search.traditional import SIMPLIFIED, ask_scripts, main, written_forms
from index.errors import DatasetError
from index.types import Document
from rag.types import Turn
from tests.fakes.library import made_document, made_library
from tests.fakes.searching import SharedCharacters

TEXTS = {"甲": "甲市学习专业", "乙": "乙市比武"}
SHELF = Shelf(
    [Document(name, text, name, "", None, f"/{name}", f"{name}.txt", "", "ab") for name, text in TEXTS.items()]
)


def question(words: str, **more: object) -> GoldQuestion:
    return GoldQuestion("q", words, "figure", (("x",),), (GoldEvidence("甲.txt", quote="学习专业"),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["群众在里面", "羣衆在裏面", "群眾在裡面"])
def test_forms_are_the_same_whatever_the_question_was_written_in(words: str) -> None:
    assert written_forms(words) == {"简体": "群众在里面", "繁体": "羣衆在裏面", "台湾繁体": "群眾在裡面"}


def test_figures_and_letters_stay() -> None:
    assert set(written_forms("2023年12%ABC").values()) == {"2023年12%ABC"}


def test_a_search_that_does_not_fold_loses_what_was_found() -> None:
    # None of the characters of 學習專業 stands in 学习专业.
    asking = ask_scripts([question("学习专业")], SHELF, SharedCharacters(TEXTS))
    found = shift(asking.asked, "hit_1", SIMPLIFIED, "繁体")
    assert (found.before, found.after, found.value) == (1.0, 0.0, -1.0)


def test_only_questions_that_stand_alone_and_have_evidence_are_asked() -> None:
    alone = question("学习")
    after = question("那里呢", history=(Turn("user", "甲市？"),))
    unknown = GoldQuestion("u", "火星？", "unanswerable", unanswerable=True)
    asking = ask_scripts([after, alone, unknown], SHELF, SharedCharacters(TEXTS))
    assert [each.question for each in asking.asked] == [alone]
    assert asking.left_out == 0
    with pytest.raises(DatasetError, match="没有一道既有证据又不带上文的题"):
        ask_scripts([after, unknown], SHELF, SharedCharacters(TEXTS))


def test_the_command_prints_a_line_for_each_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = [
        made_document("# 学院\n\n白银市建成职业技术学院三所。", "白银市"),
        made_document("# 补贴\n\n常州市给企业发放培训补贴。", "常州市"),
    ]
    with made_library(tmp_path, documents):
        pass
    row = {"id": "q1", "question": "白銀有幾所職業技術學院？", "type": "figure", "answers": [["三所"]]}
    rows = [
        row | {"evidence": [{"document": "白银市.md", "quote": "学院三所"}]},
        row | {"id": "q2", "evidence": [{"document": "火星.md", "quote": "没有"}]},
    ]
    path = tmp_path / "qa.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in rows), encoding="utf-8")
    assert main(["--index", str(tmp_path), str(path)]) == 0
    told = capsys.readouterr()
    cells = [line.split() for line in told.out.splitlines()[1:]]
    # The library folds both scripts, so that the one question is met in each: 1 of 1.
    assert [each[:8] for each in cells] == [
        ["hit@1", "简体", "→", name, "1", "1.000", "1.000", "+0.000"] for name in ("繁体", "台湾繁体")
    ]
    assert "有 1 道题的证据都不在索引里" in told.err


def test_a_set_that_is_not_there_is_one_line_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path), str(tmp_path / "nowhere.jsonl")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1
