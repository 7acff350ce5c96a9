"""Words of bylines and names of places in traditional script, known by the rules for simplified script."""

from __future__ import annotations

import re
from typing import Final

_PAIRS: Final = (
    "來来 責责 編编 輯辑 記记 發发 佈布 時时 間间 攝摄 報报 訊讯 員员 習习 實实 聞闻 網网 號号 體体 點点 擊击 閱阅 "
    "讀读 瀏浏 覽览 評评 論论 關关 鍵键 詞词 類类 別别 欄栏 頻频 導导 審审 監监 熱热 線线 標标 題题 圖图 "
    "廣广 東东 蘇苏 陝陕 寧宁 遼辽 貴贵 雲云 慶庆 縣县 區区 鄉乡 鎮镇 漢汉 陽阳 錦锦 龍龙 門门 內内 濟济 鄭郑 蘭兰 "
    "烏乌 魯鲁 齊齐 長长 連连 "
    "轉转 載载 採采 寫写 筆笔 譯译 訂订 處处 錄录 創创 後后 數数 傳传 稱称 單单 機机 構构 "
    "歡欢 薦荐 鏈链 結结 話话 頭头 條条 專专 獨独 輕轻 滾滚 動动 視视 頁页 隨随 過过 樂乐"
)
_TABLE: Final = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_ANY: Final = re.compile("[" + "".join(map(chr, _TABLE)) + "]")


def simplified(text: str) -> str:
    """`text` with the characters of labels and places in simplified script, one for one, so that positions stay."""
    return text.translate(_TABLE) if _ANY.search(text) is not None else text
