"""What is computed from a result's file, for tests that write the file as plain data and change it key by key."""

from collections.abc import Mapping

from judging.domain.results import frozen
from judging.domain.results.document import ResultFile
from judging.domain.results.format import read_results as read_files
from judging.domain.results.format import with_defaults
from judging.domain.results.frozen import VERSION, standings_of
from judging.domain.statistics import edges, replay, report

__all__ = ["VERSION", "read_results", "standings_of"]


def file_of(data) -> ResultFile:
    """The file that the data are, with its defaults."""
    return ResultFile.from_data(with_defaults(dict(data))) if isinstance(data, Mapping) else data


def read_results(content):
    return [file.as_data() for file in read_files(content)]


def compute(data):
    return frozen.compute(file_of(data))


def freeze(data, outcome):
    return frozen.freeze(file_of(data), outcome).as_data()


def check(data):
    return frozen.check(file_of(data))


def scores_of(rule, data):
    return frozen.scores_of(rule, file_of(data))


def marks_of(rule, data):
    return frozen.marks_of(rule, file_of(data))


def replay_of(data):
    return replay.replay_of(file_of(data))


def report_of(data):
    return report.report_of(file_of(data))


def severity_part(outcome, data):
    return report.severity_part(outcome, file_of(data))


def edges_of(data):
    return edges.edges_of(file_of(data))
