from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annual", "0003_received")]
    operations = [migrations.AddField(model_name="report", name="summing", field=models.JSONField(null=True))]
