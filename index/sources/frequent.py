"""How much of a text is frequent Chinese characters: the evidence by which an encoding is told."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# The characters that make up about half of any Chinese prose, simplified and traditional: a wrong decoding hits them
# only by chance, a right one all the time.
FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相"
    "全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料"
    "象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任"
    "取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安"
    "場身車例真務具萬每目至達走積示議聲報斗完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀越織裝影"
    "這為個國時來們對會發動過說產種經進著電裡現實兩體機當點從業應開還義與關線內數質氣條結解問無係軍長圖統見計別運農幾區強決戰則據處隊"
    "給門規熱領東導壓濟階術極聯認權證採轉單風帶習黨職務員勞設總級資訊，。、；：“”「」（）《》！？"
)


def share_of_frequent(text: str) -> float:
    """The share of frequent characters among all that are not ASCII; 1.0 for pure ASCII."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    wide = int((codes > 0x7F).sum())
    return int(_table()[np.minimum(codes, 0xFFFF)].sum()) / wide if wide else 1.0


@lru_cache(maxsize=1)
def _table() -> np.ndarray:
    import numpy as np

    table = np.zeros(0x10000, dtype=bool)
    table[[ord(character) for character in FREQUENT]] = True
    return table
