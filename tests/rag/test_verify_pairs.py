"""Hand-worked pairs of a sentence and its evidence: what must pass, and what must not."""

import pytest

from rag.types import Evidence
from rag.verify import verify_sentence
from tests.rag.evidence import make_evidence

SCHOOLS = "截至2021年9月底，全市累计建成产业学院15所，培训职工近1.5万人次，技能人才占比达到23.5%。"
SUBSIDY = "对取得高级技师证书的职工，给予一次性补贴3000元；未参加失业保险的职工不给予补贴。"
PLAN = "到2025年，全市力争新建职工创新工作室30个，计划投入资金2亿元。"
MODEL = "市总工会联合市人力资源和社会保障局举办第三届职工技能大赛，来自52家企业的317名选手参加。"
NUMBER = "市委、市政府印发了《实施方案》（市办发〔2021〕3号），确定了24项任务。"
REFUSED = "禁止用人单位以任何理由克扣职工培训经费，培训经费不得低于工资总额的1.5%。"
YEARS = "2022年，全市共认定技能大师工作室12个。2023年，全市共认定技能大师工作室20个。"
TWO_CITIES = "常州市建成产业学院38家，无锡市建成产业学院26家。"
PRAISE = "全市培训班组长300名，表彰优秀工匠20名，工人满意度提高5个百分点。"
RANGE = "每家企业可获5万元至10万元奖励，申报期为3个月，受益职工超过800人。"
FIRST = "白银公司是全省首批改革试点企业之一，连续10年安全生产，部分车间实现了无人值守。"
PEOPLE = "会议由张伟明主持，李建国向赵海生颁发了聘书，培训班在市委党校开班。"
TRADITIONAL = "截至目前，全市建成職工書屋126家，發放補貼一百二十萬元，惠及產業工人三萬餘名。"
FULL_WIDTH = "全市共有产业工人１２万名，其中农民工占６０％，建成服务站点２８０个。"


def quote(text: str, **more: str) -> Evidence:
    return make_evidence(text, **more)  # type: ignore[arg-type]


JIANGSU = make_evidence(TWO_CITIES, title="苏南产业学院建设", places=("常州市", "无锡市"))
CHANGZHOU = make_evidence("全市建成产业学院38家，培训职工6万人次。", title="常州市产改工作", places=("常州市",))
NOISY = make_evidence("全市共建成小树屋九宫格会议室产业学院15所。", noise="小树屋九宫格会议室")
SPUN = make_evidence(
    "蚌埠市財產工人步隊扶植改造專題培訓班在市委黨校舉行，共有120名學員餐與加入。",
    title="蚌埠市財產工人步隊扶植",
    places=("蚌埠市",),
    quality=("spun",),
)
CONTEXTED = make_evidence("该市新建产业学院15所。", context="2020年，白银市与三家企业合作办学。")

PASS: list[tuple[str, str | Evidence]] = [
    (SCHOOLS, SCHOOLS),
    ("全市累计建成产业学院15所。", SCHOOLS),
    ("截至2021年9月底，全市累计建成产业学院15所。", SCHOOLS),
    ("白银市：全市累计建成产业学院15所", SCHOOLS),
    ("白银市累计建成产业学院十五所。", SCHOOLS),
    ("全市培训职工近15000人次。", SCHOOLS),
    ("全市培训职工将近1.5万人次【1】。", SCHOOLS),
    ("技能人才占比达到百分之二十三点五。", SCHOOLS),
    ("全市技能人才占比达23.5％。", SCHOOLS),
    (SUBSIDY, SUBSIDY),
    ("取得高级技师证书的职工，给予一次性补贴3000元。", SUBSIDY),
    ("未参加失业保险的职工不给予补贴。", SUBSIDY),
    ("没有参加失业保险的职工不给予补贴。", SUBSIDY),
    (PLAN, PLAN),
    ("到2025年，白银市力争新建职工创新工作室30个。", PLAN),
    ("全市计划投入资金2亿元。", PLAN),
    ("白银市计划投入资金20000万元。", PLAN),
    (MODEL, MODEL),
    ("来自52家企业的317名选手参加了第三届职工技能大赛。", MODEL),
    ("市总工会联合市人力资源和社会保障局举办第3届职工技能大赛。", MODEL),
    ("白银市总工会举办第三届职工技能大赛，317名选手参加。", MODEL),
    (NUMBER, NUMBER),
    ("市委、市政府印发了《实施方案》（市办发[2021]3号）。", NUMBER),
    ("《实施方案》确定了24项任务。", NUMBER),
    (REFUSED, REFUSED),
    ("培训经费不得低于工资总额的1.5%。", REFUSED),
    ("禁止用人单位以任何理由克扣职工培训经费。", REFUSED),
    ("2023年，全市共认定技能大师工作室20个。", YEARS),
    ("白银市2022年共认定技能大师工作室12个。", YEARS),
    ("常州市建成产业学院38家。", JIANGSU),
    ("无锡市建成产业学院26家。", JIANGSU),
    (TWO_CITIES, JIANGSU),
    ("常州市建成产业学院38家。", CHANGZHOU),
    ("常州：全市建成产业学院38家，培训职工6万人次。", CHANGZHOU),
    (PRAISE, PRAISE),
    ("全市培训班组长300名。", PRAISE),
    ("白银市表彰优秀工匠20人。", PRAISE),
    ("工人满意度提高5个百分点。", PRAISE),
    (RANGE, RANGE),
    ("每家企业可获5万元至10万元奖励。", RANGE),
    ("申报期为3个月，受益职工超过800人。", RANGE),
    (FIRST, FIRST),
    ("白银公司连续10年安全生产。", FIRST),
    ("部分车间实现了无人值守。", FIRST),
    ("李建国向赵海生颁发了聘书。", PEOPLE),
    ("培训班在市委党校开班。", PEOPLE),
    ("全市建成职工书屋126家。", TRADITIONAL),
    ("全市发放补贴120万元，惠及产业工人三万余名。", TRADITIONAL),
    ("惠及产业工人30000余名。", TRADITIONAL),
    ("全市共有产业工人12万名，其中农民工占60%。", FULL_WIDTH),
    ("白银市建成服务站点280个。", FULL_WIDTH),
    ("全市共建成产业学院15所。", NOISY),
    ("培訓班在市委黨校舉行。", SPUN),
    ("蚌埠市产业工人队伍建设改革专题培训班在市委党校举行。", SPUN),
    ("2020年，白银市新建产业学院15所。", CONTEXTED),
    ("白银市新建产业学院15所。", CONTEXTED),
]

