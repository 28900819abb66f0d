"""Signing in and changing one's password, in the look of the staff's forms."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from discovery.staff.forms.base import StaffForm


class SignInForm(StaffForm, AuthenticationForm):
    """User name and password."""


class PasswordForm(StaffForm, PasswordChangeForm):
    """The old password, and the new one twice."""
