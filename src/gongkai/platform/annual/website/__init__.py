"""政府网站工作年度报表 (国办函〔2018〕12号): the form as data, what the platform knows of it, checks, steps, files."""
