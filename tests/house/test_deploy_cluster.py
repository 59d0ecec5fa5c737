"""What deploy/kubernetes, compose.cluster.yaml, haproxy.cfg and pgbouncer.ini promise: names, ports and paths that exist."""

import configparser
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.urls import resolve

from config.database import OWNER_COMMANDS
from config.embedded_postgres import APP_ROLE, DATABASE, OWNER_ROLE

pytestmark = pytest.mark.house

REPOSITORY = Path(__file__).resolve().parents[2]
DEPLOY = REPOSITORY / "deploy"
CONFIG = "\n".join(path.read_text(encoding="utf-8") for path in sorted(REPOSITORY.glob("config/*.py")))
MANIFESTS: list[dict[str, Any]] = [
    found
    for path in sorted(DEPLOY.glob("kubernetes/*.yaml"))
    for found in yaml.safe_load_all(path.read_text(encoding="utf-8"))
]


def of_kind(kind: str) -> list[dict[str, Any]]:
    """Manifests of a kind."""
    return [found for found in MANIFESTS if found["kind"] == kind]


def pods() -> Iterator[dict[str, Any]]:
    """The pod template of everything that runs the program."""
    for found in of_kind("Deployment") + of_kind("Job"):
        yield found["spec"]["template"]
    for found in of_kind("CronJob"):
        yield found["spec"]["jobTemplate"]["spec"]["template"]


def containers() -> list[dict[str, Any]]:
    """Containers of the program."""
    return [container for pod in pods() for container in pod["spec"]["containers"]]


def test_the_kustomization_names_every_file() -> None:
    (told,) = of_kind("Kustomization")

    assert sorted(told["resources"]) == sorted(
        path.name for path in DEPLOY.glob("kubernetes/*.yaml") if path.name != "kustomization.yaml"
    )


def test_every_variable_is_one_that_the_settings_read() -> None:
    (settings,) = of_kind("ConfigMap")
    compose = (DEPLOY / "compose.cluster.yaml").read_text(encoding="utf-8")
    names = set(settings["data"]) | {variable["name"] for one in containers() for variable in one["env"]}
    services = yaml.safe_load(compose)["services"]
    for name in ("app1", "app2", "worker", "manage"):
        names |= {variable.removesuffix("_FILE") for variable in services[name]["environment"]}

    assert len(names) >= 8
    assert not [name for name in sorted(names) if f'"{name}"' not in CONFIG]


def test_secrets_are_named_and_never_written() -> None:
    assert of_kind("Secret") == []
    for container in containers():
        for variable in container["env"]:
            assert set(variable["valueFrom"]["secretKeyRef"]) == {"name", "key"}, variable


def test_probes_ask_pages_that_exist_as_a_host_that_is_allowed() -> None:
    (settings,) = of_kind("ConfigMap")
    (deployment,) = (found for found in of_kind("Deployment") if found["metadata"]["name"] == "localgov")
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    asked = {name: container[name]["httpGet"]["path"] for name in ("startupProbe", "livenessProbe", "readinessProbe")}

    assert asked == {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/healthz"}
    for name, path in asked.items():
        assert resolve(path)
        (header,) = container[name]["httpGet"]["httpHeaders"]
        assert header["value"] in settings["data"]["ALLOWED_HOSTS"].split(",")


def test_services_budgets_and_the_network_find_the_pods_they_mean() -> None:
    labels = [pod["metadata"]["labels"] for pod in pods()]
    clusters = {found["metadata"]["name"] for found in of_kind("Cluster")}
    poolers = {found["metadata"]["name"] for found in of_kind("Pooler")}
    wanted = [of_kind("Service")[0]["spec"]["selector"]]
    wanted += [
        found["spec"]["selector"]["matchLabels"] for found in of_kind("PodDisruptionBudget") + of_kind("Deployment")
    ]
    text = (DEPLOY / "kubernetes" / "network.yaml").read_text(encoding="utf-8")

    for selector in wanted:
        assert any(selector.items() <= found.items() for found in labels)
    assert set(re.findall(r"cnpg.io/cluster: ([\w-]+)", text)) == clusters
    assert set(re.findall(r"cnpg.io/poolerName: ([\w-]+)", text)) == poolers
    assert {found["spec"]["cluster"]["name"] for found in of_kind("Pooler") + of_kind("ScheduledBackup")} == clusters


def test_the_database_has_the_roles_of_the_program_and_loses_nothing_acknowledged() -> None:
    (cluster,) = of_kind("Cluster")
    initdb = cluster["spec"]["bootstrap"]["initdb"]

    assert (initdb["database"], initdb["owner"]) == (DATABASE, OWNER_ROLE)
    assert [role["name"] for role in cluster["spec"]["managed"]["roles"]] == [APP_ROLE]
    assert initdb["postInitSQL"] == [f"CREATE ROLE {APP_ROLE} LOGIN"]
    assert cluster["spec"]["postgresql"]["synchronous"]["dataDurability"] == "required"
    assert cluster["spec"]["instances"] >= 3


def test_jobs_run_commands_of_the_program_as_the_role_they_need() -> None:
    commands = get_commands()
    for container in containers():
        if "command" not in container:
            continue
        python, manage, command = container["command"]
        names = {variable["name"] for variable in container["env"]}
        assert (python, manage) == ("python", "manage.py")
        assert command in commands
        assert (command in OWNER_COMMANDS) is ("DATABASE_OWNER_URL" in names)


def test_the_pooler_and_the_proxy_agree_with_the_services_of_compose() -> None:
    services = yaml.safe_load((DEPLOY / "compose.cluster.yaml").read_text(encoding="utf-8"))["services"]
    pooler = configparser.ConfigParser()
    pooler.read(DEPLOY / "pgbouncer.ini", encoding="utf-8")
    proxy = (DEPLOY / "haproxy.cfg").read_text(encoding="utf-8")

    assert pooler["pgbouncer"]["pool_mode"] == of_kind("Pooler")[0]["spec"]["pgbouncer"]["poolMode"] == "transaction"
    assert re.match(r"host=(\S+)", pooler["databases"][DATABASE]).group(1) in services  # type: ignore[union-attr]
    servers = dict(re.findall(r"(?m)^    server \w+ (\w+):(\d+)$", proxy))
    assert servers == {"app1": "8000", "app2": "8000"}
    assert set(servers) <= set(services)
    assert "EXPOSE 8000" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert resolve(re.search(r"uri (\S+)", proxy).group(1))  # type: ignore[union-attr]


def test_attached_files_outlive_a_container() -> None:
    for name in ("compose.yaml", "compose.cluster.yaml"):
        services = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))["services"]
        for service in ("app", "app1", "app2"):
            if service in services:
                assert any(volume.endswith(":/var/lib/localgov/media") for volume in services[service]["volumes"])
