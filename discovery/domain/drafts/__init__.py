"""Drafts: papers as jobs, from asking to the stored file, its Word file, its batch, and what is known of it."""
