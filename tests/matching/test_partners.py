"""Same partner or not: the rule of the formats page, case by case, and its laws."""



from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgraph.matching import partners
from assetgraph.matching.partners import Mention, resolve_partners, web_host

LAKE, SONOMA = "map/lake", "map/sonoma"


def says(
    name: str, *, source: str = LAKE, county: str | None = None, web: str | None = None, also: tuple[str, ...] = ()
) -> Mention:
    return Mention(source, name, also, county, web_host(web))


SAME = {
    "case, accents, punctuation and 'the'": (says("The Peña Museum", county="Lake"), says("PENA MUSEUM.", source=SONOMA, county="Lake")),
    "legal suffixes": (says("Code Works, Inc.", county="Lake"), says("Code Works LLC", source=SONOMA, county="Lake")),
    "ampersand and 'and'": (says("Peña & Sons", county="Lake"), says("Pena and Sons", source=SONOMA, county="Lake")),
    "one home county": (says("Library", county="Lake"), says("Library", source=SONOMA, county="Lake")),
    "one web host": (says("Library", web="https://www.lib.org/a"), says("Library", source=SONOMA, web="http://lib.org")),
    "an alias and its county": (says("Lawrence Hall of Science", county="Alameda", also=("LHS",)), says("LHS", source=SONOMA, county="Alameda")),
    "a host that bridges two counties of mention": (says("Library", county="Lake", web="https://lib.org"), says("Library", source=SONOMA, web="https://lib.org")),
    "a bare name and the only partner that bears it": (says("Library", county="Lake"), says("Library", source=SONOMA)),
    "a bare alias and the only partner that bears it": (says("Lawrence Hall of Science", county="Alameda", also=("LHS",)), says("LHS", source=SONOMA)),
    "two bare names and nobody else": (says("Library"), says("Library", source=SONOMA)),
}  # fmt: skip

APART = {
    "two names": (says("Lake Library", county="Lake"), says("Lake County Library", source=SONOMA, county="Lake")),
    "a misspelling is never guessed": (says("Exploratorium", county="Lake"), says("Explortorium", source=SONOMA, county="Lake")),
    "two home counties": (says("Library", county="Lake"), says("Library", source=SONOMA, county="Sonoma")),
    "two web hosts": (says("Library", web="https://lake.lib.org"), says("Library", source=SONOMA, web="https://sonoma.lib.org")),
    "a county here, a host there": (says("Library", county="Lake"), says("Library", source=SONOMA, web="https://lib.org")),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=list(SAME))
def test_one_partner(pair: tuple[Mention, Mention]) -> None:
    clusters, of = resolve_partners(pair)
    assert of[pair[0]] is of[pair[1]]
    assert len(clusters) == 1 and clusters[0].could_be == []


@pytest.mark.parametrize("pair", APART.values(), ids=list(APART))
def test_two_partners(pair: tuple[Mention, Mention]) -> None:
    clusters, of = resolve_partners(pair)
    assert of[pair[0]] is not of[pair[1]]
    assert len({cluster.id for cluster in clusters}) == 2


def test_partners_of_one_name_are_listed_as_could_be_the_same() -> None:
    lake, sonoma = says("Library", county="Lake"), says("Library", source=SONOMA, county="Sonoma")
    _, of = resolve_partners([lake, sonoma])
    assert of[lake].could_be == [of[sonoma].id] and of[sonoma].could_be == [of[lake].id]
    assert (of[lake].id, of[sonoma].id) == ("partner/library--lake", "partner/library--sonoma")


def test_a_bare_name_that_several_bear_stays_apart_and_is_listed() -> None:
    bare = says("Library", source="map/glenn")
    lake, sonoma = says("Library", county="Lake"), says("Library", source=SONOMA, county="Sonoma")
    clusters, of = resolve_partners([bare, lake, sonoma])
    assert len(clusters) == 3
    assert of[bare].could_be == sorted([of[lake].id, of[sonoma].id])


def test_a_tie_of_a_map_means_the_partner_that_the_same_map_describes() -> None:
    """The Partners sheet says where the library is; a Ties row of the same map only names it."""
    described, tied = says("Library", county="Lake"), says("Library")
    other = says("Library", source=SONOMA, county="Sonoma")
    _, of = resolve_partners([described, tied, other])
    assert of[tied] is of[described]


def test_the_name_shown_is_a_mapper_s_and_the_most_frequent() -> None:
    mentions = [says("LAWRENCE HALL OF SCIENCE", source="directory/partners", county="Alameda"),
                says("Lawrence Hall of Science", county="Alameda"), says("The Lawrence Hall of Science", source=SONOMA, county="Alameda"),
                says("Lawrence Hall of Science", source="map/glenn", county="Alameda")]  # fmt: skip
    (cluster,), _ = resolve_partners(mentions)
    assert cluster.name == "Lawrence Hall of Science"


def test_a_chain_of_names_is_settled_one_look_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    looks, look = [], partners._bearing
    monkeypatch.setattr(partners, "_bearing", lambda mention, bearers: looks.append(mention) or look(mention, bearers))
    length = 500
    chain = [Mention(f"map/{n}", f"Library {n}", (f"Library {n + 1}",), "Lake" if n == 0 else None) for n in range(length)]
    (cluster,), _ = resolve_partners(chain)
    assert len(cluster.mentions) == length and len(looks) < 5 * length


def test_nothing_gives_nothing() -> None:
    assert resolve_partners([]) == ([], {})


names = st.sampled_from(["Library", "The Library", "Museum", "Museum Inc", "Lib", "Guild"])
mentions = st.builds(
    Mention,
    source=st.sampled_from([LAKE, SONOMA, "map/glenn", "reference/reference"]),
    name=names,
    aliases=st.lists(names, max_size=1).map(tuple),
    county=st.sampled_from([None, None, "Lake", "Sonoma"]),
    host=st.sampled_from([None, None, "a.org", "b.org"]),
)


@settings(max_examples=300, deadline=None)
@given(st.data(), st.lists(mentions, max_size=12))
def test_no_order_changes_who_is_who(data: st.DataObject, some: list[Mention]) -> None:
    shuffled = data.draw(st.permutations(some))
    clusters, of = resolve_partners(some)
    again, of_again = resolve_partners(shuffled)
    assert [(c.id, c.name, c.county, c.host, c.could_be) for c in clusters] == [
        (c.id, c.name, c.county, c.host, c.could_be) for c in again
    ]
    assert {m: c.id for m, c in of.items()} == {m: c.id for m, c in of_again.items()}


@settings(max_examples=300, deadline=None)
@given(st.lists(mentions, max_size=12))
def test_every_mention_is_of_one_partner_that_bears_its_name(some: list[Mention]) -> None:
    clusters, of = resolve_partners(some)
    assert set(of) == set(some)
    assert len({cluster.id for cluster in clusters}) == len(clusters)
    for mention, cluster in of.items():
        assert mention in cluster.mentions
        others = frozenset().union(*(other.names() for other in cluster.mentions if other != mention))
        assert len(cluster.mentions) == 1 or mention.names() & others


@settings(max_examples=300, deadline=None)
@given(st.lists(mentions, max_size=12))
def test_equal_names_and_an_equal_county_or_host_are_always_one(some: list[Mention]) -> None:
    _, of = resolve_partners(some)
    for one in some:
        for other in some:
            placed = (one.county and one.county == other.county) or (one.host and one.host == other.host)
            if placed and one.names() & other.names():
                assert of[one] is of[other]
