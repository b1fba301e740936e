"""The database itself keeps the history: revisions, steps and given index numbers are never changed or removed."""

from django.db import migrations

KEPT = ("catalogue_revision", "catalogue_step", "catalogue_indexnumber", "catalogue_waiver")
GUARD = """
CREATE FUNCTION catalogue_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'catalogue: % is never changed or removed (%)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
""" + "".join(
    f"CREATE TRIGGER catalogue_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION catalogue_refuse();\n"
    f"CREATE TRIGGER catalogue_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION catalogue_refuse();\n"
    for table in KEPT
)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, "DROP FUNCTION catalogue_refuse CASCADE;")]
