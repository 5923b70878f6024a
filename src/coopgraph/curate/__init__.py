"""From files to claims: the registry, the claims tables and their evidence, read and checked.

Every mistake of every file is reported in one go; nothing is guessed.
"""
