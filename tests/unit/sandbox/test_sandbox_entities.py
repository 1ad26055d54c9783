from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.detected import with_detected
from bot.sandbox.entities import Marked, parse_html, trimmed, utf16_length
from bot.sandbox.refusals import ApiError


@given(st.text())
def test_any_escaped_text_is_read_back_unchanged(text: str) -> None:
    assert parse_html(escape(text)) == Marked(text, [])


@given(st.text(min_size=1), st.text(min_size=1))
def test_offsets_count_utf16_units(before: str, marked: str) -> None:
    expected = {"type": "bold", "offset": utf16_length(before), "length": utf16_length(marked)}
    assert parse_html(f"{escape(before)}<b>{escape(marked)}</b>") == Marked(before + marked, [expected])


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        *[
            (f"<{tag}>x</{tag}>", "x", [{"type": kind}])
            for kind, tags in {
                "bold": ("b", "strong", "B"),
                "italic": ("i", "em"),
                "underline": ("u", "ins"),
                "strikethrough": ("s", "strike", "del"),
                "code": ("code",),
                "pre": ("pre",),
                "spoiler": ("tg-spoiler",),
                "blockquote": ("blockquote",),
            }.items()
            for tag in tags
        ],
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler"}]),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote"}]),
        (
            '<a href="https://a.b/?c=1&amp;d=2">x</a>',
            "x",
            [{"type": "text_link", "url": "https://a.b/?c=1&d=2"}],
        ),
        ("<a href='tg://settings'>x</a>", "x", [{"type": "text_link", "url": "tg://settings"}]),
        ('<a href="mailto:a@b.c">x</a>', "x", []),
        ("<a>x</a>", "x", []),
        ('<tg-emoji emoji-id="42">x</tg-emoji>', "x", [{"type": "custom_emoji", "custom_emoji_id": "42"}]),
        ('<tg-time unix="60">x</tg-time>', "x", [{"type": "date_time", "unix_time": 60}]),
        (
            '<tg-time unix="60" format="wDT">x</tg-time>',
            "x",
            [{"type": "date_time", "unix_time": 60, "date_time_format": "wDT"}],
        ),
        ("<pre><code class='language-py'>x</code></pre>", "x", [{"type": "pre", "language": "py"}]),
        ("<b><i>x</i></b>", "x", [{"type": "bold"}, {"type": "italic"}]),
        ("<b></b>x", "x", []),
        ("<b>x</>", "x", [{"type": "bold"}]),
        ("&lt;&gt;&amp;&quot;&#39;&#x27;>", "<>&\"''>", []),
    ],
)
def test_markup_of_one_letter(source: str, text: str, entities: list[dict[str, object]]) -> None:
    expected = [{"offset": 0, "length": 1, **entity} for entity in entities]
    assert parse_html(source) == Marked(text, expected)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("я & b", "Unsupported or unescaped character reference at byte offset 3"),
        ("a&nbsp;b", "Unsupported or unescaped character reference at byte offset 1"),
        ("&#0;", "Unsupported or unescaped character reference at byte offset 0"),
        ("&#xD800;", "Unsupported or unescaped character reference at byte offset 0"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified at byte offset 0"),
        ("<tg-time>x</tg-time>", 'Tag "tg-time" must have a valid attribute "unix" at byte offset 0'),
        (
            '<tg-time unix="1" format="Q">x</tg-time>',
            'Tag "tg-time" has an invalid attribute "format" at byte offset 0',
        ),
    ],
)
def test_unreadable_markup_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


def test_blank_ends_are_cut_off_and_entities_move_along() -> None:
    marked = parse_html(" \n<b> x</b> y<i> </i>\n")
    assert trimmed(marked) == Marked("x y", [{"type": "bold", "offset": 0, "length": 1}])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("see https://a.b/c, ok", [("url", "https://a.b/c")]),
        ("😀 hr@acme.com @anna_k", [("email", "hr@acme.com"), ("mention", "@anna_k")]),
        ("call +7 912 345-67-89.", [("phone_number", "+7 912 345-67-89")]),
        ("1/2, </b> and a@b", []),
    ],
)
def test_telegram_marks_by_itself(text: str, found: list[tuple[str, str]]) -> None:
    units = text.encode("utf-16-le")
    shown = [
        (
            entity["type"],
            units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"),
        )
        for entity in with_detected(Marked(text, [])).entities
    ]
    assert shown == found


def test_nothing_is_marked_inside_code() -> None:
    marked = parse_html("<code>/start</code>")
    assert with_detected(marked) == marked
