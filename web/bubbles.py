"""What the chat shows: an answer with its sources, a refusal, a failure; each one line of inert HTML."""

from __future__ import annotations

import re
from urllib.parse import quote

from rag.glossary import gloss_line
from rag.types import Answer, Reason, Table
from web.cards import anchor, cards_html
from web.escape import escape
from web.heard import heard_html

CITATION_MARK = re.compile(r"【([0-9]{1,3})】")
MARK_RUN = re.compile(r"(?:【[0-9]{1,3}】)+")
SHORT_CELL = 10
WAITING = '<div class="waiting">正在查资料…</div>'
EMPTY_PANEL = '<div class="panel-empty">回答引用的原文会显示在这里，一句一个出处，可以逐字对照。</div>'
NOTHING_CITED = '<div class="panel-empty">这次没有回答，所以没有出处。</div>'

WHY: dict[Reason, str] = {
    "no_content": "手头的资料没有写到这件事。这里只照资料回答，不猜。",
    "unknown_place": "目前没有收录这个地方的资料，也不会拿别处的做法来顶替。",
    "place_silent": "收录了这个地方的资料，但里面没有写到您问的这一点。",
    "off_topic": "这里只回答产业工人队伍建设改革方面的问题。",
    "out_of_dates": "您问的时间不在资料覆盖的范围内。",
    "private": "这涉及个人信息，请向本单位工会或人事部门询问。",
}


def linked(text: str, turn: int, numbers: frozenset[int] | None = None) -> str:
    """Escaped text whose 【n】 lead to their cards; a number that no citation bears stays plain text.

    `numbers` None means that the citations are not known yet (a streamed sentence).
    """

    def links(run: re.Match[str]) -> str:
        marks = [int(number) for number in CITATION_MARK.findall(run.group())]
        return "".join(
            f'<a class="cite" href="#{anchor(turn, number)}"><sup>{number}</sup></a>'
            if numbers is None or number in numbers
            else f"【{number}】"
            for number in marks
        )

    # Marks that follow each other stay on one line. Escaping leaves 【】 and digits alone, so it can come first.
    return MARK_RUN.sub(lambda run: f'<span class="cites">{links(run)}</span>', escape(text))


def table_html(table: Table, turn: int, numbers: frozenset[int]) -> str:
    """A table whose cells carry their column's name too, because a phone shows a row as a list."""
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    rows = []
    for row in table.rows:
        cells = []
        for name, cell in zip(table.columns, row, strict=True):
            short = ' class="short"' if len(CITATION_MARK.sub("", cell)) <= SHORT_CELL else ""
            # 「日期不详」 says already what it is about.
            column = "" if cell.startswith(name) else f'<span class="column">{escape(name)}</span>'
            cells.append(f"<td{short}>{column}{linked(cell, turn, numbers)}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    body = "".join(rows)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def beside_table(text: str, table: Table | None) -> str:
    """What is said beside a table: its first line alone where the table carries every citation of the rest."""
    if table is None:
        return text
    first, _, rest = text.partition("\n")
    in_cells = {number for row in table.rows for cell in row for number in CITATION_MARK.findall(cell)}
    return first if set(CITATION_MARK.findall(rest)) <= in_cells else text


def streaming_html(text: str, turn: int) -> str:
    """The sentences that have passed so far, with a sign that more is coming."""
    return f'<div class="answer"><div class="said">{linked(text, turn)}</div><div class="more">…</div></div>'


def refusal_html(answer: Answer, turn: int) -> str:
    """A refusal that says why, in a box of its own, with no source; above it the filters, without which there may be one."""
    # A word that is explained in the refusal itself needs no word on what the documents lack.
    explained = bool(answer.glossary) and not gloss_line(answer.glossary, answer.text)
    why = f'<div class="why">{WHY[answer.reason]}</div>' if answer.reason and not explained else ""
    hint = '<div class="hint">您可以换个问法，或者试试下面的问题：</div>' if answer.suggestions else ""
    return (
        f'{heard_html(answer, turn)}<div class="refusal"><div class="refusal-head">{escape(answer.text)}</div>'
        f"{why}{notice_html(answer)}{hint}</div>"
    )


def notice_html(answer: Answer) -> str:
    """The one line that a person should know about this answer, and below it the term that is explained."""
    notice = f'<div class="notice">{escape(answer.notice)}</div>' if answer.notice else ""
    gloss = gloss_line(answer.glossary, answer.text)
    return notice + (f'<div class="gloss">{escape(gloss)}</div>' if gloss else "")


def matrix_link(answer: Answer) -> str:
    """Where a table of places is about one measure: the way to that measure's page, which has all of its evidence."""
    if answer.table is None or answer.question.kind != "which" or len(answer.question.measures) != 1:
        return ""
    measure = answer.question.measures[0]
    return f'<a class="to-matrix" href="/matrix?measure={quote(measure)}">在举措一览里看「{escape(measure)}」›</a>'


def sources_html(answer: Answer, turn: int) -> str:
    """The cards under the answer, folded; a phone has no room beside it."""
    if not answer.citations:
        return ""
    cards = cards_html(answer.citations, turn)
    return f'<details class="sources"><summary>看出处（{len(answer.citations)}）</summary>{cards}</details>'


def answer_html(answer: Answer, turn: int) -> str:
    """An answer as its bubble shows it; a refusal has its own look."""
    if answer.refused:
        return refusal_html(answer, turn)
    numbers = frozenset(citation.number for citation in answer.citations)
    table = table_html(answer.table, turn, numbers) if answer.table else ""
    said = beside_table(answer.text, answer.table)
    open_parts = "；".join(answer.unanswered)
    left_open = f'<div class="notice">资料没有说到：{escape(open_parts)}</div>' if open_parts else ""
    return (
        f'<div class="answer">{heard_html(answer, turn)}<div class="said">{linked(said, turn, numbers)}</div>{table}'
        f"{matrix_link(answer)}{left_open}{notice_html(answer)}{sources_html(answer, turn)}</div>"
    )


def trouble_html(message: str) -> str:
    """A failure, said calmly."""
    return f'<div class="trouble">{escape(message)}</div>'


def panel_html(answers: tuple[tuple[int, str, Answer], ...]) -> str:
    """The panel of sources: (turn, question, answer) in order; the newest open, the earlier ones folded."""
    if not answers:
        return EMPTY_PANEL
    turn, _, newest = answers[-1]
    shown = cards_html(newest.citations, turn) if newest.citations else NOTHING_CITED
    earlier = "".join(
        f'<details class="earlier"><summary>{escape(question)}</summary>{cards_html(answer.citations, number)}</details>'
        for number, question, answer in reversed(answers[:-1])
        if answer.citations
    )
    return f'<div class="cards">{shown}</div>' + (
        f'<div class="earlier-head">前面的出处</div>{earlier}' if earlier else ""
    )
