"""What each act of the entry stage asks and records; one module per group of acts.

ronde: opening and closing a round. aanvraag: taking in and testing applications. toelating: deciding on them.
overeenkomst: activity, ending, the list of providers. wijziging: changes to the contract. maatwerk: single
case.
"""
