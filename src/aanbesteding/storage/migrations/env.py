"""Alembic environment: uses the connection that storage.database hands over."""

from alembic import context
from sqlmodel import SQLModel

from aanbesteding.storage import tables as tables
from aanbesteding.storage import tables_loket as tables_loket
from aanbesteding.storage import tables_post as tables_post
from aanbesteding.storage import tables_toegang as tables_toegang

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
