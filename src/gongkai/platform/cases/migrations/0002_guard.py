"""The database itself keeps what happened: events of requests and remedies, and given letter numbers, are never changed or removed."""

from django.db import migrations

KEPT = ("cases_event", "cases_remedyevent", "cases_letternumber")
GUARD = """
CREATE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'cases: % is never changed or removed (%)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"CREATE TRIGGER cases_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION cases_refuse();\n"
    f"CREATE TRIGGER cases_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse();\n"
    for table in KEPT
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION cases_refuse CASCADE;")]
