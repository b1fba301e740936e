"""The pages of the forms of websites (政府网站工作年度报表) on the desk."""
