"""The sections of the page, from what was run to the worst questions."""

from __future__ import annotations

from markupsafe import Markup

from eval.reports.cards import cards, filters
from eval.reports.plots import Spec
from eval.reports.tables import join, measure_table, tiles, type_table
from eval.reports.view import MeasureLine, ReportView
from eval.reports.weakest import verdict, weakest
from eval.reports.wording import interval, written

TILES = 6
FACTS_AT_ONCE = 6


def body(view: ReportView, plots: dict[str, Spec]) -> Markup:
    """All that a reader sees; a plot that is not among `plots` is replaced by a line that says so."""
    sections = [
        _section("types", "分题型看", _types(view, plots)),
        _section("refusal", "门限与拒答", _refusal(view, plots)),
        _section("effort", "长度与用时", _effort(plots)),
        _section(
            "measures",
            "全部指标",
            Markup('<p class="lead">点指标的名字看它怎么算。</p><div class="wide">{}</div>').format(
                measure_table(view)
            ),
        ),
        _section("worst", "最差的题", _worst(view)),
    ]
    return Markup("{}<main>{}{}</main>{}").format(_masthead(view), _first_screen(view, plots), join(sections), _foot())


def _masthead(view: ReportView) -> Markup:
    pair = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
    pairs = [pair.format(name, value) for name, value in view.facts]
    rest = join(pairs[FACTS_AT_ONCE:])
    more = (
        Markup("<details><summary>运行的其余信息</summary><dl>{}</dl></details>").format(rest) if rest else Markup("")
    )
    links = (
        ("types", "分题型"),
        ("refusal", "拒答"),
        ("effort", "长度与用时"),
        ("measures", "全部指标"),
        ("worst", "最差的题"),
    )
    nav = join(Markup('<a href="#{}">{}</a>').format(*link) for link in links)
    return Markup(
        '<header class="top"><div class="masthead"><span class="seal" aria-hidden="true">评测</span><div><h1>{}</h1>'
        '<p>{}</p></div></div><dl class="run">{}</dl>{}<nav aria-label="本页各节">{}</nav></header>'
    ).format(view.title, view.heading, join(pairs[:FACTS_AT_ONCE]), more, nav)


def _first_screen(view: ReportView, plots: dict[str, Spec]) -> Markup:
    found = weakest(view)
    worst_types = {each.type for each in view.worst}
    button = Markup("")
    if found is not None and found.type is not None and found.type.key in worst_types:
        button = Markup('<button type="button" class="to-type" data-type="{}">看这些题</button>').format(found.type.key)
    problems = Markup("")
    if view.problems:
        listed = join(Markup("<li>{}</li>").format(problem) for problem in view.problems)
        problems = Markup(
            '<details class="problems"><summary>这次评测有 {} 处要留意</summary><ul>{}</ul></details>'
        ).format(len(view.problems), listed)
    plot = _figure(
        "headline", plots, "主要指标和 95% 区间", "圆点越靠右越好；橙色方块（↓）越靠左越好；横条是 95% 区间。"
    )
    return Markup(
        '<section id="first"><h2>主要结果</h2><div class="tiles">{}</div><div class="weakest"><b>最弱的一处</b><p>{}</p>{}'
        "</div>{}{}</section>"
    ).format(tiles(view.headlines[:TILES]), verdict(view), button, problems, plot)


def _types(view: ReportView, plots: dict[str, Spec]) -> Markup:
    heat = Markup(
        '<p class="lead">每格是该题型的数值，颜色越深越差；斜体的计数不到 5 次，仅供参考。点红字的题型看它最差的题，点指标看它怎么算。</p>'
        '<div class="wide">{}</div>'
    ).format(type_table(view, frozenset(each.type for each in view.worst)))
    drawn = [line for line in view.measures if f"type:{line.key}" in plots]
    if not drawn:
        return heat if view.types else Markup('<p class="empty">没有按题型分开的数。</p>')
    first = next((line for line in view.typed_headlines if line in drawn), drawn[0])
    plot = _figure(
        f"type:{first.key}",
        plots,
        "所选指标在各题型上的数值和 95% 区间",
        "最差的在最上面；虚线是全体。",
        "by-type-plot",
    )
    return Markup("{}{}{}").format(heat, _picker(view, drawn, first), plot)


