"""The words that label what a byline says (来源：…), by what they label."""

from __future__ import annotations

from typing import Final


def _words(kind: str, text: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), kind)


LABELS: Final[dict[str, str]] = {
    **_words(
        "source",
        "信息来源 文章来源 稿件来源 新闻来源 消息来源 内容来源 资料来源 图文来源 来源网站 来源于 来源 来自于 "
        "来自 稿源 出处 转载自 转自 发布单位 发布机构 发文单位 供稿单位 发稿单位 来稿单位 报送单位 信息提供 Source",
    ),
    **_words(
        "author",
        "执笔人 执笔 文章作者 原作者 作者 撰稿人 撰稿 撰文 本报记者 本网记者 见习记者 实习记者 特约记者 全媒体记者 "
        "首席记者 记者 特约通讯员 通讯员 采写 供稿人 供稿 投稿人 投稿 发稿人 发布人 发布者 楼主 文字 实习生 文字记者 "
        "文图 图文 图/文 文/图 报送人 上传者 发帖人 Author Reporter",
    ),
    **_words(
        "editor",
        "责任编辑 责编 实习编辑 网络编辑 值班编辑 本网编辑 文字编辑 初审编辑 编辑 编者 Editor",
    ),
    **_words(
        "date",
        "首发时间 发布时间 发布日期 发表时间 发表日期 时间日期 发稿时间 刊发时间 刊发日期 上传时间 "
        "创建时间 添加时间 添加日期 编辑时间 录入时间 入库时间 成文日期 公布日期 发文日期 文章时间 "
        "新闻时间 发布于 发表于 发表 时间 日期 发布 Published",
    ),
    **_words(
        "updated",
        "更新时间 更新日期 最后更新时间 最后更新 最近更新 更新于 修改时间 修改日期 最后修改 编辑于",
    ),
    **_words(
        "column",
        "所属栏目 所属分类 栏目 频道 版面 分类 类别",
    ),
    **_words(
        "noise",
        "浏览次数 浏览量 浏览数 浏览 阅读次数 阅读数 阅读量 阅读 点击数 点击次数 点击率 点击量 点击 评论数 "
        "评论 访问次数 访问统计 访问量 人气指数 人气 字体大小 字体颜色 字体 字号大小 字号 编审 三审 二审 一审 "
        "终审 复审 初审 审核 审校 校对 值班主任 主编 总编 监制 签发 文字大小 视力保护色 背景颜色 分享到 分享 "
        "次数 热度 回复 标签 关键词 关键字 新闻热线 投稿邮箱 新闻投稿 邮箱 电话 摄影 图片 配图 制图 翻译 编译 "
        "语音阅读 视频来源 图片来源 索引号 文号 楼层 原标题 大小 选稿 美编 设计 拍摄 剪辑 "
        "配音 统筹 策划 图源 录入者 录入 网址 链接 责任校对 一校 二校",
    ),
}
"""Label word to "source", "author", "editor", "date", "updated", "column" or "noise" (said, but not kept)."""

BARRED: Final[dict[str, str]] = {
    **_words("source", "来源 出处 稿源 来自"),
    **_words("author", "作者 原作者 撰文 撰稿 采写 文字 文 记者 本报记者 见习记者 实习记者 通讯员 采访 口述"),
    **_words("editor", "责任编辑 责编 实习编辑 编辑 值班编辑 网络编辑"),
    **_words(
        "noise",
        "摄影 图片 图 摄 校对 审核 监制 统筹 策划 美编 设计 制图 视频 视觉 排版 校审 一审 二审 三审 终审 主编",
    ),
}
"""Labels that a bar or a stroke may part from their value (文|张三), by what they label."""
