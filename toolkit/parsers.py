"""How the API reads a body. A module of its own: REST framework loads it while its views are still being imported."""

from rest_framework.parsers import JSONParser

from toolkit.readable import read_json


class StrictJSONParser(JSONParser):
    """JSON as toolkit.readable reads it: what means nothing certain, or could not be kept, is refused in words."""

    def parse(self, stream, media_type=None, parser_context=None):
        return read_json(stream.read())
