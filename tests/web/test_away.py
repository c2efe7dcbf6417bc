"""What pages say while the database cannot be used."""

from docgen.config import Settings
from docgen.storage import Access, Database, upgrade
from docgen.supervisor import make_folders
from tests.fixtures.front import EXTENSION, Visitor
from web.app import create_app

AWAY = "Layanan sedang tidak dapat dicapai"


def test_a_locked_database_is_said_by_a_page(lock, visitor):
    somebody = visitor("operator", "13.71")
    lock()
    page = somebody.send("/keluar", {})
    assert (page.status_code, page.headers["Retry-After"]) == (503, "10")
    assert AWAY in page.text


def test_a_database_that_is_away_is_said_to_whoever_is_signed_in(postgres, tmp_path):
    environ = {"DOCGEN_DATA_DIR": str(tmp_path), "DOCGEN_DATABASE_URL": postgres.database()}
    settings = Settings.from_env(environ)
    make_folders(settings)
    database = Database(settings.database_url)
    upgrade(database)
    app = create_app(settings)
    app.test_client_class = Visitor
    somebody = app.test_client()
    somebody.sign_in(Access(database).first_link())
    assert somebody.get("/").status_code == 200
    database.close()
    postgres.stop()
    page = somebody.get("/")
    assert page.status_code == 503
    assert AWAY in page.text
    postgres.start()
    assert somebody.get("/").status_code == 200
    app.extensions[EXTENSION].database.close()
