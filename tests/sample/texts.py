"""The texts of the sample case. All sentences and names are made up for it."""

# --- RS Lister: the questionnaire as a table in Word ------------------------------------------------

LISTER_INTRO = [
    "Svar på spørreskjema om handlingsplanen",
    "Svar fra: RS Lister",
    "Kontaktperson: Torgeir Brekkmo, sekretær for RS Lister, tlf. 38 00 00 41",
    "Dato: 09.10.2025",
    "RS Lister behandlet skjemaet i møte 7. oktober. Under følger svarene slik utvalget ble enige om dem.",
]
# number of the question -> paragraphs of the answer
LISTER_ANSWERS = {
    "1a": [
        "Færre tiltak, og enklere språk.",
        "Vi foreslår at delmål og tiltak får nummer, slik at vi kan vise til dem i møtene.",
        "Det må gå tydelig frem av oppsettet hvem som har ansvaret for hvert tiltak.",
    ],
    "1b": ["Skjemaet er lite egnet til oppfølging slik det er nå. Vi blir sittende og bla."],
    "2a": [
        "Mange av tiltakene er fortsatt relevante, men målene må gjøres mer konkrete og målbare.",
    ],
    "2b": ["Nei. Flere tiltak er så generelle at de kunne stått i hvilken som helst plan, og vi ønsker tiltak som er "
           "bedre tilpasset lokale forhold."],
    "2c": [
        "RS Lister mener det må stå tydelig hvem som skal følge opp hvert tiltak.",
        "Ansvaret bør knyttes til en navngitt leder, ikke bare til en organisasjon.",
    ],
    "2d": [
        "Vi ønsker tydeligere prioriteringer og færre, mer målrettede tiltak.",
        "Tidsplanen må bli mer realistisk. Vi er bekymret for om kommunene har nok folk til å gjennomføre det som står i planen.",
    ],
    "2e": ["SSU bør delegere mer til RS-ene, slik at prosjekter kan starte nedenfra."],
    "2f": [
        "Arbeidet med Kloke valg og kompetansepakken i Tørn bør inn i planen.",
        "Innføring av pasientens legemiddelliste.",
    ],
    "3a": ["Trygg hjemme", "Sårbehandling med bildestøtte"],
    "3b": ["Ja, RS Lister kan ta ansvar for et utviklingsprosjekt innen sårbehandling."],
    "3c": ["Det kreves en prosjektleder i halv stilling og avklart finansiering."],
    "4": [
        "Ny planperiode bør bygges nedenfra, slik at tiltak og prosjekter passer til lokale behov og kapasitet.",
    ],
}

# --- RS Setesdal: a letter in nynorsk with headings of its own ----------------------------------------

