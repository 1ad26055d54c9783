"""The small language of phrases in the data files."""

import pytest

from bot.language.phrases import Phrases, split_words


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("we will call", "Yes, we will call you", ["we", "will", "call"]),
        ("call*", "they are calling", ["calling"]),
        ("(call*|ring up) you", "we ring up you", ["ring", "up", "you"]),
        ("a (very|so)? good day", "a good day", ["a", "good", "day"]),
        ("a (very|so)? good day", "a so good day", ["a", "so", "good", "day"]),
        ("we .. call", "we will surely soon call", ["we", "will", "surely", "soon", "call"]),
        ("^no", "no way", ["no"]),
        ("no $", "I say no.", ["no"]),
        ("will not", "we won't", ["will", "not"]),
    ],
)
def test_finds(phrase: str, text: str, words: list[str]) -> None:
    found = split_words(text)
    hit = next(Phrases([phrase]).find(found))

    assert [word.text for word in found[hit.first : hit.last + 1]] == words


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("we .. call", "we one two three four call"),
        ("we call", "we. Call"),
        ("^no", "say no"),
        ("no $", "no way"),
    ],
)
def test_does_not_find(phrase: str, text: str) -> None:
    assert list(Phrases([phrase]).find(split_words(text))) == []
