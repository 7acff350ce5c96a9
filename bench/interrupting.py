"""Interrupts imports at random moments: `python -m bench.interrupting --folder DIR [--pages 50000] [--times 10]`.

Makes a ZIP file of --pages small pages, the same as a folder of a tenth as many, and a .warc.gz of them in DIR. Each is
imported whole into one cache, and into another where Ctrl-C's signal and SIGKILL by turns end it --times times at
random moments before it is left to finish. Prints seconds and the importer's peak, what the interrupted runs added
together, and whether both caches hold the same articles under the same ids, dates and texts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final

_PAGE: Final = """成都新闻 新都新闻 温江新闻 双流新闻
地方网 > 四川 > 成都市 > 新都新闻 > 正文
第{number}号街区的花市周末延长营业
来源:成都日报 2016-03-{day:02} {hour:02}:{minute:02}
近日,第{number}号街区的花市迎来客流高峰。为方便市民选购,管理方决定本周末延长营业两小时,并增设临时停车位。
“今年的花比去年还多,价钱也公道。”市民王女士说,她一早就带着孩子赶来,挑了两盆水仙和一束蜡梅。
"""


def page(number: int) -> bytes:
    """A page of its own."""
    text = _PAGE.format(number=number, day=number % 28 + 1, hour=number // 60 % 24, minute=number % 60)
    return text.encode()


def made(folder: Path, pages: int) -> list[Path]:
    """The archives to be imported."""
    folder.mkdir(parents=True, exist_ok=True)
    packed, loose, crawl = folder / "pages.zip", folder / "pages", folder / "pages.warc.gz"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(pages):
            archive.writestr(f"{number // 1000}/{number}.txt", page(number))
    shutil.rmtree(loose, ignore_errors=True)
    loose.mkdir()
    for number in range(pages // 10):
        (loose / f"{number}.txt").write_bytes(page(number))
    with crawl.open("wb") as file:
        for number in range(pages // 10):
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + page(number)
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/{number}.html\r\n"
                "WARC-Date: 2016-04-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(answer)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 1))
    return [packed, loose, crawl]


def imported(home: Path, path: Path, end: tuple[float, signal.Signals] | None = None) -> tuple[Counter[str], int]:
    """Import in a child that may be ended after some seconds by a signal; what it told of, and its exit code."""
    command = [sys.executable, "-m", "newstui", "import", "--json", "--progress", "none", str(path)]
    environment = os.environ | {"NEWSTUI_HOME": str(home)}
    told = home.with_suffix(".jsonl")
    with told.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environment)
        if end is not None:
            try:
                process.wait(end[0])
            except subprocess.TimeoutExpired:
                process.send_signal(end[1])
        code = process.wait()
    lines = told.read_bytes().splitlines()
    return Counter(json.loads(line)["status"] for line in lines if line.endswith(b"}")), code


def state(home: Path) -> tuple[int, str]:
    """How many articles a cache holds, and a digest of all that is to be the same in two of them."""
    command = [sys.executable, "-m", "newstui", "export", "--all", "--format", "jsonl", "-o", "-"]
    out = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"NEWSTUI_HOME": str(home)}).stdout
    lines = sorted(
        json.dumps({key: value for key, value in json.loads(line).items() if key != "same_story"}, sort_keys=True)
        for line in out.splitlines()
    )
    return len(lines), blake2b("\n".join(lines).encode(), digest_size=8).hexdigest()


def compared(folder: Path, path: Path, times: int, dice: random.Random) -> str:
    """One line on an archive: imported whole, and interrupted so many times."""
    whole, halved = folder / "whole", folder / "halved"
    for home in (whole, halved):
        shutil.rmtree(home, ignore_errors=True)
    began = time.perf_counter()
    told, _ = imported(whole, path)
    seconds = time.perf_counter() - began
    added = 0
    codes: list[int] = []
    for turn in range(times):
        moment = dice.uniform(0.5, max(1.0, seconds * 0.4))
        _, code = imported(halved, path, (moment, (signal.SIGINT, signal.SIGKILL)[turn % 2]))
        codes.append(code)
    last, code = imported(halved, path)
    added = last["added"]
    same = state(whole) == state(halved)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return (
        f"{path.name:<16} {seconds:8.1f} s {told['added'] / seconds:7.0f}/s {peak:5} MB  whole {dict(told)}; "
        f"ended {codes}, the last run added {added}, knew {last['known']}, exit {code}; "
        f"{'the same caches' if same else 'DIFFERENT CACHES'}: {state(halved)[0]} articles"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the archives, import and interrupt, print a line for each."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--folder", type=Path, required=True, help="where archives and caches are made")
    asked.add_argument("--pages", type=int, default=50_000)
    asked.add_argument("--times", type=int, default=10)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args(arguments)
    # A shell's background jobs ignore Ctrl-C's signal, and so would what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    dice = random.Random(given.seed)
    for path in made(given.folder, given.pages):
        print(compared(given.folder, path, given.times, dice), flush=True)


if __name__ == "__main__":
    main()
