"""Whom Lake could ask about computer science and Del Norte about mathematics, on January 15, 2025, from one map and public pages.

Worked out from the sample's sheets by reading them, before there was code: who is eligible, in which ring, and in which group of
kinds (0 provider or office, 1 network or kind not recorded, 2 advocacy or funder). Rows are those of the county's own map (m)
and of the public pages (r), counting the header as row 1: T Ties, O Offerings.
"""

from __future__ import annotations

LAKE_COMPUTER_SCIENCE = {
    # In the region, or naming Lake: neither home is written down.
    "STEM and Computing Education Support (Sonoma State EdEon)": (2, 0),  # mO12 open to Lake; mT35 Upper Lake Unified only
    "Redbud Library (Lake County Library)": (2, 0),  # mT25 serves Lake County
    # Statewide.
    "Sacramento County Office of Education": (3, 0),  # rO21, rO38
    "San Joaquin County Office of Education": (3, 0),  # rO31
    "Code.org regional hubs in California": (3, 0),  # rT129
    "MESA California (UC)": (3, 0),  # rT189
    "UC ANR 4-H Youth Development": (3, 0),  # rT266
    "UCLA Computer Science Equity Project": (3, 0),  # rT268, rT269
    "CAL-MSCS": (3, 1),  # rO31
    "Seasons of CS (Sacramento COE)": (3, 1),  # rO35, rO42
    "Small School Districts' Association": (3, 1),  # rT255
    "ACCESS (Alliance for California Computing Education for Students and Schools)": (3, 2),  # rT2
    "Children Now / California STEM Network": (3, 2),  # rT128
    "Commission on Teacher Credentialing": (3, 2),  # rO15
    "CSforCA coalition": (3, 2),  # rO35, rT139
    "Early Math Project": (3, 2),  # rT152
    "Kapor Center": (3, 2),  # rT179
    # Nobody wrote down whom they serve.
    "Stanislaus County Office of Education": (4, 0),  # rO37
    "Trinity County Office of Education": (4, 0),  # rO3
    "UC Davis C-STEM Center": (4, 0),  # rO3
    "California Department of Education": (4, 2),  # rT23
    "U.S. Department of Education": (4, 2),  # mT34
}

LAKE_NOT = {
    "Children's Museum of Art and Science (Lake County)": "already",  # mT9, in another area
    "Learning by Making (Sonoma State EdEon)": "has ended",  # mO6; mT22, mT23 ended too
    "Count Play Explore (Fresno CSS)": "not for grades",  # rO16, rO20: birth to grade 3
    "Fresno County Office of Education": "not for grades",
    "CS4NorCal (Small School Districts' Association)": "serving",  # rT133 to 138
    "North State STEM": "serving",  # rT204 to 212
    "CSforCA Mid State Collaborative": "serving",  # rT140 to 144
    "CSforSAC (Sacramento COE and Los Rios CCD)": "has ended",  # rO18
    "CSTA Sacramento Chapter": "serving",  # rT146
    "Lawrence Livermore National Laboratory Science Education Program": "serving",  # rT183 to 185
    "North Coast School of Education": "nothing",  # mO2, mO13: no computer science
    "Mendocino County Office of Education": "serving",  # mT24, 32, 33: science only; its own map has more, for Mendocino
    "Lake County Office of Education": "own office",
    "Upper Lake Unified School District": "LEA",
}

DEL_NORTE_MATHEMATICS = {
    "California Mathematics Project: North Coast (Sonoma State)": (2, 0),  # mO5, home Sonoma
    "California Mathematics Council, Northern Section": (2, 1),  # mO3, rT53
    "Rural Math Collaborative (Lake and Butte COEs, CCEE)": (2, 1),  # rO34, home Lake
    "San Joaquin County Office of Education": (3, 0),  # rO31
    "California Subject Matter Project (UC Office of the President)": (3, 0),  # rO11
    "K-12 Alliance at WestEd": (3, 0),  # rT178
    "MESA California (UC)": (3, 0),  # rT189
    "WestEd": (3, 0),  # rT275
    "CAL-MSCS": (3, 1),  # rO31
    "Instructional Leadership Corps (California Teachers Association)": (3, 1),  # rT177
    "California Partnership for Math and Science Education": (3, 2),  # rO8
    "Children Now / California STEM Network": (3, 2),  # rT128
    "The Education Trust-West": (3, 2),  # rT155
    "California Collaborative for Educational Excellence": (3, 2),  # rO28, rT29
    "Early Math Project": (3, 2),  # rT152
    "Trinity County Office of Education": (4, 0),  # rO3
    "UC Davis C-STEM Center": (4, 0),  # rO3
    "Region 1 system of district and school support": (4, 1),  # mT2
    "California Department of Education": (4, 2),  # rT23
}

DEL_NORTE_NOT = {
    "North Coast School of Education": "already",  # mT8
    "Chico Math Project (CSU Chico)": "serving",  # rT112 to 126
    "Lake County Office of Education": "serving",  # rO28: Lake and Butte
    "Butte County Office of Education": "serving",
    "Sonoma County Math Council": "serving",  # rT257
    "Count Play Explore (Fresno CSS)": "not for grades",  # rO16, rO20
    "California Mathematics Council, Central Section": "serving",  # rT33 to 48
    "UCSB Mathematics Project": "serving",  # rT270, rT271
    "Mt Lassen Math Council": "serving",  # rT197
    "Monterey County Office of Education": "nothing",  # rT196 is computer science
    "Shasta County Office of Education": "nothing",  # mO6 to 8 are science
    "Redwood Coast K-16 Education Collaborative": "already",  # mT16
}

BEYOND_THE_FILES = {
    "Lake": {"WestEd"},
    "Del Norte": {"California Mathematics Project (statewide office, UCLA)", "California Mathematics Council"},
}
"""In or for the region only by what the other seven maps of the sample lend to the public pages: not in the sheets read."""
