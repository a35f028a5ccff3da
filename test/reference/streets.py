"""Street graphs of Porto Alegre read by osmium and searched by scipy, by the rules that src/models/streets/profiles.ts declares, written here anew.
Writes streets.json beside this file. Made with osmium 4.3.2, scipy 1.17.1, numpy 2.4.6: python streets.py path/to/poa_osm.pbf"""
import json
import math
import random
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import osmium
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

RADIUS = 6_371_008.8
WALK, RIDE, STAIRS, FERRY = 3.6, 12.0, 2.0, 20.0

# highway: (walk, bicycle, car, km/h): y by default, t only where a tag of the mode says so, p pushed, n never
ROADS = {
    "motorway": "n n y 90", "motorway_link": "n n y 45", "trunk": "t t y 85", "trunk_link": "t t y 40",
    "primary": "y y y 65", "primary_link": "y y y 30", "secondary": "y y y 55", "secondary_link": "y y y 25",
    "tertiary": "y y y 40", "tertiary_link": "y y y 20", "unclassified": "y y y 25", "residential": "y y y 25",
    "living_street": "y y y 10", "service": "y y y 15", "road": "y y y 25", "track": "y y t 15", "busway": "n t n 0",
    "cycleway": "t y n 0", "path": "y y n 0", "bridleway": "y p n 0", "footway": "y p n 0", "pedestrian": "y p n 0",
    "steps": "y p n 0",
}
PASS = "yes permissive designated official destination customers residents public allowed".split()
CLOSED = "no private agricultural forestry delivery emergency psv bus military permit restricted dismount use_sidepath".split()
TAGS = {"walk": ["foot"], "bike": ["bicycle", "vehicle"], "car": ["motorcar", "motor_vehicle", "vehicle"]}
WALLS = "wall fence retaining_wall city_wall hedge yes".split()
STOPS_CAR = WALLS + (
    "bollard block cycle_barrier motorcycle_barrier kissing_gate stile turnstile full-height_turnstile chain jersey_barrier planter log rope debris "
    "barrier_board ditch guard_rail wicket_gate horse_stile hampshire_gate bus_trap sump_buster spikes"
).split()


def access(mode, tags):
    """(open, said by a tag of the mode itself); None when nothing is said."""
    for name in TAGS[mode]:
        if tags.get(name) in PASS:
            return True, True
        if tags.get(name) in CLOSED:
            return False, True
    if tags.get("access") in PASS:
        return True, False
    if tags.get("access") in CLOSED:
        return False, False
    return None


def allowed(mode, letter, tags):
    said = access(mode, tags)
    invited = said == (True, True)
    if letter == "n" or (said and not said[0]):
        return False
    if mode != "car" and tags.get("motorroad") == "yes" and not invited:
        return False
    return invited if letter in "tp" else True


def directions(tags, bicycle):
    value = tags.get("oneway")
    if bicycle:
        if any(tags.get(k, "").startswith("opposite") for k in ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")):
            return True, True
        if tags.get("oneway:bicycle") in ("yes", "no", "-1"):
            value = tags["oneway:bicycle"]
    if value == "yes":
        return True, False
    if value == "-1":
        return False, True
    if value == "no":
        return True, True
    one_way = tags.get("junction") in ("roundabout", "circular") or tags.get("highway") == "motorway"
    return True, not one_way


def speeds(mode, tags):
    """km/h along the way and against it, 0 where closed."""
    assert tags.get("route") != "ferry", "no ferry in this extract: the rule is not written here"
    walk, bike, car, kmh = ROADS[tags["highway"]].split()
    on_foot = WALK if allowed("walk", walk, tags) else 0
    if mode == "walk":
        return on_foot, on_foot
    if mode == "bike":
        pushed = on_foot and (STAIRS if tags["highway"] == "steps" else WALK)
        rides = tags["highway"] != "steps" and allowed("bike", bike, tags)
        return tuple(RIDE if rides and way else pushed for way in directions(tags, True))
    if tags.get("service") == "emergency_access" or not allowed("car", car, tags):
        return 0, 0
    limit = {}
    for side in ("", ":forward", ":backward"):
        text = tags.get("maxspeed" + side)
        limit[side] = float(text) if text else None
    return tuple(
        (limit[side] or limit[""] or float(kmh)) if way else 0
        for side, way in zip((":forward", ":backward"), directions(tags, False))
    )


def blocks(mode, tags):
    def closed(one, kinds):
        said = access(one, tags)
        return not said[0] if said else tags["barrier"] in kinds

    if mode == "car":
        return closed("car", STOPS_CAR)
    return closed("walk", WALLS) and (mode == "walk" or closed("bike", WALLS))


def great_circle(a, b):
    (lon1, lat1), (lon2, lat2) = [(math.radians(x), math.radians(y)) for x, y in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1, math.sqrt(h)))


