"""How the API reads a body. A module of its own: REST framework loads it while its views are still being imported."""

from collections.abc import Mapping
from typing import Any

from rest_framework.parsers import JSONParser

from toolkit.readable import read_json


class StrictJSONParser(JSONParser):
    """JSON as toolkit.readable reads it: what means nothing certain, or could not be kept, is refused in words."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        return read_json(stream.read())
