"""A Spark cluster of two workers on this machine, each with an address of its own.

To Spark they are two hosts: only so does a straggler get a twin, which never runs on the straggler's host.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pyspark

SPARK = Path(pyspark.__file__).parent
ENVIRONMENT = os.environ | {"SPARK_HOME": str(SPARK), "PYSPARK_PYTHON": sys.executable}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def cluster(folder):
    """The master's address; two workers with two cores each."""
    url = f"spark://127.0.0.1:{free_port()}"
    daemons = [[*"deploy.master.Master --host 127.0.0.1 --port".split(), url.rpartition(":")[2]]]
    for number in (2, 3):
        daemons.append(
            [*f"deploy.worker.Worker --host 127.0.0.{number} --cores 2 --memory 2g".split(),
             "--work-dir", folder / f"worker-{number}", url]
        )
    with contextlib.ExitStack() as stack:
        for index, (name, *options) in enumerate(daemons):
            log = stack.enter_context(open(folder / f"daemon-{index}.log", "wb"))
            words = [SPARK / "bin/spark-class", f"org.apache.spark.{name}", *options, "--webui-port", "0"]
            daemon = subprocess.Popen(
                [str(word) for word in words], stdout=log, stderr=log, env=ENVIRONMENT | {"SPARK_LOCAL_DIRS": str(folder)}
            )
            stack.callback(daemon.wait)
            stack.callback(daemon.terminate)
        deadline = time.monotonic() + 120
        while (folder / "daemon-0.log").read_text(errors="replace").count("Registering worker") < 2:
            if time.monotonic() > deadline:
                raise TimeoutError("the workers do not find their master")
            time.sleep(0.2)
        yield url


def submit(master, folder, script, *arguments, settings=()):
    """Runs a job as users do, to its end."""
    settings = {
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false", "spark.local.dir": folder,
    } | dict(settings)
    words = [SPARK / "bin/spark-submit", "--master", master]
    for name, value in settings.items():
        words += ["--conf", f"{name}={value}"]
    return subprocess.run(
        [str(word) for word in [*words, script, *arguments]], capture_output=True, encoding="utf-8", timeout=3600,
        env=ENVIRONMENT,
    )
