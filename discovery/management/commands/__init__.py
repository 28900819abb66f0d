"""What can be run from a shell with `manage.py`; each command calls the verb that the screens call."""
