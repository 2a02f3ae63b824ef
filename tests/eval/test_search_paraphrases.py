"""Pairs of a plain question and its paraphrase: read, asked, and the worst of them told."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.dataset import GoldEvidence, GoldQuestion, gold_question
from eval.gold import Shelf
from eval.search.pairs import Pair, paired, shipped_pairs
from eval.search.paraphrases import PARAPHRASED, PLAIN, ask_pairs, main, worst, worst_lines
from index.build import build
from index.errors import DatasetError
from index.settings import Settings
from index.types import Document
from tests.fakes.searching import SharedCharacters

TEXTS = {"甲": "甲市办学院十二家", "乙": "乙市给工人发补贴", "丙": "丙市的工匠比武"}
SHELF = Shelf(
    [Document(name, text, name, "", None, f"/{name}", f"{name}.txt", "", "ab") for name, text in TEXTS.items()]
)
SAMPLE = Path(__file__).resolve().parents[2] / "index" / "sample"


def pair(name: str, plain: str, paraphrase: str) -> Pair:
    evidence = (GoldEvidence(f"{name}.txt", quote=TEXTS[name]),)
    original = GoldQuestion(f"q{name}", plain, "figure", (("x",),), evidence)
    return Pair(original, replace(original, id=f"p{name}", question=paraphrase, of=original.id))


# The paraphrase of 甲 finds it third, that of 乙 nothing at all, and that of 丙 is as good as its plain question.
PAIRS = (pair("甲", "办学院", "工市"), pair("乙", "发补贴", "𠀀"), pair("丙", "比武", "工匠"))


def test_both_wordings_are_measured() -> None:
    asked = ask_pairs(PAIRS, SHELF, SharedCharacters(TEXTS)).asked
    assert [each.forms[PLAIN] for each in asked] == ["办学院", "发补贴", "比武"]
    assert [each.found[PLAIN]["ndcg_10"] for each in asked] == [1.0, 1.0, 1.0]
    assert [each.found[PARAPHRASED]["ndcg_10"] for each in asked] == pytest.approx([0.5, 0.0, 1.0])


def test_the_worst_fall_furthest_and_what_does_not_fall_is_not_among_them() -> None:
    asked = ask_pairs(PAIRS, SHELF, SharedCharacters(TEXTS)).asked
    assert [each.question.id for each in worst(asked, 5)] == ["q乙", "q甲"]
    assert [each.question.id for each in worst(asked, 1)] == ["q乙"]
    assert worst(asked, 0) == []
    assert worst_lines(worst(asked, 2)[1:]) == [
        "q甲 [figure] nDCG@10 1.000 → 0.500",
        "  原题：办学院",
        "  换说法：工市",
    ]


def test_equal_falls_are_told_by_id() -> None:
    asked = ask_pairs([pair("乙", "发补贴", "𠀀"), pair("丙", "比武", "𠀀")], SHELF, SharedCharacters(TEXTS)).asked
    assert [each.question.id for each in worst(asked, 2)] == sorted(["q乙", "q丙"])


def test_a_paraphrase_of_nothing_or_with_other_gold_is_told() -> None:
    original, paraphrase = PAIRS[0]
    assert paired([original], [paraphrase]) == (PAIRS[0],)
    with pytest.raises(DatasetError, match="p甲 的字段 of 是「q9」"):
        paired([original], [replace(paraphrase, of="q9")])
    with pytest.raises(DatasetError, match="p甲 与原题 q甲 的答案或证据不同"):
        paired([original], [replace(paraphrase, answers=(("y",),))])


def test_a_set_names_what_it_paraphrases_and_the_repr_of_gold_stays() -> None:
    row = {"id": "p1", "question": "乙市？", "type": "figure", "answers": [["x"]]}
    assert gold_question(row, "第 1 行").of == ""
    assert gold_question(row | {"of": "q1"}, "第 1 行").of == "q1"
    # Stored scores know gold by its repr, and those of older runs have to stay comparable.
    assert "of=" not in repr(gold_question(row | {"of": "q1"}, "第 1 行"))
    for bad in ("", " ", 7, None):
        with pytest.raises(DatasetError, match="第 1 行：字段 of 应为非空字符串"):
            gold_question(row | {"of": bad}, "第 1 行")


@pytest.mark.parametrize("half", ["dev", "test"])
def test_the_shipped_pairs_are_whole(half: str) -> None:
    pairs = shipped_pairs("dev" if half == "dev" else "test")
    assert len(pairs) >= 100
    assert all(each.plain.id == each.paraphrase.of and half in each.plain.id for each in pairs)


def test_the_command_prints_both_measures_and_the_worst(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(Settings(folder=tmp_path / "index"), [SAMPLE])
    assert main(["--index", str(tmp_path / "index"), "--worst", "2"]) == 0
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[1].startswith("nDCG@10") and lines[2].strip().startswith("hit@1")
    sample = sum(each.plain.id.startswith("sample") for each in shipped_pairs("dev"))
    assert lines[1].split()[4] == str(sample)
    assert len([line for line in lines if line.startswith("  原题：")]) <= 2
    assert f"有 {len(shipped_pairs('dev')) - sample} 道题的证据都不在索引里" in told.err


def test_nothing_of_the_test_half_is_shown_one_by_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path), "--half", "test", "--worst", "3"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "--worst 只用于 dev" in told.err


def test_an_index_that_is_not_there_is_one_line_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path / "nowhere")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1
