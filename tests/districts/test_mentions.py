"""Places that running text names, on headlines and first sentences."""

from __future__ import annotations

import pytest

from newstui.districts.mentions import mentioned
from newstui.districts.placing import place_path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("四川江油一桥梁被洪水冲垮", "四川/绵阳/江油"),
        ("由某社区主办、成都市成华区某中心承办的活动", "四川/成都/成华"),
        ("受寒潮影响,嘉兴市气温骤降,在嘉兴桐乡街头", "浙江/嘉兴/桐乡"),
        ("国道318线雅安段出现塌方", "四川/雅安"),
        ("重庆市沙坪坝区某街道", "重庆/沙坪坝"),
        ("成都武侯区与成都青羊区的居民", "四川/成都"),
        ("成都与绵阳两地居民", ""),
        ("四川大学的研究", ""),
        ("成都商报记者", ""),
        ("成都银行昨日公告", ""),
        ("武汉某某网络科技有限公司", ""),
        ("阿里巴巴的故事", ""),
        ("世界大同的理想", ""),
        ("大同市的街头", "山西/大同"),
        ("新华社记者昨日", ""),
        ("朝阳初升,和平街上", ""),
        ("四川全省", ""),
        ("", ""),
        ("成", ""),
    ],
)
def test_what_a_text_is_about(text: str, path: str) -> None:
    assert place_path(mentioned(text)) == path
