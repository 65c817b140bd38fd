"""Fuzzing: pages and blocks of criteria that are damaged in every way, and what has to hold of whatever comes out.

    python -m tests.fuzz --seconds 600 --seed 1             seeded mutation of real pages
    python -m tests.fuzz.guided -max_total_time=600         guided by coverage, with atheris

The second needs `pip install -e '.[test,fuzz]'`. What either finds is written to tests/crashes, made smaller; the
ordinary tests run every file there.
"""
