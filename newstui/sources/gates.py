"""Which lines a rule may take at all: most of a page's lines are none's, so that the rules are spared for them.

A rule of `lines.read_line` (breadcrumb, byline, heading, buttons, credit, tabs, footer) takes a line only when there
stands something in it that is named here: a first or last character, or a word. One search tells that nothing does.

To add a word to a rule: write it into the rule, and see that the rule's gate lets it through. Words of `labels` do by
themselves. Else add its last character to HEADING_ENDS (headings), its first and last to TOOL_FIRST and TOOL_LAST
(buttons), or a word that stands in every line that the rule takes to the rule's own gate: CRUMBS, BYLINE, HEADING,
BUTTONS, CREDIT, TABS, FOOTER. tests/sources/test_gates.py reads lines with the gates and without and fails where that
makes a difference: give it a line for the new word.
"""

from __future__ import annotations

import re
from typing import Final

from newstui.sources.labels import BARRED, LABELS

_DIGITS: Final = "0123456789０１２３４５６７８９"
_NUMERALS: Final = _DIGITS + "〇零○一二两三四五六七八九十廿卅"
_BRACKETS: Final = "[]【】［］〖〗「」<>《》()（）"
_JOINTS: Final = "【】［］〖〗「」<>《》()（）[]|｜丨:：/·•…—-=*#>»›+＋,，.。“”!！⋅~_"

FIRST: Final = frozenset("【[［〖<|｜丨■□◆◇●○▶►▪·•*#=-—(（")
"""What an ornamented heading or a note in brackets begins with."""

_HEADING_ENDS: Final = (
    "闻读道接章容荐讯题索息件点行榜片文图频词搜选递览焦注顾划子话略校载志笔欢看趣亲过彩体阵告广助商关"  # names of lists
    "论帖言评表区句说法动分复"  # of comments
    "聞讀薦題歡榜導評論條結鏈结导體頻圖點選顧話載誌筆過彩陣廣關區動復"  # of both in traditional script
    "更多换批eE"  # 更多, 换一换, more
)
HEADING_LAST: Final = frozenset(_HEADING_ENDS)
HEADING_MAX: Final = 20
_ORNAMENT: Final = frozenset("…>»›+＋【】[]［］〖〗「」<《》()（）|｜丨■◆●▶►▪·•—-=*#:：")
"""What stands behind the words of a heading."""
_GLUE: Final = " |｜丨/:：()（）-+—·•,，.。>»<«\u3000【】[]“”!！⋅\xa0"
TOOL_FIRST: Final = frozenset(
    "分转发打收关字调放缩加设返回点扫即二手微朋新腾Q人开豆百fFtTgG复举登注搜查展纠我推投添订下客首末上尾共页保背来说要无"
    "繁简eE评财标正相更默超大中小sSaAq赞顶踩触" + _DIGITS + _GLUE
)
"""First characters of the words of buttons, and of what stands between them."""
TOOL_LAST: Final = frozenset(
    "享到至给钮发友印页文稿章藏闭口体小号大缩部级图多清码描问录圈博间人网心瓣kKrReE接报赞踩顶册索看开起错荐阅注载端能护色景"
    "句说机屏碍览版篇hH论闻词字签复认中!?？tT财道P要信回aAQq揪/" + _DIGITS + _GLUE
)
TOOL_MAX: Final = 80

_NAMED: Final = (
    "".join(sorted({word[-1] for word in (*LABELS, *BARRED)})) + "輯者訊題號頻欄別類間鍵詞聞閱覽擊數員處機構單"
)
_COMMON: Final = (
    "的是一在有不人了这个为中大时我年和上生们他学于以要来成到能发用国现家会对出多可机而作过自就高面方动也表后力行地公前如者些日小同理最心"
    "与子部经你还但代工都新得看分说其然之月业数因当间车很天下没更种开那定比样长重么关实好所着明里示意性手本女体目金己度道相从科正通它起位"
    "果产情程去进并事使外受始员期等信神原全活报感化或特只物市常资头据司合网及图想计系向内展记解主由加知量第认品做文调问入至每名气点区形"
    "将建两别题利各广给务场社确非该持今技让变许单专设查视任院教联状处再"
)
"""The characters that running text is mostly made of, the most frequent first."""
_SEPARATORS: Final = " |｜丨·•/-—\u3000"
_TOKEN: Final = "[\u3400-\u9fffA-Za-z0-9]{2,8}"


