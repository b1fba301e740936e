"""The statute, as functions of dates and plain values: 《中华人民共和国政府信息公开条例》 and what hangs on it."""
