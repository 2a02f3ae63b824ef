"""What people read of a comparison."""

from eval.peers.outcome import outcome
from eval.peers.pool import Article, Asked, Pool
from eval.peers.report import PeersReport, Tried
from eval.peers.run import Measured
from eval.peers.schedule import OURS, Entry
from eval.peers.system import Setting
from eval.peers.table import markdown

COUNT = 40
ASKED = tuple(Asked(f"q{at}", "问", (f"d{at}",)) for at in range(COUNT))
POOL = Pool((Article("d0", "", "长" * 1001), Article("d1", "", "短")), ASKED, ASKED[:1], 0.8, False)
GOLD = [each.gold for each in ASKED]


def runs(right: int, seconds: float, about: str = "甲") -> list[Measured]:
    """Two repeats; the first `right` questions find their document."""
    hits = tuple((f"d{at}",) if at < right else ("other",) for at in range(COUNT))
    one = Measured(about, (("numpy", "2.4"),), seconds, 7, hits, (2.0,) * COUNT, 100.0)
    return [one, Measured(about, (), 2 * seconds, 7, hits[:3], (2.0,) * 3, 100.0)]


def report() -> PeersReport:
    found = {
        Entry(OURS, "stock"): runs(36, 1.0),
        Entry("txtai", "stock"): runs(0, 0.5),
        Entry("txtai", "chinese"): runs(20, 0.5),
        Entry("haystack", "chinese"): runs(35, 0.5),
        Entry("langchain", "chinese"): [Measured(error="坏|了")] * 2,
    }
    outcomes = tuple(outcome(entry, each, GOLD, 2) for entry, each in found.items())
    tuning = (Tried("txtai", Setting(300, 0.5), 0.75, True), Tried("txtai", Setting(500, 0.7), None))
    return PeersReport(POOL, ("stock", "chinese"), 2, outcomes, "机器", (("txtai", "OSError"),), tuning, 9)


def section(text: str, begin: str) -> str:
    return text.split(begin, 1)[1].split("\n## ", 1)[0]


def test_each_track_has_its_own_table_with_ours_on_top() -> None:
    text = markdown(report())
    stock, chinese = section(text, "## 第一组"), section(text, "## 第三组：")
    assert "| 本系统 | 0.900 | 0.900 | 0.900 | 1.5（1–2） | 2 | 100 | 1.00 | 1.00 | 1.00 |" in stock
    assert "| txtai | 0.000 | 0.000 | 0.000 | 3（2–4） | 2 | 100 | 2.00 | 1.00 | 1.00 |" in stock
    assert "Haystack" not in stock
    assert "| 本系统 | 0.900 |" in chinese


def test_better_is_said_of_the_third_track_only_and_only_beyond_chance() -> None:
    text = markdown(report())
    assert "hit@1 更高" not in section(text, "## 第一组")
    chinese = section(text, "## 第三组：")
    assert "对 txtai：本系统 hit@1 更高" in chinese
    assert "对 Haystack：hit@1 没有显著差异" in chinese
    assert "对 LangChain" not in chinese


def test_a_failed_system_keeps_its_row_and_its_reason() -> None:
    row = next(line for line in markdown(report()).splitlines() if line.startswith("| LangChain"))
    assert "没有跑完：坏\\|了" in row
    assert row.replace("\\|", "").count("|") == 11


def test_the_circumstances_are_told() -> None:
    text = markdown(report())
    assert "资料 2 篇" in text
    assert "超过 1000 字的 1 篇" in text
    assert "hit@1 是 80.0%，在 70%–90% 之间" in text
    assert "| txtai | OSError |" in text
    assert "| txtai | 块长 300 字，关键词权重 0.5 | 0.750 | ✓ |" in text
    assert "| txtai | 块长 500 字，关键词权重 0.7 | 没有跑完 |  |" in text
    assert "重复之间检索结果全部一致" in text


def test_json_has_the_ratios_and_the_repeats() -> None:
    saved = report().as_json()
    row = saved["tracks"]["chinese"][1]
    assert row["documents_per_second"] == {"median": 3.0, "low": 2.0, "high": 4.0, "repeats": [4.0, 2.0]}
    assert row["ratio_to_ours"]["documents_per_second"] == {"median": 2.0, "low": 2.0, "high": 2.0}
    assert saved["tracks"]["chinese"][3]["error"] == "坏|了"
    assert "text" not in str(saved)
