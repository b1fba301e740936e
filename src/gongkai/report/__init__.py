"""The annual report (政府信息公开工作年度报告) as a value, and what can be checked about it (条例第四十九条、第五十条)."""
