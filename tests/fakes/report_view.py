"""A run that never was, as a report shows it: 300 questions of 20 types, 30 measures, the same figures every time."""

import random
from dataclasses import replace
from math import sqrt

from eval.estimate import Estimate
from eval.reports.view import (
    MeasureLine,
    ReportView,
    RiskPoint,
    ShownQuote,
    TypeLine,
    Unit,
    WorstQuestion,
)

NOTHING = Estimate(None, None, None, 0)
PAYLOAD = "</script><img src=x onerror=\"document.title='被改了'\">&\u2028`$"
TYPES = (
    *(
        ("figure", "数字", 40),
        ("date", "时间", 22),
        ("who", "人和单位", 20),
        ("list", "列举", 18),
        ("which", "哪些地方", 12),
    ),
    *(
        ("compare", "比较", 12),
        ("yesno", "是否", 14),
        ("how", "做法", 18),
        ("worker", "工友口语", 20),
        ("followup", "追问", 16),
    ),
    *(("spun", "改写网页", 8), ("traditional", "繁体", 8), ("unanswerable", "不可答", 34), ("premise", "前提有误", 10)),
    *(("crossed", "两地混问", 8), ("samewords", "两地同文", 8), ("superseded", "旧数作废", 6), ("typing", "错字", 10)),
    *(("pinyin", "拼音误选", 8), ("injection", "夹带指令", 8)),
)
# Key, name, definition, unit, better, group, headline, value over all.
MEASURES: tuple[tuple[str, str, str, Unit, str, str, bool, float], ...] = (
    (
        "accuracy",
        "答对率",
        "每组可接受的说法都至少说出一个，才算答对；只数可答的题。",
        "share",
        "higher",
        "答案",
        True,
        0.867,
    ),
    ("accuracy_64", "前 64 字答对率", "只看回答的前 64 个字，其余同答对率。", "share", "higher", "答案", False, 0.791),
    (
        "accuracy_130",
        "前 130 字答对率",
        "只看回答的前 130 个字，其余同答对率。",
        "share",
        "higher",
        "答案",
        False,
        0.846,
    ),
    (
        "accuracy_255",
        "前 255 字答对率",
        "只看回答的前 255 个字，其余同答对率。",
        "share",
        "higher",
        "答案",
        False,
        0.861,
    ),
    ("groups", "答案组答到率", "各题应答到的组里，答到的占多少。", "share", "higher", "答案", False, 0.902),
    ("f1", "逐字 F1", "回答与标准答案逐字比，准与全的调和平均。", "share", "higher", "答案", False, 0.611),
    ("em", "完全一致", "回答与标准答案去掉标点后一字不差。", "share", "higher", "答案", False, 0.203),
    ("figure_accuracy", "数字答对率", "数字题里，数和单位都对的占多少。", "share", "higher", "数字", True, 0.93),
    ("wrong_figure", "错数率", "数字题里，说出了与证据不符的数的占多少。", "share", "lower", "数字", True, 0.042),
    (
        "citation_precision",
        "引文命中率",
        "回答给出的引文里，与标准证据重叠的占多少。",
        "share",
        "higher",
        "引文",
        True,
        0.904,
    ),
    ("citation_recall", "证据引全率", "标准证据里，被引文引到的占多少。", "share", "higher", "引文", False, 0.838),
    ("verbatim", "引文逐字率", "引文与原文一字不差的占多少。", "share", "higher", "引文", False, 1.0),
    ("right_document", "引对文档率", "引文出自标准证据所在文档的占多少。", "share", "higher", "引文", False, 0.957),
    ("refusal_recall", "该拒的拒了", "不可答的题里，拒答了的占多少。", "share", "higher", "拒答", True, 0.882),
    ("refusal_precision", "拒了的该拒", "拒答的题里，本来就不可答的占多少。", "share", "higher", "拒答", False, 0.791),
    ("answerable_refused", "误拒率", "可答的题里，被拒答的占多少。", "share", "lower", "拒答", True, 0.061),
    ("refusal_reason", "拒答理由对", "拒对的题里，说的理由也对的占多少。", "share", "higher", "拒答", False, 0.83),
    ("recall_5", "前 5 段召回", "标准证据里，检索前 5 段找到的占多少。", "share", "higher", "检索", True, 0.962),
    ("recall_20", "前 20 段召回", "标准证据里，检索前 20 段找到的占多少。", "share", "higher", "检索", False, 0.991),
    ("hit_1", "首段命中", "检索第一段就是证据的题占多少。", "share", "higher", "检索", False, 0.803),
    ("mrr_10", "MRR@10", "第一段证据名次的倒数，平均；十名以外按零计。", "share", "higher", "检索", False, 0.874),
    ("ndcg_10", "nDCG@10", "前十段按名次折算的得益，与最好排法之比。", "share", "higher", "检索", False, 0.889),
    ("table_precision", "表格格准", "回答的表里，格子对的占多少。", "share", "higher", "表格", False, 0.71),
    ("table_recall", "表格格全", "标准表的格子里，被答出的占多少。", "share", "higher", "表格", False, 0.64),
    ("length", "回答字数", "回答去掉引文号后的字数，取中位。", "characters", "", "长度", False, 31.0),
    ("figure_length", "数字题字数", "数字题回答的字数，取中位。", "characters", "", "长度", False, 29.0),
    ("p50", "用时中位", "一半的题不超过的用时。", "ms", "lower", "用时", False, 46.0),
    ("p95", "用时 p95", "95% 的题不超过的用时。", "ms", "lower", "用时", False, 245.0),
    ("p99", "用时 p99", "99% 的题不超过的用时。", "ms", "lower", "用时", False, 612.0),
    ("memory", "内存峰值", "评测进程用过的最大内存。", "MB", "lower", "用时", False, 321.0),
)
FAULTS = ("没答全", "数字不符", "引文未命中证据", "误拒", "该拒没拒", "答成别的城市")


