"""Names of people in bylines and in the credits of an article's own text (本报讯（记者 张三）)."""

from __future__ import annotations

import re
from typing import Final

_ROLES: Final = re.compile(
    r"(?:本报|本网|本刊|本台|本站|首席|见习|实习|特约|全媒体|融媒体?|驻地?|资深|高级|主任|新华社|中新社"
    r"|中新网|央视|总台)*(?:记者站|[记記]者|通[讯訊][员員]|实习生|评论员|特派员"
    r"|撰稿人?|供稿|摄影报道|摄影|摄|文/图|图/文|文图|图文|报道|整理|编译|综合)[\s:：/]*"
)
_SPLIT: Final = re.compile(r"[\s\u3000、，,;；/|｜]+")
_WRAPPED: Final = re.compile(r"^[\[【(（<《]+|[\]】)）>》]+$")
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]{2,4}(?:·[\u3400-\u9fff]{1,8})*")
SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付代闫覃佟苟仝冼揭练亓仵税粟岳涂兰佘尧雒甯帅牟庹楚晋商展母亢買陳張劉趙吳鄭孫楊許馬葉蔣韓馮盧鐘鍾謝羅蕭鄧蘇魯賀龍萬閻黃錢呂衛鄒竇雲範韋鳳費湯滕畢鄔齊倫邊"
)
COMPOUND: Final = frozenset(
    (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 夏侯 诸葛 尉迟 皇甫 慕容 令狐 司徒 司空 公孙 轩辕 宇文 长孙 呼延 澹台 "
        "歐陽 諸葛"
    ).split()
)
"""Surnames of two characters."""
_ROLE: Final = r"(?:[记記]者|通[讯訊][员員]|[实實][习習]生|[评評][论論][员員])"
_NAME: Final = rf"(?:(?!{_ROLE}|[摄攝]影|[报報]道)[\u4e00-\u9fff]){{2,4}}(?:·[\u4e00-\u9fff]{{1,8}})*"
_DID: Final = r"[\s\u3000]*(?:文/图|文图|图/文|[摄攝]影[报報]道|[摄攝]影|[报報]道|[摄攝]|文|图|整理|采写|综合)?"
_NEXT: Final = (
    rf"(?:[\s\u3000、，,]+(?:[\u4e00-\u9fff]{{0,8}}{_ROLE}[\s\u3000:：]*)?|(?:见习|实习|特约)?{_ROLE}[\s\u3000:：]*)"
)
_DID_TOO: Final = r"(?:[\s\u3000]*(?:文/图|图/文|文图|摄影|摄|文|图)(?=[\s\u3000、，,]))?"
_NAMES: Final = rf"{_NAME}(?:{_DID_TOO}{_NEXT}{_NAME}){{0,7}}"
_HOUSE: Final = (
    r"(?:本报|本网|本刊|本台|新华社|全媒体|见习|实习|首席|特约|[\u4e00-\u9fff]{2,6}(?:报|网|新闻|观察|客户端))"
)
_RUN: Final = r"[\u4e00-\u9fff]{5,9}"
"""Names that nothing parts: 任某某徐某."""
_BRACKETED: Final = re.compile(rf"[（(](?:[^（）()。，,]{{0,16}}?){_ROLE}[\s\u3000:：/]*({_NAMES}|{_RUN}){_DID}[）)]")
_WIRED: Final = re.compile(
    rf"(?:[电讯訊]|报道)[\s\u3000]*[（(]({_NAMES})(?:[\s\u3000/]*(?:文/图|文图|图/文|文|摄影报道))?[）)]"
)
"""A wire's opening: 中新网兰州5月23日电 (张三 李四)."""
_CLOSING: Final = re.compile(
    rf"{_HOUSE}(?:[\u4e00-\u9fff]{{0,4}}?){_ROLE}[\s\u3000:：/]*({_NAMES}){_DID}[\s\u3000。]*"
    r"(?:[（(][^（）()]{4,40}[）)])?[\s\u3000]*$"
)
"""A reporter at the very end, perhaps with where it stood first: 本报记者 张三摄(2016年2月25日《某某日报》14版)."""
_OPENED: Final = re.compile(
    rf"^[\s\u3000□■◆●◎]*(?:本报|本网|本台|本刊|[\u4e00-\u9fff]{{2,6}}[报网社台])[\u4e00-\u9fff]{{0,4}}{_ROLE}"
    rf"[\s\u3000]+({_NAMES}){_DID}(?=[\s\u3000]+\S)"
)
"""A reporter before the first sentence: 本报记者 张三 1日一早, …"""
_HOUSED: Final = re.compile(
    rf"[（(][\u4e00-\u9fff·]{{1,8}}(?:网|报|社|财经|新闻|客户端|发布|周刊|融媒)[\s\u3000]+({_NAMES})[）)][\s\u3000。]*$"
)
"""A house and its people at the very end: (某某财经 张三)."""
_SIGNED: Final = re.compile(
    rf"(?:^|[。！？”…）)\s\u3000])[（(]?({_NAMES})[\s\u3000/]*(?:摄影报道|摄影|文/图|图/文|文图|摄|供图)"
    r"(?:/[\u4e00-\u9fff]{2,8})?[）)]?[\s\u3000。]*$"
)
"""Names at the very end that say what their bearers did: 张三 李四 摄影报道."""
_WITHIN: Final = re.compile(rf"[（(]({_NAMES})[）)][\s\u3000。]*$")
"""Names alone in brackets at the very end: (张三)."""
_STROKED: Final = re.compile(rf"(?:^|[。！？”])({_NAME}(?:/{_NAME}){{1,3}})$")
"""Names parted by strokes at the very end: 张三/李四."""
_SIGNATURES: Final = (("摄", "图", _SIGNED), ("）", ")", _WITHIN), ("）", ")", _HOUSED), ("/", "/", _STROKED))
"""Patterns of names at the very end, each behind two signs of which one stands in all that it finds."""
_LINE: Final = re.compile(
    r"^[\s\u3000■◆●•·\-—□◎◇○▲★☆※/（(【\[〔［]*(?P<house>[\u4e00-\u9fffA-Za-z·\s]{0,16}?)(?:[记記]者|通[讯訊][员員]|实习生|评论员|撰稿|撰文|作者|采写)"
    rf"(?P<gap>[\s\u3000:：/丨|︱]*)(?P<names>{_NAMES}){_DID}(?:[／/][\u4e00-\u9fff]{{2,4}}[报報][导導道])?[）)】\]〕］]?$"
)
_ALONE: Final = re.compile(rf"^[□◎◇○▲★☆※][\s\u3000]*({_NAMES}){_DID}$")
"""Names after a sign that papers set before the author: □ 张三."""
_WRITERS: Final = re.compile(rf"^({_NAME}(?:[\s\u3000、]+{_NAME}){{0,3}})[\s\u3000]*[/／][\s\u3000]*文(?:[\s\u3000]|$)")
"""Who wrote, of those who made it: 张三/文 李四/图."""
_COLLECTIVE: Final = re.compile(r"[\s\u3000—\-（(]*本[报刊网台](?:编辑部|(?:特约)?评论员|记者组|采访组)[）)]?")
_BARRED: Final = re.compile(rf"^(?:文|撰文|作者|记者)\s*[|｜丨︱/]\s*({_NAME})(?=[\s\u3000]|$)")
_NOT_NAMES: Final = frozenset(
    (
        "报道 综合 整理 编辑 摄影 摄 文 图 文/图 了解 获悉 采访 从 本站 原创 佚名 未知 不详 匿名 管理员 网络 转载 "
        "互联网 发布 本站原创 admin Admin administrator Administrator root 综合报道 暂无 无 公众号 客户端 "
        "确认 表示 证实 介绍 透露 强调 指出 解释 坦言 告诉 称 说 调查 手记 观察 述评 连线 探访 走访 "
        "注意到 看到 来到 获知 消息 小编 全文 高清 相关 时间"
    ).split()
)
_WORKPLACE: Final = re.compile(
    r"..(?:报|报社|日报社|网|新闻|频道|电视台|电台|客户端|传媒|融媒体?(?:中心)?|杂志社?|通讯社)$"
)
_BUTTON: Final = re.compile("返回|查看|点击|阅读|分享|举报|投诉|打印|字号|评论|更多")
_NO_PERSON: Final = re.compile("^[左右前后上下][一二三四五]$|..[县市区省镇乡村州路街局院校网报社網報臺]$")
"""Who stands where in a picture is no name, nor are places and offices whose first character is also a surname."""


