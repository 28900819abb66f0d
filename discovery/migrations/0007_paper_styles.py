from django.db import migrations

STYLES = {"FRCP-CAND": "cand-28", "CA-CCP": "ca-28", "TX-TRCP": "tx-section", "NY-CPLR": "ny-plain"}
"""Which paper a court's rule set asks for; others stay on the plain paper that every court had before."""


def give_styles(apps, schema_editor):
    """Give courts the paper of their rules. Every court was created with one style, whatever its rules: there was no other."""
    courts = apps.get_model("discovery", "Court")
    for rule_set, style in STYLES.items():
        courts.objects.filter(rule_set=rule_set).update(paper_style=style)
    courts.objects.exclude(paper_style__in=[*STYLES.values(), "pleading-25"]).update(paper_style="federal-plain")


class Migration(migrations.Migration):

    dependencies = [("discovery", "0006_papers")]

    operations = [migrations.RunPython(give_styles, migrations.RunPython.noop)]
