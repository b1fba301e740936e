"""What administrators read: the platform's own chain, and the administration of every organ."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_guard")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["-at", "-id"], condition=Q(("chain", 0), ("verb__startswith", "organs."), _connector="OR"), name="journal_administration"
            ),
        )
    ]