_CODE: Final = re.compile(r"_[A-Z]{1,4}\d+\b")
"""An editor's number at a portal: 王芳_NF1234."""
_NUMBERED: Final = re.compile(r"[A-Z]{1,4}_?\d{2,6}")
"""The number alone: NF055."""
_APART: Final = re.compile(r"[(（](?:实习生?|见习|特约|兼|微信|微博|图|文|笔名|整理|编译)[^()（）]{0,10}[)）]")


def names_in(value: str) -> list[str]:
    """The names in the value of a label: roles cut off, places of work kept out, each once."""
    text = _CODE.sub("", _ROLES.sub(" ", _APART.sub(" ", value))).strip()
    if re.fullmatch(r"[\u3400-\u9fff·]{2,12}\s*[（(][A-Za-z .'-]+[)）]", text):
        return [text]
    text = _WRAPPED.sub("", text).strip()
    latin = re.fullmatch(r"[A-Za-z][\w .'-]{0,39}", text)
    if latin:
        return [] if text in _NOT_NAMES or _NUMBERED.fullmatch(text) else [text]
    found: list[str] = []
    for part in _SPLIT.split(text):
        name = _WRAPPED.sub("", part).strip(":：-—·")
        if (
            name
            and len(name) <= 20
            and name not in _NOT_NAMES
            and not _BUTTON.match(name)
            and name not in found
            and not name.isdigit()
        ):
            found.append(name)
    people = [name for name in found if not _WORKPLACE.search(name)]
    return _joined(people or found)


