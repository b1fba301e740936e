"""The database itself keeps what was entered, done and published: never changed, never removed."""

from django.db import migrations

KEPT = ("annual_figureentry", "annual_reportstep", "annual_proseversion", "annual_publication")
GUARD = """
CREATE FUNCTION annual_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'annual: % is never changed or removed (%)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"CREATE TRIGGER annual_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION annual_refuse();\n"
    f"CREATE TRIGGER annual_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION annual_refuse();\n"
    for table in KEPT
)


class Migration(migrations.Migration):
    dependencies = [("annual", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION annual_refuse CASCADE;")]
