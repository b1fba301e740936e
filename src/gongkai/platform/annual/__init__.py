"""Annual reports (政府信息公开工作年度报告): the ledger of figures, the tables compiled from the records, the report to its publication.

`indicators`: what is counted by month. `compiling`: a year's tables with what stands behind every cell. `states`: draft to published.
`actions` writes, `queries` reads. The law of the form is gongkai.law.editions and gongkai.report.
"""
