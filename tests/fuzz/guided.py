"""Fuzzing guided by coverage, with atheris: `python -m tests.fuzz.guided [libFuzzer options] [folder of a corpus]`.

The first byte of an input says what it is for: a page, a block of criteria, or a page as bytes. Without a corpus, real
pages are the seeds. What is found is printed and kept, and the search goes on.
"""

from __future__ import annotations

import codecs
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["parser"]):
    import parser  # noqa: F401  Its modules have to be imported here to be watched.

from tests.fuzz.crashes import Input, keep, timed_faults
from tests.fuzz.mutate import LONGEST, TOKENS
from tests.fuzz.seeds import read_seeds

_KINDS = ("page", "criteria", "bytes")
_found: set[str] = set()


def _one(data: bytes) -> None:
    if not data:
        return
    kind = _KINDS[data[0] % len(_KINDS)]
    given: Input = data[1:] if kind == "bytes" else data[1:].decode("utf-8", "surrogatepass_or_replace")
    for fault in timed_faults(kind, given):
        if fault.kind not in _found:
            _found.add(fault.kind)
            print(f"{fault.kind}: {fault.detail}\nkept as {keep(kind, given, fault)}", flush=True)


def _surrogates_or_replace(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are lone surrogates as such, other bad bytes as U+FFFD: atheris knows nothing of UTF-8."""
    assert isinstance(error, UnicodeDecodeError)
    three = error.object[error.start : error.start + 3]
    try:
        return three.decode("utf-8", "surrogatepass"), error.start + 3
    except UnicodeDecodeError:
        return "\ufffd", error.start + 1


def _dictionary(path: Path) -> Path:
    """libFuzzer's dictionary: a quoted word a line, in bytes."""
    words = ("".join(f"\\x{byte:02x}" for byte in word.encode("utf-8")) for word in TOKENS)
    path.write_text("".join(f'"{word}"\n' for word in words), encoding="ascii")
    return path


def _corpus(folder: Path) -> Path:
    seeds = read_seeds(most=60)
    for index, page in enumerate(seeds.pages):
        (folder / f"page{index}").write_bytes(b"\x00" + page.encode("utf-8"))
    for index, block in enumerate(seeds.blocks):
        (folder / f"criteria{index}").write_bytes(b"\x01" + block.encode("utf-8"))
    return folder


def main() -> None:
    codecs.register_error("surrogatepass_or_replace", _surrogates_or_replace)
    with tempfile.TemporaryDirectory() as scratch:
        words = _dictionary(Path(scratch) / "words")
        given = sys.argv[1:]
        if not any(not argument.startswith("-") for argument in given):
            folder = Path(scratch) / "corpus"
            folder.mkdir()
            given.append(str(_corpus(folder)))
        atheris.Setup([sys.argv[0], f"-dict={words}", f"-max_len={LONGEST}", *given], _one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
