"""The sample reports: invented organs, our own words, official labels; written in the layouts met in practice."""
