"""Textual's private names: those that this program leans on are listed in one place, and none is hidden by accident."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import newstui
import newstui.widgets.hardening

PACKAGE = Path(newstui.__file__).parent
ROOMS = ("app", "screens", "widgets")
LISTED = set(re.findall(r"\b_[A-Za-z]\w+", newstui.widgets.hardening.__doc__ or ""))


NOT_PRIVATE = {"_exit", "_asdict", "_fields", "_make", "_replace"}
"""`os._exit` and what a named tuple has are public for all their underscore."""


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Name and tree of every module that may know Textual."""
    for room in ROOMS:
        for path in sorted((PACKAGE / room).glob("*.py")):
            dotted = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
            yield dotted.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def own_names(tree: ast.AST) -> set[str]:
    """Private names of which `self` is given one, as a method or an attribute."""
    made = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    made |= {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    }
    return {name for name in made if is_private(name)}


@cache
def named_in(base: type) -> set[str]:
    """Private names of one class of Textual's own."""
    source = ast.parse(textwrap.dedent(inspect.getsource(base)))
    return {name for name in vars(base) if is_private(name)} | own_names(source)


def theirs(cls: type) -> set[str]:
    """Private names of a class's bases in Textual."""
    return set().union(*(named_in(base) for base in cls.__mro__ if base.__module__.startswith("textual.")))


def used() -> set[str]:
    """Private names of Textual and Rich in this program: inherited, reached into, or imported."""
    modules = dict(trees())
    ours = set().union(*map(own_names, modules.values()))
    found: set[str] = set()
    for dotted, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                cls = getattr(importlib.import_module(dotted), node.name, None)
                found |= own_names(node) & theirs(cls) if cls is not None else set()
            elif isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in ours:
                found.add(node.attr)
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("textual.", "rich.")):
                found |= {part for part in (node.module or "").split(".") if is_private(part)}
    return found - NOT_PRIVATE


def test_the_list_of_private_names_is_whole_and_no_longer_than_that() -> None:
    assert used() == LISTED


def test_a_name_that_hides_one_of_textual_is_seen() -> None:
    assert "_driver" in used()
    assert "_size" in theirs(importlib.import_module("newstui.widgets.lines_pane").LinesPane)
