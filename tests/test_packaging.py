"""What ships: four packages of ours, a compose file that is one, and files that agree with one another."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("package", ["graph", "ingest", "queries", "api"])
def test_package_resolves_inside_the_project(package: str) -> None:
    """The import names are ordinary words: another package of that name must not shadow ours."""
    module = importlib.import_module(package)
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(ROOT)


def check_compose(path: Path) -> subprocess.CompletedProcess[str]:
    """Check a file against the Compose Specification's schema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_compose_file_follows_the_specification() -> None:
    checked = check_compose(ROOT / "docker-compose.yml")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_compose_check_can_fail(tmp_path: Path) -> None:
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text("services: {app: {imagee: x}}")
    assert check_compose(wrong).returncode != 0


def test_compose_keeps_to_loopback_and_pins_its_image() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    ports = [port for service in compose["services"].values() for port in service["ports"]]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert re.fullmatch(r"neo4j:5\.26\.\d+-community", compose["services"]["neo4j"]["image"])
    assert compose["services"]["app"]["environment"]["TALENTGRAPH_CONSOLE"] == "false"
    assert compose["services"]["app"]["depends_on"]["neo4j"]["condition"] == "service_healthy"


def test_image_runs_as_an_ordinary_user_with_every_package() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER (?!root)", dockerfile, re.MULTILINE)
    assert "HEALTHCHECK" in dockerfile
    for package in ("graph", "ingest", "queries", "api"):
        assert f"COPY {package} {package}" in dockerfile
