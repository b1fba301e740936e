"""The board reads how many requests came in without opening every report."""

from django.db import migrations, models

FILL = """
UPDATE annual_received SET new_received = told.said::bigint FROM (
  SELECT id AS received, coalesce(
    (SELECT each.value -> 'cells' ->> 'applications.new_received.total' FROM jsonb_each(settled) AS each
     WHERE each.value -> 'cells' ? 'applications.new_received.total' ORDER BY each.value ->> 'at' DESC LIMIT 1),
    data #>> '{applications,new_received,6}') AS said
  FROM annual_received
) AS told WHERE told.received = annual_received.id AND told.said ~ '^[0-9]{1,18}$'
"""


class Migration(migrations.Migration):
    dependencies = [("annual", "0006_website")]
    operations = [
        migrations.AddField("received", "new_received", models.BigIntegerField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
