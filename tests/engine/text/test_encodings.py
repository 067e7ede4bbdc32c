"""Encodings are recognised, on short texts too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.encodings import decode, strangeness

SHORT = [
    "猫", "雨", "東京", "猫が好きです。", "今日は雨が降っています。", "コンピュータ", "hello 世界", "学校へ行く",
    "漢字", "カタカナとﾊﾝｶｸ", "「はい」", "一二三", "第１章", "駅前の喫茶店", "１２３円",
]  # fmt: skip
PROSE = (
    "朝、窓を開けると、庭に小さな鳥がいました。鳥はしばらく私を見て、それから屋根の上へ飛んでいきました。"
    "昨日の雨で道はまだぬれていて、子どもたちは長靴をはいて学校へ向かいます。駅前のパン屋からは、焼きたてのパンの匂いがします。"
    "コーヒーを一杯飲んで、電車の中で本を読みました。テレビもラジオもない静かな朝でした。"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "iso2022_jp"])
@pytest.mark.parametrize("text", SHORT)
def test_short_texts_are_read(text: str, encoding: str) -> None:
    if encoding == "iso2022_jp":  # it has no half-width katakana
        text = text.translate(str.maketrans("ﾊﾝｶｸ", "ハンカク"))
    found = decode(text.encode(encoding))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("text", SHORT[2:])
def test_short_texts_in_euc_are_read(text: str) -> None:
    """One kanji alone in EUC-JP may be valid UTF-8 as well; two hardly ever are."""
    found = decode(text.encode("euc_jp"))
    assert found is not None
    assert (found.text, found.encoding) == (text, "euc_jp")


@given(start=st.integers(0, len(PROSE) - 4), length=st.integers(4, 60), encoding=st.sampled_from(["cp932", "euc_jp"]))
def test_pieces_of_prose_are_read(start: int, length: int, encoding: str) -> None:
    piece = PROSE[start : start + length]
    found = decode(piece.encode(encoding))
    assert found is not None
    assert (found.text, found.encoding) == (piece, encoding)


def test_a_mark_is_taken_off() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        found = decode("é 世界".encode(encoding))
        assert found is not None
        assert found.text == "é 世界"


def test_letters_with_accents_are_utf_8() -> None:
    found = decode("café".encode())
    assert found is not None
    assert (found.text, found.encoding) == ("café", "utf-8")


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xff\xff", b"abc\xff\xfe\x80", b"na\xefve caf\xe9"],
)
def test_what_is_no_text_is_not_read(data: bytes) -> None:
    assert decode(data) is None


def test_a_wrong_reading_is_strange() -> None:
    wrong = PROSE.encode("euc_jp").decode("cp932", errors="replace")
    assert strangeness(PROSE) < 1 < strangeness(wrong)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_not(data: bytes) -> None:
    found = decode(data)
    assert found is None or found.text.encode(found.encoding) is not None
