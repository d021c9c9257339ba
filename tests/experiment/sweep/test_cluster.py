"""A cluster: Dask over TLS on this machine, with a worker killed in mid-sweep, gives the table that this process gives."""

from __future__ import annotations

import datetime
import ipaddress
import os
import subprocess
import sys
import time
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


@pytest.mark.slow
def test_a_tls_cluster_of_two_whose_worker_is_killed_gives_the_same_table(tmp_path):
    own = certificates(tmp_path)
    tls = ["--tls-ca-file", str(own / "ca.pem"), "--tls-cert", str(own / "cert.pem"), "--tls-key", str(own / "key.pem")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    at = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "tls://127.0.0.1", "--port", "0", "--no-dashboard",
               "--scheduler-file", str(at), *tls]  # fmt: skip
    log = (tmp_path / "log").open("wb")
    processes = [subprocess.Popen(command, env=environment, stdout=log, stderr=log)]
    try:
        end = time.monotonic() + PATIENCE
        while not at.exists() or not at.read_text(encoding="utf-8").strip():
            assert time.monotonic() < end, (tmp_path / "log").read_text(encoding="utf-8")
            time.sleep(0.1)
        import json

        address = json.loads(at.read_text(encoding="utf-8"))["address"]
        assert address.startswith("tls://")
        for number in (1, 2):
            worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                      "--name", str(number), "--local-directory", str(tmp_path / "space"), *tls]  # fmt: skip
            processes.append(subprocess.Popen(worker, env=environment, stdout=log, stderr=log))
        plan = planned(tmp_path, text=TINY, runner="tests.experiment.sweep.plans:slow", replicates=12)
        killed = []

        def kill_one(status) -> None:
            if status.done > plan.runs // 4 and not killed:
                processes[1].kill()
                killed.append(True)

        out = tmp_path / "out"
        out.mkdir()
        status = run_sweep(plan, out, lambda: dask_crew(plan, out, address, own), tell=kill_one)
        assert killed
        assert status.done == plan.runs
        assert status.failed == 0
    finally:
        for process in processes:
            process.kill()
            process.wait()
        log.close()
    lived(planned(tmp_path, text=TINY, runner="tests.experiment.sweep.plans:quick", replicates=12), tmp_path / "here")
    assert results(out).root_hash() == results(tmp_path / "here").root_hash()
