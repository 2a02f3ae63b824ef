"""Plans, demands and conditions: what is to be is not told as what is."""

import pytest

from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence


@pytest.mark.parametrize(
    ("sentence", "text", "published", "verdict"),
    [
        # A time that was past when the document was written is no plan.
        ("截至2024年6月，全市建站40个。", "到2024年6月，全市建站40个。", "2024-09-01", "supported"),
        ("全市建站40个。", "到2027年，全市建站40个。", "2024-09-01", "partly"),
        ("全市建站40个。", "到2024年12月，全市建站40个。", "2024-09-01", "partly"),
        ("全市累计命名工匠90名。", "到2025年，全市累计命名工匠90名。", "2024-09-01", "supported"),
        ("全市引进投资5亿元。", "全市计划引进投资5亿元。", None, "partly"),
        ("全市计划引进投资5亿元。", "全市引进投资5亿元。", None, "partly"),
        ("“青年计划”资助职工80名。", "“青年计划”资助职工80名。", None, "supported"),
        ("全市评选工匠800名。", "全市提出，用5年左右评选工匠800名。", None, "partly"),
        ("各车间已在6月底前完成摸底。", "会议要求，各车间6月底前完成摸底。", None, "partly"),
        ("矿区印发了方案。", "矿区的方案还在修改，马上就要印发。", None, "partly"),
        ("市工会将依法发出意见书。", "市工会已依法发出意见书。", None, "unsupported"),
        ("市工会依法发出意见书。", "市工会已依法发出意见书。", None, "supported"),
        ("职工改进工艺的，按5%奖励职工。", "职工改进工艺带来新增利润的，按5%奖励职工。", None, "partly"),
    ],
)
def test_what_is_to_be_is_not_told_as_done(sentence: str, text: str, published: str | None, verdict: str) -> None:
    evidence = make_evidence(text, published=published)
    assert verify_sentence(sentence, [evidence]).verdict == verdict
