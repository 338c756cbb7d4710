"""Forms made from an act's input model: the fields to show, and what a person filled in as input again.

Must stay true: nothing that was typed is lost on an error; what the form yields is judged by the model itself.
"""
