"""What the platform knows now of a website's year: the ledger and the catalogue, asked together. Two statements."""

from __future__ import annotations

from gongkai.platform.annual import ledger
from gongkai.platform.annual.models import WebsiteForm
from gongkai.platform.annual.queries.figures import entered
from gongkai.platform.catalogue.queries import on_sites

from .filling import LEDGER, Known, Signed, SiteFacts, known

_INDICATORS = frozenset(indicator for indicator, _channel in LEDGER.values())


def facts(form: WebsiteForm) -> SiteFacts:
    """The website as it is entered now, with its organ."""
    site = form.website
    return SiteFacts(site.name, site.address, site.organ.name, site.kind, site.code, site.icp, site.police, site.main, site.organ.office_phone)


def knowledge(form: WebsiteForm, signed: Signed | None = None) -> dict[str, tuple[Known, ...]]:
    """Every box of which something is known, as the records stand now."""
    organ = form.website.organ_id
    figures = ledger.year(entered(organ, form.year, _INDICATORS))
    counted = on_sites.counted(organ, form.year, "" if form.website.main else form.website.address)
    return known(facts(form), figures, counted, signed)
