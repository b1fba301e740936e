"""Comments on a draft, and an organ's own suggested sentences: appended, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = ("annual_comment", "annual_commentturn", "annual_sentence")
GUARD = "".join(
    f"CREATE TRIGGER annual_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION annual_refuse();\n"
    f"CREATE TRIGGER annual_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION annual_refuse();\n"
    for table in KEPT
)
BACK = "".join(f"DROP TRIGGER annual_keep ON {table}; DROP TRIGGER annual_keep_all ON {table};\n" for table in KEPT)
PROTECT = django.db.models.deletion.PROTECT


def _key() -> tuple[str, models.Field]:
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _by() -> tuple[str, models.Field]:
    return ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL))


class Migration(migrations.Migration):
    dependencies = [("annual", "0004_summing"), ("organs", "0003_holidays"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                _key(),
                ("section", models.PositiveSmallIntegerField()),
                ("quote", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                _by(),
                ("report", models.ForeignKey(on_delete=PROTECT, related_name="comments", to="annual.report")),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="CommentTurn",
            fields=[
                _key(),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                _by(),
                ("comment", models.ForeignKey(on_delete=PROTECT, related_name="turns", to="annual.comment")),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(model_name="commentturn", constraint=models.UniqueConstraint(fields=("comment", "number"), name="annual_comment_turn")),
        migrations.CreateModel(
            name="Sentence",
            fields=[
                _key(),
                ("key", models.CharField(max_length=40)),
                ("section", models.PositiveSmallIntegerField()),
                ("text", models.CharField(blank=True, max_length=600)),
                ("restored", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                _by(),
                ("organ", models.ForeignKey(on_delete=PROTECT, related_name="+", to="organs.organ")),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddIndex(model_name="sentence", index=models.Index(fields=["organ", "key", "id"], name="annual_sentence_key")),
        migrations.RunSQL(GUARD, BACK),
    ]
