"""An object store for the tests: moto's server on loopback, with a fresh bucket for whoever asks."""

from __future__ import annotations

import itertools
import logging
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from moto.server import ThreadedMotoServer

from aanbesteding.adapters.prefect import find_vrije_poort

SLEUTELS = {
    "AWS_ACCESS_KEY_ID": "proefsleutel",
    "AWS_SECRET_ACCESS_KEY": "proefgeheim",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}

_nummers = itertools.count(1)
"""Moto keeps buckets per process, not per server."""


@dataclass
class Winkel:
    """A running store."""

    eindpunt: str

    def make_emmer(self) -> str:
        """A new bucket; returns its name."""
        naam = f"proef-{next(_nummers)}"
        antwoord = httpx.put(
            f"{self.eindpunt}/{naam}",
            content="<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>"
            "</CreateBucketConfiguration>",
            trust_env=False,
        )
        assert antwoord.status_code == 200, antwoord.text
        return naam

    def settings(self) -> dict[str, str]:
        """The environment of an installation that keeps its documents in a new bucket."""
        return {
            **SLEUTELS,
            "AANBESTEDING_DOCUMENTEN_URL": f"s3://{self.make_emmer()}/documenten",
            "AANBESTEDING_DOCUMENTEN_EINDPUNT": self.eindpunt,
        }


@contextmanager
def winkel_in_gebruik() -> Generator[Winkel]:
    """A store for the time of the tests; the keys are in the environment, as for an installation."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=find_vrije_poort(), verbose=False)
    server.start()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    eerder = {naam: os.environ.get(naam) for naam in SLEUTELS}
    os.environ |= SLEUTELS
    try:
        _, poort = server.get_host_and_port()
        yield Winkel(f"http://127.0.0.1:{poort}")
    finally:
        for naam, waarde in eerder.items():
            if waarde is None:
                os.environ.pop(naam, None)
            else:
                os.environ[naam] = waarde
        server.stop()
