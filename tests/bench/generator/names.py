"""Invented names: every number gives another one, in Latin letters and in Chinese characters."""

from __future__ import annotations

import re
from typing import Final

_SYLLABLES: Final = (
    *("ba", "cor", "del", "fen", "gar", "hil", "jor", "kal", "lum", "mer", "nov", "ost", "pel", "quo"),
    *("ras", "sil", "tor", "ur", "vel", "wen", "xan", "yar", "zem", "bri", "cal", "dor", "esk", "fal"),
    *("gri", "hov", "ild", "kev", "lor", "mav", "nel", "orr", "pav", "rul", "sev", "tal"),
)
_CHARACTERS: Final = "巴科德芬加希乔卡卢梅诺奥佩阔拉西托乌维温赞亚泽布考多埃法格霍伊凯洛马内罗帕鲁塞塔"
_BASE: Final = len(_SYLLABLES)
# Prime to every power of the base, so that neighbouring numbers get names that look unrelated and all names differ.
_STRIDE: Final = 7919

Labels = dict[str, str]


def stem(number: int) -> tuple[str, str]:
    """The name of this number, in Latin letters and in Chinese characters; no two numbers share one."""
    length, room = 3, _BASE**3
    while number >= room:
        number -= room
        length, room = length + 1, room * _BASE
    rest = number * _STRIDE % room
    digits = []
    for _ in range(length):
        rest, digit = divmod(rest, _BASE)
        digits.append(digit)
    latin = "".join(_SYLLABLES[digit] for digit in digits)
    return latin.capitalize(), "".join(_CHARACTERS[digit] for digit in digits)


def labels(number: int, **patterns: str) -> Labels:
    """The name of this number put into a pattern for each language, Chinese with its own characters."""
    latin, chinese = stem(number)
    return {
        language.replace("_", "-"): pattern.format(chinese if language == "zh_Hans" else latin)
        for language, pattern in patterns.items()
    }


def slug(label: str) -> str:
    """The label as the last part of an IRI."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
