"""What production hashes passwords with; tests lower its cost, so a fresh process is asked."""

from __future__ import annotations

import subprocess
import sys

from tests.platform.server import clean

ASK = """
import django; django.setup()
from django.conf import settings
from django.contrib.auth.hashers import get_hashers
[hasher] = get_hashers()
print(settings.PASSWORD_HASHERS, hasher.algorithm, hasher.memory_cost, hasher.time_cost)
"""


def test_production_knows_argon2id_alone_at_full_cost(tmp_path) -> None:
    environment = clean() | {"DJANGO_SETTINGS_MODULE": "gongkai.platform.settings.project", "GONGKAI_HOME": str(tmp_path)}
    said = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True).stdout

    assert "MD5" not in said
    *_, algorithm, memory, turns = said.split()
    assert algorithm == "argon2"
    assert int(memory) >= 19 * 1024
    assert int(turns) >= 2
