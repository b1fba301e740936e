"""The same Django, database and templates with another list of addresses: what the platform's pages are held against."""

from gongkai.platform.settings.project import *  # noqa: F403

ROOT_URLCONF = "benchmarks.platform.bare"
