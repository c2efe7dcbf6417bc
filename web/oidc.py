"""OpenID Connect, the relying party's side: code flow with PKCE, state and nonce (OIDC Core 3.1).

Nothing here knows Flask or our accounts: settings and an answer in, claims that were checked out.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import structlog
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import KeySet

from docgen.config import OidcSettings
from docgen.errors import DocgenError

log = structlog.get_logger()

SECONDS = 10
LEEWAY_SECONDS = 60
ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures by the issuer's own key; never one that our client secret could make."""

UNREACHABLE = (
    "Layanan masuk lembaga tidak dapat dihubungi. Coba lagi nanti, atau masuk dengan kata sandi."
)
NOT_STARTED_HERE = "Masuk ini tidak dimulai dari peramban ini, atau sudah terlalu lama. Mulai lagi dari halaman ini."
NOT_GIVEN = "Layanan masuk lembaga tidak memberi izin. Coba lagi, atau hubungi pengelolanya."
NOT_FOR_US = "Jawaban layanan masuk lembaga bukan untuk aplikasi ini. Hubungi pengelola."
EXPIRED = "Jawaban layanan masuk lembaga sudah kedaluwarsa. Coba lagi."
NOT_GENUINE = (
    "Jawaban layanan masuk lembaga tidak dapat dipercaya. Coba lagi, atau hubungi pengelola."
)


class Refused(DocgenError):
    """Somebody cannot come in; the text is for them, `reason` for the log."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser must bring back: kept in its signed session until then."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Attempt":
        return cls(*(secrets.token_urlsafe(48) for _ in range(3)))


class Issuer:
    """The institution's sign-in; its addresses are read from its own description at each use."""

    def __init__(self, settings: OidcSettings, redirect_uri: str) -> None:
        self._settings = settings
        self._redirect_uri = redirect_uri

    def address(self, attempt: Attempt) -> str:
        """Where the browser goes to sign in; the errors of `claims`."""
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._redirect_uri,
            "scope": "openid profile email",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": create_s256_code_challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }
        return _with_query(self._description()["authorization_endpoint"], query)

    def sign_out_address(self, back: str) -> str | None:
        """Where the browser goes to sign out there too; None where the issuer has no such place."""
        endpoint = self._description().get("end_session_endpoint")
        if not endpoint:
            return None
        query = {"client_id": self._settings.client_id, "post_logout_redirect_uri": back}
        return _with_query(endpoint, query)

    def claims(self, attempt: Attempt | None, answer: Mapping[str, str]) -> Mapping[str, Any]:
        """Who came back, by a token that was checked.

        Raises:
            Refused: The answer is not to what this browser asked, or not to be trusted.
        """
        state = answer.get("state", "")
        if attempt is None or not hmac.compare_digest(state.encode(), attempt.state.encode()):
            raise Refused(NOT_STARTED_HERE, "state")
        if "error" in answer or not answer.get("code"):
            raise Refused(NOT_GIVEN, f"issuer said {answer.get('error', 'nothing')[:40]}")
        description = self._description()
        token = self._token(description, answer["code"], attempt)
        keys = _get_json(description["jwks_uri"])
        return self._checked(token, keys, attempt.nonce)

    def _description(self) -> Mapping[str, Any]:
        issuer = self._settings.issuer
        described = _get_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if described.get("issuer") != issuer or not all(described.get(name) for name in wanted):
            raise Refused(UNREACHABLE, "the description is not this issuer's")
        return described

    def _token(self, description: Mapping[str, Any], code: str, attempt: Attempt) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": attempt.verifier,
        }
        auth = (self._settings.client_id, self._settings.client_secret)
        try:
            answer = httpx.post(
                description["token_endpoint"], data=form, auth=auth, timeout=SECONDS
            )
            token = answer.raise_for_status().json()["id_token"]
        except httpx.HTTPStatusError as error:
            raise Refused(NOT_GIVEN, f"token endpoint: {error.response.status_code}") from error
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise Refused(UNREACHABLE, f"token endpoint: {type(error).__name__}") from error
        return str(token)

    def _checked(self, token: str, keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        try:
            key_set = KeySet.import_key_set({"keys": keys["keys"]})
            decoded = jwt.decode(token, key_set, algorithms=ALGORITHMS)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={
                    "iss": {"essential": True, "value": self._settings.issuer},
                    "aud": {"essential": True, "value": self._settings.client_id},
                },
                params={"nonce": nonce, "client_id": self._settings.client_id},
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except ExpiredTokenError as error:
            raise Refused(EXPIRED, "expired") from error
        except (InvalidClaimError, MissingClaimError) as error:
            is_place = error.claim in {"aud", "azp", "iss"}
            raise Refused(
                NOT_FOR_US if is_place else NOT_GENUINE, f"claim {error.claim}"
            ) from error
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise Refused(NOT_GENUINE, f"token: {type(error).__name__}") from error
        return dict(claims)


def _get_json(address: str) -> Mapping[str, Any]:
    try:
        found = httpx.get(address, timeout=SECONDS).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise Refused(UNREACHABLE, f"{type(error).__name__} at {address}") from error
    if not isinstance(found, dict):
        raise Refused(UNREACHABLE, f"no description at {address}")
    return found


def _with_query(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
