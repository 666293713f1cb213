"""The catalogue: every question with the class of its rows. There is no other Cypher in Python but the writer's."""

from __future__ import annotations

from rapidfuzz import process

from assetgraph.errors import UsageError
from assetgraph.queries.answer import Row
from assetgraph.queries.asking import BalanceOfAreas, WhoWasAsked
from assetgraph.queries.coordinators import CoesWithoutCoordinator
from assetgraph.queries.gaps import GapGrid, MissingPartnerKinds, UnreachedLeas
from assetgraph.queries.needs import NeedsMetElsewhere, UnaddressedNeeds, UnusedOffers
from assetgraph.queries.offerings import OfferingsFor
from assetgraph.queries.partners import PartnersOf, WhoConnects
from assetgraph.queries.question import Question, read_questions
from assetgraph.queries.time import DurationByScope, EndingBetween, TiesHeldByOneOffering

__all__ = ["QUESTIONS", "ROW_CLASSES", "question"]

ROW_CLASSES: dict[str, type[Row]] = {
    "balance_of_areas": BalanceOfAreas,
    "coes_without_coordinator": CoesWithoutCoordinator,
    "duration_by_scope": DurationByScope,
    "ending_between": EndingBetween,
    "gap_grid": GapGrid,
    "missing_partner_kinds": MissingPartnerKinds,
    "needs_met_elsewhere": NeedsMetElsewhere,
    "offerings_for": OfferingsFor,
    "partners_of": PartnersOf,
    "ties_held_by_one_offering": TiesHeldByOneOffering,
    "unaddressed_needs": UnaddressedNeeds,
    "unreached_leas": UnreachedLeas,
    "unused_offers": UnusedOffers,
    "who_connects": WhoConnects,
    "who_was_asked": WhoWasAsked,
}
"""Question name to row class; a test holds it to the files."""

QUESTIONS: dict[str, Question] = read_questions()
"""Question name to question, in the order of names."""


def question(name: str) -> Question:
    """The question of that name; ``-`` is read as ``_``. Raises UsageError with the closest one.

    >>> question("gap-grid").subject
    'gaps'
    """
    wanted = name.replace("-", "_")
    if wanted in QUESTIONS:
        return QUESTIONS[wanted]
    close = process.extractOne(wanted, list(QUESTIONS), score_cutoff=60)
    cure = f"did you mean {close[0]}? " if close else ""
    raise UsageError(f"no question is called '{name}'", f"{cure}`assetgraph questions` lists them")
