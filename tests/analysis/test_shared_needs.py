"""Shared needs and offers over typed ties, by hand."""

from __future__ import annotations

import pytest

from assetgraph.analysis.shared_needs import Said, shared_need_offer

NEEDS = [Said("Lake", "code"), Said("Lake", "math"), Said("Glenn", "math"), Said("Lake", "code"), Said("Glenn", "welding")]
OFFERS = [Said("library", "code"), Said("zoo", "code"), Said("zoo", "math"), Said("farm", "irrigation")]


def test_who_offers_what_is_needed_best_first() -> None:
    found = shared_need_offer(NEEDS, OFFERS)
    assert [(one.needs, one.offers, one.what) for one in found] == [
        ("Lake", "zoo", ("code", "math")), ("Glenn", "zoo", ("math",)), ("Lake", "library", ("code",)),
    ]  # fmt: skip
    # code: 1 needs it, 2 offer it; math: 2 need it, 1 offers it
    assert [one.weight for one in found] == pytest.approx([2**-0.5 + 2**-0.5, 2**-0.5, 2**-0.5])


def test_who_needs_the_same_is_never_oneself() -> None:
    assert [(one.needs, one.offers) for one in shared_need_offer(NEEDS, NEEDS)] == [("Glenn", "Lake"), ("Lake", "Glenn")]


def test_nothing_shared_is_an_empty_list() -> None:
    assert shared_need_offer([], OFFERS) == [] and shared_need_offer(NEEDS, [Said("farm", "irrigation")]) == []
