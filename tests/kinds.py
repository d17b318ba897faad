"""A kind more for the length of a test: as if a file more stood in its family's folder."""

import importlib
import sys
from contextlib import contextmanager
from pathlib import Path

from toolkit.kinds import Registry


@contextmanager
def one_more(registry: Registry, folder: Path, name: str, source: str, *, package: str = "", code: str = ""):
    """The family with one more module, as if it stood in its folder, or in another `package` that the family reads.
    `code` where it is not the module's name."""
    package, code = package or registry.folder, code or name
    home = importlib.import_module(package)
    (folder / f"{name}.py").write_text(source)
    home.__path__.append(str(folder))
    importlib.invalidate_caches()
    registry.read()
    try:
        yield
    finally:
        home.__path__.remove(str(folder))
        del sys.modules[f"{package}.{name}"]
        delattr(home, name)
        if code in registry:
            registry.forget(code)