def _after(signs: str, before: str) -> list[str]:
    """Patterns for one of `signs` with one of the characters `before` in front of it."""
    return [rf"{re.escape(sign)}(?<=[{re.escape(before)}].)" for sign in signs]


def _words(text: str) -> list[str]:
    """Patterns for words, each from its rarest character on, since running text has few of these to look back from."""
    patterns = []
    for word in text.split():
        at = max(range(len(word)), key=lambda at: _COMMON.find(word[at]) % _RAREST)
        patterns.append(f"{word[at]}(?<={word[: at + 1]}){word[at + 1 :]}" if at else word)
    return patterns


_RAREST: Final = 1_000_000


def _gate(*patterns: str) -> re.Pattern[str]:
    # Each begins with a literal character: so the regex engine skips to the next of those without trying any.
    return re.compile("|".join(patterns))


CRUMBS: Final = _gate(
    *_words("> ＞ » › → ⟩ ➔ ▶ ► & 位置 当前在 现在在 目前在 您在 你在"),
    *(rf"{word}\s*$" for word in _words("正文 详情 内容 文章 阅读")),
)
_LABELLED: Final = _gate(
    *_after(":：︰/／|｜丨︱│▏╱]】", _NAMED + " \u3000\t\xa0"),
    *(rf"{word}[\s\u3000]" for word in _words("来源 來源 作者 编辑 編輯 责编 責編 记者 記者 员 員 时间 時間")),
)
BYLINE: Final = _gate(
    _LABELLED.pattern,
    *(rf"{re.escape(char)}(?:(?<=[{_NUMERALS}].)|(?<=[{_NUMERALS}]\s.))\s?[{_NUMERALS}]" for char in "年/.-−—–／．－"),
)
"""A label before its colon or gap, or a date."""
HEADED: Final = 12
"""Characters at the beginning of a line among which the sign behind a side block's name stands."""
HEADING: Final = _gate(
    *_after(":：(（]】", _HEADING_ENDS + _JOINTS + " \u3000\t\xa0"), *_words("上一 下一 前一 后一 上篇 下篇")
)
BUTTONS: Final = _gate(*_words("扫一 扫码 扫描 手机"), *_after(":：", "题号体小色护 \u3000\t\xa0"))
CREDIT: Final = _gate(
    *_words("记者 記者 通讯 通訊 实习生 评论员 撰稿 撰文 作者 采写 摄 攝"),
    *_words("文/ 图/ /文 /图 文图 供图 本报 本刊 本网 本台"),
)
TABS: Final = _gate(*(rf"{re.escape(char)}{_TOKEN}[{re.escape(_SEPARATORS)}]" for char in _SEPARATORS))
"""A name between two separators."""
FOOTER: Final = _gate(
    *_words("版权 © 公网安备 互联网新闻 国内统一刊号 邮发代号 违法 ICP icp Icp 许可证"),
    *_words("未经 网注明 转载目的 ight IGHT owered OWERED"),
    *_words("免责 关于我们 联系我们 网站地图 友情链接 投诉 广告服务 招聘信息 诚聘 技术支持"),
    *_words("备案 侵权 仅代表 不代表 站所有 网所有 欢迎您来到 热线 邮箱 传真 地址"),
)
SAID: Final = _gate(*(gate.pattern for gate in (CRUMBS, BYLINE, HEADING, BUTTONS, CREDIT, TABS, FOOTER)))
SELDOM: Final = _gate(*(gate.pattern for gate in (CRUMBS, HEADING, BUTTONS, CREDIT, FOOTER)))
"""Words of the rules other than those that most lines with a date or a gap pass."""
_TOLD: Final = _gate(*(gate.pattern for gate in (CRUMBS, _LABELLED, FOOTER)))
"""Words of the rules that take long sentences."""


def says(text: str) -> bool:
    """Whether a word of some rule stands in `text`: else it is at most a heading or buttons, by its ends."""
    if len(text) > TOOL_MAX and ("，" in text or "。" in text):
        return _TOLD.search(text) is not None or HEADING.search(text, 0, HEADED) is not None
    return SAID.search(text) is not None


def heads(text: str) -> bool:
    """Whether `text` may be the heading of a side block by its ends."""
    first, last = text[0], text[-1]
    return last in _ORNAMENT or first in FIRST or (last in HEADING_LAST and len(text) <= HEADING_MAX)


def presses(text: str) -> bool:
    """Whether `text` may be nothing but buttons by its ends."""
    return text[0] in TOOL_FIRST and text[-1] in TOOL_LAST and len(text) <= TOOL_MAX
