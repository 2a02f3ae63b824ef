import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from index.build import add, build
from index.library import Library
from index.settings import Settings
from tests.fakes.chain import BROKEN, FIGURE, SLOW, WHICH, FakeChain, known_answers
from tests.fakes.index import fake_steps, two_files
from tests.web.conftest import ROOT
from web.ballot import DOWN, UP
from web.conversation import TURNS_KEPT, Conversation, ask
from web.feedback import FEEDBACK_FILE, TEXT_CHARACTERS, FeedbackFile, Vote
from web.live import LiveChain
from web.voting import EXPECTED_CHARACTERS, THANKS, UNKEPT, Slip, cast, tell_expected

FIELDS = ["time", "question", "history", "answer", "vote"]
FIGURE_ANSWER = known_answers()[FIGURE].text
TOLD = [{"role": "user", "content": FIGURE}, {"role": "assistant", "content": FIGURE_ANSWER}]
DOWN_VOTE = Vote("甲市几家？", (), "12家。", up=False)
ONE_SHORT = """
import os, resource, sys
from pathlib import Path
from web.feedback import FeedbackFile, Vote
room = os.path.getsize(sys.argv[1] + "/feedback.jsonl") + 20
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    FeedbackFile(Path(sys.argv[1])).keep(Vote("甲市几家？", (), "12家。", up=False))
except OSError as error:
    print(error.strerror)
"""


def rows(folder: Path) -> list[dict[str, Any]]:
    path = folder / FEEDBACK_FILE
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]] if path.exists() else []


def talked(*questions: str) -> Conversation:
    so_far = Conversation()
    for question in questions:
        so_far = list(ask(FakeChain(0), question, so_far))[-1][1]
    return so_far


def test_a_vote_is_one_line_with_the_named_fields_alone(tmp_path: Path) -> None:
    keep = FeedbackFile(tmp_path).keep
    keep(Vote("换行\n和\u2028也在", (TOLD[0],), "12家。", up=True))
    keep(Vote("甲市几家？", (), "12家。", up=False, expected="13家"))
    first, second = rows(tmp_path)
    assert list(first) == FIELDS and list(second) == [*FIELDS, "expected"]
    assert (first["question"], first["history"], first["vote"]) == ("换行\n和\u2028也在", [TOLD[0]], "up")
    assert (second["vote"], second["expected"], second["answer"]) == ("down", "13家", "12家。")
    moment = datetime.fromisoformat(first["time"])
    assert moment.tzinfo and abs((datetime.now(moment.tzinfo) - moment).total_seconds()) < 60


def test_texts_are_bounded_and_half_a_character_spoils_nothing(tmp_path: Path) -> None:
    long = "长" * (TEXT_CHARACTERS + 1)
    FeedbackFile(tmp_path).keep(Vote(long, ({"role": "user", "content": long},), long, up=False, expected=long))
    FeedbackFile(tmp_path).keep(Vote("坏\ud800字", (), "", up=True))
    cut, odd = rows(tmp_path)
    lengths = [len(text) for text in (cut["question"], cut["history"][0]["content"], cut["answer"], cut["expected"])]
    assert lengths == [TEXT_CHARACTERS] * 4
    assert odd["question"] == "坏?字"


