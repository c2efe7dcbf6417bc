"""What gunicorn serves."""

from docgen.config import Settings
from web.app import create_app

app = create_app(Settings.from_env())
