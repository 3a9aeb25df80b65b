"""门 (door): who may speak to the desk. One browser on this machine, which was given the address with the token.

A request comes in only if it is for this very address (a foreign name that leads here is refused), comes from no other
site, and bears the cookie of the session. The token opens the door once; the cookie is sent to this one port's path and
to nobody else, and no script can read it.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

_COOKIE = "yiyong-desk"
_BITS = 32
"""Bytes of chance in tokens and sessions."""


@dataclass(slots=True)
class Door:
    """门 of one desk, at ``127.0.0.1:port``. ``base`` is the path below which everything lies: another program on
    this machine that listens at another port has another, so it is never sent the cookie."""

    port: int
    base: str = field(default_factory=lambda: f"/{secrets.token_hex(8)}/")
    _token: str = field(default_factory=lambda: secrets.token_urlsafe(_BITS))
    _session: str = ""

    @property
    def address(self) -> str:
        """``127.0.0.1:port``."""
        return f"127.0.0.1:{self.port}"

    @property
    def entrance(self) -> str:
        """The address that opens the door once."""
        return f"http://{self.address}{self.base}enter?token={self._token}"

    def renew(self) -> str:
        """A new address, in place of one that was used or seen."""
        self._token = secrets.token_urlsafe(_BITS)
        return self.entrance

    def enter(self, token: str) -> str | None:
        """The cookie for whoever has the token; None for anybody else. The token is spent, and a session that somebody
        else had is over."""
        if not self._token or not hmac.compare_digest(token.encode(), self._token.encode()):
            return None
        self._token = ""
        self._session = secrets.token_urlsafe(_BITS)
        return f"{_COOKIE}={self._session}; Path={self.base}; HttpOnly; SameSite=Strict"

    def refusal(self, method: str, headers: Mapping[str, str], *, entering: bool = False) -> str | None:
        """Why a request may not come in, as a key of the desk's words; None where it may."""
        if headers.get("Host", "") != self.address:
            return "host"
        own = f"http://{self.address}"
        origin = headers.get("Origin")
        # Every browser of the last years names the origin of what it posts.
        if origin != own if method == "POST" else origin not in (None, own):
            return "origin"
        if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return "origin"
        if not entering and not self._knows(headers.get("Cookie", "")):
            return "token"
        return None

    def _knows(self, cookies: str) -> bool:
        try:
            held = SimpleCookie(cookies).get(_COOKIE)
        except CookieError:
            return False
        given = "" if held is None else held.value
        return bool(self._session) and hmac.compare_digest(given.encode(), self._session.encode())


HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # With "no-referrer" a browser would name no origin in what it posts.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with everything."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""内容安全策略 of the desk's own pages."""
PREVIEW_POLICY = (
    "default-src 'none'; script-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""The same of a previewed page: it runs no script and sends no form."""
