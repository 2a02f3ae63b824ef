"""Words that a writer may exchange without saying anything else."""

from __future__ import annotations

_SAME = tuple(
    frozenset(words.split())
    for words in (
        "举办 举行 召开 开展 组织 组织开展 开办 主办 办 办了 举办了 开展了",
        "达 达到 为 是 有 共有 共计 合计 总计 约有 已有 有了 已达",
        "出台 印发 发布 制定 制定出台 下发 印发了 出台了 制定了",
        "参加 参与 参赛",
        "获得 取得 获 获评 荣获 拿到",
        "职工 员工 工人 产业工人",
        "企业 公司 单位 用人单位",
        "奖励 奖金 补贴 补助 资助 可获 发放 给 予 补助了 奖励了",
        "会同 联合 携手 和 与",
        "予 可获 可得 获得 享受 可享 发放 领取 可以领取 得到 拿到",
        "覆盖 涵盖 涉及 惠及 覆盖了",
        "目前 现在 现已 截至目前",
        "规定 要求 明确 提出 约定",
        "结成 建立 达成 形成 结为",
        "建成 建立 建起 建有 设立 设有 成立 建 组建 办起 建成了 建起了 设立了 成立了",
        "培训 训练 培养 培育",
        "评出 评选出 选出 评选 命名 选树 评选了 命名了",
        "担任 任 为",
        "帮助 帮 协助 支持",
        "安排 组织 下达",
        "用于 投入 拿出 用来 投入了 拿出了",
        "到 截至 截止",
        "增加到 增至 上升到 提高到 达到 扩大到 发展到",
        "增加 增长 提高 提升 上升 上涨",
        "减少 下降 降低",
        "可以 能够 能 可",
        "不得 不能 不可 不许 不准 不可以",
        "应当 应 必须 须 要",
        "包括 包含 含 有",
        "开始 启动 开启",
        "公布 发布 披露 发表",
        "如果 若 如",
        "按照 按 依照 根据",
        "对 给 向 为",
        "共同 联合 一起 合 合作",
        "所在 所属",
        "解决 攻克 解决了",
        "定为 作为 设为 确定为",
    )
)


def say_the_same(word: str, other: str) -> bool:
    """Whether a writer may put one for the other; a 了 at the end says nothing."""
    pair = {word.removesuffix("了"), other.removesuffix("了")}
    return len(pair) == 1 or any(pair <= group for group in _SAME)
