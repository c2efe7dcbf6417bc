"""What gunicorn serves."""

from docgen.config import Settings
from docgen.logs import set_up_logs
from web.app import create_app

set_up_logs()
app = create_app(Settings.from_env())
