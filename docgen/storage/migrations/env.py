"""How Alembic runs here: on the connection that `migrate.upgrade` hands it."""

from alembic import context

from docgen.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds everything
)
context.run_migrations()