class Extract(osmium.SimpleHandler):
    def __init__(self):
        super().__init__()
        self.places, self.barriers, self.ways, self.restrictions = {}, {}, [], 0

    def node(self, node):
        self.places[node.id] = (node.location.lon, node.location.lat)
        if "barrier" in node.tags:
            self.barriers[node.id] = dict(node.tags)

    def way(self, way):
        tags = dict(way.tags)
        if tags.get("highway") in ROADS or tags.get("route") == "ferry":
            self.ways.append(([n.ref for n in way.nodes], tags))

    def relation(self, relation):
        self.restrictions += relation.tags.get("type") == "restriction"


def graph(extract, mode):
    closed = {node for node, tags in extract.barriers.items() if blocks(mode, tags)}
    numbers, arcs, ends = {}, {}, 0
    for nodes, tags in extract.ways:
        along, against = speeds(mode, tags)
        for one, other in zip(nodes, nodes[1:]):
            if one == other or not (along or against):
                continue
            metres = great_circle(extract.places[one], extract.places[other])
            # A closed barrier: each segment that touches it ends at a node of its own.
            names = []
            for end in (one, other):
                ends += end in closed
                names.append((end, ends) if end in closed else end)
            a, b = [numbers.setdefault(name, len(numbers)) for name in names]
            for tail, head, kmh in ((a, b, along), (b, a, against)):
                if kmh:
                    best = arcs.get((tail, head), (math.inf, 0))
                    arcs[tail, head] = min(best, (metres * 3.6 / kmh, metres))
    return numbers, arcs


def main(path):
    extract = Extract()
    extract.apply_file(path)
    assert extract.restrictions == 0, "restrictions of turns are not written here"
    result = {"made_with": {name: version(name) for name in ("osmium", "scipy", "numpy")}, "modes": {}}
    for mode in ("walk", "bike", "car"):
        numbers, arcs = graph(extract, mode)
        names = sorted((name for name in numbers if isinstance(name, int)), key=int)
        tails, heads = (np.array([arc[i] for arc in arcs]) for i in (0, 1))
        # scipy takes a written 0 for an absent arc: none here.
        seconds = np.array([value[0] for value in arcs.values()])
        assert (seconds > 0).all()
        matrix = csr_matrix((seconds, (tails, heads)), shape=(len(numbers), len(numbers)))
        draw = random.Random(20261205)
        origins = draw.sample(names, 30)
        times = dijkstra(matrix, indices=[numbers[name] for name in origins])
        pairs, rows = [], []
        for name, row in zip(origins, times):
            reached = row[np.isfinite(row)]
            rows.append([name, int(reached.size), round(math.fsum(reached), 6), round(float(reached.max()), 6)])
            for to in draw.sample(names, 10):
                value = row[numbers[to]]
                pairs.append([name, to, round(float(value), 6) if np.isfinite(value) else None])
        count, labels = connected_components(matrix, connection="strong")
        result["modes"][mode] = {
            "nodes": len(numbers),
            "arcs": len(arcs),
            "seconds": round(math.fsum(seconds), 6),
            "metres": round(math.fsum(value[1] for value in arcs.values()), 6),
            "components": int(count),
            "largest": int(np.bincount(labels).max()),
            "origins": rows,
            "pairs": pairs,
        }
    text = json.dumps(result, indent=1).replace(",\n     ", ", ").replace("[\n     ", "[").replace("\n    ]", "]")
    Path(__file__).with_suffix(".json").write_text(text + "\n", encoding="utf8")


main(sys.argv[1])