def example_view() -> ReportView:
    """A whole run with everything in it."""
    chance = random.Random(3)
    types = tuple(TypeLine(*each) for each in TYPES)
    times = (*(chance.lognormvariate(3.85, 0.75) for _ in range(297)), 1310.0, 2050.5, 4870.0)
    return ReportView(
        title="样例资料库 · 测试半",
        made_at="2026年11月27日 21:40",
        facts=(
            ("数据集", "sample_test.jsonl，300 题，20 种题型"),
            ("系统", "产改问答 0.1.0，不接大模型"),
            ("资料库", "42 份文档，1,204 段"),
            ("向量模型", "随附模型（256 维）"),
            ("代码", "b9b7ce0"),
            ("用时", "全部 300 题 21 秒，两核"),
            ("设置", "sha256 5f0c…91ab"),
            ("数据集摘要", "sha256 440bc5e846a0dc5b04fad74b349e5b45acf9993892085b971ffe83fdb0bda803"),
            ("随机种子", "20261127，重抽 2,000 次"),
        ),
        types=types,
        measures=tuple(_line(chance, types, *each) for each in MEASURES),
        risk_curve=tuple(_risk(at / 100, chance) for at in range(2, 101)),
        risk_area=Estimate(0.0341, 0.0212, 0.0488, 300),
        threshold=0.42,
        latencies_ms=times,
        worst=tuple(_worst(chance, at) for at in range(36)),
        problems=("第 12 题的证据在索引中找不到，按零分计。", "有 2 题超过 10 秒没有答完，按答错计。"),
    )


def hostile_view() -> ReportView:
    """The same run after someone wrote markup wherever text can come from outside."""
    view = example_view()
    quote = ShownQuote(1, PAYLOAD, PAYLOAD, PAYLOAD, True, False, False)
    worst = WorstQuestion(
        *(
            PAYLOAD,
            PAYLOAD,
            PAYLOAD,
            PAYLOAD,
            (PAYLOAD,),
            PAYLOAD,
            True,
            PAYLOAD,
            0.5,
            (quote,),
            PAYLOAD,
            (PAYLOAD,),
            (PAYLOAD,),
            3.0,
        )
    )
    first = replace(
        view.measures[0], name=PAYLOAD, definition=PAYLOAD, group=PAYLOAD, by_type={PAYLOAD: Estimate(0.1, 0.0, 0.2, 9)}
    )
    return replace(
        view,
        title=PAYLOAD,
        facts=((PAYLOAD, PAYLOAD),),
        types=(TypeLine(PAYLOAD, PAYLOAD, 3), *view.types),
        measures=(first, *view.measures[1:]),
        worst=(worst, *view.worst),
        problems=(PAYLOAD,),
    )


def empty_view() -> ReportView:
    """A run in which nothing could be counted."""
    return ReportView("空的一次", "2026年11月27日", (), (), (), (), NOTHING, None, (), (), ())


