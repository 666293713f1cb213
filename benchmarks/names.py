"""Made-up names by number: equal numbers give equal names, different numbers different ones. Nobody real is meant."""

from __future__ import annotations

__all__ = ["asset_title", "county_name", "lea_name", "partner_name"]

_FIRST = (
    "Alder", "Amber", "Ash", "Basalt", "Bay", "Birch", "Blue", "Bridge", "Canyon", "Cedar", "Clear", "Coast", "Copper", "Coral",
    "Cypress", "Dawn", "Delta", "Desert", "Eagle", "Elm", "Falcon", "Fern", "Fir", "Foothill", "Fox", "Golden", "Granite", "Gray",
    "Harbor", "Hawk", "Hazel", "Heron", "Hill", "Island", "Juniper", "Laurel", "Lupine", "Manzanita", "Maple", "Meadow", "Mesa",
    "Mission", "Moss", "North", "Oak", "Ocean", "Otter", "Pine", "Poppy", "Prairie", "Quail", "Quartz", "Redwood", "Ridge",
    "River", "Sage", "Sequoia", "Shell", "Silver", "Spring", "Stone", "Summit", "Sunset", "Valley", "West", "Willow", "Winter",
)
_SECOND = (
    "Arroyo", "Bend", "Bluff", "Branch", "Brook", "Cape", "Cliff", "Cove", "Creek", "Crest", "Crossing", "Dale", "Dell", "Dune",
    "Falls", "Field", "Flat", "Forest", "Fork", "Gap", "Garden", "Glade", "Glen", "Grove", "Gulch", "Haven", "Heath", "Hollow",
    "Knoll", "Lagoon", "Landing", "Ledge", "Marsh", "Mill", "Moor", "Orchard", "Pass", "Peak", "Point", "Pond", "Ranch", "Rapids",
    "Reach", "Reef", "Rise", "Rock", "Shore", "Slope", "Spur", "Strand", "Terrace", "Trace", "Trail", "Vale", "View", "Vista",
    "Wood",
)  # fmt: skip
_WHAT = (
    "Science Museum", "Public Library", "Math Circle", "Robotics Club", "Nature Center", "College", "Tech Works", "Makerspace",
    "Observatory", "Land Trust", "Farm Cooperative", "Youth Center", "Arts Council", "Family Center", "Tribal Council",
    "Hospital",
    "Water Agency", "Parks Office", "STEM Network", "Coding Collective", "Teachers Network", "Education Fund",
    "Chamber of Commerce",
    "Astronomy Society", "Research Station", "Engineering Guild", "Numeracy Project", "After-School Program", "Community Fund",
)  # fmt: skip
_ABOUT = (
    "Algebra", "Bridges", "Circuits", "Climate", "Coding", "Counting", "Crystals", "Data", "Energy", "Estuary", "Forces",
    "Fractions",
    "Gardens", "Geometry", "Graphs", "Habitats", "Light", "Machines", "Maps", "Measures", "Modeling", "Numbers", "Orbits",
    "Patterns",
    "Proofs", "Rivers", "Robots", "Soils", "Sound", "Statistics", "Storms", "Structures", "Tides", "Weather",
)  # fmt: skip
_FORM = (
    "workshop",
    "institute",
    "network",
    "lesson study",
    "coaching",
    "kits",
    "conference",
    "webinars",
    "fellowship",
    "field days",
)
_KINDS = ("Unified", "Elementary", "Union Elementary", "Unified", "Union High")


def _words(number: int, *lists: tuple[str, ...]) -> str:
    """One word of each list, told by the number; numbers beyond all combinations get a figure at the end."""
    words = []
    for some in lists:
        number, place = divmod(number, len(some))
        # Neighbouring numbers shall not read alike, so what is left over turns the next list.
        words.append(some[(place + number * 7) % len(some)])
    return " ".join(words) + (f" {number + 1}" if number else "")


def partner_name(number: int) -> str:
    """A partner's name.

    >>> partner_name(0), len({partner_name(n) for n in range(200_000)})
    ('Alder Arroyo Science Museum', 200000)
    """
    return _words(number, _FIRST, _SECOND, _WHAT)


def asset_title(number: int) -> str:
    """The title of something that is offered.

    >>> len({asset_title(n) for n in range(100_000)})
    100000
    """
    return _words(number, _ABOUT, _FORM, _SECOND, _FIRST)


def lea_name(number: int) -> str:
    """A district's name as the state writes it.

    >>> len({lea_name(n) for n in range(20_000)})
    20000
    """
    return f"{_words(number, _SECOND, _FIRST)} {_KINDS[number % len(_KINDS)]}"


def county_name(number: int) -> str:
    """A county's name, one word of two.

    >>> county_name(0), len({county_name(n) for n in range(3_500)})
    ('Alderarroyo', 3500)
    """
    second, first = divmod(number, len(_FIRST))
    return _FIRST[first] + _SECOND[(second + first * 7) % len(_SECOND)].lower()
