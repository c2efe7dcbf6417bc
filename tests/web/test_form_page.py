"""The form in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_page(page):
    page.goto("/")
    page.screenshot(path="/tmp/svc/home.png")
