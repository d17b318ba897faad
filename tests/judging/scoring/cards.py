"""A juror's scorecard over HTTP: its address, a form, an autosave, and what is kept of it."""

import json

from network.devices import offline_boxes


def address(card, more=""):
    return f"/judging/scorecards/{card.pk}/{more}"


def fields(card, *marks, version=0, comment="", private_note="", **more):
    criteria = card.assignment.round.criteria.all()
    values = {f"m{criterion.pk}": value for criterion, value in zip(criteria, marks, strict=True)}
    return {**values, "version": version, "comment": comment, "private_note": private_note, **more}


def send(client, card, user, *marks, version=0, **more):
    values = fields(card, *marks, **more)
    del values["version"]
    return post(client, card, user, values, version)


def post(client, card, user, values, version=0):
    """An autosave of {field: text}."""
    body = {"user": offline_boxes(user)[0]["name"], "version": version, "values": values}
    return client.post(address(card, "save/"), json.dumps(body), content_type="application/json")


def kept(card):
    card.refresh_from_db()
    return [mark.value for mark in card.marks.order_by("criterion__order")], card.comment, card.version, card.state
