"""Planted spun copies and altered texts: what is planted is what is said, and the stored files are what the command makes."""

import json
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from eval.documents import spun
from eval.documents.altering import containment, dressed, edited, retold, sentences, shingles
from eval.documents.copies import Outcome, judged, kinds, planted
from eval.documents.planting import HALVES, HOME, RATES, half_text, read_half
from eval.documents.rivals import Rival, Text, brief_rivals
from eval.documents.spun import planted_cells, scores
from eval.documents.swaps import coverage, read_swaps, swap, words_of
from index.errors import DatasetError

HELD = Path(__file__).resolve().parents[2] / "index" / "data" / "spun_terms.tsv"
TEXT = "职工参加培训，企业提高工资。工会的职工很多，服务也要改进。\n第二段说的是天气，没有别的意思。"


@cache
def swap_pairs(half: str) -> frozenset[tuple[str, str]]:
    table = read_swaps(HOME / f"swaps_{half}.tsv")
    return frozenset((plain, other) for plain, others in table.items() for other in others)


def test_a_stated_share_of_the_words_is_exchanged() -> None:
    # Ten words of two or more characters, single characters and marks between them; half of ten are five.
    pieces = ["职工", "参加", "的", "培训", "，", "企业", "提高", "工资", "。", "工会", "和", "学校", "讨论", "天气"]
    swaps = {"职工": ["员人"], "参加": ["到场"], "企业": ["商企"], "提高": ["拔高"], "工资": ["薪金"], "学校": ["学堂"]}
    done = swap(pieces, swaps, 0.5, random.Random(1))
    assert (done.swapped, done.words) == (5, 10)
    differing = [(one, swaps[one][0]) for one in swaps if swaps[one][0] in done.text]
    assert len(differing) == 5
    restored = done.text
    for plain, other in differing:
        restored = restored.replace(other, plain)
    assert restored == "".join(pieces)


def test_nothing_is_exchanged_at_no_rate_and_too_high_a_rate_is_refused() -> None:
    assert swap(["职工", "天气"], {"职工": ["员人"]}, 0.0, random.Random(1)).text == "职工天气"
    with pytest.raises(DatasetError, match="应换 2 个词，但换词表只认得其中 1 个"):
        swap(["职工", "天气"], {"职工": ["员人"]}, 1.0, random.Random(1))


def test_one_word_becomes_the_same_other_word_all_through() -> None:
    done = swap(["职工"] * 8, {"职工": ["员人", "伙计"]}, 1.0, random.Random(3))
    assert done.text in {"员人" * 8, "伙计" * 8}


def test_coverage_counts_words_of_two_characters_only() -> None:
    assert coverage(["职工", "的", "天气", "，"], {"职工": ["员人"]}) == 0.5
    assert coverage(["的", "，"], {"职工": ["员人"]}) == 0.0


def test_words_join_to_the_text_again() -> None:
    assert "".join(words_of(TEXT)) == TEXT


@pytest.mark.parametrize("half", HALVES)
def test_the_stored_half_is_what_the_command_makes(half: str) -> None:
    stored = (HOME / f"{half}.jsonl").read_text(encoding="utf-8")
    # Compared as a truth value: a failure must not print the half that nothing is tuned by.
    assert (half_text(half) == stored) is True, "运行 python -m eval.documents.planting 重新生成"


@pytest.mark.parametrize("half", HALVES)
def test_a_half_holds_what_it_promises(half: str) -> None:
    rows = read_half(half)
    copies = [row for row in rows if row.spun]
    assert Counter(row.rate for row in copies) == dict.fromkeys(RATES, 10)
    assert len(rows) - len(copies) >= 25
    assert sum(row.script == "hant" for row in copies) >= 12
    assert sum(row.reordered for row in copies) >= 8
    assert len({row.id for row in rows}) == len(rows)
    assert all(row.swapped == round(row.rate * row.words) > 0 for row in copies)
    assert all(row.swapped == 0 and row.rate == 0 for row in rows if not row.spun)


def test_the_halves_share_no_text_and_no_swap() -> None:
    dev, test = map(read_half, HALVES)
    assert not {row.base for row in dev} & {row.base for row in test}
    spun_words = [{other for _, other in swap_pairs(half)} for half in HALVES]
    assert not spun_words[0] & spun_words[1]
    assert sum(map(len, spun_words)) >= 240


