"""Same partner or not: one rule over all mentions at once, so the order of loading never matters.

Two mentions that bear the same folded name (or alias) and the same home county or web host are one partner.
A mention that gives neither county nor host joins the one partner of its own source that bears its name, else
the one partner in all sources that does. Where several bear it, it stays apart, and they are listed as
"could be the same". Nothing is ever merged on likeness.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from assetgraph.model.names import fold, slug

__all__ = ["Cluster", "Mention", "resolve_partners", "web_host"]


class Mention(NamedTuple):
    """One way in which one source names a partner."""

    source: str
    name: str
    aliases: tuple[str, ...] = ()
    county: str | None = None
    host: str | None = None

    def names(self) -> frozenset[str]:
        """Every folded name it goes by."""
        return _folded(self.name, self.aliases)

    @property
    def is_placed(self) -> bool:
        """Whether it says anything but a name."""
        return bool(self.county or self.host)


@lru_cache(maxsize=65_536)
def _folded(name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(folded for folded in map(fold, (name, *aliases)) if folded)


@dataclass(slots=True)
class Cluster:
    """Mentions that are one partner; ``could_be`` holds the ids of others that bear its name."""

    mentions: list[Mention]
    id: str = ""
    could_be: list[str] = field(default_factory=list)

    def names(self) -> frozenset[str]:
        """Every folded name that any of its mentions bears."""
        return frozenset().union(*(mention.names() for mention in self.mentions))

    @property
    def name(self) -> str:
        """The spelling to show: a mapper's own before a directory's, the most frequent, the first in the alphabet."""
        own = [mention.name for mention in self.mentions if not mention.source.startswith("directory/")]
        return _most_frequent(own or [mention.name for mention in self.mentions]) or ""

    @property
    def county(self) -> str | None:
        """The home county that most mentions give."""
        return _most_frequent(mention.county for mention in self.mentions)

    @property
    def host(self) -> str | None:
        """The web host that most mentions give."""
        return _most_frequent(mention.host for mention in self.mentions)


def _most_frequent(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def web_host(address: str | None) -> str | None:
    """The host of a web address, without "www."; None when there is none.

    >>> web_host("https://www.LawrenceHallofScience.org/teachers")
    'lawrencehallofscience.org'
    """
    if not address:
        return None
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def resolve_partners(mentions: Iterable[Mention]) -> tuple[list[Cluster], dict[Mention, Cluster]]:
    """The partners behind some mentions, sorted by id, and which mention belongs to which.

    Example:
        >>> a = Mention("map/lake", "The Redwood Library", county="Lake")
        >>> b = Mention("map/glenn", "Redwood Library")
        >>> clusters, of = resolve_partners([a, b])
        >>> [c.id for c in clusters], of[a] is of[b]
        (['partner/redwood-library'], True)
    """
    ordered = sorted(set(mentions), key=lambda m: (m.source, m.name, m.county or "", m.host or "", m.aliases))
    clusters = _adopt(_join([m for m in ordered if m.is_placed], _placed_keys))
    waiting = _settle([m for m in ordered if not m.is_placed], clusters)
    bearers = _bearers(clusters)
    alone = [m for m in waiting if not _bearing(m, bearers)]
    torn = [m for m in waiting if _bearing(m, bearers)]
    clusters += _join(alone, lambda m: m.names())
    apart = _join(torn, lambda m: [f"{m.source}\x1f{name}" for name in m.names()])
    clusters += apart
    _name(clusters)
    _list_namesakes(clusters)
    return sorted(clusters, key=lambda c: c.id), {m: c for c in clusters for m in c.mentions}


def _placed_keys(mention: Mention) -> list[str]:
    keys = []
    for name in mention.names():
        if mention.county:
            keys.append(f"{name}\x1fcounty\x1f{mention.county}")
        if mention.host:
            keys.append(f"{name}\x1fhost\x1f{mention.host}")
        if not mention.county:
            # Within one sheet a name means one partner, though its rows cite several pages.
            keys.append(f"{name}\x1fsource\x1f{mention.source}")
    return keys


def _join(mentions: list[Mention], keys_of: Callable[[Mention], Iterable[str]]) -> list[Cluster]:
    """Union of mentions that share a key."""
    parent = list(range(len(mentions)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    holder: dict[str, int] = {}
    for i, mention in enumerate(mentions):
        for key in keys_of(mention):
            parent[root(i)] = root(holder.setdefault(key, i))
    groups: dict[int, list[Mention]] = defaultdict(list)
    for i, mention in enumerate(mentions):
        groups[root(i)].append(mention)
    return [Cluster(group) for group in groups.values()]


def _adopt(clusters: list[Cluster]) -> list[Cluster]:
    """Let a partner known by its page alone join the one of its own source that bears its name and gives a county."""
    placed = [cluster for cluster in clusters if cluster.county]
    bearers = _bearers(placed)
    sources = [{mention.source for mention in cluster.mentions if mention.county} for cluster in placed]
    stay, joins = list(placed), []
    for cluster in clusters:
        if cluster.county:
            continue
        own = {mention.source for mention in cluster.mentions}
        found = {i for mention in cluster.mentions for i in _bearing(mention, bearers) if own & sources[i]}
        if len(found) == 1:
            joins.append((cluster, found.pop()))
        else:
            stay.append(cluster)
    for cluster, i in joins:
        placed[i].mentions.extend(cluster.mentions)
    return stay


def _bearers(clusters: list[Cluster]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for i, cluster in enumerate(clusters):
        for name in cluster.names():
            found[name].add(i)
    return found


def _bearing(mention: Mention, bearers: dict[str, set[int]]) -> set[int]:
    return set().union(*(bearers.get(name, set()) for name in mention.names()))


def _settle(waiting: list[Mention], clusters: list[Cluster]) -> list[Mention]:
    """Let mentions that give a name alone join, in rounds: a joined alias may settle the next one.

    A round looks only at those who bear a name that somebody gained in the round before it.
    """
    sources = [{m.source for m in cluster.mentions} for cluster in clusters]
    bearers = _bearers(clusters)
    known_as: dict[str, list[Mention]] = defaultdict(list)
    for mention in waiting:
        for name in mention.names():
            known_as[name].append(mention)
    order = {mention: place for place, mention in enumerate(waiting)}
    joined: set[Mention] = set()
    asked = waiting
    while asked:
        joins = []
        for mention in asked:
            everywhere = _bearing(mention, bearers)
            at_home = {i for i in everywhere if mention.source in sources[i]}
            if len(at_home) == 1 or (not at_home and len(everywhere) == 1):
                joins.append((mention, (at_home or everywhere).pop()))
        gained: set[str] = set()
        for mention, i in joins:
            clusters[i].mentions.append(mention)
            gained.update(name for name in mention.names() if i not in bearers[name])
        for mention, i in joins:
            joined.add(mention)
            for name in mention.names():
                bearers[name].add(i)
        asked = sorted({mention for name in gained for mention in known_as[name]} - joined, key=order.__getitem__)
    return [mention for mention in waiting if mention not in joined]


def _name(clusters: list[Cluster]) -> None:
    """Give ids: the name alone where only one bears it, else the name and what tells it apart."""
    by_slug: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        by_slug[slug(cluster.name) or "unnamed"].append(cluster)
    for name, group in by_slug.items():
        for cluster in group:
            apart = cluster.county or cluster.host or cluster.mentions[0].source
            cluster.id = f"partner/{name}" if len(group) == 1 else f"partner/{name}--{slug(apart)}"
        seen: Counter[str] = Counter()
        for cluster in sorted(group, key=lambda c: (c.id, c.mentions[0].source, c.host or "")):
            seen[cluster.id] += 1
            if seen[cluster.id] > 1:
                cluster.id = f"{cluster.id}-{seen[cluster.id]}"


def _list_namesakes(clusters: list[Cluster]) -> None:
    bearers = _bearers(clusters)
    for i, cluster in enumerate(clusters):
        others = set().union(*(bearers[name] for name in cluster.names())) - {i}
        cluster.could_be = sorted(clusters[other].id for other in others)
