"""Estimates as text: what lies beyond six decimals is noise."""

PLACES = 6


def estimate(value: float | None) -> str:
    """With six decimals at most, without trailing zeros; nothing for None or what is no number."""
    if value is None or value != value:
        return ""
    text = f"{value:.{PLACES}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