def test_votes_at_the_same_moment_all_stand_whole(tmp_path: Path) -> None:
    def vote(number: int) -> None:
        for turn in range(20):
            FeedbackFile(tmp_path).keep(Vote(f"{number}-{turn}", (), "答" * 5000, up=True))

    threads = [threading.Thread(target=vote, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(row["question"] for row in rows(tmp_path)) == sorted(f"{a}-{b}" for a in range(6) for b in range(20))


def test_a_line_cut_off_by_a_crash_does_not_take_the_next_with_it(tmp_path: Path) -> None:
    (tmp_path / FEEDBACK_FILE).write_text('{"time": "2026-0', encoding="utf-8")
    FeedbackFile(tmp_path).keep(DOWN_VOTE)
    broken, whole = (tmp_path / FEEDBACK_FILE).read_text(encoding="utf-8").splitlines()
    assert broken == '{"time": "2026-0'
    assert json.loads(whole)["question"] == "甲市几家？"


def test_a_disk_without_room_keeps_no_half_of_a_vote(tmp_path: Path) -> None:
    FeedbackFile(tmp_path).keep(DOWN_VOTE)
    before = (tmp_path / FEEDBACK_FILE).read_bytes()
    command = [sys.executable, "-c", ONE_SHORT, str(tmp_path)]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "No space left" in shown.stdout
    assert (tmp_path / FEEDBACK_FILE).read_bytes() == before


@pytest.mark.parametrize("change", [build, add])
def test_votes_outlive_a_build_and_an_add(tmp_path: Path, change: Callable[..., Any]) -> None:
    settings = Settings(folder=tmp_path / "index")
    papers = two_files(tmp_path / "papers")
    build(settings, [papers], steps=fake_steps())
    live = LiveChain(lambda: Library.open(settings, fake_steps()), lambda library: FakeChain(0))
    FeedbackFile(live.folder).keep(DOWN_VOTE)
    (papers / "新.txt").write_text("新来的一份。\n", encoding="utf-8")
    change(settings, [papers], steps=fake_steps())
    assert (settings.folder / "CURRENT").read_text(encoding="ascii").strip() == "2"
    assert [row["question"] for row in rows(settings.folder)] == ["甲市几家？"]


def test_the_vote_tells_what_the_chain_was_told_even_when_that_is_no_longer_shown(tmp_path: Path) -> None:
    keep = FeedbackFile(tmp_path).keep
    so_far = talked(*[FIGURE] * (TURNS_KEPT + 2))
    assert cast(so_far, 0, True, keep) == Slip()
    assert rows(tmp_path)[0]["history"] == TOLD * 2
    assert so_far.marks() == [UP] + [None] * (TURNS_KEPT - 1)
    later = list(ask(FakeChain(0), WHICH, so_far))[-1][1]
    assert later.marks() == [None] * TURNS_KEPT


def test_a_vote_cast_while_the_next_answer_comes_in_stays(tmp_path: Path) -> None:
    so_far = talked(FIGURE)
    coming = ask(FakeChain(0), SLOW, so_far)
    next(coming)
    cast(so_far, 0, False, FeedbackFile(tmp_path).keep)
    assert list(coming)[-1][1].marks() == [DOWN, None]


def test_the_same_vote_is_kept_once_and_a_changed_mind_again(tmp_path: Path) -> None:
    keep = FeedbackFile(tmp_path).keep
    so_far = talked(FIGURE)
    for up in (False, False, True, True):
        cast(so_far, 0, up, keep)
    assert [row["vote"] for row in rows(tmp_path)] == ["down", "up"]
    assert tell_expected(so_far, "太晚的话", keep) == Slip()
    assert len(rows(tmp_path)) == 2


@pytest.mark.parametrize("position", [-1, 1, 2, 10**9])
def test_what_is_no_answer_gets_no_vote(tmp_path: Path, position: int) -> None:
    slip = cast(talked(FIGURE, BROKEN), position, False, FeedbackFile(tmp_path).keep)
    assert UNKEPT in slip.html and not slip.asks
    assert rows(tmp_path) == []


def test_what_cannot_be_kept_is_told_logged_and_can_be_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keep = FeedbackFile(tmp_path / "later").keep
    so_far = talked(FIGURE)
    assert UNKEPT in cast(so_far, 0, False, keep).html
    first = so_far.marks()
    assert UNKEPT in cast(so_far, 0, False, keep).html
    # Gradio lets a thumb go at a word that is new to it.
    assert not {UP, DOWN} & {*first, *so_far.marks()} and first != so_far.marks()
    assert "FileNotFoundError" in caplog.text
    (tmp_path / "later").mkdir()
    assert cast(so_far, 0, False, keep).asks
    assert so_far.marks() == [DOWN]
    assert THANKS in tell_expected(so_far, "13" * EXPECTED_CHARACTERS, keep).html
    assert [len(row.get("expected", "")) for row in rows(tmp_path / "later")] == [0, EXPECTED_CHARACTERS]


def test_a_question_in_the_slip_is_inert() -> None:
    slip = cast(talked("<img src=x onerror=alert(1)> **粗**"), 0, False, lambda vote: None)
    assert "<img" not in slip.html and "**" not in slip.html
