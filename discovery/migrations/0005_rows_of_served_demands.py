from django.db import migrations


def give_rows(apps, schema_editor):
    """Give each demand that was served before there were rows one row for each request of its frozen text."""
    demands = apps.get_model("discovery", "Demand")
    requests = apps.get_model("discovery", "Request")
    rows = apps.get_model("discovery", "RequestRow")
    for demand in demands.objects.filter(status__in=["served", "superseded"], approved_version__isnull=False).select_related(
        "approved_version"
    ):
        numbers = {entry["number"] for entry in demand.approved_version.content["requests"]}
        found = requests.objects.filter(request_set_id=demand.request_set_id, number__in=numbers)
        rows.objects.bulk_create(
            [rows(case_id=demand.case_id, demand=demand, request=one, number=one.number) for one in found], ignore_conflicts=True
        )


class Migration(migrations.Migration):

    dependencies = [("discovery", "0004_life_of_a_request")]

    operations = [migrations.RunPython(give_rows, migrations.RunPython.noop)]
