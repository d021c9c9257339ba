"""The mixer under every draw: published outputs, avalanche, balance of its bits, and no two keys alike."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core import streams
from sim.core.jit import jit_allocating
from tests.core.draws import AXES, FAR, bits

GOLDEN, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
WORD = 2**64

# Seed 1234567 in Rosetta Code, "Pseudo-random numbers/Splitmix64", as in Vigna's splitmix64.c.
PUBLISHED = (6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821)


def unshift(z: int, by: int) -> int:
    """The x of which z is x ^ (x >> by)."""
    x = z
    for _ in range(64 // by + 1):
        x = z ^ (x >> by)
    return x


def key_that_gives(word: int) -> int:
    """The signed key under which draw 0 has exactly these 64 bits: the mixer run backwards."""
    z = unshift(word, 31) * pow(SECOND, -1, WORD) % WORD
    z = unshift(z, 27) * pow(FIRST, -1, WORD) % WORD
    key = (unshift(z, 30) - GOLDEN) % WORD
    return key - WORD if key >= WORD // 2 else key


@pytest.mark.compiler_off
def test_the_mixer_gives_the_published_outputs_of_splitmix64():
    assert tuple(int(streams.mix(1234567, number)) for number in range(5)) == PUBLISHED


@pytest.mark.compiler_off
def test_a_uniform_is_never_0_or_1_whatever_the_bits():
    lowest = streams.uniform(np.int64(key_that_gives(0)), 0)
    highest = streams.uniform(np.int64(key_that_gives(WORD - 1)), 0)
    assert lowest == 2.0**-53
    assert highest == 1.0 - 2.0**-53


@pytest.mark.compiler_off
@pytest.mark.parametrize("word", [0, WORD - 1])
def test_every_distribution_stays_finite_where_all_bits_are_equal(word):
    key = np.int64(key_that_gives(word))
    drawn = [
        streams.exponential(key, 0, 2.0),
        streams.normal(key, 0),
        streams.lognormal(key, 0, 18.0, 0.9),
        streams.pareto_tailed(key, 0, 6.0, 1.0, 0.05, 2.0),
    ]
    assert np.isfinite(drawn).all()
    assert streams.exponential(key, 0, 2.0) > 0.0
    assert streams.choice(key, 0, 7) == (6 if word else 0)
    assert streams.poisson(key, 0.2) <= 12  # P(Poisson(0.2) > 12) < 2^-53
    assert streams.poisson(key, 16.0) <= 64  # P(Poisson(16) > 64) < 2^-53


@pytest.mark.compiler_off
def test_keys_come_back_into_compiled_code_as_they_left_it():
    keys = [streams.stream_key(seed, streams.CALENDAR) for seed in range(40)]
    assert min(keys) < 0 < max(keys)  # both signs, so both ways of passing them are used
    assert len({streams.uniform(key, 0) for key in keys}) == 40


@jit_allocating
def flips(keys, numbers, of_number):
    """How often each output bit flips, of keys.size, when one input bit does: (64 inputs, 64 outputs)."""
    counts = np.zeros((64, 64), np.int64)
    for i in range(keys.size):
        before = streams.mix(keys[i], numbers[i])
        for b in range(64):
            bit = np.uint64(1) << np.uint64(b)
            after = streams.mix(keys[i], numbers[i] ^ bit) if of_number else streams.mix(keys[i] ^ bit, numbers[i])
            difference = before ^ after
            for o in range(64):
                counts[b, o] += np.int64((difference >> np.uint64(o)) & np.uint64(1))
    return counts


@pytest.mark.parametrize("of_number", [False, True], ids=["key", "number"])
def test_flipping_any_input_bit_flips_every_output_bit_half_of_the_time(of_number):
    samples = 20_000
    places = np.random.default_rng(1).integers(0, WORD, (2, samples), np.uint64)
    share = flips(places[0], places[1], of_number) / samples
    # Stafford's variant 13 is no ideal mixer (a few cells lie a per cent from a half), hence 0.03 and not a test of exactness.
    assert np.abs(share - 0.5).max() < 0.03
    assert np.abs(share.mean(axis=1) - 0.5).max() < 0.01


@pytest.mark.parametrize("axis", AXES)
def test_each_of_the_64_bits_is_a_fair_coin_along_every_axis(axis):
    samples = 1 << 17
    drawn = bits(**{axis: np.arange(samples)})
    ones = np.array([int(((drawn >> np.uint64(b)) & np.uint64(1)).sum()) for b in range(64)])
    far = np.abs(ones - samples / 2) / np.sqrt(samples / 4)
    assert far.max() < FAR + 1.0  # the largest of 64


@jit_allocating
def all_keys(seeds, stream_count, days, entities, numbers):
    """Keys of every level of a run, and the draws of its first 20 entities, one after the other."""
    per_day = 1 + entities + min(entities, 20) * numbers
    found = np.empty(seeds * stream_count * (1 + days * per_day), np.int64)
    at = 0
    for seed in range(seeds):
        for stream in range(1, stream_count + 1):
            found[at] = streams.stream_key(seed, stream)
            at += 1
            for day in range(days):
                today = streams.day_key(seed, stream, day)
                found[at] = today
                at += 1
                for entity in range(entities):
                    key = streams.entity_key(today, entity)
                    found[at] = key
                    at += 1
                    if entity < 20:
                        for number in range(numbers):
                            found[at] = np.int64(streams.mix(key, number))
                            at += 1
    return found[:at]


def test_no_two_keys_or_draws_of_whole_runs_are_alike():
    """3 seeds, every stream, 1,200 days, 100 entities, 4 numbers: 12 million keys, of which a perfect
    generator repeats one in one such set of 300,000.
    """
    found = all_keys(3, len(streams.STREAMS), 1200, 100, 4)
    assert found.size > 11_000_000
    found.sort()
    assert (found[1:] != found[:-1]).all()


def test_every_stream_has_a_number_of_its_own():
    assert len(set(streams.STREAMS.values())) == len(streams.STREAMS) > 1
