"""x"""
def check(r,s): return []
