"""文书: every letter of gongkai.law.letters, from the officer's fields to a numbered DOCX and PDF.

`fields`, `texts`, `contents`: what is filled in, our own texts, where each says what the law demands. `filling`: Word templates.
`laying`, `sheet`: to DOCX and PDF (GB/T 9704). `prefilling`, `rendering`: a letter of a case. `effects`: what its service does in law.
"""
