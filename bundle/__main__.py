"""`python -m bundle windows|linux [-o FOLDER] [--wheels FOLDER] [--python-zip FILE --sha256 HASH]`.

The bundle is compiled for the Python that runs this. Without --wheels they are fetched by the run lock's hashes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from bundle.folder import add_python, fill, pack, version
from bundle.wheels import PLATFORMS, UnpackError, fetch, needed

TOP = Path(__file__).resolve().parent.parent


def main(words: list[str]) -> int:
    """Make one bundle; prints where it lies and what it holds."""
    parser = argparse.ArgumentParser(prog="python -m bundle")
    parser.add_argument("target", choices=tuple(PLATFORMS))
    parser.add_argument("-o", "--output", type=Path, default=TOP / "dist")
    parser.add_argument("--wheels", type=Path, help="a folder with the wheels, fetched before")
    parser.add_argument("--python-zip", type=Path, help="python.org's embeddable package, to be put in")
    parser.add_argument("--sha256", help="its hash, as python.org tells it")
    asked = parser.parse_args(words)
    if (asked.python_zip is None) != (asked.sha256 is None):
        parser.error("--python-zip and --sha256 belong together")
    if asked.python_zip is not None and asked.target != "windows":
        parser.error("--python-zip is for windows")
    number = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    with tempfile.TemporaryDirectory() as scratch:
        # As short as it can be told from the next one: the place of a file on Windows has 259 letters.
        folder = Path(scratch) / f"sakip-{number.rpartition('.')[0]}"
        wheels = Path(scratch) / "wheels"
        try:
            if asked.wheels is None:
                wheels.mkdir()
                fetch(TOP, asked.target, wheels)
            fill(folder, asked.target, needed(asked.wheels or wheels), TOP, number)
            if asked.python_zip is not None:
                add_python(folder, asked.python_zip, asked.sha256)
        except (UnpackError, subprocess.CalledProcessError) as error:
            print(f"bundle: {error}", file=sys.stderr)
            return 1
        asked.output.mkdir(parents=True, exist_ok=True)
        target = asked.output / f"sakip-{number}-{asked.target}-py{version().replace('.', '')}.zip"
        pack(folder, target)
        files = sum(path.is_file() for path in folder.rglob("*"))
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        shutil.rmtree(folder)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, unpacked {files} files, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
