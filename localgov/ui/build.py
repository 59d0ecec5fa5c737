"""A name for the program as it runs: another build, another name."""

import hashlib
from functools import cache

from django.conf import settings

#: What decides a page beside the data: code, templates, translations, labels, built styles and scripts.
_SOURCES = ("localgov/**/*.py", "localgov/**/*.html", "locale/**/*.po", "forms/**/*.csv", "assets/dist/manifest.json")


@cache
def build_stamp() -> str:
    """The same on every server with the same program; read once a process."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