def test_no_swap_stands_in_the_data_file_of_the_detector() -> None:
    import opencc

    simplified = opencc.OpenCC("t2s").convert
    lines = [line.split("\t") for line in HELD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    held = {simplified(word) for line in lines for word in line if word}
    assert len(held) > 100
    ours = {simplified(other) for half in HALVES for _, other in swap_pairs(half)}
    assert not ours & held


def test_a_damaged_list_of_swaps_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "swaps.tsv"
    path.write_text("# 两列\n职工\t员人\n企业\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="第 3 行应为两列"):
        read_swaps(path)


def test_editing_keeps_about_the_share_that_it_says() -> None:
    text = "".join(f"第{number}句说到车间里发生的第{number * 7}件小事。" for number in range(60))
    kept = [containment(shingles(text), shingles(edited(text, rate, random.Random(5)))) for rate in (0.05, 0.15, 0.3)]
    assert 0.95 > kept[0] > kept[1] > kept[2] > 0.2
    assert edited(text, 0.0, random.Random(5)) == text


@pytest.mark.parametrize("text", ["", "一", "\n\n", "。", "没有句号"])
@pytest.mark.parametrize("rate", [0.05, 0.3, 1.0])
def test_editing_survives_texts_with_nothing_to_edit(text: str, rate: float) -> None:
    assert len(edited(text, rate, random.Random(1))) <= len(text)


def test_sentences_join_to_the_text_again() -> None:
    assert "".join(sentences(TEXT)) == TEXT
    assert len(sentences(TEXT)) == 3


def test_a_text_retold_differs_in_the_place_and_every_figure() -> None:
    assert retold("盐城市有17个园区", "盐城", "蚌埠", random.Random(2)).startswith("蚌埠市有")
    told = retold("2022", "盐城", "蚌埠", random.Random(2))
    assert len(told) == 4
    assert all(one != other for one, other in zip("2022", told, strict=True))


def test_boilerplate_leaves_the_text_whole() -> None:
    assert TEXT in dressed(TEXT, random.Random(1))
    assert dressed(TEXT, random.Random(1)) == dressed(TEXT, random.Random(1))


def test_shingles_by_hand() -> None:
    assert shingles("一二，三四五六") == {"一二三四五", "二三四五六"}
    assert shingles("一二三四") == frozenset()
    assert containment(shingles("一二三四五六"), shingles("零一二三四五")) == 0.5


def test_every_kind_of_copy_is_planted_the_same_way_twice() -> None:
    brief = Text("a", read_half("dev")[0].text)
    first, again = (list(planted([brief], kinds())) for _ in range(2))
    assert first == again
    assert [kind for kind, _, _ in first] == list(kinds())
    assert [original for _, _, original in first] == ["a"] * 7
    assert sum(copy.text == brief.text for _, copy, _ in first) == 1


@cache
def small_outcome() -> Outcome:
    one, other, third = (row.text for row in read_half("dev")[-3:])
    texts = {name: Text(name, text) for name, text in (("a", one), ("b", other), ("c", third), ("a2", one))}
    rivals = [Rival("told apart", texts["b"], texts["c"]), Rival("in truth a copy", texts["a"], texts["a2"])]
    return judged(texts, [("exact", texts["a2"], "a"), ("wrong", texts["b"], "c")], rivals)


def test_an_outcome_counts_found_copies_and_fallen_rivals() -> None:
    outcome = small_outcome()
    assert outcome.found == {"exact": (1, 1), "wrong": (0, 1)}
    assert outcome.rivals == {"told apart": (0, 1), "in truth a copy": (1, 1)}
    assert outcome.false == (("a", "a2"),)


def test_brief_rivals_are_other_texts_of_the_same_length_of_form() -> None:
    rivals = list(brief_rivals())
    assert len(rivals) >= 20
    for rival in rivals:
        assert rival.one.text != rival.other.text
        assert rival.one.text.count("\n") == rival.other.text.count("\n")


def test_recall_and_false_alarms_on_dev_do_not_get_worse() -> None:
    floor = json.loads(spun.BASELINE.read_text(encoding="utf-8"))
    counts = scores(planted_cells(read_half("dev")))
    assert (counts["planted"], counts["honest"]) == (floor["planted"], floor["honest"])
    assert counts["found"] >= floor["found"]
    assert counts["false_alarms"] <= floor["false_alarms"]


def test_the_command_names_no_row_of_the_test_half(capsys: pytest.CaptureFixture[str]) -> None:

    spun.main(["--split", "test"])
    told = capsys.readouterr().out.splitlines()
    assert told[-1].startswith("召回 ")
    assert not any("test-" in line for line in told)
