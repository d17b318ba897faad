"""Which letters the fonts of this machine draw, asked of fontconfig as the renderer of documents does.
Python's standard library only."""

import ctypes
from functools import cache, lru_cache

LIBRARIES = (
    "libfontconfig.so.1",
    "/opt/homebrew/lib/libfontconfig.1.dylib",
    "/usr/local/lib/libfontconfig.1.dylib",
)


@lru_cache(maxsize=20_000)
def draws(letter: str) -> bool:
    """Whether a font of this machine has `letter`. True of every letter where there is no fontconfig to ask."""
    library = _library()
    if library is None:
        return True
    pattern = library.FcNameParse(f":charset={ord(letter):x}".encode())
    found = library.FcFontList(None, pattern, _nothing())  # of the configuration at hand
    number = ctypes.c_int.from_address(found).value if found else 0  # FcFontSet begins with their number
    if found:
        library.FcFontSetDestroy(ctypes.c_void_p(found))
    library.FcPatternDestroy(ctypes.c_void_p(pattern))
    return number > 0


@cache
def _library() -> ctypes.CDLL | None:
    for name in LIBRARIES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        for function in ("FcNameParse", "FcFontList", "FcObjectSetCreate"):
            getattr(library, function).restype = ctypes.c_void_p
        library.FcFontList.argtypes = [ctypes.c_void_p] * 3
        return library
    return None


@cache
def _nothing() -> int:
    """The properties of fonts that are asked for: none, their number is enough."""
    library = _library()
    assert library is not None
    found: int = library.FcObjectSetCreate()
    return found
