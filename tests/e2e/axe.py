"""What axe-core finds on a page by the rules of WCAG 2.0 to 2.2, levels A and AA; and the phone that pages are seen on."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def violations(page: Page) -> list[str]:
    """What axe finds, a line for each element."""
    return [
        f"{rule['id']}: {node['html'][:200]} ({node['failureSummary']})"
        for rule in Axe().run(page, options=RULES).response["violations"]
        for node in rule["nodes"]
    ]


def fits(page: Page) -> bool:
    """Whether a page is no wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
