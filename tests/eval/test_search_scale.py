"""Invented libraries, what questions cost in them, and the table and the plot of it."""

import json
from collections import Counter
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest

from eval.search import scale
from eval.search.growth import Grown, picture, plot, table
from eval.search.invented import document, place_of, question
from eval.search.invented_library import write_library
from eval.search.timing import LEGS, Cost, main, measure, resident_mb
from index.errors import ChangaiError
from index.library import Library
from index.settings import Settings
from index.steps import silent

COSTS = [
    Cost(1_000, 200, 0.1, {"keyword": 0.5, "vector": 0.25}, {"keyword": 1.0, "vector": 0.5}, 100.4, 20.0),
    Cost(
        10_000,
        200,
        0.25,
        {"keyword": 1.5, "vector": 0.75},
        {"keyword": 3.0, "vector": 1.125},
        120.0,
        80.6,
        {"keyword": 2.25},
    ),
]
ROWS = [Grown(2.4, 3_000_000, COSTS[0]), Grown(31.0, 41_400_000, COSTS[1])]


def test_a_document_is_the_same_whichever_others_are_made() -> None:
    first = document(7)
    document(8)
    assert document(7) == first
    assert len({document(number)[0].id for number in range(50)}) == 50


def test_chunks_are_the_lines_of_their_document() -> None:
    made, chunks = document(3)
    lines = made.text.split("\n")
    assert lines[0] == made.title
    assert [made.text[one.start : one.end] for one in chunks] == lines[1:]
    assert [one.id for one in chunks] == [f"{made.id}#{ordinal}" for ordinal in range(len(chunks))]
    for one in chunks:
        assert one.search_text.split("\n")[:2] == [made.title, made.places[0]]
        assert one.places == made.places == (place_of(3),)
        assert 60 < len(one.search_text) < 700


def test_places_are_named_as_invented_ones() -> None:
    names = {place_of(number) for number in range(1_000)}
    assert len(names) == 120
    assert {place_of(0), place_of(11)} == {"甲子市", "乙丑市"}


def test_few_words_are_common_and_most_are_rare() -> None:
    counts = Counter(a + b for number in range(200) for a, b in pairwise(document(number)[0].text))
    ordered = [count for _, count in counts.most_common()]
    assert ordered[0] > 20 * ordered[1_000] > 0
    assert sum(count == 1 for count in ordered) > len(ordered) / 3
    assert counts["职工"] > 50


def test_questions_are_of_one_word_up_to_a_complaint_and_always_the_same() -> None:
    asked = [question(number, 100) for number in range(60)]
    assert asked == [question(number, 100) for number in range(60)]
    lengths = sorted(map(len, asked))
    assert lengths[0] <= 4
    assert lengths[30] < 50
    assert lengths[-1] > 100


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(folder=tmp_path_factory.mktemp("scale") / "索引")
    assert write_library(settings, 1_200, silent) == 1_200
    return settings


def test_an_invented_library_is_a_library(built: Settings) -> None:
    with Library.open(built) as library:
        assert library.notice == ()
        assert (library.manifest.documents, library.manifest.chunks) == (300, 1_200)
        assert [one.record for one in library.documents()[248:252]] == ["00000248", "00000249", "00000250", "00000251"]
        for number in (0, 299):
            made, chunks = document(number)
            assert library.document(made.id) == made
            assert library.chunks_of(made.id) == chunks
            for leg in (library.keyword_hits, library.vector_hits):
                assert leg(chunks[1].search_text, 1)[0].chunk_id == chunks[1].id


def test_every_leg_is_timed(built: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    cost = measure(built.folder, 30, LEGS)
    assert (cost.chunks, cost.questions, tuple(cost.p50), tuple(cost.p95)) == (1_200, 30, LEGS, LEGS)
    for leg in cost.p50:
        assert 0 < cost.p50[leg] <= cost.p95[leg] < 1_000
    assert cost.anonymous_mb > 20
    assert cost.file_mb > 5
    assert main([str(built.folder), "20", "vector"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == set(asdict(cost))


def test_memory_by_hand(tmp_path: Path) -> None:
    rollup = tmp_path / "smaps_rollup"
    rollup.write_text("00400000-7ff [rollup]\nRss:   3000 kB\nPss:  1 kB\nAnonymous:  1000 kB\n", encoding="ascii")
    assert resident_mb(rollup) == (pytest.approx(1.024), pytest.approx(2.048))


def test_the_table_by_hand() -> None:
    head, rule, *lines = table(ROWS).split("\n")
    assert head.startswith("| 段落数 | 关键词一路 p50 / p95（毫秒；括号内为处理器 p95） | 向量一路 p50")
    assert rule.count("---:") == head.count(" | ") + 1
    assert lines == [
        "| 1,000 | 0.50 / 1.00 | 0.25 / 0.50 | 100 | 20 | 3 | 2 | 0.10 |",
        "| 10,000 | 1.50 / 3.00 (2.25) | 0.75 / 1.12 | 120 | 81 | 41 | 31 | 0.25 |",
    ]


def test_the_plot_shows_every_figure() -> None:
    times, memory = plot(ROWS)["hconcat"]
    shown = {(row["chunks"], row["what"], row["share"]): row["value"] for row in times["data"]["values"]}
    assert len(shown) == 8
    assert shown[10_000, "向量一路", "95% 的问题"] == 1.125
    assert [row["value"] for row in memory["data"]["values"]] == [100.4, 20.0, 120.0, 80.6]
    drawn = picture(plot(ROWS))
    assert drawn.startswith("<svg")
    for words in ("每个问题所用时间", "常驻内存", "关键词一路", "文件页", "10,000"):
        assert words in drawn


def test_the_command_writes_table_figures_and_plot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    words = ["--sizes", "40", "8", "--legs", "vector", "--questions", "200", "--out", str(out), "--work", str(tmp_path)]
    assert scale.main(words) == 0
    printed = capsys.readouterr()
    assert [line.split(" | ")[0] for line in printed.out.splitlines()[2:]] == ["| 8", "| 40"]
    assert "40 段：建库" in printed.err
    assert (out / "scale.md").read_text(encoding="utf-8") == printed.out
    rows = [
        Grown(row["build_s"], row["disk_bytes"], Cost(**row["cost"]))
        for row in json.loads((out / "scale.json").read_text())
    ]
    assert table(rows) + "\n" == printed.out
    assert (out / "scale.svg").read_text(encoding="utf-8").startswith("<svg")
    # The large files are gone.
    assert list(tmp_path.glob("scale-*")) == []


def test_what_cannot_be_asked_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ChangaiError, match=r"提问没有完成（.*没有找到索引.*）；请单独运行 -m eval.search.timing"):
        scale.asked(tmp_path, 200, ["vector"])


@pytest.mark.parametrize("words", [["--sizes", "0"], ["--questions", "10"], ["--legs", "both"]])
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        scale.main(words)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err
