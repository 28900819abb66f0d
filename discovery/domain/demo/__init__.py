"""The demo case, told through the verbs."""
