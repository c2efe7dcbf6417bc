"""Signing in through the institution that runs one sign-in for all (OpenID Connect)."""

from dataclasses import astuple
from typing import Any

import structlog
from flask import Blueprint, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from docgen.config import OidcSettings, Settings
from docgen.errors import UnknownSatker
from docgen.roles import ROLES, Role
from docgen.satker import registry
from docgen.storage import Institution, Newcomer, fit_name
from web.oidc import Attempt, Issuer, Refused
from web.services import services
from web.views.sign_in import come_in, page

blueprint = Blueprint("institution", __name__)
log = structlog.get_logger()

ATTEMPT = "oidc"
NO_ROLE = "Akun lembaga Anda belum diberi peran di aplikasi ini. Hubungi pengelola akun lembaga."
NO_OFFICE = "Akun lembaga Anda tidak menyebut satker yang dikenal. Hubungi pengelola akun lembaga."
SHUT_OUT = "Akun Anda dinonaktifkan. Hubungi admin satker Anda."


@blueprint.app_template_global("has_institution")
def has_institution() -> bool:
    """Whether there is such a sign-in."""
    return services().settings.oidc is not None


@blueprint.get("/masuk/lembaga")
def begin() -> ResponseReturnValue:
    """Send the browser there."""
    attempt = Attempt.new()
    try:
        address = _issuer().address(attempt)
    except Refused as error:
        return _refused(error)
    session[ATTEMPT] = [*astuple(attempt), request.args.get("lanjut", "")]
    return redirect(address, 303)


@blueprint.get("/masuk/lembaga/kembali")
def back() -> ResponseReturnValue:
    """The browser comes back with an answer."""
    issuer = _issuer()
    *words, go_on = session.pop(ATTEMPT, None) or ("",)
    try:
        claims = issuer.claims(Attempt(*words) if words else None, request.args)
        newcomer = newcomer_of(claims, _settings())
    except Refused as error:
        return _refused(error)
    token = Institution(services().database).sign_in(newcomer)
    if token is None:
        return _refused(Refused(SHUT_OUT, "disabled"))
    log.info("sign_in.institution", role=newcomer.role, satker=newcomer.scope)
    return come_in(token, go_on)


@blueprint.get("/masuk/lembaga/keluar")
def out() -> ResponseReturnValue:
    """Sign out there too."""
    back_here = f"{services().settings.public_url}{url_for('sign_in.show', keluar=1)}"
    try:
        address = _issuer().sign_out_address(back_here)
    except Refused as error:
        return _refused(error)
    return redirect(address or back_here, 303)


def newcomer_of(claims: Any, settings: OidcSettings) -> Newcomer:  # noqa: ANN401  whatever the issuer says
    """Whom the claims speak of, with the role and the office that they give.

    Raises:
        Refused: The role or the office is none of ours.
    """
    scope = str(claims.get(settings.scope_claim, ""))
    try:
        registry().get(scope)
    except UnknownSatker as error:
        raise Refused(NO_OFFICE, "office unknown") from error
    name = str(claims.get("preferred_username") or claims.get("email") or claims["sub"])
    return Newcomer(
        subject=f"{settings.issuer} {claims['sub']}",
        name=name,
        nama=fit_name(str(claims.get("name") or name)),
        role=_role(claims.get(settings.role_claim), settings),
        scope=scope,
    )


def _role(said: object, settings: OidcSettings) -> Role:
    """The highest of the roles that the issuer gives; it says one, or a list."""
    words = said if isinstance(said, list) else [said]
    known = {settings.roles[str(word)] for word in words if str(word) in settings.roles}
    if not known:
        raise Refused(NO_ROLE, "role unknown")
    return max(known, key=ROLES.index)


def _issuer() -> Issuer:
    address = f"{services().settings.public_url}{url_for('institution.back')}"
    return Issuer(_settings(), address)


def _settings() -> OidcSettings:
    settings: Settings = services().settings
    if settings.oidc is None:
        abort(404)
    return settings.oidc


def _refused(error: Refused) -> ResponseReturnValue:
    log.warning("sign_in.refused", reason=error.reason)
    return page(error=str(error)), 403
