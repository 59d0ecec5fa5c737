"""The embedded cluster by hand: `bin/cluster.py start | stop | status | dsn [--role owner|app] [--tests]`."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config import database, embedded_postgres
from config.embedded_postgres import Cluster
from config.postgres_programs import EmbeddedPostgresError


def main() -> int:
    """Do one act on one cluster; 0 = done, 1 = refused or, for `status`, not running."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("act", choices=["start", "stop", "status", "dsn"])
    parser.add_argument("--role", choices=["owner", "app"], default="owner")
    parser.add_argument("--tests", action="store_true", help="the cluster of the tests")
    arguments = parser.parse_args()
    folder = database.var_folder() / ("pg-test" if arguments.tests else "pg")
    cluster = Cluster(folder=folder, durable=not arguments.tests)
    try:
        return act_on(cluster, act=arguments.act, role=arguments.role)
    except EmbeddedPostgresError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def act_on(cluster: Cluster, *, act: str, role: str) -> int:
    """Do the act and print what came of it."""
    if act == "stop":
        sys.stdout.write("หยุดแล้ว\n" if embedded_postgres.stop(cluster) else "ไม่ได้ทำงานอยู่\n")
        return 0
    if act in {"start", "dsn"}:
        embedded_postgres.ensure_running(cluster)
    if act == "dsn":
        names = {"owner": embedded_postgres.OWNER_ROLE, "app": embedded_postgres.APP_ROLE}
        sys.stdout.write(cluster.dsn(role=names[role]) + "\n")
        return 0
    found = embedded_postgres.status(cluster)
    sys.stdout.write(f"ทำงานอยู่ (pid {found.pid}) ข้อมูลอยู่ที่ {found.data}\n" if found.pid else "ไม่ได้ทำงานอยู่\n")
    return 0 if found.pid else 1


if __name__ == "__main__":
    sys.exit(main())
