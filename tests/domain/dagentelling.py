"""A slow count of days, written from docs/methodiek/termijnen.md and not from the code; shares nothing with it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

DAG = timedelta(days=1)


@cache
def vrije_dagen(jaar: int) -> frozenset[date]:
    pasen = easter(jaar)
    koningsdag = date(jaar, 4, 27)
    if koningsdag.strftime("%w") == "0":
        koningsdag -= DAG
    vast = {date(jaar, 1, 1), date(jaar, 5, 5), date(jaar, 12, 25), date(jaar, 12, 26), koningsdag}
    return frozenset(vast | {pasen + n * DAG for n in (-2, 1, 39, 50)})


def is_vrij(dag: date) -> bool:
    return dag.strftime("%w") in "06" or dag in vrije_dagen(dag.year)


def langzaam_vooruit(start: date, aantal: int) -> date:
    dag, geteld = start, 0
    while geteld < aantal:
        dag, geteld = dag + DAG, geteld + 1
    while is_vrij(dag):
        dag += DAG
    return dag


def langzaam_terug(vanaf: date, hele_dagen: int) -> date:
    """The last day that leaves so many whole days, among them two working days, before `vanaf`."""
    dag, tussen = vanaf - DAG, list[date]()
    while len(tussen) < hele_dagen or sum(not is_vrij(t) for t in tussen) < 2:
        tussen.append(dag)
        dag -= DAG
    return dag


def traag(start: date, aantal: int, eenheid: str, stelsel: str, terug: bool = False) -> date:
    """Chapters 3 and 4: any period, one day at a time; `stelsel` is atw, verordening or stukken."""
    stap = -DAG if terug else DAG
    if eenheid in ("dagen", "weken"):
        laatste = start
        for _ in range(aantal * (7 if eenheid == "weken" else 1)):
            laatste += stap
    else:
        laatste = zelfde_dag(start, aantal * (12 if eenheid == "jaren" else 1), terug)
    grens = {"dagen": 90, "weken": 12, "maanden": 3, "jaren": 0}[eenheid]
    if stelsel == "stukken" or (stelsel == "atw" and aantal > grens):
        return laatste
    dagen = []
    dag = start + stap
    while dag != laatste + stap:
        dagen.append(dag)
        dag += stap
    if len(dagen) >= (3 if stelsel == "atw" else 2):
        while len([d for d in dagen if not is_vrij(d)]) < 2:
            dagen.append(dagen[-1] + stap)
    laatste = dagen[-1]
    while not terug and is_vrij(laatste):
        laatste += DAG
    return laatste


def zelfde_dag(start: date, maanden: int, terug: bool) -> date:
    """The same day number, a month at a time; a day that does not exist becomes the last of its month."""
    jaar, maand = start.year, start.month
    for _ in range(maanden):
        maand += -1 if terug else 1
        if maand == 0:
            jaar, maand = jaar - 1, 12
        if maand == 13:
            jaar, maand = jaar + 1, 1
    nummer = start.day
    while True:
        try:
            return date(jaar, maand, nummer)
        except ValueError:
            nummer -= 1
