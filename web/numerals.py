"""Numbers as forms and addresses hold them."""

MOST_DIGITS = 9


def whole_number(text: str) -> int | None:
    """The number that a text is in digits; None where it is none, or an absurd one.

    >>> whole_number("12"), whole_number("x"), whole_number("9" * 5000)
    (12, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
