"""Blocks as JSON lists: what comes out is what went in, and the format of the cache does not change."""

from __future__ import annotations

import json
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from newstui.model import Block, BlockKind, Link
from newstui.text.packing import pack_block, unpack_block

texts = st.text(max_size=20)
links = st.builds(Link, st.integers(0, 99), st.integers(0, 99), texts)
blocks = st.builds(
    Block,
    st.sampled_from(get_args(BlockKind)),
    texts,
    st.integers(0, 6),
    texts,
    texts,
    st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple),
    st.lists(links, max_size=3).map(tuple),
)


@given(blocks)
def test_a_block_survives_json(block: Block) -> None:
    assert unpack_block(json.loads(json.dumps(pack_block(block)))) == block


def test_the_format_of_the_cache() -> None:
    assert pack_block(Block("rule")) == ["rule", ""]
    assert pack_block(Block("heading", "新都", 2)) == ["heading", "新都", 2]
    linked = Block("paragraph", "详见公告", links=(Link(2, 4, "https://a.example/"),))
    assert pack_block(linked) == ["paragraph", "详见公告", 0, "", "", (), [[2, 4, "https://a.example/"]]]
