"""gongkai 公开: government information disclosure (政府信息公开) as code."""

__version__ = "0.1.0"