def refusing_view() -> ReportView:
    """A system that refuses everything, asked one type of question, with no time taken."""
    view = example_view()
    kind = TypeLine("figure", "数字", 40)
    keep = ("accuracy", "refusal_recall", "answerable_refused", "wrong_figure")
    values = {"accuracy": Estimate(0.0, 0.0, 0.09, 40), "answerable_refused": Estimate(1.0, 0.91, 1.0, 40)}
    measures = tuple(
        replace(line, overall=values.get(line.key, NOTHING), by_type={"figure": values.get(line.key, NOTHING)})
        for line in view.measures
        if line.key in keep
    )
    return replace(
        view,
        types=(kind,),
        measures=measures,
        risk_curve=(),
        risk_area=NOTHING,
        latencies_ms=(),
        worst=view.worst[:1],
        problems=(),
    )


def _line(chance: random.Random, types: tuple[TypeLine, ...], *each: object) -> MeasureLine:
    key, name, definition, unit, better, group, headline, value = each
    assert isinstance(value, float)
    by_type: dict[str, Estimate] = {}
    for kind in types:
        if (kind.key == "unanswerable") != str(key).startswith("refusal_re") and not str(key).startswith(
            ("p", "len", "refusal_p")
        ):
            continue
        if unit != "share":
            by_type[kind.key] = Estimate(value * chance.uniform(0.6, 1.6), value * 0.5, value * 1.8, kind.questions)
        elif str(key).startswith("table"):
            if kind.key in {"which", "compare"}:
                by_type[kind.key] = _share(value, kind.questions * 4)
        elif "figure" not in str(key) or kind.key in {"figure", "worker", "compare", "superseded", "crossed"}:
            hard = 0.45 if kind.key in {"compare", "followup"} and better == "higher" else 0.0
            spread = chance.uniform(-0.12, 0.06) - hard if better == "higher" else abs(chance.gauss(0, 0.05))
            by_type[kind.key] = _share(1.0 if value == 1 else value + spread, kind.questions)
    if key == "memory":
        by_type = {}
    overall = _share(value, 240) if unit == "share" else Estimate(value, value * 0.9, value * 1.12, 300)
    return MeasureLine(str(key), str(name), str(definition), unit, better, str(group), bool(headline), overall, by_type)  # type: ignore[arg-type]


def _share(value: float, of: int) -> Estimate:
    """Wilson's interval, close enough for a picture."""
    value = round(min(max(value, 0.0), 1.0) * of) / of
    centre, spread = (value + 2 / of) / (1 + 4 / of), 2 * sqrt(value * (1 - value) / of + 1 / of**2) / (1 + 4 / of)
    return Estimate(value, max(0.0, centre - spread), min(1.0, centre + spread), of)


def _risk(coverage: float, chance: random.Random) -> RiskPoint:
    wobble = chance.uniform(0, 0.01)
    return RiskPoint(coverage, 0.004 + 0.17 * coverage**3 + wobble, round(1.0 - coverage * 0.66, 4))


def _worst(chance: random.Random, at: int) -> WorstQuestion:
    kind = TYPES[(at * 7) % len(TYPES)]
    faults = tuple(chance.sample(FAULTS, 1 + at % 2))
    refused = "误拒" in faults
    quotes = (
        ShownQuote(
            1,
            "甲市产改简报",
            "jiashi.md",
            "甲市建成产业学院13家，其中市级5家；培训补贴662万元。",
            True,
            at % 3 == 0,
            at % 4 != 0,
        ),
        ShownQuote(
            2,
            "乙市推进技能提升",
            "yishi.md",
            "乙市三年内完成职业能力培训1.5万人次。" * (1 + 8 * (at % 9 == 4)),
            at % 5 != 0,
            False,
            True,
        ),
    )
    return WorstQuestion(
        id=f"sample-test-{at + 1:03d}",
        type=kind[0],
        type_name=kind[1],
        question="甲市和乙市的产业学院各有几家，哪个多？"
        if at % 2
        else "我在厂里干了八年，想考技师，单位给报销吗？报多少？",
        history=("甲市有产业学院吗？", "有，甲市建成产业学院13家。【1】") if kind[0] == "followup" else (),
        answer="资料库中没有相关内容。" if refused else "甲市有产业学院15家。【1】乙市三年内完成培训1.5万人次。【2】",
        refused=refused,
        reason="没有内容" if refused else "",
        confidence=round(chance.random(), 3),
        quotes=() if refused else quotes,
        expected="应拒答（该地未提）" if "该拒没拒" in faults else "13家/13个；8家/8个",
        evidence=()
        if "该拒没拒" in faults
        else ("jiashi.md：甲市建成产业学院13家，其中市级5家。", "yishi.md：乙市建成产业学院8家。"),
        faults=faults,
        elapsed_ms=chance.uniform(20, 400),
    )
