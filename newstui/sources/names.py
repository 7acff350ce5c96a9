"""Names of people in bylines and in the credits of an article's own text (本报讯（记者 张三）)."""

from __future__ import annotations

import re
from typing import Final

_ROLES: Final = re.compile(
    r"(?:本报|本网|本刊|本台|本站|首席|见习|实习|特约|全媒体|融媒体?|驻地?|资深|高级|主任|新华社|中新社"
    r"|中新网|央视|总台)*(?:记者站|记者|通讯员|实习生|评论员|特派员"
    r"|撰稿人?|供稿|摄影报道|摄影|摄|文/图|图/文|文图|图文|报道|整理|编译|综合)[\s:：/]*"
)
_SPLIT: Final = re.compile(r"[\s\u3000、，,;；/|｜]+")
_WRAPPED: Final = re.compile(r"^[\[【(（<《]+|[\]】)）>》]+$")
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]{2,4}(?:·[\u3400-\u9fff]{1,8})*")
SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付代闫覃佟苟仝冼揭练亓仵税"
)
_NAME: Final = r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})*"
_ROLE: Final = r"(?:记者|通讯员|实习生|评论员)"
_DID: Final = r"[\s\u3000]*(?:文/图|文图|图/文|摄影报道|摄影|报道|摄|文|图|整理|采写|综合)?"
_NAMES: Final = rf"{_NAME}(?:[\s\u3000、，,]+(?:(?:实习|见习)?{_ROLE}[\s\u3000:：]*)?{_NAME}){{0,7}}"
_HOUSE: Final = (
    r"(?:本报|本网|本刊|本台|新华社|全媒体|见习|实习|首席|特约|[\u4e00-\u9fff]{2,6}(?:报|网|新闻|观察|客户端))"
)
_BRACKETED: Final = re.compile(
    rf"[（(](?:[^（）()。，,]{{0,16}}?){_ROLE}[\s\u3000:：/]*({_NAMES}(?:[\s\u3000]*{_ROLE}[\s\u3000:：]*{_NAMES})*){_DID}[）)]"
)
_CLOSING: Final = re.compile(
    rf"{_HOUSE}(?:[\u4e00-\u9fff]{{0,4}}?){_ROLE}[\s\u3000:：/]*({_NAMES}){_DID}[\s\u3000。]*$"
)
_LINE: Final = re.compile(
    r"^[\s\u3000■◆●•·\-—□/（(【\[]*(?:[\u4e00-\u9fffA-Za-z]{0,10}?)(?:记者|通讯员|实习生|评论员|撰稿|撰文|作者|采写)"
    rf"[\s\u3000:：/丨|︱]*({_NAMES}){_DID}[）)】\]]?$"
)
_NOT_NAMES: Final = frozenset(
    [
        "报道",
        "综合",
        "整理",
        "编辑",
        "摄影",
        "摄",
        "文",
        "图",
        "文/图",
        "了解",
        "获悉",
        "采访",
        "从",
        "本站",
        "原创",
        "佚名",
        "未知",
        "不详",
        "匿名",
        "管理员",
        "网络",
        "转载",
        "互联网",
        "发布",
        "本站原创",
        "admin",
        "Admin",
        "综合报道",
        "暂无",
        "无",
    ]
)


def names_in(value: str) -> list[str]:
    """The names in the value of a label: roles cut off, places of work kept out, each once."""
    text = _ROLES.sub(" ", value).strip()
    if re.fullmatch(r"[\u3400-\u9fff·]{2,12}\s*[（(][A-Za-z .'-]+[)）]", text):
        return [text]
    text = _WRAPPED.sub("", text).strip()
    latin = re.fullmatch(r"[A-Za-z][\w .'-]{0,39}", text)
    if latin:
        return [text]
    found: list[str] = []
    for part in _SPLIT.split(text):
        name = _WRAPPED.sub("", part).strip(":：-—·")
        if name and len(name) <= 20 and name not in _NOT_NAMES and name not in found and not name.isdigit():
            found.append(name)
    return _joined(found)


def is_name(text: str) -> bool:
    """Whether `text` alone is a Chinese name: two or three characters of which the first is a surname."""
    return 2 <= len(text) <= 3 and text[0] in SURNAMES and _CHINESE.fullmatch(text) is not None


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
    return len(line) <= 60 and _LINE.match(line) is not None


def credited(paragraphs: list[str]) -> str:
    """The authors that the text itself names: in the first paragraphs, on lines of their own, or at its very end."""
    texts = [text for text in paragraphs if text]
    names: list[str] = []
    head = texts[:5]
    for text in head:
        if len(text) <= 60:
            line = _LINE.match(text)
            if line:
                _add(names, line.group(1))
        for found in _BRACKETED.finditer(text[:240]):
            _add(names, found.group(1))
    if not names:
        for text in texts[-3:]:
            tail = text[-80:]
            line = _LINE.match(text) if len(text) <= 60 else None
            closing = line or _CLOSING.search(tail) or _last(_BRACKETED, tail)
            if closing:
                _add(names, closing.group(1))
    return " ".join(names)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match, when it ends where `text` does."""
    matches = list(pattern.finditer(text))
    return matches[-1] if matches and matches[-1].end() >= len(text) - 2 else None


def _add(names: list[str], text: str) -> None:
    """Adds the names in `text`: the first as it stands, later ones only when they begin with a surname."""
    parts = [part for part in _SPLIT.split(_ROLES.sub(" ", text)) if part]
    for at, part in enumerate(_joined(parts)):
        if part in names or part in _NOT_NAMES or not _CHINESE.fullmatch(part):
            continue
        if at == 0 or (part[0] in SURNAMES and len(part) <= 4 and part[-1] not in "县市区省镇乡村州"):
            names.append(part)
