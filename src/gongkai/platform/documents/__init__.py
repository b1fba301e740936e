"""Documents: pure functions over bytes and HTML — no Django, no clock, no database.

`intake.examine` admits or refuses an uploaded file; `incoming.from_docx` turns a Word file into clean HTML;
`cleaning.clean` and `plain` hold the body to an allow-list; `outgoing.to_docx` and `to_pdf` give it back as a
document; `gate.check` is the check before publication (发布前检查).
"""
