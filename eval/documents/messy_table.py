"""The measure of messy files as Markdown: in total, by kind of noise, by file, and beside html extractors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.documents.keeping import PINYIN, Count, Outcome, mean, noise_of, totals
from eval.documents.messy_gold import EITHER, TEXT

KINDS = {
    "shell": "导航、面包屑、计数",
    "share": "分享、打印",
    "editor": "责任编辑",
    "legal": "版权、备案",
    "related": "相关链接",
    "qr": "二维码、关注",
    "cookie": "Cookie 提示",
    "counties": "地名切换列表",
    "prevnext": "上一篇、下一篇",
    "tags": "标签",
    "forum": "论坛外壳",
    "headlines": "标题连串",
    "english": "连写英文",
    "spam": "注入的广告",
    "splice": "插入的小说、他题",
    "repeat": "重复段落",
    "debris": "编码残片、模板残留",
    "page_number": "页码",
    PINYIN: "括注拼音（另计，检索形式中也没有才算去除）",
}
TEXT_TARGET, NOISE_TARGET = 0.98, 0.95


def markdown(outcomes: Sequence[Outcome], split: str) -> str:
    """Totals, kinds and files of one half."""
    return "\n".join(
        [f"# 混乱文件的清洗（{split}）", "", *_totals(outcomes), "", *_kinds(outcomes), "", *_files(outcomes), ""]
    )


def peers_markdown(ours: Sequence[Outcome], peers: Mapping[str, Sequence[Outcome]]) -> str:
    """Ours beside other extractors, on the html files alone."""
    lines = [
        "## 与网页正文提取工具比较（仅 html）",
        "",
        "各工具拿到的是按真实编码解好的文字，本系统拿到的是原始字节；工具自己认出的标题也算它保留的文字。",
        "",
        "| 系统 | 真实文字保留 | 噪声去除 | 逐篇平均：文字 | 逐篇平均：噪声 | 文字保留不足九成的文件 | 不可见文字漏出 |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, outcomes in {"本系统": ours, **peers}.items():
        counts = totals(outcomes)
        cells = [
            _share(counts.get(TEXT, Count()).kept_share),
            _share(noise_of(counts).gone_share),
            _share(mean([each.text.kept_share for each in outcomes])),
            _share(mean([each.noise.gone_share for each in outcomes])),
            f"{sum((each.text.kept_share or 0) < 0.9 for each in outcomes)}/{len(outcomes)}",
            str(sum(len(each.leaked) for each in outcomes)),
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def sites_markdown(ways: Mapping[str, Sequence[Outcome]]) -> str:
    """Pages of one site: what rules, likeness and both together do."""
    lines = [
        "## 同一网站的几页放在一起",
        "",
        "| 方法 | 页数 | 真实文字保留 | 噪声去除：清洗前 | 噪声去除：清洗后 |",
        "|---|---|---|---|---|",
    ]
    for way, outcomes in ways.items():
        counts = totals(outcomes)
        noise = noise_of(counts)
        text = _share(counts.get(TEXT, Count()).kept_share)
        before, after = _share(noise.before().gone_share), _share(noise.gone_share)
        lines.append(f"| {way} | {len(outcomes)} | {text} | {before} | {after} |")
    return "\n".join([*lines, ""])


def shown_faults(outcomes: Sequence[Outcome]) -> str:
    """Stretches of real text that were lost and of noise that was left, file by file."""
    lines = ["## 失去的文字与留下的噪声", ""]
    for each in outcomes:
        lines += [f"- {each.file.name} 失去：{lost}" for lost in each.lost]
        lines += [f"- {each.file.name} 留下（{KINDS.get(kind, kind)}）：{left}" for kind, left in each.left]
        lines += [f"- {each.file.name} 漏出：{leaked}" for leaked in each.leaked]
    return "\n".join([*lines, ""])


def _totals(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| 文件 | 篇数 | 真实文字（字） | 保留：清洗前 | 保留：清洗后 | 噪声（字） | 去除：清洗前 | 去除：清洗后 | 不可见漏出：前 | 后 |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    made = [each for each in outcomes if each.file.made]
    seeds = [each for each in outcomes if not each.file.made]
    clean = [each for each in made if "clean" in each.file.kinds]
    for name, group in (("自制", made), ("其中干净", clean), ("真实网页", seeds), ("合计", outcomes)):
        if group:
            counts = totals(group)
            text, noise = counts.get(TEXT, Count()), noise_of(counts)
            cells = [
                str(len(group)),
                *(str(text.total), _share(text.before().kept_share), _share(text.kept_share)),
                *(str(noise.total), _share(noise.before().gone_share), _share(noise.gone_share)),
                str(sum(len(each.leaked_before) for each in group)),
                str(sum(len(each.leaked) for each in group)),
            ]
            yield f"| {name} | " + " | ".join(cells) + " |"
    yield ""
    text_mean = _share(mean([each.text.kept_share for each in outcomes]))
    noise_mean = _share(mean([each.noise.gone_share for each in outcomes]))
    yield f"逐篇平均：真实文字保留 {text_mean}，噪声去除 {noise_mean}。目标：{TEXT_TARGET} 与 {NOISE_TARGET}。"


def _kinds(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| 噪声 | 篇数 | 字数 | 去除：清洗前 | 去除：清洗后 | 没去除的字数 |"
    yield "|---|---|---|---|---|---|"
    counts = totals(outcomes)
    for kind in sorted(counts, key=lambda kind: (kind == PINYIN, counts[kind].gone_share or 0.0)):
        count = counts[kind]
        if kind not in (TEXT, EITHER):
            files = sum(kind in each.counts for each in outcomes)
            shares = f"{_share(count.before().gone_share)} | {_share(count.gone_share)} | {count.kept}"
            yield f"| {KINDS.get(kind, kind)} | {files} | {count.total} | {shares} |"


def _files(outcomes: Sequence[Outcome]) -> Iterator[str]:
    yield "| 文件 | 真实文字保留 | 噪声去除 | 漏出 |"
    yield "|---|---|---|---|"
    for each in outcomes:
        shares = f"{_share(each.text.kept_share)} | {_share(each.noise.gone_share)}"
        yield f"| {each.file.name} | {shares} | {len(each.leaked) or ''} |"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