SETESDAL_HEAD = [
    "Regionalt samhandlingsutval for Setesdal",
    "Postboks 12, 4741 Heidal",
    "Dykkar ref.: 25/01877        Vår ref.: 2025/644-3",
    "Dato: 13. oktober 2025",
]
SETESDAL_TITLE = "Innspel til årleg gjennomgang av handlingsplanen"
SETESDAL_OPENING = [
    "Til sekretariatet for Strategisk samarbeidsutval",
    "Vi viser til brev av 2. september om gjennomgang av handlingsplanen. RS Setesdal handsama saka i møte 9. oktober.",
]
SETESDAL_SECTIONS = [
    ("Oppsett og språk", [
        ("p", "Språket bør vere enklare, og talet på tiltak bør ned."),
        ("p", "Tiltaka bør nummererast, og det bør gå an å filtrere på kven som har ansvaret."),
        ("p", "Vi føreslår ein trafikklysmodell som viser status med fargar."),
    ]),
    ("Måla og tiltaka", [
        ("p", "Fleire av måla er ikkje lenger relevante for små kommunar med lang reiseveg."),
        ("p", "Enkelte tiltak er lite realistiske og bør tonast ned. Dei bør gjennomgåast når planen blir rullert."),
        ("p", "Vi saknar tiltak som er betre tilpassa lokale tilhøve."),
    ]),
    ("Ansvar for oppfølging", [
        ("p", "Ansvaret for oppfølging er ikkje tydeleg nok plassert."),
        ("p", "Tiltaka må tilpassast meir lokalt, slik at kommunane får eigarskap til dei."),
    ]),
    ("Prioritering, tid og pengar", [
        ("p", "Vi er uroa for at det manglar ressursar, og tidsplanen må vere meir realistisk."),
        ("p", "Finansieringa må vere avklart før nye tiltak blir sette i gang."),
        ("p", "Ein bør vurdere å tildele samhandlingstilskotet lokalt, slik at innsatsen faktisk blir sett inn der tenestene er."),
    ]),
    ("Helseteknologi", [
        ("p", "Utvalet peikar på desse områda:"),
        ("b", "digitale samtalerom og normalisering av digital oppfølging"),
        ("b", "avstandsproblem må kunne løysast på andre måtar enn i regionar som har sjukehus"),
        ("b", "skjermar og samtalerom i kvar kommune"),
        ("b", "digitale konsultasjonar"),
    ]),
    ("Prosessen vidare", [
        ("p", "Arbeidet med ny plan bør starte nedanfrå, i kommunane og RS-ane."),
        ("p", "RS-ane må få fullmakter og ressursar til å setje eigne mål og tiltak."),
    ]),
    ("Andre område", [
        ("p", "Planen bør ha tiltak som er tilpassa det som er særeige for regionen."),
    ]),
]
SETESDAL_CLOSING = ["Med venleg helsing", "Gunnhild Rysstøyl", "leiar, RS Setesdal"]

# --- RS Region Kristiansand: a memo as PDF ------------------------------------------------------------

KRISTIANSAND_HEAD = [
    "RS Region Kristiansand",
    "Tilbakemelding på SSUs handlingsplan",
    "Dato: 14.10.2025",
]
KRISTIANSAND_OPENING = (
    "Det regionale samhandlingsutvalget for Region Kristiansand takker for muligheten til å gi innspill. Punktene under følger "
    "spørreskjemaet fra sekretariatet."
)
KRISTIANSAND_SECTIONS = [
    ("1. Formatet på handlingsplanen", [
        ("p", "Matrisen fungerer godt som arbeidsverktøy og til oppfølging i møtene våre. Til politisk behandling trengs det et annet "
              "format som kan brukes til presentasjon. Vi støtter en trafikklysmodell der status vises med farger."),
    ]),
    ("2. Områder og tiltak i planen", [
        ("p", "Tiltakene er fortsatt relevante, og de bør beholdes ut perioden."),
        ("p", "Oppfølgingsansvaret må være tydelig definert og plassert. Ansvaret bør knyttes til ansvarlige ledere med navn, og ikke "
              "bare til virksomheten. Oppvekstsektoren må involveres bredere når ansvaret fordeles."),
        ("p", "Vi ønsker tydeligere prioriteringer med færre og mer målrettede tiltak."),
        ("p", "Forslag til andre områder:"),
        ("b", "oppgaveglidning mellom forvaltningsnivåene"),
        ("b", "psykisk helse og rus, særlig tilbudet til alvorlig psykisk syke med sammensatte lidelser"),
    ]),
    ("3. Helseteknologi", [
        ("p", "De viktigste områdene for regionen er:"),
        ("b", "beslutningsstøtte og bedre kommunikasjon mellom nivåene"),
        ("b", "bruk av kunstig intelligens for mer treffsikre tjenester og bedre ressursbruk"),
        ("b", "felles datasky og videreføring av prosjekt Y"),
    ]),
    ("4. Handlingsplanprosess", [
        ("p", "Planen må forankres bedre på RS-nivå, slik at eierskapet blir reelt. SSU bør være en strategisk aktør med tydelig "
              "ledelse og fordeling av ressurser. Vi foreslår hyppigere statusrapportering og et nyhetsbrev fra samhandlingsarbeidet."),
    ]),
]
KRISTIANSAND_CLOSING = ["Med hilsen", "Ingeborg Haugland Moi", "leder for RS Region Kristiansand"]

# --- RS Østre Agder: a mail with the answer attached --------------------------------------------------

