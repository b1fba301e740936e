"""政府信息公开平台: a Django project on one PostgreSQL. The law is asked, never restated, here (gongkai.law)."""
