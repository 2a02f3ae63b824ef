"""Sentences that the site says of itself in the midst of a text: cookies, log-in, reprint terms, calls to follow."""

from __future__ import annotations

from collections.abc import Iterator

from index.cleaning.bounds import Sentences
from index.cleaning.signs import Gate, signed
from index.types import Noise

LONGEST = 220
LONGEST_CALL = 80
NOTICES = Gate((
    signed("网站提示", "ookie", r"(?i:cookies?)[^。\n]{0,60}(?:同意|接受|隐私|设置|拒绝|体验)|(?:同意|接受|使用|浏览)[^。\n]{0,60}(?i:cookies?)"),
    signed("网站提示", "框架", r"使用了框架[^。\n]{0,16}浏览器|浏览器不支持框架"),
    signed("论坛提示", "登录 注册 用户组 帖", r"需要登录(?:后)?才(?:可以|能)|马上注册，结交更多|用户组无法(?:下载|查看)|没有[帐账]号[?？]\s{0,2}(?:立即)?注册|登录后(?:即可)?(?:发表评论|参与评论|查看(?:全文|更多|完整))|本帖最后由"),
    signed("版权与备案", "转载 转發 摘编", r"(?:转载|引用)(?:本文|时)?(?:请|须|需|务必)?(?:联系[^。\n]{0,12})?注明(?:出处|来源|本)|未经[^。\n]{0,16}(?:授权|许可|允许|同意)[^。\n]{0,16}(?:转载|摘编|镜像)|(?:谢绝|禁止|严禁|不得)(?:任何形式的?)?(?:擅自)?转载"),
    signed("版权与备案", "侵权 版权", r"(?:如有|如涉及?|若有|涉嫌|如果)侵权[^。\n]{0,24}(?:删除|联系|处理)|侵权(?:请)?(?:联系|必)?(?:删|究)|版权(?:均)?归[^。\n]{0,16}所有[^。\n]{0,40}(?:转载|联系|删除|侵权)|(?:文章|图片|本文|内容|稿件)[^。\n]{0,6}版权(?:均)?归[^。\n]{0,16}所有"),
    signed("版权与备案", "观点 投资建议 仅供参考 本声明", r"仅代表作者(?:本人|个人)?(?:的)?观点|不代表(?:本网|本站|本平台|我网|我方)|不构成(?:任何)?投资建议|均包含本声明|仅供(?:读者)?参考，(?:不|并请|并不)[^。\n]{0,20}"),
    signed("版权与备案", "本网 本站 凡", r"凡(?:本网|本站|注明)[^。\n]{0,40}(?:注明|来源)[^。\n]{0,80}|本(?:网|站)(?:转载|所载|刊载|登载)[^。\n]{0,60}"),
    signed("推广提示", "更多精彩 资讯 更多内容 更多新闻", r"更多(?:精彩)?(?:内容|资讯|新闻)[^。\n]{0,12}(?:请|尽在|关注|进入|下载|点击|搜索)|更多[^。\n]{0,10}资讯，?(?:请)?(?:下载|关注|点击)"),
    signed("推广提示", "关注 扫描 扫码 长按 识别 点击 下载", r"(?:欢迎|敬请|请|快来|赶紧|点击[^。\n]{0,8})关注[^。\n]{0,20}(?:公众号|微信号|视频号|抖音号|官方微信|官方微博|客户端)|(?:扫描|扫码|长按|识别|扫一扫)[^。\n，]{0,12}(?:二维码|下方|上方|左侧|右侧)[^。\n]{0,6}[，,]?[^。\n]{0,4}(?:关注|加群|下载(?!报名|表)|阅读|分享|查看|了解更多)|点击(?:上方|下方|左下角|右上角)[^。\n]{0,16}(?:关注|阅读|蓝字)|点击[“「\"]?(?:阅读原文|在看|蓝字)"),
    signed("推广提示", "客户端 APP app App", r"(?:点击|扫码|立即|欢迎|应用市场)下载[^。\n，]{0,16}(?:客户端|APP|app|App)[^。\n，]{0,16}(?:查看|阅读|参与|了解|报料|爆料|，|。|！|\Z)"),
    signed("推广提示", "报料 爆料 投稿", r"(?:新闻|免费|欢迎|有奖|线索)?(?:报料|爆料)(?:热线|电话|邮箱|方式|请|线索|通道)|在线等你来报料|投稿(?:邮箱|信箱|请(?:发|寄|联系))"),
))  # fmt: skip


def find_notices(text: str) -> Iterator[Noise]:
    """Whole sentences, each of bounded length; a longer one loses only the words that gave it away."""
    hits = list(NOTICES.matches(text))
    if not hits:
        return
    sentences = Sentences(text)
    for start, end, reason in hits:
        around = sentences.around(start, end)
        if len(around) <= (LONGEST_CALL if reason == "推广提示" else LONGEST):
            yield Noise(around.start, around.end, reason)
        else:
            yield Noise(start, end, reason)
