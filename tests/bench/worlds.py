"""How well Recoup tells what is owed in simulated worlds: the demo's reports, taken in by the command, against the
truth.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, text

from core.database.migrate import migrate
from core.database.server import embedded
from core.laws import Violation, check_all
from core.vocabulary import CATEGORIES
from loaders.demo.stories.amazon_paths import PATH_STORIES
from loaders.demo.stories.orders.amazon_doubts import DOUBT_PLOTS, DOUBT_TRAPS
from loaders.demo.stories.orders.walmart_plots import WALMART_DOUBT_PLOTS
from tests.bench.agreement import ALL, Agreement, Tally, compare, found_in, truth_of
from tests.bench.lines import Line
from tests.bench.reviewed import Reviewed, reviewed_in

TODAY = date(2026, 11, 22)
PRECISION, RECALL = 0.998, 0.98
TEMPLATE = "worlds"
STORIES = (
    *(story.decoy for story in PATH_STORIES),
    *(entry.decoy for entry in (*DOUBT_PLOTS, *DOUBT_TRAPS, *WALMART_DOUBT_PLOTS)),
    *("received with another shipment", "credit without a number of units", "appealed", "appealed too late"),
    "came back in a hole of the returns reports",
)
"""The stories of which each is shown on its own: those that have to be judged together with something else."""


@dataclass(frozen=True)
class Plan:
    """How many worlds there are, and how large each is; the seeds are 1, 2, …"""

    worlds: int
    accounts: int
    items: int


@dataclass(frozen=True)
class World:
    """What became of one world."""

    seed: int
    agreement: Agreement
    violations: list[Violation]
    reviewed: Reviewed


def accuracy(server: embedded.EmbeddedServer, folder: Path, plan: Plan, show: int) -> Iterator[Line]:
    """Precision and recall in units and money of each category, stories, decoys, Review, and the laws. Prints the first
    `show` disagreements of each category.
    """
    server.create_database(TEMPLATE)
    template = create_engine(server.url(database=TEMPLATE))
    migrate(template)
    template.dispose()
    agreement, violations, reviewed = Agreement(), list[str](), Reviewed()
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for world in threads.map(partial(_world, server, folder, plan), range(1, plan.worlds + 1)):
            print(f"world {world.seed}: {_shares(world.agreement.tallies[ALL])}", file=sys.stderr, flush=True)
            agreement.add(world.agreement)
            reviewed.add(world.reviewed)
            violations += [f"    world {world.seed}, {each.account}: {each.what}" for each in world.violations]
    yield from _lines(agreement, plan)
    yield from map(partial(_of_story, agreement), STORIES)
    yield from reviewed.lines()
    print("in Review by reason:", *reviewed.reasons(), sep="\n", flush=True)
    print(*_differences(agreement, show), sep="\n", flush=True)
    print(*violations[:show], sep="\n", end="\n" * bool(violations[:show]), flush=True)
    yield Line("what the laws do not allow", str(len(violations)), "0", not violations)


def _world(server: embedded.EmbeddedServer, folder: Path, plan: Plan, seed: int) -> World:
    name, out = f"world_{seed}", folder / f"world_{seed}"
    server.create_database(name, TEMPLATE)
    command = [sys.executable, "-m", "loaders", "demo", "--load", "--out", str(out), "--seed", str(seed)]
    command += ["--accounts", str(plan.accounts), "--items", str(plan.items)]
    environment = os.environ | {"DATABASE_URL": server.url(database=name), "RECOUP_TODAY": TODAY.isoformat()}
    environment["RECOUP_HOME"] = str(out / "home")
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"The world {seed} was not taken in: {done.stderr}")
    engine = create_engine(server.url(database=name))
    with engine.begin() as connection:
        connection.execute(text(f"set local recoup.today = '{TODAY}'"))
        agreement = compare(found_in(connection), truth_of(out / "truth"))
        violations, reviewed = check_all(connection), reviewed_in(connection)
    engine.dispose()
    server.drop_database(name)
    return World(seed, agreement, violations, reviewed)


def _lines(agreement: Agreement, plan: Plan) -> Iterator[Line]:
    target = f"≥ {PRECISION} and ≥ {RECALL}"
    for category in (*CATEGORIES, ALL):
        if category in agreement.tallies:
            tally = agreement.tallies[category]
            (precision, in_one), (recall, in_other) = tally.precision_of_money(), tally.recall_of_money()
            yield Line(f"{category}, units", _shares(tally), target, _is_met(tally.precision(), tally.recall()))
            measured = f"precision {precision:.4f} ({in_one}), recall {recall:.4f} ({in_other})"
            yield Line(f"{category}, money", measured, target, _is_met(precision, recall))
    ready = len(agreement.ready_decoys)
    yield Line(f"decoys that are ready, of {agreement.decoys:,}", str(ready), "0", not ready)
    accounts = plan.worlds * plan.accounts
    yield Line("accounts", f"{accounts} of {plan.worlds} seeds", "≥ 200 of ≥ 20", accounts >= 200 and plan.worlds >= 20)


def _of_story(agreement: Agreement, story: str) -> Line:
    """How many of a story's units agree; of a trap, which owes none, there are none and none may be stated."""
    tally = agreement.stories.get(story, Tally())
    measured = f"{tally.agreeing:,} of {tally.true:,} units" + (f", {tally.stated:,} stated" if not tally.true else "")
    return Line(f"story: {story}", measured, f"≥ {RECALL}", story in agreement.stories and _is_met(1, tally.recall()))


def _shares(tally: Tally) -> str:
    return f"precision {tally.precision():.4f}, recall {tally.recall():.4f} of {tally.true:,}"


def _is_met(precision: float, recall: float) -> bool:
    return precision >= PRECISION and recall >= RECALL


def _differences(agreement: Agreement, show: int) -> Iterator[str]:
    for category in CATEGORIES:
        found = [each for each in agreement.disagreements if each.event.category == category]
        if found and show:
            yield f"{category}: {len(found)} events differ"
            yield from (f"    {each.show()}" for each in found[:show])
    yield from (f"a decoy is ready: {each.show()}" for each in agreement.ready_decoys[:show])
