from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("succeeded_at", models.DateTimeField(null=True)),
                ("did", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Failure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job", models.BigIntegerField(db_index=True)),
                ("task", models.CharField(max_length=128)),
                ("attempt", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("error", models.CharField(max_length=200)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["-at"], name="queue_failu_at_28e193_idx")],
            },
        ),
    ]
