"""What README gives to copy: the receiver runs as it stands, and believes us and nobody else."""

import datetime as dt
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from docgen.webhooks import new_secret
from docgen.webhooks.sending import signed_headers
from tests.fixtures.service import free_port

README = Path(__file__).parents[2] / "README.md"
RECEIVER = re.compile(r"```python\n(.*?HTTPServer.*?)```", re.DOTALL)
BODY = json.dumps({"type": "document.generated", "data": {"id": "1"}})


@pytest.fixture
def there(tmp_path):
    """README's receiver, running; answers with its address, its secret and its output."""
    code = RECEIVER.search(README.read_text())
    assert code
    assert code[1].count("\n") <= 34
    script = tmp_path / "receiver.py"
    script.write_text(code[1])
    secret, port = new_secret(), free_port()
    environ = {**os.environ, "DOCGEN_WEBHOOK_SECRET": secret, "PORT": str(port)}
    out = (tmp_path / "out").open("w+")
    process = subprocess.Popen([sys.executable, script], env=environ, stdout=out)
    url = f"http://127.0.0.1:{port}/"
    for _ in range(200):
        try:
            httpx.get(url)
            break
        except httpx.TransportError:
            time.sleep(0.05)
    yield url, secret, (tmp_path / "out").read_text
    process.kill()
    process.wait()
    out.close()


def test_readmes_receiver_verifies_and_takes_each_message_once(there):
    url, secret, printed = there

    def post(with_secret):
        headers = signed_headers([with_secret], "msg_1", dt.datetime.now(dt.UTC), BODY)
        return httpx.post(url, content=BODY, headers=headers).status_code

    assert post(new_secret()) == 401
    assert [post(secret), post(secret)] == [204, 204]
    assert printed() == '{"id": "1"}\n'