AGDER_MAIL = {
    "from": "Sekretariat RS Østre Agder <sekretariat@ostreagder.example>",
    "to": "SSU-sekretariatet <ssu@helsefellesskapet.example>",
    "subject": "Innspill til handlingsplanen fra RS Østre Agder",
    "date": "Wed, 15 Oct 2025 09:12:00 +0200",
    "body": "Hei!\n\nVedlagt følger innspillet fra RS Østre Agder. Si fra om noe er uklart.\n\nVennlig hilsen\nSivert Lunden\n"
            "rådgiver, sekretariatet for RS Østre Agder\n",
}
AGDER_TITLE = "Innspill fra RS Østre Agder til gjennomgangen av handlingsplanen"
AGDER_SECTIONS = [
    ("Format", [
        ("p", "Oppsettet er godt egnet til oppfølging gjennom året, men delmål og tiltak bør nummereres, og det bør være mulig å "
              "filtrere på ansvar."),
        ("p", "Vi trenger også et eget format som kan brukes som presentasjon i kommunestyrene."),
    ]),
    ("Relevans", [
        ("p", "De fleste tiltakene er fortsatt relevante, men målene bør være mer konkrete og målbare."),
    ]),
    ("Ansvar", [
        ("p", "Oppfølgingsansvaret bør defineres klarere enn i dag."),
        ("p", "Det bør bli tettere samarbeid med oppvekstsektoren om hvem som har ansvar for hva."),
    ]),
    ("Ressurser og prioritering", [
        ("p", "Utvalget er bekymret for ressursmangel og mener tidsperspektivet må være mer realistisk."),
        ("p", "SSU bør samle seg om færre og større satsinger."),
        ("p", "Finansiering og tilgang på ressurser må være vurdert før tiltak settes i gang."),
    ]),
    ("Helseteknologi", [
        ("b", "Eksisterende satsinger bør videreutvikles: integrerte helsetjenester med digitale løsninger, sårbehandling, pasientens "
              "legemiddelliste og en digital avvikssløyfe som er enkel å bruke."),
        ("b", "Vi vil utforske hvor løsninger basert på KI kan brukes."),
        ("b", "Det bør lages kunnskapsoppsummeringer om tiltak andre steder i landet og i utlandet som raskt kan tas i bruk på Agder."),
    ]),
    ("Prosess", [
        ("p", "Det trengs bedre forankring og eierskap i RS-ene. Statusrapportene bør komme oftere, gjerne som et nyhetsbrev."),
    ]),
    ("Forslag til andre områder", [
        ("b", "tilbudet til alvorlig psykisk syke med sammensatte lidelser"),
        ("b", "e-helse, utskrivningsklare pasienter og den varslede helsereformen"),
        ("b", "tiltak for personer som utfordrer samfunnsvernet"),
    ]),
]

# --- The action plan: status only as the colour of the cell ---------------------------------------------
# (focus area, [(goal, [(measure, responsible, deadline, colour g/y/r or "", comment)])])

