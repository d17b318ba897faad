from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JudgingConfig(AppConfig):
    name = "judging"
    verbose_name = _("Judging")
    provides = {
        "entry_readers": "judging.reads.jury.entry_readers",
        "to_do": "judging.overview.to_do",
        "watch": "judging.rounds.overview.rounds_to_watch",
        "edition_road": "judging.road_overview.edition_road",
        "roles": "judging.jury.overview.juries_of",
        "navigation": "judging.overview.navigation",
        "city_navigation": "judging.overview.city_navigation",
        "edition_navigation": "judging.overview.edition_navigation",
        "road": "judging.road_overview.road",
        "entry_changed": "judging.scoring.services.departures.follow_entry",
        "edition_went_back": "judging.rounds.services.phases.follow_edition",
        "due": "judging.overview.due",
    }
    mails = (  # what tells of what happens: each kind of mail is a class there
        "judging.rounds.notices",
        "judging.jury.notices",
        "judging.live.notices",
        "judging.scoring.notices",
        "judging.results.notices",
    )
    accepts = {"juror": "judging.jury.services.jurors.accept_juror"}
    declines = {"juror": "judging.jury.services.jurors.decline_juror"}

    def ready(self) -> None:
        import_module("judging.reads")  # each puts itself above its model
        from judging.domain.assignment.kinds import know_assignment_rules
        from judging.domain.ballots.ranked_lists import know_countings
        from judging.domain.rule.ballots import know_ballots
        from judging.domain.rule.blanks import know_blanks
        from judging.domain.rule.combination import know_combinations
        from judging.domain.rule.criterion_kinds import know_criterion_kinds
        from judging.domain.rule.threshold_effects import know_threshold_effects
        from judging.domain.rule.values import know_aggregations, know_levels
        from judging.domain.statistics.correction import know_corrections
        from judging.domain.ties.chain import know_rules
        from judging.jury.kinds.assignment_rules import ASSIGNMENT_RULES
        from judging.rounds.kinds.across import AGGREGATIONS
        from judging.rounds.kinds.balloting import BALLOTS
        from judging.rounds.kinds.blanks import BLANKS
        from judging.rounds.kinds.combining import COMBINATIONS
        from judging.rounds.kinds.correcting import CORRECTIONS
        from judging.rounds.kinds.counting import COUNTINGS
        from judging.rounds.kinds.criterion_kinds import CRITERION_KINDS
        from judging.rounds.kinds.levels import LEVELS
        from judging.rounds.kinds.thresholds import THRESHOLD_EFFECTS
        from judging.rounds.kinds.tie_rules import TIE_RULES

        know_assignment_rules(ASSIGNMENT_RULES)
        know_rules(TIE_RULES)
        know_levels(LEVELS)
        know_threshold_effects(THRESHOLD_EFFECTS)
        know_aggregations(AGGREGATIONS)
        know_ballots(BALLOTS)
        know_blanks(BLANKS)
        know_combinations(COMBINATIONS)
        know_corrections(CORRECTIONS)
        know_countings(COUNTINGS)
        know_criterion_kinds(CRITERION_KINDS)
