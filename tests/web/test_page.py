"""The page in a real browser, as a worker with an English-speaking browser meets it."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fakes.chain import BROKEN, FIGURE, HOSTILE, PAYLOAD, RECALL, SLOW, SPUN, UNKNOWN, WHICH

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": DESKTOP, "locale": "en-US"}


@pytest.fixture
def opened(page: Page, site: str) -> Iterator[Page]:
    """The page, ready to type; afterwards, that it asked nobody else for anything and no script of it failed."""
    asked: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.goto(site)
    expect(page.locator("#box textarea")).to_be_editable(timeout=20_000)
    yield page
    assert len(asked) > 10
    elsewhere = [
        url for url in asked if urlsplit(url).scheme not in {"data", "blob"} and not url.startswith(site + "/")
    ]
    assert not elsewhere
    assert not failures


def ask(page: Page, question: str) -> None:
    page.fill("#box textarea", question)
    page.press("#box textarea", "Enter")


def last_bubble(page: Page) -> Locator:
    return page.locator("#chat .bot-row").last


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def visible_english(page: Page) -> list[str]:
    shown = page.inner_text("body") + " " + page.title()
    hints = page.eval_on_selector_all(
        "[placeholder], [aria-label], [title]",
        "all => all.filter(one => one.offsetParent)"
        ".map(one => [one.placeholder, one.ariaLabel, one.title].filter(Boolean).join(' '))",
    )
    return re.findall(r"[A-Za-z]{3,}", re.sub(r"\.(txt|html)", "", " ".join([shown, *hints])))


def test_the_first_screen_is_chinese_and_offers_examples(opened: Page) -> None:
    expect(opened.locator("h1")).to_have_text("产改问答")
    expect(opened.locator("#chat .example")).to_have_count(6)
    expect(opened.locator("#footline")).to_contain_text("资料库：42 份文档，涉及 31 个地区与企业")
    expect(opened.locator("#footline")).to_contain_text("逐句核对原文")
    assert opened.title() == "产改问答"
    assert opened.evaluate("document.documentElement.lang") == "zh-CN"
    assert visible_english(opened) == []
    opened.get_by_text(WHICH).click()
    expect(last_bubble(opened).locator("td")).to_have_count(6)
    expect(opened.locator("#chat .user-row")).to_have_text(WHICH)
    assert visible_english(opened) == []


def test_an_answer_comes_sentence_by_sentence_with_its_cards(opened: Page) -> None:
    ask(opened, SLOW)
    said = last_bubble(opened).locator(".said")
    expect(said).to_contain_text("能报销。")
    assert "最高2000元" not in said.inner_text()
    expect(opened.locator("#box textarea")).to_have_value("")
    expect(said).to_contain_text("最高2000元")
    expect(last_bubble(opened)).to_contain_text("资料没有说到：补贴几时到账")
    card = opened.locator("#panel .card")
    expect(card).to_have_count(1)
    expect(card.locator("mark")).to_have_text("凭发票报销培训费，最高2000元")
    expect(card).to_contain_text("甲市总工会")
    expect(card).to_contain_text("2023年10月20日")
    expect(card).to_contain_text("已核对")


def test_a_tap_on_a_mark_shows_its_card_even_of_an_earlier_answer(opened: Page) -> None:
    ask(opened, FIGURE)
    expect(opened.locator("#panel .card")).to_have_count(2)
    ask(opened, SPUN)
    expect(last_bubble(opened)).to_contain_text("来源质量较低")
    first = opened.locator("#panel .cite-1-1")
    expect(first).to_be_hidden()
    opened.locator("#chat a.cite").first.click()
    expect(first).to_be_in_viewport()
    expect(first).to_have_class(re.compile("found"))
    poor = opened.locator("#panel .cite-2-2")
    expect(poor).to_contain_text("低质量来源：疑似改写")
    expect(poor).to_contain_text("日期不详")
    assert poor.locator("mark").all_inner_texts() == ["培訓班在市委黨校", "舉行，為期三天。"]
    assert "小屋出租" in poor.locator(".noise").inner_text()


def test_a_refusal_looks_different_and_its_suggestions_work(opened: Page) -> None:
    ask(opened, UNKNOWN)
    refusal = opened.locator("#chat .refusal")
    expect(refusal).to_contain_text("资料库中没有该城市的资料。")
    expect(refusal).to_contain_text("没有收录这个地方")
    expect(opened.locator(".card")).to_have_count(0)
    opened.locator("#chat .option", has_text=FIGURE).click()
    expect(opened.locator("#panel .card")).to_have_count(2)
    expect(opened.locator("#chat .user-row").last).to_have_text(FIGURE)
    expect(opened.locator("#chat .option")).to_have_count(0)


def test_hostile_text_stays_text(opened: Page) -> None:
    ask(opened, HOSTILE)
    expect(opened.locator("#panel .card .title")).to_have_text(PAYLOAD)
    expect(last_bubble(opened).locator(".said")).to_contain_text(PAYLOAD[:60])
    ask(opened, PAYLOAD)
    expect(opened.locator("#chat .user-row").last).to_have_text(PAYLOAD)
    expect(last_bubble(opened).locator(".refusal")).to_be_visible()
    assert opened.evaluate("window.hit") is None
    inside = "#chat .message-content, #panel"
    assert opened.locator(inside).locator("script, img, iframe, form, .katex, strong, a:not(.cite)").count() == 0


def test_a_failure_is_calm_and_the_talk_goes_on(opened: Page) -> None:
    ask(opened, BROKEN)
    expect(opened.locator("#chat .trouble")).to_contain_text("请稍后再试")
    assert "secret" not in opened.content()
    ask(opened, FIGURE)
    expect(opened.locator("#panel .card")).to_have_count(2)
    ask(opened, RECALL)
    expect(last_bubble(opened)).to_contain_text(f"共2条：user={FIGURE}")


def test_a_new_talk_forgets_the_old_one_even_in_mid_answer(opened: Page) -> None:
    ask(opened, FIGURE)
    expect(opened.locator("#panel .card")).to_have_count(2)
    ask(opened, SLOW)
    expect(last_bubble(opened)).to_contain_text("能报销。")
    opened.locator("#fresh").click()
    # The answer would have ended by now: had it gone on, it would have brought the old talk back.
    opened.wait_for_timeout(1200)
    expect(opened.locator("#chat .example")).to_have_count(6)
    expect(opened.locator(".card")).to_have_count(0)
    ask(opened, RECALL)
    expect(last_bubble(opened)).to_contain_text("共0条")


def test_a_long_answer_is_read_from_its_start(opened: Page) -> None:
    opened.set_viewport_size({"width": 390, "height": 480})
    ask(opened, FIGURE)
    expect(last_bubble(opened).locator("summary")).to_be_visible()
    ask(opened, WHICH)
    expect(last_bubble(opened).locator("td")).to_have_count(6)
    opened.wait_for_function(
        "() => { const gap = document.querySelectorAll('#chat .user-row')[1].getBoundingClientRect().top"
        " - document.querySelector('#chat').getBoundingClientRect().top; return 0 <= gap && gap < 40; }",
        timeout=5_000,
    )


def test_a_tap_lets_the_reader_go_back_up(opened: Page) -> None:
    opened.set_viewport_size({"width": 390, "height": 480})
    ask(opened, FIGURE)
    expect(last_bubble(opened).locator("summary")).to_be_visible()
    ask(opened, WHICH)
    expect(last_bubble(opened).locator("td")).to_have_count(6)
    opened.locator("#chat .user-row").last.click()
    opened.evaluate("document.querySelector('#chat .user-row').scrollIntoView()")
    expect(opened.locator("#chat .scroll-down-button-container button")).to_have_attribute("title", "到最新一条")
    assert visible_english(opened) == []
    # Gradio changes the page when it is scrolled (its arrow comes and goes); that must not bring the newest back.
    opened.evaluate("document.querySelector('#chat').append(document.createElement('i'))")
    opened.wait_for_timeout(300)
    expect(opened.locator("#chat .user-row").first).to_be_in_viewport()


def test_on_a_phone_everything_fits_and_the_cards_fold_out_under_the_answer(opened: Page) -> None:
    opened.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert overflow(opened) <= 0
    ask(opened, FIGURE)
    expect(opened.locator("#panel")).to_be_hidden()
    fold = last_bubble(opened).locator("details.sources")
    expect(fold.locator("summary")).to_have_text("看出处（2）")
    expect(fold.locator(".card").first).to_be_hidden()
    last_bubble(opened).locator("a.cite").nth(1).click()
    expect(fold.locator(".cite-1-2")).to_be_in_viewport()
    ask(opened, WHICH)
    expect(last_bubble(opened).locator("td")).to_have_count(6)
    ask(opened, HOSTILE)
    expect(last_bubble(opened).locator("summary")).to_be_visible()
    last_bubble(opened).locator("summary").click()
    assert overflow(opened) <= 0
    wide = opened.eval_on_selector_all(
        "#chat .card, #chat .said, #chat .table, #box, #top",
        "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 1).length",
    )
    assert wide == 0
    box = opened.locator("#box").bounding_box()
    assert box is not None and box["y"] > 600 and box["y"] + box["height"] <= PHONE["height"]
    send = opened.locator("#box .submit-button").bounding_box()
    assert send is not None and send["height"] >= 44
    sizes = opened.eval_on_selector_all(
        "#box textarea, #chat .said, #chat .quote, #chat .quote mark, #fresh, .masthead p, #chat summary",
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))",
    )
    assert min(sizes) >= 16
