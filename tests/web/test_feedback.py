"""The thumbs and the slip of the page in a real browser, and the way from a vote to a question of the laboratory."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from eval.importers.importing import import_dataset
from tests.fakes.chain import BROKEN, FIGURE, SLOW, UNKNOWN, WHICH, known_answers
from tests.web.test_page import visible_english
from web.feedback import FEEDBACK_FILE
from web.voting import THANKS, UNKEPT

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
FIELDS = {"time", "question", "history", "answer", "vote"}
FIGURE_ANSWER = known_answers()[FIGURE].text
TOLD = [{"role": "user", "content": FIGURE}, {"role": "assistant", "content": FIGURE_ANSWER}]


def rows(folder: Path) -> list[dict[str, Any]]:
    path = folder / FEEDBACK_FILE
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]] if path.exists() else []


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": DESKTOP, "locale": "en-US"}


@pytest.fixture
def opened(page: Page, site: str, votes_folder: Path) -> Iterator[Page]:
    """The page, ready to type, over an empty file of votes."""
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    (votes_folder / FEEDBACK_FILE).unlink(missing_ok=True)
    page.goto(site)
    expect(page.locator("#box textarea")).to_be_editable(timeout=20_000)
    yield page
    assert not failures


def put(page: Page, question: str, answers: int) -> None:
    """Asks, and waits until this many answers can be voted on."""
    page.fill("#box textarea", question)
    page.press("#box textarea", "Enter")
    expect(thumb(page, "有用").locator("visible=true")).to_have_count(answers, timeout=15_000)


def thumb(page: Page, name: str) -> Locator:
    return page.locator(f'#chat button[aria-label="{name}"]')


def english_names(page: Page) -> list[str]:
    """Every name of a button of the chat, seen or read aloud, that is not Chinese."""
    told = "all => all.flatMap(one => [one.ariaLabel, one.title, getComputedStyle(one, '::after').content])"
    return [
        name for name in page.eval_on_selector_all("#chat .message-buttons button", told) if name.isascii() and name
    ]


def test_votes_of_the_page_become_questions_of_the_laboratory(opened: Page, votes_folder: Path, tmp_path: Path) -> None:
    put(opened, FIGURE, 1)
    thumb(opened, "有用").click()
    expect(thumb(opened, "有用")).to_have_attribute("aria-pressed", "true")
    expect(opened.locator("#expected")).to_be_hidden()
    put(opened, WHICH, 2)
    expect(thumb(opened, "有用").first).to_have_attribute("aria-pressed", "true")
    thumb(opened, "没用").last.click()
    expect(opened.locator("#slip")).to_have_text(f"已记下「没用」：{WHICH}")
    assert opened.get_attribute("#expected textarea", "placeholder") == "应该怎么答？（可不填）"
    opened.fill("#expected textarea", "问了甲市的学院")
    opened.locator("#expected .submit-button").click()
    expect(opened.locator("#slip")).to_have_text(THANKS)
    expect(opened.locator("#expected")).to_be_hidden()
    assert visible_english(opened) == [] and english_names(opened) == []
    up, down, told = rows(votes_folder)
    assert (up["question"], up["vote"], up["history"], up["answer"]) == (FIGURE, "up", [], FIGURE_ANSWER)
    assert (down["vote"], down["history"]) == ("down", TOLD) and "expected" not in down
    assert set(told) == FIELDS | {"expected"}
    report = import_dataset("feedback", votes_folder / FEEDBACK_FILE, tmp_path / "out")
    assert (report.questions, report.todo, report.skipped) == (1, 0, ())
    assert report.left_out == {"点赞的反馈": 1, "同一问题的较早反馈": 1}
    question = json.loads((tmp_path / "out" / "qa.jsonl").read_text(encoding="utf-8"))
    assert (question["question"], question["answers"], question["history"]) == (WHICH, [["问了甲市的学院"]], TOLD)


def test_a_pressed_thumb_stays_until_the_other_is_tapped(opened: Page, votes_folder: Path) -> None:
    put(opened, FIGURE, 1)
    thumb(opened, "没用").click()
    expect(opened.locator("#expected")).to_be_visible()
    thumb(opened, "没用").click()
    expect(thumb(opened, "没用")).to_have_attribute("aria-pressed", "true")
    thumb(opened, "有用").click()
    expect(opened.locator("#expected")).to_be_hidden()
    expect(thumb(opened, "没用")).to_have_attribute("aria-pressed", "false")
    assert [row["vote"] for row in rows(votes_folder)] == ["down", "up"]


def test_a_skipped_slip_goes_with_the_next_question_and_an_answer_on_its_way_has_no_thumbs(
    opened: Page, votes_folder: Path
) -> None:
    put(opened, FIGURE, 1)
    thumb(opened, "没用").click()
    opened.fill("#expected textarea", "没有提交的话")
    opened.fill("#box textarea", SLOW)
    opened.press("#box textarea", "Enter")
    expect(opened.locator("#chat .bot-row").last).to_contain_text("能报销。")
    expect(thumb(opened, "有用").locator("visible=true")).to_have_count(1)
    expect(opened.locator("#slip")).to_be_hidden()
    # A vote on an earlier answer, while the next one comes in, holds when that has come.
    thumb(opened, "有用").first.click()
    expect(opened.locator("#chat .said").last).to_contain_text("最高2000元")
    expect(thumb(opened, "有用").locator("visible=true")).to_have_count(2)
    expect(thumb(opened, "有用").first).to_have_attribute("aria-pressed", "true")
    thumb(opened, "没用").last.click()
    expect(opened.locator("#expected textarea")).to_have_value("")
    opened.locator("#fresh").click()
    expect(opened.locator("#slip")).to_be_hidden()
    expect(opened.locator("#expected")).to_be_hidden()
    put(opened, FIGURE, 1)
    expect(opened.locator('#chat [aria-pressed="true"]')).to_have_count(0)
    assert [(row["question"], row["vote"]) for row in rows(votes_folder)] == [
        (FIGURE, "down"),
        (FIGURE, "up"),
        (SLOW, "down"),
    ]


def test_a_failure_has_no_thumbs_and_a_refusal_has_them_under_its_suggestions(opened: Page, votes_folder: Path) -> None:
    opened.fill("#box textarea", BROKEN)
    opened.press("#box textarea", "Enter")
    expect(opened.locator("#chat .trouble")).to_be_visible()
    expect(thumb(opened, "有用").locator("visible=true")).to_have_count(0)
    put(opened, UNKNOWN, 1)
    box, last = thumb(opened, "没用").last.bounding_box(), opened.locator("#chat .option").last.bounding_box()
    assert box and last and box["y"] >= last["y"] + last["height"]
    thumb(opened, "没用").last.click()
    expect(opened.locator("#slip")).to_contain_text(UNKNOWN)
    assert [row["question"] for row in rows(votes_folder)] == [UNKNOWN]
    opened.locator("#chat .option", has_text=FIGURE).click()
    expect(opened.locator("#panel .card")).to_have_count(2)


def test_a_vote_that_cannot_be_kept_is_said_so_and_can_be_cast_again(opened: Page, votes_folder: Path) -> None:
    put(opened, FIGURE, 1)
    (votes_folder / FEEDBACK_FILE).mkdir()
    try:
        thumb(opened, "没用").click()
        expect(opened.locator("#slip")).to_have_text(UNKEPT)
        expect(opened.locator("#expected")).to_be_hidden()
        expect(thumb(opened, "没用")).to_have_attribute("aria-pressed", "false")
    finally:
        (votes_folder / FEEDBACK_FILE).rmdir()
    thumb(opened, "没用").click()
    expect(opened.locator("#expected")).to_be_visible()
    expect(thumb(opened, "没用")).to_have_attribute("aria-pressed", "true")
    assert [row["vote"] for row in rows(votes_folder)] == ["down"]


def test_on_a_phone_thumbs_and_slip_fit_a_finger(opened: Page) -> None:
    opened.set_viewport_size(PHONE)  # type: ignore[arg-type]
    put(opened, FIGURE, 1)
    thumb(opened, "没用").click()
    expect(opened.locator("#expected")).to_be_visible()
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    touched = [thumb(opened, "有用"), thumb(opened, "没用"), opened.locator("#expected .submit-button")]
    for place in (one.bounding_box() for one in touched):
        assert place and place["height"] >= 44 and place["x"] >= 0 and place["x"] + place["width"] <= PHONE["width"]
    # The word stands inside its button, not beside it.
    assert all(one.evaluate("one => one.scrollWidth <= one.offsetWidth") for one in touched[:2])
    box = opened.locator("#box").bounding_box()
    assert box and box["y"] + box["height"] <= PHONE["height"]
    sizes = opened.eval_on_selector_all(
        "#slip .slip, #expected textarea, #chat .message-buttons button",
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))",
    )
    assert len(sizes) == 4 and min(sizes) >= 16
