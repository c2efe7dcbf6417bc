"""The guide: how a document comes about, and how an office is set up."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from web.auth import needs

blueprint = Blueprint("guide", __name__, url_prefix="/panduan")


@blueprint.get("")
@needs("lihat")
def show() -> ResponseReturnValue:
    """The first page: a document from beginning to end."""
    return render_template("panduan.html")


@blueprint.get("/mengatur")
@needs("lihat")
def setting_up() -> ResponseReturnValue:
    """The second page: for administrators."""
    return render_template("panduan_mengatur.html")
