"""The worst questions as cards: what was asked, answered, quoted and expected, each with what went wrong."""

from __future__ import annotations

from markupsafe import Markup

from eval.reports.tables import join
from eval.reports.view import ShownQuote, WorstQuestion
from eval.reports.wording import quote_marks, written


def cards(worst: tuple[WorstQuestion, ...]) -> Markup:
    """All the cards, in their order."""
    return join(map(_card, worst))


def filters(worst: tuple[WorstQuestion, ...]) -> Markup:
    """The box that narrows the cards by type, by fault and by a word; needs the page's script."""
    types = dict(sorted({each.type: each.type_name for each in worst}.items(), key=lambda pair: pair[1]))
    faults = {fault: fault for each in worst for fault in each.faults}
    return Markup(
        '<form class="filters" id="filters"><label>题型 <select id="by-type"><option value="">全部题型</option>{}</select></label>'
        '<label>问题 <select id="by-fault"><option value="">全部问题</option>{}</select></label>'
        '<label class="search">找字 <input id="by-word" type="search" placeholder="题目、回答或引文中的字" autocomplete="off"></label>'
        '<output id="shown" aria-live="polite">共 {} 题</output></form>'
    ).format(
        _options(types, [each.type for each in worst]),
        _options(faults, [f for each in worst for f in each.faults]),
        len(worst),
    )


def _options(names: dict[str, str], seen: list[str]) -> Markup:
    return join(
        Markup('<option value="{}">{}（{}）</option>').format(key, name, seen.count(key)) for key, name in names.items()
    )


def _card(each: WorstQuestion) -> Markup:
    # The faults travel one a line, because a fault may hold any sign but a line end.
    faults = "\n".join(fault.replace("\n", " ") for fault in each.faults)
    return Markup(
        '<article class="card" data-type="{}" data-faults="{}"><header><span class="kind">{}</span>{}<span class="id">{}</span></header>'
        '{}<h3>{}</h3><div class="sides"><section><h4>系统的回答</h4>{}{}{}</section><section><h4>应当是</h4><p class="expected">{}</p>{}'
        "</section></div></article>"
    ).format(
        *(each.type, faults, each.type_name, join(map(_fault, each.faults)), each.id),
        *(_history(each.history), each.question, _answer(each), _facts(each), join(map(_quote, each.quotes))),
        *(each.expected, _evidence(each.evidence)),
    )


def _fault(fault: str) -> Markup:
    return Markup('<span class="fault">{}</span>').format(fault)


def _history(history: tuple[str, ...]) -> Markup:
    if not history:
        return Markup("")
    turns = join(Markup("<li>{}</li>").format(turn) for turn in history)
    return Markup('<ol class="history" aria-label="前面的对话">{}</ol>').format(turns)


def _answer(each: WorstQuestion) -> Markup:
    refused = Markup('<span class="refused">拒答</span> ') if each.refused else Markup("")
    return Markup('<p class="answer">{}{}</p>').format(refused, each.answer or "（没有回答）")


def _facts(each: WorstQuestion) -> Markup:
    confidence = [] if each.confidence is None else [f"把握 {each.confidence:.2f}"]
    reason = [f"理由：{each.reason}"] if each.reason else []
    return Markup('<p class="facts">{}</p>').format(
        " · ".join([*reason, *confidence, f"用时 {written(each.elapsed_ms, 'ms')}"])
    )


def _quote(quote: ShownQuote) -> Markup:
    marks = join(
        Markup('<span class="{}">{}</span>').format("ok" if good else "amiss", words)
        for good, words in quote_marks(quote.verbatim, quote.on_gold, quote.figures_kept)
    )
    source = quote.title if quote.title == quote.file else f"{quote.title}（{quote.file}）"
    return Markup(
        '<figure><figcaption><b>【{}】</b>{}</figcaption><blockquote>{}</blockquote><p class="marks">{}</p></figure>'
    ).format(quote.number, source, quote.quote, marks)


def _evidence(evidence: tuple[str, ...]) -> Markup:
    if not evidence:
        return Markup('<p class="facts">没有标出证据。</p>')
    return join(
        Markup('<figure class="gold"><figcaption>证据</figcaption><blockquote>{}</blockquote></figure>').format(e)
        for e in evidence
    )
