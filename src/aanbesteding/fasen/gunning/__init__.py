"""The award stage: from the advice to the colleges to signed agreements, per perceel.

The decision (gunningsbeslissing) is not the award: it is told to everyone at once with all reasons, then a
standstill and a contractual lapse period run, a judge may hold it, evidence is checked, and only then the
award is final. A changed decision starts both periods anew. Ranking is done by domain.gunningsrangorde;
this stage only asks for it when a winner fails.

Grondslag: Aw 2012 art. 2.127-2.132 and 2.134; Gemeentewet art. 160 lid 1; for the light regime art.
2.38-2.39.
Must stay true: no arrow leads from `meegedeeld` to `gegund` but `definitief_gunnen`, with all its rules.
Trap: withdrawing after interim relief returns to `beoordeeld`: a new advice and new decisions of the
colleges.
"""

from aanbesteding.domain.rol import Rol
from aanbesteding.fase import Fase, Handeling, Invoerbestand
from aanbesteding.fasen.gunning import besluiten as b
from aanbesteding.fasen.gunning import documenten as d
from aanbesteding.fasen.gunning import invoer as i
from aanbesteding.fasen.gunning import regels as r
from aanbesteding.fasen.gunning.aanvang import list_meldingen
from aanbesteding.fasen.gunning.feiten import EIGEN_FEITEN

_REDENEN = (
    r.motivering_volledig,
    r.redenen_geven_niets_prijs,
    r.redenen_vrijgegeven,
    r.redenen_door_tweede_persoon,
    r.kenmerken_vrijgegeven,
    r.vrijgave_door_tweede_persoon,
    r.functies_gescheiden,
    r.verzenddatum_vandaag_of_later,
)

