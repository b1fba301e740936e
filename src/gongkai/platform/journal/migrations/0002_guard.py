"""The database itself keeps the journal: entries link on to the head, and nobody changes or removes one."""

from django.db import migrations

GUARD = """
CREATE FUNCTION journal_append() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE last journal_head%ROWTYPE;
BEGIN
    SELECT * INTO last FROM journal_head WHERE chain = NEW.chain FOR UPDATE;
    IF NOT FOUND THEN
        IF NEW.number <> 1 OR NEW.previous <> repeat('0', 64) THEN
            RAISE EXCEPTION 'journal: a chain begins with entry 1' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        INSERT INTO journal_head (chain, number, digest) VALUES (NEW.chain, NEW.number, NEW.digest);
    ELSE
        IF NEW.number <> last.number + 1 OR NEW.previous <> last.digest THEN
            RAISE EXCEPTION 'journal: entry % does not follow entry % of chain %', NEW.number, last.number, NEW.chain
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        UPDATE journal_head SET number = NEW.number, digest = NEW.digest WHERE chain = NEW.chain;
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal: entries are never changed or removed (%)', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER journal_append BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_append();
CREATE TRIGGER journal_keep BEFORE UPDATE OR DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_keep_all BEFORE TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_head_keep BEFORE DELETE ON journal_head FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_head_keep_all BEFORE TRUNCATE ON journal_head FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""
UNDO = """
DROP FUNCTION journal_append CASCADE;
DROP FUNCTION journal_refuse CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNDO)]
