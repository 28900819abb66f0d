"""Checks: small functions that advise before a paper goes out. Importing this package registers them all."""

from discovery.domain.checks import subpoena
from discovery.domain.checks.registry import Check, Finding, findings_for, registered

__all__ = ["Check", "Finding", "findings_for", "registered", "subpoena"]
