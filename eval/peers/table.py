"""The comparison as Markdown: one table a track, absolutes with their range and ratios to ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from eval.peers.outcome import Outcome, against
from eval.peers.report import PeersReport
from eval.peers.schedule import NAMES, OURS
from eval.peers.spread import Spread, spread
from eval.peers.system import DEPTH, Track

TITLES: dict[Track, str] = {
    "stock": "第一组：各家离线默认设置",
    "injected": "第二组：相同分块、相同向量模型",
    "chinese": "第三组：熟练用户为中文调好的设置",
}
_NOTES: dict[Track, str] = {
    "stock": "照教程安装、不下载模型、不用密钥时能得到的样子。只说明开箱体验，不说明哪家更好。",
    "injected": "把我们的分块与向量交给各家的向量库，只做向量检索。各家收到的是切好的块；「本系统」一行仍从整篇资料做起，"
    "入库速度不可与同组其他行相比，「只用向量」一行才可以。",
    "chinese": "各家都用二字词 BM25 与中文切分；块长和混合检索的权重（1 为只用关键词）在另一批题上从相同的几种设置里取最好的。"
    "只有这一组可以说谁更好。",
}
_HEAD = "| 系统 | hit@1 | MRR@10 | recall@10 | 入库（篇/秒） | 检索中位耗时（毫秒） | 内存峰值（MB） | 入库比 | 耗时比 | 内存比 |"
SIGNIFICANT = 0.05


def markdown(report: PeersReport) -> str:
    """The whole report."""
    parts = ["# 与同类系统的比较", *_setup(report)]
    for track in report.tracks:
        parts += ["", f"## {TITLES[track]}", "", _NOTES[track], "", *_track(report, track)]
    return "\n".join([*parts, *_offline(report), *_cautions(report)]) + "\n"


def _setup(report: PeersReport) -> Iterator[str]:
    pool = report.pool
    size = "全部语料" if pool.whole else "按固定顺序逐级加入干扰资料"
    yield ""
    yield (
        f"- 资料 {len(pool.articles)} 篇（{size}），其中超过 1000 字的 {pool.long} 篇；问题 {len(pool.questions)} 道，每题一篇正解。"
    )
    band = "在 70%–90% 之间" if pool.in_band else "不在 70%–90% 之间，区分度不足"
    yield f"- 二字词 BM25（整篇）的 hit@1 是 {pool.baseline:.1%}，{band}。"
    yield (
        f"- 重复 {report.repeats} 次，各系统轮流先行，每次都是新进程、单线程，先热身再计时；"
        "数字为各次的中位数，括号内为最小与最大。"
    )
    yield "- 「比」是同一次里对方除以本系统：入库比大于 1 是对方更快，耗时比、内存比大于 1 是对方更费。"
    yield f"- 每个系统都取 {DEPTH} 段，换算成最先出现的 10 篇资料；这是对各家默认条数的唯一改动。"
    yield f"- 机器：{report.machine}。"


def _track(report: PeersReport, track: Track) -> Iterator[str]:
    ours = report.ours
    yield _HEAD
    yield "|---|" + "---|" * (_HEAD.count("|") - 2)
    rows = report.rows(track)
    for each in rows:
        yield _row(each, ours)
    yield ""
    for each in rows:
        yield f"- {_name(each)}：{each.first.about or '没有运行'}（{_versions(each)}；{each.first.passages} 段）"
    if track == "chinese":
        yield ""
        yield from _verdicts(rows, ours)


def _row(each: Outcome, ours: Outcome) -> str:
    if each.error:
        return f"| {_name(each)} | 没有跑完：{_cell(each.error)} |" + " |" * (_HEAD.count("|") - 3)
    retrieved = [f"{each.mean(field):.3f}" for field in ("hit", "reciprocal", "recall")]
    cost = [_spread(spread(values), "{:.4g}") for values in (each.rates(), each.latencies(), each.memories())]
    other = against(each, ours)
    ratios = [_spread(value, "{:.2f}") for value in (other.rate, other.latency, other.memory)]
    return "| " + " | ".join([_name(each), *retrieved, *cost, *ratios]) + " |"


def _verdicts(rows: Sequence[Outcome], ours: Outcome) -> Iterator[str]:
    for each in rows:
        found = None if each.error or each.entry.system == OURS else against(each, ours).hit
        if found is None:
            continue
        higher = "本系统" if found.value < 0 else "对方"
        said = f"{higher} hit@1 更高" if found.p < SIGNIFICANT else "hit@1 没有显著差异"
        yield (
            f"- 对 {_name(each)}：{said}（本系统 {found.before:.3f}，对方 {found.after:.3f}，差 {found.value:+.3f}，"
            f"95% 区间 {found.low:+.3f} 至 {found.high:+.3f}，{_chance(found.p)}）。"
        )


def _offline(report: PeersReport) -> Iterator[str]:
    if report.probes:
        yield from ("", "## 不联网时不能用的默认做法", "", "| 系统 | 教程里的向量模型在离线时 |", "|---|---|")
        yield from (f"| {NAMES[name]} | {_cell(said)} |" for name, said in report.probes)
    if report.tuning:
        yield from ("", "## 第三组的设置是怎样选的", "")
        yield f"在另外 {len(report.pool.sample)} 道题、{report.tuning_documents} 篇资料上比 MRR@10，取最高的（相同时取前面的）："
        yield from ("", "| 系统 | 设置 | MRR@10 | 选用 |", "|---|---|---|---|")
        for each in report.tuning:
            value = "没有跑完" if each.score is None else f"{each.score:.3f}"
            yield f"| {NAMES[each.system]} | {each.setting.told()} | {value} | {'✓' if each.chosen else ''} |"


def _cautions(report: PeersReport) -> Iterator[str]:
    differing = [
        f"{_name(each)}（{TITLES[each.entry.track][:3]}）"
        for each in report.outcomes
        if not each.error and not each.repeats_agree()
    ]
    yield from ("", "## 怎样读这些数", "")
    if report.repeats > 1:
        yield f"- 重复之间检索结果{'不一致的：' + '、'.join(differing) if differing else '全部一致'}。"
    yield "- 检索效果取自第一次（全部问题），后面各次只问前若干题，用来计时并核对结果。"
    yield (
        "- 本系统三组都是同一套默认设置，每次重复只跑一回，三张表引用同一结果；它的入库包括清洗、查重、落盘与校验，"
        "对方只在内存里建库，入库比因此偏向对方。"
    )
    yield "- 绝对值随机器而变，只有同一次运行里的比值可比。"


def _name(each: Outcome) -> str:
    return NAMES[each.entry.system]


def _spread(value: Spread, form: str) -> str:
    if value.median is None or value.low is None or value.high is None:
        return "—"
    show: Callable[[float], str] = form.format
    if value.low == value.high:
        return show(value.median)
    return f"{show(value.median)}（{show(value.low)}–{show(value.high)}）"


def _chance(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _versions(each: Outcome) -> str:
    return "、".join(f"{name} {version}" for name, version in each.first.versions) or "版本未知"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
