"""A cluster: Dask over TLS on this machine, with a worker killed in mid-sweep, gives the table that this process gives."""

from __future__ import annotations

import datetime
import ipaddress
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.core.errors import InputError
from sim.experiment.sweep.cluster import check_address, dask_crew
from sim.experiment.sweep.engine import run_sweep
from tests.experiment.sweep.plans import TINY, lived, planned, results

pytest.importorskip("distributed")
ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120.0


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "http://127.0.0.1:8786", "tls://", "tls://host", "tls://host:none", "tcp://:8786"])
def test_what_is_no_address_of_a_scheduler_is_refused(address):
    with pytest.raises(InputError, match="not the address"):
        check_address(address, plain=False)


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "tcp://scheduler.example:8786", "tcp://0.0.0.0:8786"])
def test_plain_connections_leave_this_machine_only_where_asked_for_by_name(address):
    with pytest.raises(InputError, match="what its port receives is run"):
        check_address(address, plain=False)
    check_address(address, plain=True)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786", "tls://scheduler.example:8786"])
def test_this_machine_and_tls_are_taken(address):
    check_address(address, plain=False)


def test_a_scheduler_that_does_not_answer_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("sim.experiment.sweep.cluster.CONNECT_SECONDS", "1s")
    plan = planned(tmp_path)
    with pytest.raises(InputError, match="nobody answers"), dask_crew(plan, tmp_path, "tcp://127.0.0.1:1"):
        pass


def certificates(folder: Path) -> Path:
    """ca.pem, cert.pem and key.pem of an authority of the test's own, for 127.0.0.1."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a cluster of the tests")])
    now = datetime.datetime.now(datetime.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")])
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1)).add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "ca.pem").write_bytes(pem)
    (folder / "cert.pem").write_bytes(pem)
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                                       serialization.NoEncryption()))  # fmt: skip
    return folder


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, Callable[[], subprocess.Popen]]]:
    """A scheduler over TLS on this machine: its address, and what starts a worker of it."""
    tls = ["--tls-ca-file", str(folder / "ca.pem"), "--tls-cert", str(folder / "cert.pem"), "--tls-key", str(folder / "key.pem")]
    at, log = folder / "scheduler.json", (folder / "log").open("wb")
    processes: list[subprocess.Popen] = []

    def started(program: str, *words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *words, "--no-dashboard", *tls]
        processes.append(subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log))
        return processes[-1]

    try:
        started("dask_scheduler", "--host", "tls://127.0.0.1", "--port", "0", "--scheduler-file", str(at))
        end = time.monotonic() + PATIENCE
        while not at.exists() or not at.read_text(encoding="utf-8").strip():
            assert time.monotonic() < end, (folder / "log").read_text(encoding="utf-8")
            time.sleep(0.1)
        address = json.loads(at.read_text(encoding="utf-8"))["address"]
        yield address, lambda: started("dask_worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder / "space"))
    finally:
        for process in processes:
            process.kill()
            process.wait()
        log.close()


@pytest.mark.slow
@pytest.mark.parametrize("late", [False, True], ids=["two from the beginning", "one that comes when the first is gone"])
def test_a_tls_cluster_whose_worker_is_killed_gives_the_same_table(tmp_path, late):
    """Where the second worker comes when the first is gone, nobody is left who holds what the jobs need."""
    own = certificates(tmp_path)
    plan = planned(tmp_path, text=TINY, runner="tests.experiment.sweep.plans:slow", replicates=12)
    out, killed = tmp_path / "out", []
    out.mkdir()
    with cluster(own) as (address, worker):
        assert address.startswith("tls://")
        first = worker()
        if not late:
            worker()

        def kill_one(status) -> None:
            if status.done > plan.runs // 4 and not killed:
                first.kill()
                killed.append(True)
                if late:
                    first.wait()
                    worker()

        status = run_sweep(plan, out, lambda: dask_crew(plan, out, address, own), tell=kill_one)
    assert killed
    assert status.done == plan.runs
    assert status.failed == 0
    lived(planned(tmp_path, text=TINY, runner="tests.experiment.sweep.plans:quick", replicates=12), tmp_path / "here")
    assert results(out).root_hash() == results(tmp_path / "here").root_hash()