def is_name(text: str) -> bool:
    """Whether `text` alone is a Chinese name: a surname and one or two characters."""
    if len(text) == 4:
        return text[:2] in COMPOUND and _CHINESE.fullmatch(text) is not None
    if len(text) == 3 and _NO_PERSON.search(text):
        return False
    return 2 <= len(text) <= 3 and text[0] in SURNAMES and _CHINESE.fullmatch(text) is not None


def is_signed(text: str) -> bool:
    """Whether `text` begins with a name, or with a reporter's role and a name."""
    words = _SPLIT.split(_ROLES.sub(" ", text).strip())
    return any(is_name(_WRAPPED.sub("", word)) for word in words[:2])


def without(names: str, others: str) -> str:
    """`names` but those among `others`, each separated by blanks: the author that a head gives is often the editor."""
    taken = others.split()
    return " ".join(name for name in names.split() if name not in taken)


def _joined(parts: list[str]) -> list[str]:
    """Two single characters that follow each other are one name set wide (王 明)."""
    joined: list[str] = []
    for part in parts:
        single = len(part) == 1 and "\u3400" <= part <= "\u9fff"
        if single and joined and len(joined[-1]) == 1:
            joined[-1] += part
        else:
            joined.append(part)
    return [name for name in joined if len(name) > 1 or not "\u3400" <= name <= "\u9fff"]


def is_credit(line: str) -> bool:
    """Whether `line` is only a credit: 本报记者 卢海燕 文/图."""
    if len(line) > 60:
        return False
    if _COLLECTIVE.fullmatch(line):
        return True
    signed = _SIGNED.match(line)
    return _on_line(line) != "" or _marked(line) != "" or (signed is not None and bool(_surnamed(signed.group(1))))


