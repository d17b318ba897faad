"""Names compared as people compare them."""

from corridor.domain.chain.names import plain


def test_neither_case_nor_spaces_nor_the_spelling_of_accents_matter():
    assert plain("  José   MÜLLER ") == plain("jose\u0301 müller") == "josé müller"
    assert plain("Straße") == plain("STRASSE")
    assert plain("Jose") != plain("José")
    assert plain("Jo Se") != plain("Jose")
