"""Fixtures of the engine tests: an app with the invented procedure and one dossier in it."""

from pathlib import Path

import pytest

from aanbesteding.engine.app import App
from fakes import make_app, save_dossier


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = make_app(tmp_path)
    save_dossier(app)
    return app
