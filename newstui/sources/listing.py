"""Pages that are no article: lists, search results, log-in forms, error pages, empty and binary files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from newstui.model import Headline

_ERROR: Final = re.compile(
    r"^\W*(?:404|403|500|502|503)\b|404 not found|page not found|(?:页面|网页|文章|内容|文件|信息"
    r"|您访问的.{0,10})(?:不存在|未找到|找不到|已(?:被)?删除|已失效|无法访问|出错)"
    r"|找不到(?:该|您|此|页面|网页)|无法找到(?:该|此)?(?:页|网页|文件)|服务器(?:错误|内部错误|繁忙)"
    r"|访问(?:被拒绝|出错|受限)|bad gateway"
    r"|forbidden|service unavailable",
    re.IGNORECASE,
)
_SEARCH: Final = re.compile(
    r"搜索结果|找到(?:相关)?(?:结果|新闻|内容)?约?\s*\d+\s*(?:个|条|篇)|检索结果|站内搜索_|search results",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"^(?:用户|会员|账号|帐号)?(?:登录|登陆|注册)(?:页面?)?(?:[-_|—].*)?$|^(?:log|sign) ?in\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that is no article, with a reason for a person and the headlines it shows."""

    reason: str
    headlines: tuple[Headline, ...] = ()


def refuse(title: str, prose: int, *, anchored: bool, headlines: int, opening: str) -> str:
    """Why a page is no article, or "" when it is one.

    `prose` counts the characters of running text in its body, `anchored` says whether a byline or breadcrumb leads to
    it, `headlines` counts the headlines round it, `opening` is its first text.
    """
    head = f"{title}\n{opening}"[:300]
    if prose < 400 and _ERROR.search(head):
        return "it is an error page, not an article"
    if _LOGIN.search(title) and prose < 400:
        return "it is a log-in page, not an article"
    if _SEARCH.search(head) and headlines >= 5:
        return "it is a page of search results, not an article"
    if prose >= 200 or (anchored and prose >= 30) or (prose >= 60 and headlines < 12):
        return ""
    if headlines >= 5:
        return "it is a list of headlines, not an article"
    return "no article text was found in it"