PLAN_TITLE = "SSU handlingsplan 2024–2026"
PLAN = [
    ("Tjenester som henger sammen og varer", [
        ("Innbyggere med akutt behov for hjelp møter én samlet kjede", [
            ("Felles opplæring i varsling ved slag og hjertestans", "Sørlandet sykehus", "2025", "g", ""),
            ("Felles rutine for mottak etter utrykning på kveld og natt", "Kommunene og Sørlandet sykehus", "2025", "g", ""),
            ("Pilot med videosamtale mellom legevakt og akuttmottak", "RS Region Kristiansand", "2026", "y", "Prøves i to legevakter"),
            ("Kartlegge responstid i utkantene", "Fagutvalg akuttmedisin", "2026", "y", ""),
        ]),
        ("Barn og unge får hjelp tidlig", [
            ("Felles inntaksteam for barn med sammensatte vansker", "Kommunene og Sørlandet sykehus", "2025", "g", ""),
            ("Lavterskel samtaletilbud i alle regioner", "RS-ene", "2026", "y", ""),
            ("Foreldreveiledning på digital flate", "RS Østre Agder", "2026", "y", ""),
        ]),
        ("Eldre over 65 år bevarer funksjonsevnen lengre", [
            ("Systematisk kartlegging av skrøpelighet hos hjemmeboende", "Kommunene", "2025", "g", ""),
            ("Ambulant geriatrisk team på tvers av kommunegrensene", "Sørlandet sykehus", "2026", "y", "To team i drift"),
            ("Pasientforløp for eldre med psykisk lidelse eller rusproblemer", "Fagutvalg psykisk helse", "2025", "r", ""),
        ]),
        ("Digitale løsninger deles på tvers", [
            ("Felles plan for digital hjemmeoppfølging", "RS Lister", "2025", "g", ""),
            ("Digital dialog mellom fastlege og sykehus", "Sørlandet sykehus", "2026", "y", ""),
            ("Felles opplæringspakke i velferdsteknologi", "RS Setesdal", "2026", "y", ""),
        ]),
        ("Rehabilitering i koordinerte forløp", [
            ("Følge opp rådene om somatisk rehabilitering", "Kommunene og Sørlandet sykehus", "2025", "r", "Avventer finansiering"),
            ("Koordinator for rehabilitering i hver kommune", "Kommunene", "2026", "g", ""),
        ]),
    ]),
    ("Kompetanse der behovet er størst", [
        ("Ledere samhandler med tillit til hverandre", [
            ("Felles lederutvikling for medlemmene i SSU", "SSU", "2025", "r", ""),
            ("Ordning for hospitering for ledere på tjenestenivå", "Sørlandet sykehus", "2025", "g", ""),
        ]),
        ("Arbeidskraften brukes riktig", [
            ("Prøve ut ny oppgavedeling mellom yrkesgrupper", "Partssammensatt gruppe", "2026", "r", ""),
            ("Arbeidsgruppe for å rekruttere og beholde", "SSU", "2025", "r", "Gruppen er ikke oppnevnt"),
            ("Felles plan for praksisplasser", "Universitetet i Agder", "2026", "r", ""),
            ("Oversikt over heltidsprosjekter i kommunene", "RS-ene", "2026", "y", ""),
        ]),
        ("Frivillige er en naturlig samarbeidspart", [
            ("Teste modeller for bruk av erfaringskompetanse", "RS Østre Agder", "2026", "r", ""),
            ("Samarbeidsavtaler med ideelle organisasjoner", "Kommunene", "2026", "r", ""),
        ]),
    ]),
    ("En felles stemme for helsetjenesten på Agder", [
        ("Åpen og tidlig informasjon til dem det gjelder", [
            ("Kommunikasjonsgruppe med medlemmer fra alle parter", "Sekretariatet", "2024", "g", ""),
            ("Felles nettside for ansatte i kommunene og sykehuset", "Kommunikasjonsgruppen", "2025", "r", "Dagens løsning er bare en statisk side"),
            ("Fast orientering i RS etter hvert møte i SSU", "Sekretariatet", "2025", "y", ""),
        ]),
        ("Forpliktende samarbeid med politisk nivå", [
            ("Partnerskapsmøte to ganger i året", "Sekretariatet", "2025", "g", "Lagt inn i årshjulet"),
            ("Årlig samling for ordførere og styreledere", "SSU", "2026", "g", ""),
        ]),
        ("Folkehelse i samspill med fylkeskommunen", [
            ("Fylkeskommunen fast representert i SSU", "SSU", "2024", "g", ""),
            ("Felles kunnskapsgrunnlag og analyser", "Analysegruppen", "2026", "y", ""),
            ("Plan for felles folkehelsetiltak", "", "2026", "y", ""),
        ]),
    ]),
]

# --- A strategy plan as a case paper ----------------------------------------------------------------------

