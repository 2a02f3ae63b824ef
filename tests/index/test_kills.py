"""Writers that are killed leave an index from before or from after; and the harness that says so sees what is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from fakes.index import chunk_lines, fake_steps

from eval.documents.changes import ADD, KINDS, REPLACE, RESUME
from eval.documents.kill_rounds import Rounds
from eval.documents.killing import Moment, Pace, finished, killed, started, survivors
from eval.documents.kills import main, run_kills, table
from eval.documents.shelf import PLAIN, Shelf
from eval.documents.standing import standing
from index.build import build, remove
from index.generations import CURRENT_FILE
from index.settings import Settings
from index.types import Chunk, Document

KILLS = 12


# A title that a killed writer was to give may come with the next build, as a test of keeping shows for certain.
def test_a_dozen_kills_leave_whole_indexes(tmp_path: Path) -> None:
    rounds = run_kills(KILLS, 5, tmp_path / "中断", lambda line: None, PLAIN)
    assert rounds.faults == []
    assert rounds.kills >= KILLS
    tallies = rounds.tallies.values()
    assert sum(one.before + one.after for one in tallies) >= KILLS
    # The table says it too, row by row, and its last row is the sum.
    rows = [line.split("\t") for line in table(rounds).split("\n")]
    assert [row[0] for row in rows[1:]] == [*KINDS, "合计"]
    assert int(rows[-1][1]) == rounds.kills


@pytest.fixture
def rounds(tmp_path: Path) -> Rounds:
    return Rounds(tmp_path / "中断", Random(3), lambda line: None, PLAIN)


def test_a_lost_document_is_told(rounds: Rounds) -> None:
    rounds.begin()
    assert rounds.faults == []
    lost = rounds.shelf.some(2)
    remove(rounds.settings, list(map(str, lost)))
    rounds.round(ADD)
    assert rounds.tallies[ADD].lost == 2
    assert any("丢失 2 份" in line for line in rounds.faults)


def test_an_index_that_cannot_be_read_is_told(rounds: Rounds) -> None:
    rounds.begin()
    (rounds.settings.folder / CURRENT_FILE).write_text("乱", encoding="utf-8")
    rounds.round(REPLACE)
    assert rounds.tallies[REPLACE].unreadable == 1


def test_words_that_no_document_holds_are_stale_where_a_leg_finds_them(tmp_path: Path) -> None:
    path, settings = tmp_path / "甲.txt", Settings(folder=tmp_path / "索引")
    path.write_text("培训产业工人zqbbbbc", encoding="utf-8")

    def cut(document: Document, settings: Settings) -> Sequence[Chunk]:
        return [replace(chunk, search_text=f"{chunk.search_text} zqbbbbd") for chunk in chunk_lines(document, settings)]

    steps = fake_steps(cut=cut)
    build(settings, [path], steps=steps)
    found = standing(settings, steps, {"zqbbbbc", "zqbbbbd", "zqbbbbf"}, Random(1))
    assert found.held == found.texts == {str(path): frozenset({"zqbbbbc"})}
    assert (found.stale, found.faults) == (("zqbbbbd",), ())


def test_the_command_prints_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--kills", "0", "--index", str(tmp_path / "中断")]) == 0
    assert "合计\t0\t0" in capsys.readouterr().out
    assert (tmp_path / "中断" / "索引" / CURRENT_FILE).exists()


def test_a_shelf_knows_what_its_files_hold(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "资料", 12, 5, Random(2))
    before = shelf.state()
    assert len(before) == 17
    assert len({word for words in before.values() for word in words}) == 17
    few = shelf.some(2)
    shelf.change(few[:1])
    shelf.move(few[1])
    shelf.change_corpus()
    after = shelf.state()
    assert len(after) == 17
    assert after[str(few[0])] != before[str(few[0])]
    assert str(few[1]) not in after
    assert before[str(few[1])] in after.values()
    for origin, words in after.items():
        assert all(word in shelf.path_of(origin).read_text(encoding="utf-8") for word in words)
    assert {word for words in (before | after).values() for word in words} <= shelf.words


def test_a_process_is_killed_at_its_moment_and_its_group_is_watched() -> None:
    asleep = started(["timeit", "-n1", "-r1", "import time; time.sleep(60)"])
    ended = killed(asleep, Moment(False, 0.3))
    assert ended.is_killed
    assert 0.2 < ended.after_s < 30
    assert survivors([asleep.pid]) == []
    awake = started(["timeit", "-n1", "-r1", "import time; time.sleep(60)"])
    assert survivors([awake.pid], patience_s=0) == [awake.pid]
    assert killed(awake, Moment(False, 0)).is_killed
    wrong = finished(started(["cli", "nonsense"]))
    assert (wrong.code, wrong.is_killed) == (2, False)
    assert "nonsense" in wrong.said


def test_moments_cover_the_work_and_follow_its_time() -> None:
    pace, random = Pace(1.0, 2.0), Random(1)
    moments = [pace.draw(random) for _ in range(2000)]
    late = [one.life_s for one in moments if one.after_line]
    assert 0.75 < len(late) / 2000 < 0.95
    assert [sum(start <= one < start + 0.5 for one in late) > 300 for start in (0, 0.5, 1, 1.5)] == [True] * 4
    pace.saw(finished(started(["this"])), Moment(True, 1.9))
    assert pace.to_end_s < 2.0
    assert RESUME in KINDS
