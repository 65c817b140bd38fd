"""Tables of grammars that are kept in the cache: they change nothing but the time, and nothing depends on them."""

from __future__ import annotations

import errno
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from lark import Lark

from parser.cache import VARIABLE, cache_folder, load, store
from parser.grammar import GrammarMismatch, Node, lalr, larks, match_pieces, match_text, terminals, texts
from parser.quantities import phrase
from tests.conftest import ROOT
from tests.test_grammars import OVER_PIECES, Named, phrase_pieces, piece_examples, text_examples

NUMBER = ("amount", "amount", "1.5 x 10^9", 0, 10)


class Watched(Lark):
    """Counts the grammars that are made from their text."""

    made = 0

    def __init__(self, *arguments: Any, **options: Any) -> None:
        Watched.made += 1
        super().__init__(*arguments, **options)


def new_process() -> None:
    """Forget the grammars of this process, as if it had just begun."""
    for kept in (lalr.tables_of, phrase._shape, texts._reader):
        kept.cache_clear()
    Watched.made = 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an empty cache, which does not exist yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "deep" / "cache"))
    monkeypatch.setattr(larks, "Lark", Watched)
    new_process()
    yield tmp_path / "deep" / "cache"
    new_process()


def made_for_number() -> int:
    """How many grammars are made from their text when a process reads a number."""
    new_process()
    assert match_text(*NUMBER).rule == "amount"
    return Watched.made


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def body_of(path: Path) -> bytes:
    """What a file holds, which stands there whole."""
    digest, _, body = path.read_bytes().partition(b"\n")
    assert digest.decode() == sha256(body).hexdigest()
    return body


# --- What is read back ------------------------------------------------------------------------------------------------


def outcome(match: Callable[[], Node[Any]]) -> object:
    try:
        return match()
    except GrammarMismatch as mismatch:
        return str(mismatch), mismatch.index


def outcomes() -> list[object]:
    """What comes of all examples of the grammars, good and bad, and of all their beginnings."""
    new_process()
    found: list[object] = [terminals("quantity", "phrase")]
    for kind in ("ok", "bad"):
        for name, example in piece_examples(kind):
            words = example.split()
            for end in range(len(words) + 1):
                pieces = [Named(terminal) for terminal in words[:end]]
                found.append(outcome(lambda: match_pieces(name, OVER_PIECES[name], pieces)))  # noqa: B023
        for name, rule, text in text_examples(kind):
            for end in range(len(text) + 1):
                found.append(outcome(lambda: match_text(name, rule, text, 0, end)))  # noqa: B023
    for text in ("at least 2.5 x ULN", "between 20 and 60 years", "within the last 3 months"):
        pieces_of_text = phrase_pieces(text)
        for end in range(len(pieces_of_text) + 1):
            found.append(outcome(lambda: match_pieces("quantity", "phrase", pieces_of_text[:end])))  # noqa: B023
    return found