def credited(paragraphs: list[str]) -> str:
    """The authors that the text itself names: in the first paragraphs, on lines of their own, or at its very end."""
    texts = [text for text in paragraphs if text]
    names: list[str] = []
    if len(texts) > 1 and not _marked(texts[0]):
        names.extend(_bare_names(texts[0]))
    signed = 5
    while signed < len(texts) and _on_line(texts[signed - 1]) and _on_line(texts[signed]):
        signed += 1
    for text in texts[:signed]:
        _add(names, _on_line(text))
        _add(names, _marked(text))
        barred = _BARRED.match(text[:60])
        if barred:
            _add(names, barred.group(1))
        head = text[:240]
        roles, brackets = _names_role(head), "（" in head or "(" in head
        opened = _OPENED.match(text[:80]) if roles else None
        if opened and is_name(_SPLIT.split(opened.group(1))[0]):
            _add(names, opened.group(1))
        for found in _BRACKETED.finditer(head) if roles and brackets else ():
            whole = _surnamed(found.group()[1:-1])
            names.extend(name for name in whole if name not in names)
            if not whole:
                _add(names, found.group(1))
        wired = _WIRED.search(text[:120]) if brackets else None
        if wired:
            names.extend(name for name in _surnamed(wired.group(1)) if name not in names)
    if not names:
        for text in texts[-3:]:
            tail = text[-80:]
            closing = (_CLOSING.search(tail) or _last(_BRACKETED, tail)) if _names_role(tail) else None
            _add(names, _on_line(text) or (closing.group(1) if closing else ""))
    if not names:
        for text in texts[-2:]:
            names.extend(name for name in _signed(text[-80:]) if name not in names)
    return " ".join(names)


def _names_role(text: str) -> bool:
    """Whether a role (记者, 通讯员, 实习生, 评论员) may stand in `text`: its last character does, as in few."""
    return "者" in text or "员" in text or "生" in text or "員" in text


def _on_line(text: str) -> str:
    """The names on a line that is only a credit, "" when it is none.

    Where nothing parts the names from the role, or a house and a gap stand before it, the first has to begin with a
    surname: 记者手记 and 记者调查 head sections.
    """
    line = _LINE.match(text) if len(text) <= 60 else None
    if line is None:
        return ""
    loose = not line["gap"] or any(char in "· \u3000" for char in line["house"])
    return "" if loose and not is_name(re.split(r"[\s\u3000、，,]", line["names"])[0][:3]) else line["names"]


def _marked(text: str) -> str:
    """The names on a line whose sign or stroke says that they are authors', "" when it is no such line."""
    if len(text) > 40:
        return ""
    found = _WRITERS.match(text) or _ALONE.match(text)
    return found.group(1) if found and _surnamed(found.group(1)) else ""


def _signed(tail: str) -> list[str]:
    """The names that close a text without saying whose they are; each has to begin with a surname."""
    for one, other, pattern in _SIGNATURES:
        found = pattern.search(tail) if one in tail or other in tail else None
        if found:
            names = _surnamed(found.group(1))
            if names:
                return names
    return []


def _surnamed(text: str) -> list[str]:
    """The names in `text` when each begins with a surname and has two or three characters, else none."""
    parts = _joined([part for part in _SPLIT.split(_ROLES.sub(" ", text)) if part])
    if all(is_name(part) and part not in _NOT_NAMES and not _NO_PERSON.search(part) for part in parts):
        return parts
    return []


def _bare_names(text: str) -> list[str]:
    """The names on a first line that is nothing but names (张三丰, or 张三 李四); a word of two characters is none."""
    if len(text) > 24:
        return []
    names = _surnamed(text)
    return names if len(names) > 1 or (names and len(names[0]) == 3 and names[0] == text) else []


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match, when it ends where `text` does."""
    matches = list(pattern.finditer(text))
    return matches[-1] if matches and matches[-1].end() >= len(text) - 2 else None


def _parted(text: str) -> list[str]:
    """Names that nothing parts, one by one, when each can begin with a surname: 任某某徐某 → 任某某, 徐某."""
    if not 5 <= len(text) <= 9 or not _CHINESE.match(text):
        return [text]
    for size in (3, 2):
        rest = text[size:]
        if is_name(text[:size]) and (is_name(rest) or (len(rest) >= 5 and len(_parted(rest)) > 1)):
            return [text[:size], *_parted(rest)]
    return [text]


def _add(names: list[str], text: str) -> None:
    """Adds the names in `text`: the first as it stands, later ones only when they begin with a surname."""
    if not text:
        return
    parts = [name for part in _SPLIT.split(_ROLES.sub(" ", text)) if part for name in _parted(part)]
    for at, part in enumerate(_joined(parts)):
        if part in names or part in _NOT_NAMES or not _CHINESE.fullmatch(part):
            continue
        if at == 0 or (part[0] in SURNAMES and len(part) <= 4 and part[-1] not in "县市区省镇乡村州"):
            names.append(part)
