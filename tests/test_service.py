"""The whole service as processes: what is killed comes back, what was asked for is made once."""

import pytest

pytestmark = pytest.mark.service


def test_a_started_service_is_ready_and_prints_a_link_that_lets_one_in(service):
    with service.browse() as client:
        assert "Buat dokumen" in client.get("/").text
