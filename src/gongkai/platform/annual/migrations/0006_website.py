"""政府网站工作年度报表: websites, forms, what was done with them, what was published; and the figures of a website in the ledger."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = ("annual_websitestep", "annual_websitepublication")
GUARD = "".join(
    f"CREATE TRIGGER annual_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION annual_refuse();\n"
    f"CREATE TRIGGER annual_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION annual_refuse();\n"
    for table in KEPT
)
BACK = "".join(f"DROP TRIGGER annual_keep ON {table}; DROP TRIGGER annual_keep_all ON {table};\n" for table in KEPT)


class Migration(migrations.Migration):

    dependencies = [
        ('annual', '0005_writing'),
        ('organs', '0003_holidays'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='figureentry',
            name='indicator',
            field=models.CharField(choices=[('rules_new_made', '规章：本年新制作数量'), ('rules_new_published', '规章：本年新公开数量'), ('rules_total_published', '规章：对外公开总数量'), ('normative_new_made', '规范性文件：本年新制作数量'), ('normative_new_published', '规范性文件：本年新公开数量'), ('normative_total_published', '规范性文件：对外公开总数量'), ('licensing_prev_items', '行政许可：上一年项目数量'), ('licensing_delta', '行政许可：本年增/减'), ('licensing_decisions', '行政许可：本年处理决定数量'), ('other_services_prev_items', '其他对外管理服务事项：上一年项目数量'), ('other_services_delta', '其他对外管理服务事项：本年增/减'), ('other_services_decisions', '其他对外管理服务事项：处理决定数量'), ('penalty_prev_items', '行政处罚：上一年项目数量'), ('penalty_delta', '行政处罚：本年增/减'), ('penalty_decisions', '行政处罚：本年处理决定数量'), ('coercion_prev_items', '行政强制：上一年项目数量'), ('coercion_delta', '行政强制：本年增/减'), ('coercion_decisions', '行政强制：本年处理决定数量'), ('fee_prev_items', '行政事业性收费：上一年项目数量'), ('fee_delta', '行政事业性收费：本年增/减'), ('procurement_items', '政府集中采购：采购项目数量'), ('procurement_amount', '政府集中采购：采购总金额'), ('rules_made', '规章：本年制发件数'), ('rules_repealed', '规章：本年废止件数'), ('rules_in_force', '规章：现行有效件数'), ('normative_made', '行政规范性文件：本年制发件数'), ('normative_repealed', '行政规范性文件：本年废止件数'), ('normative_in_force', '行政规范性文件：现行有效件数'), ('fee_amount', '行政事业性收费：本年收费金额'), ('published', '发布信息'), ('reads', '阅读量'), ('policies', '政策文件'), ('interpretations', '政策解读'), ('messages_pushed', '上级推送网民留言'), ('mailbox_received', '信箱受理留言'), ('mailbox_done', '信箱办结留言'), ('hotline_help', '热线：求助'), ('hotline_report', '热线：举报'), ('hotline_complaint', '热线：投诉'), ('hotline_enquiry', '热线：咨询'), ('hotline_suggestion', '热线：建议'), ('hotline_praise', '热线：表扬'), ('hotline_other', '热线：其他'), ('hotline_received', '热线受理合计（来源所列）'), ('hotline_signed', '热线签收'), ('hotline_done', '热线办结'), ('trainings', '培训次数'), ('trained', '培训人次'), ('assessment', '考核得分'), ('website_visits', '网站总访问量'), ('columns_kept', '专栏专题维护'), ('columns_new', '专栏专题新开设'), ('interpretation_materials', '解读材料'), ('interpretation_products', '解读产品'), ('interpretation_comments', '媒体评论文章'), ('responses', '回应公众关注热点或重大舆情'), ('mailbox_public', '留言公开答复'), ('surveys', '征集调查'), ('survey_opinions', '征集调查收到意见'), ('survey_results', '公布调查结果'), ('interviews', '在线访谈'), ('interview_messages', '在线访谈网民留言'), ('interview_answers', '在线访谈答复提问')], max_length=40),
        ),
        migrations.CreateModel(
            name='Website',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, max_length=400)),
                ('kind', models.CharField(blank=True, max_length=20)),
                ('code', models.CharField(blank=True, max_length=20)),
                ('icp', models.CharField(blank=True, max_length=60)),
                ('police', models.CharField(blank=True, max_length=60)),
                ('main', models.BooleanField(default=False)),
                ('closed_on', models.DateField(null=True)),
                ('moved_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='websites', to='organs.organ')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='WebsiteForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('state', models.CharField(max_length=20)),
                ('entered', models.JSONField(default=dict)),
                ('reasons', models.JSONField(default=dict)),
                ('standing', models.JSONField(null=True)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('published_on', models.DateField(null=True)),
                ('drafters', models.JSONField(default=list)),
                ('moved_at', models.DateTimeField()),
                ('steps_taken', models.PositiveIntegerField(default=0)),
                ('website', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forms', to='annual.website')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='WebsitePublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField()),
                ('data', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='annual.websiteform')),
                ('website', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='annual.website')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='WebsiteStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('action', models.CharField(max_length=30)),
                ('before', models.CharField(blank=True, max_length=20)),
                ('after', models.CharField(max_length=20)),
                ('role', models.CharField(blank=True, max_length=30)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='annual.websiteform')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='website',
            constraint=models.UniqueConstraint(fields=('organ', 'slug'), name='annual_website_once'),
        ),
        migrations.AddConstraint(
            model_name='website',
            constraint=models.UniqueConstraint(condition=models.Q(('main', True)), fields=('organ',), name='annual_one_main_website'),
        ),
        migrations.AddConstraint(
            model_name='websiteform',
            constraint=models.UniqueConstraint(fields=('website', 'year'), name='annual_one_form_a_year'),
        ),
        migrations.AddIndex(
            model_name='websitepublication',
            index=models.Index(fields=['year', 'website', '-version'], name='annual_website_published'),
        ),
        migrations.AddConstraint(
            model_name='websitepublication',
            constraint=models.UniqueConstraint(fields=('form', 'version'), name='annual_website_version_once'),
        ),
        migrations.AddConstraint(
            model_name='websitestep',
            constraint=models.UniqueConstraint(fields=('form', 'number'), name='annual_website_step_number'),
        ),
        migrations.RunSQL(GUARD, BACK),
    ]
