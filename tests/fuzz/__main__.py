"""Seeded mutation: `python -m tests.fuzz --seconds 600 --seed 1`. Exit status 1 when something was found."""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.crashes import FOLDER, Input, keep, timed_faults
from tests.fuzz.mix import mixed
from tests.fuzz.mutate import mutated, mutated_bytes
from tests.fuzz.seeds import Seeds, read_seeds
from tests.fuzz.words import one_text

# So many inputs are checked against the JSON Schema, which takes longer than all else.
_THOROUGH = 0.02


def one_input(chance: random.Random, seeds: Seeds) -> tuple[str, Input]:
    """A damaged page, block of criteria or page as bytes, a mix of what pages are made of, or a text with words."""
    drawn = chance.random()
    if drawn > 0.5:
        text = one_text(chance)
        return "page", mutated(chance, text, seeds.pages) if chance.random() < 0.1 else text
    if drawn > 0.4:
        text = mixed(chance)
        return "page", mutated(chance, text, seeds.pages) if chance.random() < 0.2 else text
    if drawn < 0.15:
        return "criteria", mutated(chance, chance.choice(seeds.blocks), seeds.blocks)
    if drawn < 0.2:
        return "bytes", mutated_bytes(chance, chance.choice(seeds.pages), seeds.pages)
    return "page", mutated(chance, chance.choice(seeds.pages), seeds.pages)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--seconds", type=float, default=60, help="how long to run")
    options.add_argument("--seed", type=int, default=0, help="where chance begins; the same seed, the same inputs")
    options.add_argument("--crashes", type=Path, default=FOLDER, help="where to write what was found")
    given = options.parse_args()

    seeds = read_seeds()
    found: Counter[str] = Counter()
    until = time.monotonic() + given.seconds
    done = 0
    while time.monotonic() < until:
        # Each input has a chance of its own, so that `--seed` and a number are enough to have it again.
        chance = random.Random(f"{given.seed}/{done}")
        kind, data = one_input(chance, seeds)
        for fault in timed_faults(kind, data, chance.random() < _THOROUGH):
            if not found[fault.kind]:
                print(
                    f"{done}: {fault.kind}: {fault.detail}\nkept as {keep(kind, data, fault, given.crashes)}",
                    flush=True,
                )
            found[fault.kind] += 1
        done += 1
        if done % 1000 == 0:
            print(f"{done:,} inputs, found: {dict(found)}", flush=True)
    print(f"seed {given.seed}: {done:,} inputs in {given.seconds:.0f} s, found: {dict(found)}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
