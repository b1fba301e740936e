"""Lists of published reports read their titles and days without opening every report: PostgreSQL writes both beside the data, whose rows nobody may change."""

from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform


def told(key: str) -> models.GeneratedField:
    return models.GeneratedField(expression=KeyTextTransform(key, "data"), output_field=models.TextField(null=True), db_persist=True)


class Migration(migrations.Migration):
    dependencies = [("annual", "0007_new_received")]
    operations = [
        migrations.AddField("publication", "title", told("title")),
        migrations.AddField("publication", "published", told("published")),
    ]
