"""What a browser does at the staff desk's forms: finds their token, and signs in."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

PASSWORD = "正确的 horse battery"
LAMPS = "路灯管理办法\n\n第一条 路灯由市政机构管理。\n\n第二条 路灯每天天黑时开启。夏季晚开。\n"
"""The document `lamps` of the desks that have a corpus of their own."""


def token(html: str) -> str:
    """The token of a page's form."""
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def log_in(client: TestClient, password: str = PASSWORD, name: str = ""):  # type: ignore[no-untyped-def]
    """Fill in the login form and send it; the answer."""
    form = {"token": token(client.get("/desk/login").text), "password": password, "name": name}
    return client.post("/desk/login", data=form)
