"""The staff's screens: forms, filters, views and addresses. They start from querysets that know the user and call verbs."""