FASE = Fase(
    "gunning",
    "Gunning",
    handelingen=(
        Handeling(
            "gunningsadvies_opstellen",
            "Gunningsadvies opstellen",
            rol=Rol.INKOPER,
            per="perceel",
            # the committee's report is done; the colleges decide next
            van=frozenset({"beoordeeld"}),
            naar="geadviseerd",
            invoer=i.GunningsadviesOpstellen,
            regels=(r.rangorde_vastgesteld,),
            besluit=b.decide_gunningsadvies,
            documenten=(d.COLLEGEVOORSTEL_GUNNING,),
            automatisch=b.list_te_adviseren,
            grondslag="Gemeentewet art. 160 lid 1",
        ),
        Handeling(
            "redenen_aanpassen",
            "Redenen voor inschrijvers aanpassen",
            rol=Rol.VOORZITTER,
            per="perceel",
            # only the words, never the score; after the notice nothing but a new decision can carry them
            van=frozenset({"beoordeeld", "geadviseerd", "meegedeeld"}),
            invoer=i.RedenenAanpassen,
            regels=(r.redenwijziging_past, r.redenen_nog_niet_meegedeeld),
            besluit=b.decide_aanpassing,
            grondslag="Aw 2012 art. 2.130; HR 7 december 2012, ECLI:NL:HR:2012:BW9233",
        ),
        Handeling(
            "redenen_vrijgeven",
            "Redenen voor inschrijvers vrijgeven",
            rol=Rol.JURIST,
            per="perceel",
            # a second pair of eyes on every reason; whatever changes afterwards is not released any more
            van=frozenset({"beoordeeld", "geadviseerd", "meegedeeld"}),
            invoer=i.RedenenVrijgeven,
            regels=(
                r.motivering_volledig,
                r.redenen_geven_niets_prijs,
                r.vrijgever_is_tweede_persoon,
                r.iets_vrij_te_geven,
                r.redenen_binnen_kader,
                r.redenen_niet_dun,
            ),
            besluit=b.decide_vrijgave,
            grondslag="Aw 2012 art. 2.57, 2.130 en 2.138",
        ),
        Handeling(
            "kenmerken_vrijgeven",
            "Kenmerken van de winnende inschrijvingen vrijgeven",
            rol=Rol.JURIST,
            per="perceel",
            # second pair of eyes between assessment and letter; also before a changed decision
            van=frozenset({"geadviseerd", "meegedeeld"}),
            invoer=i.KenmerkenVrijgeven,
            regels=(r.kenmerken_passen, r.kenmerken_geven_niets_prijs, r.functies_gescheiden),
            besluit=b.decide_kenmerken,
            grondslag="Aw 2012 art. 2.130 lid 2 en 2.138",
        ),
        Handeling(
            "collegebesluit_vastleggen",
            "Besluit van een college vastleggen",
            rol=Rol.JURIST,
            per="perceel",
            # each municipality decides for itself; the status waits for all of them
            van=frozenset({"geadviseerd"}),
            invoer=i.CollegebesluitVastleggen,
            regels=(r.gemeente_bekend, r.collegebesluit_genomen),
            besluit=b.decide_collegebesluit,
            grondslag="Gemeentewet art. 160 lid 1",
        ),
        Handeling(
            "gunningsbeslissing_meedelen",
            "Gunningsbeslissing meedelen",
            rol=Rol.GEMANDATEERDE,
            per="perceel",
            # art. 2.130: to all concerned at once, with all relevant reasons
            van=frozenset({"geadviseerd"}),
            naar="meegedeeld",
            invoer=i.GunningsbeslissingMeedelen,
            regels=(r.rangorde_vastgesteld, r.winnaar_aanwezig, r.collegebesluiten_genomen, *_REDENEN),
            besluit=b.decide_gunningsbeslissing,
            documenten=(
                d.GUNNINGSBRIEF,
                d.AFWIJZINGSBRIEF,
                d.BRIEF_ONGELDIGE_INSCHRIJVING,
                d.UITSLUITINGSBRIEF,
                d.VERIFICATIEVERZOEK,
            ),
            na_verzending=b.NA_VERZENDING,
            grondslag="Aw 2012 art. 2.127-2.130",
        ),
        Handeling(
            "verzenddatum_verzetten",
            "Verzenddatum verzetten",
            rol=Rol.GEMANDATEERDE,
            per="perceel",
            # the letters name the day of their sending; on another day their terms would be wrong
            van=frozenset({"meegedeeld"}),
            invoer=i.VerzenddatumVerzetten,
            regels=(r.hele_beslissing, r.niets_verzonden, r.verzenddatum_vandaag_of_later),
            besluit=b.decide_verzet,
            ziet_stukken=True,
            grondslag="Aw 2012 art. 2.127-2.130",
        ),
        Handeling(
            "verzending_vastleggen",
            "Verzending vastleggen",
            rol=Rol.INKOPER,
            per="perceel",
            # without a sending to all the standstill does not run (art. 2.127)
            van=frozenset({"meegedeeld"}),
            invoer=i.VerzendingVastleggen,
            regels=(r.aantal_verzonden_klopt, r.verzending_gebeurd),
            besluit=b.decide_verzending,
            grondslag="Aw 2012 art. 2.127 en 2.130 lid 3",
        ),
        Handeling(
            "kort_geding_melden",
            "Kort geding melden",
            rol=Rol.JURIST,
            per="perceel",
            # art. 2.131: an open-ended hold, not a pause of so many days
            van=frozenset({"meegedeeld"}),
            invoer=i.KortGedingMelden,
            regels=(r.zaaknummer_nieuw,),
            besluit=b.decide_kort_geding,
            grondslag="Aw 2012 art. 2.131",
        ),
        Handeling(
            "kort_geding_afdoen",
            "Uitkomst van een kort geding vastleggen",
            rol=Rol.JURIST,
            per="perceel",
            # the outcome decides what may follow; the status itself does not move
            van=frozenset({"meegedeeld"}),
            invoer=i.KortGedingAfdoen,
            regels=(r.kort_geding_loopt,),
            besluit=b.decide_afdoening,
            grondslag="Aw 2012 art. 2.131",
        ),
        Handeling(
            "verificatie_vastleggen",
            "Verificatie vastleggen",
            rol=Rol.INKOPER,
            per="perceel",
            # evidence of intended winners only
            van=frozenset({"meegedeeld"}),
            invoer=i.VerificatieVastleggen,
            regels=(r.inschrijving_is_winnaar,),
            besluit=b.decide_verificatie,
            grondslag="Aw 2012 art. 2.85",
        ),
        Handeling(
            "gunningsbeslissing_wijzigen",
            "Gunningsbeslissing wijzigen",
            rol=Rol.GEMANDATEERDE,
            per="perceel",
            # a failed winner or a faulty sending: a new decision, a new standstill
            van=frozenset({"meegedeeld"}),
            naar="meegedeeld",
            invoer=i.GunningsbeslissingWijzigen,
            regels=(
                r.iemand_over,
                r.loting_gedaan,
                r.wijziging_raakt_geen_ander,
                r.kort_geding_uitkomst_uitgevoerd,
                r.college_over_wijziging,
                r.aanleiding_noemt_geen_inschrijver,
                *_REDENEN,
            ),
            besluit=b.decide_wijziging,
            documenten=(d.BRIEF_GEWIJZIGDE_GUNNINGSBESLISSING, d.VERIFICATIEVERZOEK),
            na_verzending=b.NA_VERZENDING,
            grondslag="Aw 2012 art. 2.127-2.130",
        ),
        Handeling(
            "gunningsbeslissing_intrekken",
            "Gunningsbeslissing intrekken",
            rol=Rol.GEMANDATEERDE,
            per="perceel",
            # after interim relief or an own mistake the committee looks again
            van=frozenset({"meegedeeld"}),
            naar="beoordeeld",
            invoer=i.GunningsbeslissingIntrekken,
            regels=(r.brieftekst_noemt_geen_inschrijver,),
            besluit=b.decide_intrekking,
            documenten=(d.INTREKKING_GUNNINGSBESLISSING,),
            grondslag="Aw 2012 art. 2.129 en 2.131",
        ),
        Handeling(
            "niet_gunnen",
            "Niet gunnen",
            rol=Rol.GEMANDATEERDE,
            per="perceel",
            # the authority need not award; the record says why (art. 2.132)
            van=frozenset({"beoordeeld", "geadviseerd", "meegedeeld"}),
            naar="niet_gegund",
            invoer=i.NietGunnen,
            regels=(r.brieftekst_noemt_geen_inschrijver,),
            besluit=b.decide_niet_gunnen,
            documenten=(d.BRIEF_NIET_GEGUND, d.PROCES_VERBAAL_GUNNING),
            grondslag="Aw 2012 art. 2.132",
        ),
        Handeling(
            "definitief_gunnen",
            "Definitief gunnen",
            rol=Rol.GEMANDATEERDE,
            per="perceel",
            # art. 2.127 and 2.131: both periods over, no judge asked, evidence in order
            van=frozenset({"meegedeeld"}),
            naar="gegund",
            invoer=i.DefinitiefGunnen,
            regels=(
                r.winnaar_aanwezig,
                r.opschortende_termijn_begonnen,
                r.mededeling_aan_allen,
                r.mededeling_aangekomen,
                r.opschortende_termijn_verstreken,
                r.vervaltermijn_verstreken,
                r.geen_kort_geding,
                r.kort_geding_uitkomst_uitgevoerd,
                r.verificatie_gedaan,
                r.verificatie_geslaagd,
            ),
            besluit=b.decide_definitieve_gunning,
            documenten=(d.BRIEF_DEFINITIEVE_GUNNING, d.PROCES_VERBAAL_GUNNING),
            grondslag="Aw 2012 art. 2.127, 2.131 en 2.132",
        ),
        Handeling(
            "overeenkomsten_sluiten",
            "Overeenkomsten sluiten",
            rol=Rol.GEMANDATEERDE,
            per="perceel",
            # the award is not yet an agreement; the notice follows (art. 2.134)
            van=frozenset({"gegund"}),
            naar="gecontracteerd",
            invoer=i.OvereenkomstenSluiten,
            regels=(
                r.looptijd_besloten,
                r.ondertekening_na_termijn,
                r.overgang_binnen_uitloop,
                r.trajecten_bekend,
            ),
            besluit=b.decide_overeenkomsten,
            documenten=(
                d.OVEREENKOMST,
                d.AANKONDIGING_GEGUNDE_OPDRACHT,
                d.BRIEF_CLIENTENRAAD,
                d.BRIEF_LOPENDE_TRAJECTEN,
            ),
            grondslag="Aw 2012 art. 2.127 en 2.134",
        ),
    ),
    feiten=EIGEN_FEITEN,
    meldingen=list_meldingen,
    invoerbestanden=(
        Invoerbestand("kenmerken", "kenmerken_vrijgeven", {"kenmerken": i.KenmerkRij}, b.build_kenmerken),
    ),
)
