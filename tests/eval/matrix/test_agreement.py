"""Agreement of two readers, by a hand-worked pair of readings."""

from eval.matrix.agreement import lines, reading
from eval.matrix.gold_cells import GoldCell, GoldProof


def proof(document: str, state: str = "adopted", level: str = "city", figure: str = "") -> GoldProof:
    return GoldProof(document, 0, 9, state, level, figure, "", "")


def cell(place: str, measure: str, *evidence: GoldProof) -> GoldCell:
    return GoldCell(place, measure, evidence[0].state, evidence[0].level, evidence)


FIRST = [
    cell("东山市", "工匠学院", proof("a", figure="3")),
    cell("东山市", "名师带徒", proof("a", "uncertain"), proof("z")),
    cell("西山市", "工匠学院", proof("b")),
    cell("北山市", "工会驿站", proof("z")),
]
SECOND = [
    cell("东山市", "工匠学院", proof("a", figure="4")),
    cell("东山市", "名师带徒", proof("a")),
    cell("西山市", "工匠学院", proof("b", level="enterprise")),
    cell("南山市", "工会驿站", proof("b")),
]


def test_only_what_both_read_is_compared() -> None:
    """Outside the read documents nothing counts: 名师带徒 is adopted only by one of them, and 北山市 is not there."""
    assert len(reading(FIRST, {"a", "b"}).states) == 3
    assert reading(FIRST, {"a", "b"}).states["东山市", "名师带徒", False] == "uncertain"
    assert reading(FIRST, {"a", "b", "z"}).states["东山市", "名师带徒", False] == "adopted"


def test_state_enterprise_and_figure_must_agree() -> None:
    """Of four cells one agrees, another has another state, a third is an enterprise's, and the figures are 3 and 4."""
    told = lines(reading(FIRST, {"a", "b"}), reading(SECOND, {"a", "b"}))
    assert [line.split()[-1] for line in told] == ["(1/4)", "(1/3)", "(0/1)"]


def test_a_reading_agrees_with_itself() -> None:
    told = lines(reading(FIRST, {"a", "b", "z"}), reading(FIRST, {"a", "b", "z"}))
    assert all("1.0000" in line for line in told)
