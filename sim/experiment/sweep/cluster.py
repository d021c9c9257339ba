"""A Dask cluster as a crew: more than one machine, through Dask's executor with `concurrent.futures`' shape.

What a Dask scheduler's port receives it unpickles, which runs code. So a plain connection is taken to this machine only, unless it is
asked for by name; elsewhere TLS, whose certificates say who may.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from sim.core.errors import InputError
from sim.experiment.sweep.crew import Futures
from sim.experiment.sweep.plan import Plan

CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
CONNECT_SECONDS = "20s"


def check_address(address: str, plain: bool) -> None:
    """Raise InputError for an address that is none, or plain and not on this machine unless `plain` is asked for."""
    parts = urlsplit(address)
    allowed = "tls://HOST:PORT; tcp://127.0.0.1:PORT on this machine"
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in ("tls", "tcp") or not parts.hostname or port is None:
        raise InputError(f"--cluster {address}", "is not the address of a Dask scheduler", allowed)
    if parts.scheme == "tcp" and not plain and not _is_here(parts.hostname):
        raise InputError(f"--cluster {address}", "is a plain connection to another machine, and what its port receives is run", allowed,
                         "use tls://, or say --plain-tcp where the network is your own")  # fmt: skip


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _as_it_is(plan: Plan) -> Plan:
    """What a worker holds for the jobs it is given."""
    return plan


@contextmanager
def dask_crew(plan: Plan, folder: Path, address: str, certificates: Path | None = None, plain: bool = False) -> Iterator[Futures]:
    """A crew of a cluster's workers, which must see `folder` under the same name and have the same version of this package.

    certificates  folder with ca.pem, cert.pem and key.pem; Dask's own configuration where None

    Raises InputError where Dask is not installed, the address is wrong, or nobody answers.
    """
    check_address(address, plain)
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise InputError("--cluster", "needs Dask, which is not installed", "", 'pip install "orgweave[cluster]"') from None
    security = None
    if certificates is not None:
        ca, cert, key = (certificates / name for name in CERTIFICATES)
        missing = [path.name for path in (ca, cert, key) if not path.is_file()]
        if missing:
            raise InputError(f"--certificates {certificates}", f"has no {', '.join(missing)}", ", ".join(CERTIFICATES))
        security = Security(tls_ca_file=str(ca), tls_client_cert=str(cert), tls_client_key=str(key), require_encryption=True)
    try:
        client = Client(address, security=security, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
        raise InputError(f"--cluster {address}", f"nobody answers: {str(error).splitlines()[0]}") from None
    with client:
        # The plan travels to each worker once, and not with each of its jobs. It is the result of a task and no scattered data: what is
        # scattered is gone with the last worker that holds it, and a task is done again.
        sent = client.submit(_as_it_is, plan, pure=False)
        yield Futures(client.get_executor(pure=False), sent, folder.resolve(), lambda: len(client.scheduler_info()["workers"]))
