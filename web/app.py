"""Puts the application together: settings in, an application out."""

from apiflask import APIFlask
from flask_bootstrap import Bootstrap5

from docgen.config import Settings
from docgen.storage import Access, Blobs, Clock, Database, utc_now
from web import api, assets, auth, errors, presentation, security, trace
from web.api.openapi import new_app
from web.services import EXTENSION, Services, new_limiter
from web.views import (
    account,
    audit,
    batches,
    connections,
    documents,
    from_masters,
    guide,
    health,
    home,
    institution,
    legal_bases,
    make,
    masters,
    numbering,
    offices,
    pdf,
    people,
    reopen,
    sign_in,
    templates,
    workbooks,
)

MAX_BODY_BYTES = 10 * 1024 * 1024
A_MONTH_SECONDS = 30 * 86_400
MAX_FORM_PARTS = 20_000
"""A SOP of 200 steps has about 2,500 fields."""


def create_app(settings: Settings, clock: Clock = utc_now) -> APIFlask:
    """The application; its database must be migrated."""
    app = new_app("web", static_url_path=assets.static_url_path())
    database = Database(settings.database_url, clock)
    app.config.update(
        SECRET_KEY=settings.secret_key or Access(database).secret_key(),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        SESSION_COOKIE_NAME="docgen",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        BOOTSTRAP_SERVE_LOCAL=True,
        SEND_FILE_MAX_AGE_DEFAULT=A_MONTH_SECONDS,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions[EXTENSION] = Services(
        settings, database, Blobs(settings.blob_url), new_limiter(settings)
    )
    Bootstrap5(app)
    for part in (trace, assets, auth, errors, presentation, security):
        part.init_app(app)
    views = (
        *(
            home,
            sign_in,
            institution,
            account,
            make,
            workbooks,
            documents,
            from_masters,
            pdf,
            reopen,
        ),
        *(offices, people, batches, masters, legal_bases, templates, numbering),
        *(connections, audit, guide, health),
    )
    for view in views:
        app.register_blueprint(view.blueprint)
    api.init_app(app)
    return app