def test_a_grammar_from_its_tables_gives_the_same_trees_and_errors(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = outcomes()
    assert Watched.made >= 8
    warm = outcomes()
    assert Watched.made == 0
    monkeypatch.setenv(VARIABLE, "")
    without = outcomes()
    assert Watched.made >= 8
    assert len(without) > 900
    assert warm == cold == without


def test_a_file_is_data_and_the_folder_is_private(folder: Path) -> None:
    assert made_for_number() == 1
    path = only_file(folder)
    assert path.name.startswith("amount-amount-text.") and path.suffix == ".json"
    assert isinstance(json.loads(body_of(path)), list)
    if os.name != "nt":
        assert folder.stat().st_mode & 0o777 == 0o700
        assert path.stat().st_mode & 0o777 == 0o600


# --- Files that are not what was written ------------------------------------------------------------------------------


class Trap:
    """A pickle that would write a file when it is read."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, str]]:
        return open, (str(self.place), "w")


def whole(body: bytes) -> bytes:
    """A body under its right digest, as only somebody who means to deceive would write it."""
    return sha256(body).hexdigest().encode() + b"\n" + body


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut off": lambda content: content[: len(content) // 2],
    "one bit": flipped,
    "zeros": lambda content: bytes(len(content)),
    "no digest": lambda content: content.partition(b"\n")[2],
    "something behind": lambda content: content + b" ",
    "no JSON": lambda content: whole(b"\x80\x04."),
    "nested without end": lambda content: whole(b"[" * 100_000),
    "null": lambda content: whole(b"null"),
    "a number": lambda content: whole(b"7"),
    "a list": lambda content: whole(b"[1]"),
    "an object": lambda content: whole(b'{"grammar": {}}'),
    "empty tables": lambda content: whole(b"[0, 0, [], [], {}, []]"),
    "other tables": lambda content: whole(b'[0, 0, [{"a": "b"}], [["a"]], {}, []]'),
    "without what is ignored": lambda content: whole(content.partition(b"\n")[2].rpartition(b",")[0] + b"]"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_made_anew(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    assert made_for_number() == 1
    path = only_file(folder)
    path.write_bytes(damage(path.read_bytes()))
    assert made_for_number() == 1
    assert body_of(only_file(folder))
    assert made_for_number() == 0


def test_a_pickle_is_never_read(folder: Path, tmp_path: Path) -> None:
    assert made_for_number() == 1
    path = only_file(folder)
    trapped = pickle.dumps(Trap(tmp_path / "trapped"))
    for content in (trapped, whole(trapped)):
        path.write_bytes(content)
        assert made_for_number() == 1
    assert not (tmp_path / "trapped").exists()


def test_what_was_made_from_another_text_is_replaced_and_other_names_stay(folder: Path) -> None:
    store("one", "a", 1)
    store("other", "a", 2)
    store("one", "b", 3)
    assert (load("one", "a"), load("one", "b"), load("other", "a")) == (None, 3, 2)
    assert len(list(folder.iterdir())) == 2


def test_what_a_process_left_that_was_stopped_is_removed(folder: Path) -> None:
    assert made_for_number() == 1
    path = only_file(folder)
    path.rename(path.with_suffix(".abc.tmp"))
    assert made_for_number() == 1
    assert only_file(folder) == path


# --- Folders that cannot be used --------------------------------------------------------------------------------------


def test_the_cache_can_be_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv(VARIABLE, "")
    assert cache_folder() is None
    assert made_for_number() == 1
    assert made_for_number() == 1
    assert not folder.exists()


def test_a_file_in_the_place_of_the_folder_is_left_alone(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("mine")
    assert made_for_number() == 1
    assert made_for_number() == 1
    assert folder.read_text() == "mine"


def refuse(number: int) -> Callable[..., Any]:
    def refused(*arguments: Any, **options: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize(
    "module, function, number",
    [
        (os, "mkdir", errno.EROFS),
        (tempfile, "mkstemp", errno.EACCES),
        (tempfile, "mkstemp", errno.ENOSPC),
        (os, "replace", errno.ENOSPC),
        (os, "replace", errno.EACCES),
        (os, "unlink", errno.EACCES),
    ],
)
def test_a_folder_that_cannot_be_written_is_no_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, module: Any, function: str, number: int
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(module, function, refuse(number))
        assert made_for_number() == 1
    assert not folder.exists() or not list(folder.glob("*.tmp"))
    assert made_for_number() <= 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="for root and on Windows, no folder is read-only")
def test_a_read_only_folder_is_no_error(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o500)
    assert made_for_number() == 1
    assert made_for_number() == 1
    assert not list(folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="folders on Windows have no such modes")
def test_a_folder_that_others_can_write_to_is_not_used(folder: Path) -> None:
    assert made_for_number() == 1
    folder.chmod(0o777)
    assert made_for_number() == 1
    only_file(folder).unlink()
    assert made_for_number() == 1
    assert not list(folder.iterdir())


# --- Where the folder is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "platform, environment, expected",
    [
        ("linux", {"HOME": "/home/me"}, "/home/me/.cache/registry-text-parser"),
        ("linux", {"HOME": "/home/me", "XDG_CACHE_HOME": "/cache"}, "/cache/registry-text-parser"),
        ("linux", {"HOME": "/home/me", "XDG_CACHE_HOME": "cache"}, "/home/me/.cache/registry-text-parser"),
        ("linux", {"HOME": "/home/me", "XDG_CACHE_HOME": "/cache", VARIABLE: "/mine"}, "/mine"),
        ("darwin", {"HOME": "/home/me"}, "/home/me/Library/Caches/registry-text-parser"),
        ("darwin", {"HOME": "/home/me", "XDG_CACHE_HOME": "/cache"}, "/cache/registry-text-parser"),
        ("win32", {"LOCALAPPDATA": "/Users/me/Local"}, "/Users/me/Local/registry-text-parser"),
        ("win32", {}, None),
        ("linux", {"HOME": "relative"}, None),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="these paths are not absolute on Windows")
def test_where_the_folder_is(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: str | None
) -> None:
    for name in (VARIABLE, "HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_folder() == (Path(expected) if expected else None)


def test_without_a_home_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (VARIABLE, "HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    # What it gives for a user that the system does not know.
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert cache_folder() is None
    assert made_for_number() == 1


# --- Processes that start together ------------------------------------------------------------------------------------

PARSE = "import sys; from parser import parse; print(parse(open(sys.argv[1], 'rb').read()).to_json())"


def test_processes_that_start_together_do_not_disturb_each_other(folder: Path, sample: Path) -> None:
    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", PARSE, str(sample)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    started = [start() for _ in range(3)]
    printed = [process.communicate(timeout=120) for process in started]
    assert [(process.returncode, errors) for process, (_, errors) in zip(started, printed, strict=True)] == [
        (0, b"")
    ] * 3
    assert len({document for document, _ in printed}) == 1
    files = list(folder.iterdir())
    assert len(files) == len({path.name.partition(".")[0] for path in files}) >= 5
    assert all(path.suffix == ".json" and body_of(path) for path in files)
