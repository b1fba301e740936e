"""Disclosure on request (依申请公开): every request from every channel a case whose state, term and row follow from dated events.

`happenings`: what can happen. `standing`: what follows (folded by gongkai.law). `states`: who may do what now.
`recording`: how every action is done. `sealing`, `keeping`: what is personal, encrypted. `actions` writes, `queries` reads.
"""
