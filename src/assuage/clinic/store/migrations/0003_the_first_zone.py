from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0002_what_was_shown_and_erased"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinicrecord",
            name="first_zone",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.RunSQL("UPDATE store_clinicrecord SET first_zone = zone", migrations.RunSQL.noop),
    ]
