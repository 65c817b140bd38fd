"""Fuzzing: pages and blocks of criteria that are damaged in every way, and what has to hold of whatever comes out.

    python -m tests.fuzz --seconds 600 --seed 1             seeded mutation of real pages
    python -m tests.fuzz.guided -max_total_time=600         guided by coverage, with atheris

Half of the first's texts have a made-up word in every value (`tests.fuzz.words`): records printed in every form,
samples of exports and pages, labels and headings in any order. Each word has to be in the document.

The second needs `pip install -e '.[test,fuzz]'`. What either finds is written to tests/crashes, made smaller; the
ordinary tests run every file there.
"""
