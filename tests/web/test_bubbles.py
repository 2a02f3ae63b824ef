import re
from dataclasses import replace
from typing import get_args

import pytest

from rag.types import Gloss, Reason, Table
from tests.fakes.chain import FIGURE, HOSTILE, SLOW, SPUN, UNKNOWN, WHICH, known_answers, refuse
from web.bubbles import EMPTY_PANEL, NOTHING_CITED, answer_html, beside_table, linked, panel_html

KNOWN = known_answers()


def test_citation_marks_lead_to_the_cards_of_their_turn() -> None:
    assert re.findall(r'href="#([^"]+)"', answer_html(KNOWN[FIGURE], 4)) == ["cite-4-1", "cite-4-2"]


@pytest.mark.parametrize("text", ["见【0】", "见【7】", "见【999】", "见【９】", "见[1]", "见【1234】", "见【】"])
def test_a_number_without_a_citation_stays_plain_text(text: str) -> None:
    shown = linked(text, 1, frozenset({1, 2}))
    assert "<a" not in shown
    assert (
        shown.replace("&#91;", "[").replace("&#93;", "]").replace('<span class="cites">', "").replace("</span>", "")
        == text
    )


def test_the_hostile_answer_links_only_its_own_citation() -> None:
    shown = answer_html(KNOWN[HOSTILE], 1)
    assert re.findall(r'href="([^"]*)"', shown) == ["#cite-1-1"]
    assert not re.search(r"<(script|img|iframe|form)", shown)


def test_a_table_keeps_its_cells_and_their_citations() -> None:
    shown = answer_html(KNOWN[WHICH], 2)
    assert re.findall(r"<th>(.*?)</th>", shown) == ["城市", "产业学院", "年份"]
    assert [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", shown)] == [
        "城市甲市",
        "产业学院12家1",
        "年份2023",
        "城市乙市",
        "产业学院5家2",
        "年份2023",
    ]
    assert shown.count('href="#cite-2-1"') == 2


def test_what_the_person_should_know_is_one_line() -> None:
    assert "疑似改写，请核对原文。" in answer_html(KNOWN[SPUN], 1)
    assert "资料没有说到：补贴几时到账" in answer_html(KNOWN[SLOW], 1)


@pytest.mark.parametrize("reason", get_args(Reason))
def test_a_refusal_says_why_and_shows_no_card(reason: Reason) -> None:
    shown = answer_html(refuse("问", "资料库中没有相关内容。", reason, FIGURE), 1)
    (why,) = re.findall(r'<div class="why">(.*?)</div>', shown)
    assert len(why) > 10
    assert "资料库中没有相关内容。" in shown
    assert "card" not in shown and "<mark>" not in shown


def test_a_word_that_the_refusal_explains_needs_no_word_on_what_is_lacking() -> None:
    gloss = Gloss("揭榜领题", "把难题写在榜上，谁能解谁来领。", common=False)
    told = replace(refuse("问", "揭榜领题：把难题写在榜上，谁能解谁来领。", "no_content", FIGURE), glossary=(gloss,))
    shown = answer_html(told, 1)
    assert 'class="why"' not in shown and shown.count("谁能解谁来领") == 1


def test_markup_is_one_line_so_that_markdown_leaves_it_alone() -> None:
    assert all("\n" not in answer_html(answer, 1) for answer in KNOWN.values())


def test_the_panel_opens_the_newest_and_folds_the_earlier() -> None:
    assert panel_html(()) == EMPTY_PANEL
    both = panel_html(((1, FIGURE, KNOWN[FIGURE]), (2, WHICH, KNOWN[WHICH])))
    newest, earlier = both.split("前面的出处")
    assert "cite-2-1" in newest and "cite-1-1" not in newest
    assert FIGURE in earlier and "cite-1-2" in earlier
    refused = panel_html(((1, UNKNOWN, KNOWN[UNKNOWN]),))
    assert NOTHING_CITED in refused and "cite-" not in refused


def test_beside_a_table_nothing_is_said_twice_and_no_citation_is_lost() -> None:
    table = Table(("城市", "家数"), (("甲市", "12家【1】"), ("乙市", "5家【2】")))
    assert beside_table("共2个。\n甲市12家。【1】\n乙市5家。【2】", table) == "共2个。"
    assert beside_table("共2个。\n丙市另有3家。【3】", table).endswith("丙市另有3家。【3】")
    assert beside_table("共2个。\n甲市12家。【1】", None).endswith("【1】")


def test_a_term_is_explained_apart_from_what_one_should_know() -> None:
    answer = replace(KNOWN[SPUN], glossary=(Gloss("产<b>改", "一种<改革>。"),))
    shown = answer_html(answer, 1)
    (gloss,) = re.findall(r'<div class="gloss">(.*?)</div>', shown)
    assert "产" in gloss and "<b>" not in gloss and "<改革>" not in gloss
    assert "疑似改写" not in gloss and shown.count('class="notice"') == 1


def test_a_table_about_one_measure_leads_to_its_page() -> None:
    answer = KNOWN[WHICH]
    named = replace(answer, question=replace(answer.question, measures=("产业学院",)))
    assert 'href="/matrix?measure=%E4%BA%A7%E4%B8%9A%E5%AD%A6%E9%99%A2"' in answer_html(named, 1)
    for measures in ((), ("产业学院", "工匠学院")):
        other = replace(answer, question=replace(answer.question, measures=measures))
        assert "/matrix" not in answer_html(other, 1)
    assert "/matrix" not in answer_html(replace(named, table=None), 1)