STRATEGY_TITLE = "Strategi for helse- og omsorgssamarbeidet i Region Kristiansand 2025–2028"
STRATEGY = [
    ("h1", "1. Innledning"),
    ("p", "Helse- og omsorgsnettverket i Region Kristiansand samler kommunenes ledere på fagfeltet. Nettverket skal gi kommunene en "
          "felles retning i møte med flere eldre, færre hender og strammere økonomi."),
    ("p", "Kommunene er ulike i størrelse og geografi. Noen oppgaver løser hver kommune best alene, mens andre krever at flere går "
          "sammen. Strategien gjelder tjenester til voksne og skal følges opp i en handlingsplan som rulleres hvert annet år."),
    ("p", "Nettverket vil konsentrere seg om tre satsingsområder:"),
    ("n", "Eldre med skrøpelig helse"),
    ("n", "Psykisk helse og rus"),
    ("n", "Rekruttering og kompetanse"),
    ("h2", "1.1 Utviklingstrekk"),
    ("b", "Antall innbyggere over 80 år vil vokse sterkt frem mot 2035."),
    ("b", "Behandling flyttes ut av sykehus og hjem til innbyggerne."),
    ("b", "Stadig flere stillinger blir stående ubesatt."),
    ("h1", "2. Overordnet mål"),
    ("p", "Målet er bærekraftige tjenester gjennom aktivt samarbeid. Kommunene skal ta i bruk nye arbeidsformer og dele erfaringer "
          "med hverandre."),
    ("h1", "3. Strategier"),
    ("h2", "3.1 Samarbeid med innbyggerne"),
    ("p", "Kommunene skal legge til rette for at innbyggere, frivillige og næringsliv kan bidra. Dialog med brukerne skal prege "
          "planleggingen av nye tilbud."),
    ("h2", "3.2 Ny teknologi i tjenestene"),
    ("p", "Digitale løsninger skal gi innbyggerne større trygghet hjemme og frigjøre tid for de ansatte. Kommunene skal anskaffe og "
          "innføre velferdsteknologi i fellesskap der det er mulig."),
    ("h2", "3.3 Samarbeid med sykehuset"),
    ("p", "Kommunene vil være pådrivere overfor sykehuset for helhetlige forløp. Fremskrivninger og dimensjonering av tilbudet skal "
          "bygge på felles analyser."),
    ("h1", "4. Satsingsområder"),
    ("h2", "4.1 Eldre med skrøpelig helse"),
    ("p", "Hjemmeboende eldre med nedsatt funksjon har høy risiko for akutte innleggelser. Kommunene skal kartlegge tidlig og sette "
          "inn forebyggende tiltak."),
    ("h2", "4.2 Psykisk helse og rus"),
    ("p", "Mennesker med samtidig rusproblem og psykisk lidelse trenger tjenester fra flere nivåer på samme tid. Kommunene vil stå "
          "sammen om å utvikle tilbudet og om å løfte utfordringene nasjonalt."),
    ("h2", "4.3 Rekruttering og kompetanse"),
    ("p", "Kommunene skal unngå å konkurrere med hverandre om de samme fagfolkene. Felles kompetanseplaner og heltidskultur er de "
          "viktigste virkemidlene."),
    ("h1", "5. Oppfølging"),
    ("p", "Strategien skal ligge til grunn for samarbeidet de neste fire årene. Nettverket har ansvar for å lage en handlingsplan."),
]

# --- Last year's case document -----------------------------------------------------------------------------

EARLIER_TITLE = "Sak 31/2024 Gjennomgang av handlingsplanen for 2024"
EARLIER = [
    ("h1", "1 Bakgrunn for saken"),
    ("p", "SSU vedtok handlingsplanen for 2024–2026 i sak 12/2024, og vedtok samtidig at planen skal gjennomgås hvert år."),
    ("p", "Denne saken er den første gjennomgangen."),
    ("h1", "2 Saksopplysninger"),
    ("p", "Sekretariatet har gått gjennom tiltakene sammen med partene. Status er vist med farger i vedlagte oversikt."),
    ("p", "De fleste tiltakene var planlagt startet i 2025. Regionene ble ikke bedt om skriftlig innspill i denne runden."),
    ("h1", "3 Sekretariatets vurdering"),
    ("p", "Sekretariatet mener at det er for tidlig å konkludere om effekten av tiltakene. Neste gjennomgang bør omfatte en "
          "spørreundersøkelse til alle RS."),
    ("h1", "Forslag til vedtak"),
    ("p", "SSU tar gjennomgangen til orientering og ber sekretariatet hente inn innspill fra alle RS i 2025."),
]
