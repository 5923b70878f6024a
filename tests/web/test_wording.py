"""Labels, dates and numbers for people."""

from __future__ import annotations

import pytest

from coopgraph.web.wording import Label, best, date_words, grouped, words

LABELS = (
    Label("东盟", "zh-Hans"),
    Label("東協", "zh-Hant"),
    Label("ASEAN", "en"),
    Label("Verband", "de"),
    Label("A.S.E.A.N.", ""),
)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        (("en",), "ASEAN"),
        (("de-at", "en"), "Verband"),
        (("zh", "en"), "东盟"),
        (("zh-hant", "en"), "東協"),
        (("zh-hant-tw", "en"), "東協"),
        (("fr", "de", "en"), "Verband"),
        (("fr", "en"), "ASEAN"),
        (("d", "en"), "ASEAN"),
        (("fr",), "A.S.E.A.N."),
    ],
)
def test_the_best_label(wanted: tuple[str, ...], text: str) -> None:
    found = best(LABELS, wanted)
    assert found is not None
    assert found.text == text
    assert best(tuple(reversed(LABELS)), wanted) == found


def test_any_label_is_better_than_none() -> None:
    assert best((Label("b", "lo"), Label("a", "km")), ("en",)) == Label("a", "km")
    assert best((), ("en",)) is None


@pytest.mark.parametrize(
    ("lexical", "text"),
    [
        ("2031-05-05", "5 May 2031"),
        ("2031-05", "May 2031"),
        ("2031", "2031"),
        ("2031-05-05Z", "5 May 2031"),
        ("-0044-03-15", "15 March -0044"),
        ("recently", "recently"),
        ("2031-13", "13 2031"),
    ],
)
def test_dates_are_as_precise_as_they_are(lexical: str, text: str) -> None:
    assert date_words(lexical) == text


def test_numbers_and_names() -> None:
    assert grouped(1234567) == "1\u202f234\u202f567"
    assert words("memberOf") == "member of"
    assert words("coral-centre") == "coral centre"
    assert words("B17") == "B17"
