"""The words that label what a byline says (来源：…), by what they label."""

from __future__ import annotations

from typing import Final


def _words(kind: str, text: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), kind)


LABELS: Final[dict[str, str]] = {
    **_words(
        "source",
        "信息来源 文章来源 稿件来源 新闻来源 消息来源 内容来源 资料来源 图文来源 来源网站 来源于 来源 来自于 "
        "来自 稿源 出处 转载自 转自 发布单位 发布机构 发文单位 供稿单位 发稿单位 来稿单位 报送单位 信息提供",
    ),
    **_words(
        "author",
        "执笔人 执笔 文章作者 原作者 作者 撰稿人 撰稿 撰文 本报记者 本网记者 见习记者 实习记者 特约记者 全媒体记者 "
        "首席记者 记者 特约通讯员 通讯员 采写 供稿人 供稿 投稿人 投稿 发稿人 发布人 发布者 楼主 文字 实习生",
    ),
    **_words(
        "editor",
        "责任编辑 责编 实习编辑 网络编辑 值班编辑 本网编辑 文字编辑 编辑",
    ),
    **_words(
        "date",
        "发布时间 发布日期 发表时间 发表日期 更新时间 更新日期 时间日期 发稿时间 刊发时间 刊发日期 上传时间 "
        "创建时间 添加时间 添加日期 编辑时间 录入时间 入库时间 成文日期 公布日期 发文日期 最后更新 文章时间 "
        "新闻时间 发布于 发表于 发表 更新于 时间 日期 发布",
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
        "语音阅读 视频来源 图片来源 索引号 文号 楼层 原标题 大小 选稿 美编 设计 拍摄 剪辑",
    ),
}
"""Label word to "source", "author", "editor", "date", "column" or "noise" (said on the line, but not kept)."""
