"""What a letter asks about a request."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discovery", "0005_rows_of_served_demands")]

    operations = [
        migrations.AddField(
            model_name="disputedrequest",
            name="question",
            field=models.TextField(blank=True, verbose_name="what we ask"),
        ),
    ]
