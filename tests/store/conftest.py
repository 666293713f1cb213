"""A server that the tests of faults and of secrets stop, break and call in every way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from neo4j_server import OwnServer, own_server


@pytest.fixture(scope="session")
def own_neo4j(needs_neo4j: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server with little memory for a transaction, that takes plain and encrypted calls; every test leaves it running.

    Beside its home lies authority.pem, the certificate of who signed its own.
    """
    home = tmp_path_factory.mktemp("own-neo4j")
    keys = home / "certificates" / "bolt"
    (keys / "trusted").mkdir(parents=True)
    (keys / "revoked").mkdir()
    authority = trustme.CA(key_type=trustme.KeyType.RSA)
    certificate = authority.issue_cert("127.0.0.1", key_type=trustme.KeyType.RSA)
    certificate.private_key_pem.write_to_path(keys / "private.key")
    for place, part in enumerate(certificate.cert_chain_pems):
        part.write_to_path(keys / "public.crt", append=place > 0)
    authority.cert_pem.write_to_path(home / "authority.pem")
    policy = {"enabled": "true", "base_directory": str(keys), "client_auth": "NONE"}
    with own_server(home=home, server__bolt__tls_level="OPTIONAL", db__memory__transaction__max="12m",
                    **{f"dbms__ssl__policy__bolt__{name}": value for name, value in policy.items()}) as own:  # fmt: skip
        yield own


@pytest.fixture
def running_neo4j(own_neo4j: OwnServer) -> OwnServer:
    """The same, started again where the test before has left it broken."""
    if own_neo4j.process is None or own_neo4j.process.poll() is not None:
        own_neo4j.start()
    return own_neo4j


@pytest.fixture
def authority(own_neo4j: OwnServer) -> Path:
    """The file of the authority that signed the server's certificate."""
    return own_neo4j.home / "authority.pem"