FAIL: list[tuple[str, str | Evidence]] = [
    # Digits altered, swapped, cut out of a longer number.
    ("全市累计建成产业学院16所。", SCHOOLS),
    ("全市累计建成产业学院51所。", SCHOOLS),
    ("全市累计建成产业学院5所。", SCHOOLS),
    ("全市培训职工近5.1万人次。", SCHOOLS),
    ("全市培训职工近1500人次。", SCHOOLS),
    ("全市培训职工近15万人次。", SCHOOLS),
    ("技能人才占比达到25.3%。", SCHOOLS),
    ("技能人才占比达到3.5%。", SCHOOLS),
    ("全市共建成产业学院20所。", SCHOOLS),
    ("全市投资31亿元建设园区。", "全市投资13亿元建设园区。"),
    ("全市投资13万元建设园区。", "全市投资13亿元建设园区。"),
    ("全市有职工1500名。", "全市有职工5100名。"),
    ("全市有职工二十名。", "全市有职工120名。"),
    ("全市建成二十五家书屋。", "全市建成十五家书屋。"),
    # Units.
    ("全市累计建成产业学院15家。", SCHOOLS),
    ("全市培训职工近1.5万人。", SCHOOLS),
    ("技能人才占比达到23.5个百分点。", SCHOOLS),
    ("工人满意度提高5%。", PRAISE),
    ("申报期为3年。", RANGE),
    ("来自52所企业的317名选手参加。", MODEL),
    ("给予一次性补贴3000美元。", SUBSIDY),
    # Ranges are whole.
    ("每家企业可获10万元奖励。", RANGE),
    ("每家企业可获5万元奖励。", RANGE),
    ("每家企业可获5万元至15万元奖励。", RANGE),
    ("可选5到10家企业。", "可选五至二十家企业。"),
    # Qualifiers dropped, added, exchanged.
    ("全市培训职工1.5万人次。", SCHOOLS),
    ("全市培训职工超1.5万人次。", SCHOOLS),
    ("全市累计建成产业学院15所以上。", SCHOOLS),
    ("受益职工800人。", RANGE),
    ("受益职工近800人。", RANGE),
    ("惠及产业工人三万名。", TRADITIONAL),
    ("培训经费为工资总额的1.5%。", REFUSED),
    ("建成产业学院15所。", SCHOOLS),
    ("补贴5000元。", "最高补贴5000元。"),
    ("企业投入300万元用于培训。", "企业每年投入300万元用于培训。"),
    ("从业人员增加300人。", "从业人员增至300人。"),
    # A figure that belongs to another thing, year or place.
    ("全市培训班组长20名。", PRAISE),
    ("全市表彰优秀工匠300名。", PRAISE),
    ("2022年，全市共认定技能大师工作室20个。", YEARS),
    ("2023年，全市共认定技能大师工作室12个。", YEARS),
    ("2024年，全市共认定技能大师工作室20个。", YEARS),
    ("来自317家企业的52名选手参加。", MODEL),
    ("培训20名职工。", "培训300名职工、20名工匠。"),
    ("培训300名工匠。", "培训300名职工、20名工匠。"),
    ("常州市建成产业学院26家。", JIANGSU),
    ("无锡市建成产业学院38家。", JIANGSU),
    # Dates and document numbers.
    ("截至2021年10月底，全市累计建成产业学院15所。", SCHOOLS),
    ("截至2012年9月底，全市累计建成产业学院15所。", SCHOOLS),
    ("到2035年，全市力争新建职工创新工作室30个。", PLAN),
    ("市委、市政府印发了《实施方案》（市办发〔2021〕8号）。", NUMBER),
    ("市委、市政府印发了《实施方案》（市办发〔2012〕3号）。", NUMBER),
    ("《实施方案》确定了42项任务。", NUMBER),
    # Places and the city guard.
    ("蚌埠市累计建成产业学院15所。", SCHOOLS),
    ("苏州市建成产业学院38家。", JIANGSU),
    ("白银市建成产业学院38家。", CHANGZHOU),
    ("无锡市建成产业学院38家，培训职工6万人次。", CHANGZHOU),
    # Bodies and persons.
    ("市总工会联合市教育局举办第三届职工技能大赛。", MODEL),
    ("全国总工会举办第三届职工技能大赛。", MODEL),
    ("培训班在市技师学院开班。", PEOPLE),
    ("会议由王建华主持。", PEOPLE),
    ("赵海生向李建国颁发了聘书。", PEOPLE),
    # Denials dropped, added, turned round.
    ("未参加失业保险的职工给予补贴。", SUBSIDY),
    ("对取得高级技师证书的职工，不给予一次性补贴3000元。", SUBSIDY),
    ("参加失业保险的职工不给予补贴。", SUBSIDY),
    ("用人单位以任何理由克扣职工培训经费。", REFUSED),
    ("培训经费低于工资总额的1.5%。", REFUSED),
    ("企业不给予职工补贴。", "企业给予职工补贴。"),
    ("企业给予职工补贴。", "企业不给予职工补贴。"),
    ("企业给予报销。", "企业不予报销。"),
    ("所有企业都享受补贴。", "并非所有企业都享受补贴。"),
    ("设施已全部完成改造。", "设施尚未全部完成改造。"),
    ("职工可以报销培训费。", "职工不得报销培训费。"),
    ("职工工资下降10%。", "职工工资增长10%。"),
    # Plans told as facts, parts as wholes, ranks added.
    ("全市新建职工创新工作室30个。", PLAN),
    ("全市投入资金2亿元。", PLAN),
    ("市总工会建设培训基地。", "市总工会拟建设培训基地。"),
    ("全市将建成产业学院15所。", "全市建成产业学院15所。"),
    ("车间实现了无人值守。", FIRST),
    ("白银公司是全国首批改革试点企业之一。", FIRST),
    ("白银公司是全省唯一改革试点企业。", FIRST),
    ("白银公司连续20年安全生产。", FIRST),
    ("全市数百家企业参加大赛。", "全市30家企业参加大赛。"),
    # Splices, own knowledge, no evidence to speak of.
    ("市总工会开展免费体检。", "市总工会出台帮扶意见。市卫生健康委开展体检。"),
    ("高级技师证书由国家统一颁发，全国通用。", SUBSIDY),
    ("产业工人是实施创新驱动发展战略的骨干力量。", SCHOOLS),
    ("小树屋九宫格会议室产业学院15所。", NOISY),
    ("培训班在市文化宫举行。", SPUN),
    ("共有210名学员参加。", SPUN),
    ("2020年，白银市新建产业学院三家。", CONTEXTED),
    ("", SCHOOLS),
    ("【1】", SCHOOLS),
]


def evidence_of(given: str | Evidence) -> Evidence:
    return quote(given) if isinstance(given, str) else given


@pytest.mark.parametrize(("sentence", "given"), PASS, ids=[sentence for sentence, _ in PASS])
def test_a_true_sentence_is_supported(sentence: str, given: str | Evidence) -> None:
    verification = verify_sentence(sentence, [evidence_of(given)])
    assert verification.verdict == "supported", verification.problems
    assert not verification.problems


@pytest.mark.parametrize(("sentence", "given"), FAIL, ids=[sentence or "empty" for sentence, _ in FAIL])
def test_an_altered_sentence_is_not_supported(sentence: str, given: str | Evidence) -> None:
    verification = verify_sentence(sentence, [evidence_of(given)])
    assert verification.verdict != "supported"
    assert verification.problems


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(PASS) + len(FAIL) >= 80
    assert len({sentence for sentence, _ in PASS}) >= 45
