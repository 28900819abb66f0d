import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("discovery", "0005_rows_of_served_demands")]

    operations = [
        migrations.AddField(
            model_name="response",
            name="verification",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="discovery.attachment",
                verbose_name="the verification",
            ),
        ),
    ]