def _picker(view: ReportView, drawn: list[MeasureLine], first: MeasureLine) -> Markup:
    """The choice of a measure, by groups, and the definitions of which one is shown."""
    option, group = Markup('<option value="type:{}"{}>{}</option>'), Markup('<optgroup label="{}">{}</optgroup>')
    chosen = {True: Markup(" selected"), False: Markup("")}
    options = {
        name: join(option.format(line.key, chosen[line is first], line.name) for line in lines if line in drawn)
        for name, lines in view.groups.items()
    }
    note = Markup('<p class="note" data-note="type:{}"{}>{}</p>')
    hidden = {True: Markup(""), False: Markup(" hidden")}
    notes = join(note.format(line.key, hidden[line is first], line.definition) for line in drawn)
    groups = join(group.format(name, inside) for name, inside in options.items() if inside)
    return Markup('<label class="pick">看哪个指标 <select id="measure">{}</select></label>{}').format(groups, notes)


def _refusal(view: ReportView, plots: dict[str, Spec]) -> Markup:
    point, area = view.working_point, view.risk_area
    words = "把握低于门限就拒答：门限越高，答得越少，错得也越少。曲线越贴近底边越好。"
    if point is not None and view.threshold is not None:
        words += (
            f"当前门限 {view.threshold:.2f}：回答了 {written(point.coverage, 'share')} 的题，"
            f"其中答错 {written(point.risk, 'share')}。"
        )
    if area.value is not None:
        words += f"曲线下的面积 {written(area.value, 'number')}（95% 区间 {interval(area, 'number')}），越小越好。"
    return Markup('<p class="lead">{}</p>{}').format(
        words, _figure("risk", plots, "风险与覆盖曲线", "橙色圆圈是当前的门限。")
    )


def _effort(plots: dict[str, Spec]) -> Markup:
    caps = _figure(
        "caps", plots, "只看回答前若干字时的答对率", "只数前若干字里答对的：差得越少，说明答案说得越靠前、越简短。"
    )
    slow = _figure(
        "latency",
        plots,
        "回答用时的分布",
        "p50 是一半的题不超过的用时，p95、p99 依此类推；超出右端的题并在最后一条里。",
    )
    return Markup('<div class="pair"><div><h3>答案长短</h3>{}</div><div><h3>用时</h3>{}</div></div>').format(caps, slow)


def _worst(view: ReportView) -> Markup:
    if not view.worst:
        return Markup('<p class="empty">没有答错的题。</p>')
    return Markup('{}<div id="cards">{}</div><p class="empty" id="no-card" hidden>没有符合条件的题。</p>').format(
        filters(view.worst), cards(view.worst)
    )


def _figure(key: str, plots: dict[str, Spec], label: str, caption: str, name: str = "") -> Markup:
    if key not in plots:
        return Markup('<p class="empty">{}：没有可画的数。</p>').format(label)
    return Markup(
        '<figure class="plot"><div class="canvas" id="{}" role="img" aria-label="{}" data-plot="{}"></div>'
        "<figcaption>{}</figcaption></figure>"
    ).format(name or f"plot-{key}", label, key, caption)


def _section(name: str, title: str, inside: Markup) -> Markup:
    return Markup('<section id="{}"><h2>{}</h2>{}</section>').format(name, title, inside)


def _foot() -> Markup:
    return Markup(
        "<footer>区间都是 95% 区间；没有可计的题时写「—」。这一页不向任何地方要东西，可以离线打开、打印、转存。</footer>"
    )
