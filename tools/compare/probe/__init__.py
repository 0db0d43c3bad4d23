"""Ask one installed version of the library everything, and write down what it answers.

Run by both versions. It names the library only in ``names``, and needs nothing else but the
standard library.
"""
