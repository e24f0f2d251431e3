"""What the program itself says in the case document, in bokmål and in nynorsk.

A phrase is written once, in bokmål, where it is used; the same phrase in nynorsk stands in the table below, under the
bokmål. Names, numbers and quotes come in through ``{…}`` and are never touched. House words that cases differ in
(«RS-ene») are configuration, ``[quantifiers]`` and ``[quantifiers.nynorsk]``.
"""

from __future__ import annotations

from pipeline.norsk import capital, number_word


class Phrases:
    """``say("{names} har ikke svart.", names="RS Lister")`` in the language of the case document."""

    def __init__(self, *, nynorsk: bool = False) -> None:
        self.nynorsk = nynorsk

    def __call__(self, bokmal: str, /, **values: object) -> str:
        """The phrase with its values; KeyError for one that the nynorsk table has not."""
        return (NYNORSK[bokmal] if self.nynorsk else bokmal).format(**values)

    def number(self, n: int) -> str:
        """ "tre", "14"; the number one of a masculine noun is "én", "éin"."""
        return self("én") if n == 1 else number_word(n)

    def counted(self, n: int, one: str, many: str) -> str:
        """ "ett tiltak", "tre tiltak", "14 tiltak"; ``one`` and ``many`` are phrases."""
        return self(one) if n == 1 else f"{number_word(n)} {self(many)}"

    def amount(self, n: int) -> str:
        """ "ett", "tre", "14": a number of tiltak."""
        return self("ett") if n == 1 else number_word(n)

    def pick(self, turn: int, *wordings: str, **values: object) -> str:
        """One of several wordings of the same, so that a document does not say it the same way each time."""
        return self(wordings[turn % len(wordings)], **values)

    def capital(self, bokmal: str, /, **values: object) -> str:
        return capital(self(bokmal, **values))


# Bokmål -> nynorsk. Grouped as in the document.
NYNORSK = {
    # Numbers
    "én": "éin",
    "ett": "eitt",
    # Head and attachments
    "Saksfremlegg": "Saksframlegg",
    "Orienteringssak": "Orienteringssak",
    "Drøftingssak": "Drøftingssak",
    "Beslutningssak": "Avgjerdssak",
    "Handlingsplanen": "Handlingsplanen",
    "Vedlegg 1: Handlingsplanen med status for hvert tiltak (matrise)":
        "Vedlegg 1: Handlingsplanen med status for kvart tiltak (matrise)",
    "Vedlegg 2: Innspill fra {who} i sin helhet": "Vedlegg 2: Innspel frå {who} i heilskap",
    # Earlier papers
    "{n} til": "{n} til",
    "side": "side",
    "avsnitt": "avsnitt",
    "ark": "ark",
    "celle": "celle",
    "tabell": "tabell",
    "rad": "rad",
    "kolonne": "kolonne",
    "linje": "linje",
    "fotnote": "fotnote",
    "sluttnote": "sluttnote",
    "tekstboks": "tekstboks",
    "topptekst": "topptekst",
    "bunntekst": "botntekst",
    "kommentar": "kommentar",
    "felt": "felt",
    "skjemafelt": "skjemafelt",
    "lysbilde": "lysbilete",
    "bilde": "bilete",
    "del": "del",
    "innlimt del": "innlimt del",
    "fil": "fil",
    # Who was asked, who answered
    "{who} er bedt om innspill{deadline}.": "{who} er bedt om innspel{deadline}.",
    "{count} {noun} er bedt om innspill{deadline}{names}.": "{count} {noun} er bedne om innspel{deadline}{names}.",
    ", med frist {day}": ", med frist {day}",
    "Ingen svar er kommet inn ennå.": "Det er ikkje kome inn svar enno.",
    "{names} har svart.": "{names} har svart.",
    "Alle {n} {noun} har svart.": "Alle {n} {noun} har svart.",
    "Alle {n} {noun} har svart: {names}.": "Alle {n} {noun} har svart: {names}.",
    "{k} av {n} {noun} har svart: {names}.": "{k} av {n} {noun} har svart: {names}.",
    "{names} har ikke svart.": "{names} har ikkje svart.",
    "{names} har gitt felles svar.": "{names} har gitt felles svar.",
    "Svaret fra {names} kom etter fristen.": "Svaret frå {names} kom etter fristen.",
    "Svarene fra {names} kom etter fristen.": "Svara frå {names} kom etter fristen.",
    "Svaret fra {names} kom etter fristen {day}.": "Svaret frå {names} kom etter fristen {day}.",
    "Svarene fra {names} kom etter fristen {day}.": "Svara frå {names} kom etter fristen {day}.",
    "ett svar": "eitt svar",
    "svar": "svar",
    "{count} har ukjent avsender og er ikke regnet med: {names}.":
        "{count} har ukjend avsendar og er ikkje rekna med: {names}.",
    "{names} skriver at de ikke har merknader": "{names} skriv at dei ikkje har merknader",
    "{names} har ikke merknader til spørsmålet «{question}»": "{names} har ikkje merknader til spørsmålet «{question}»",
    "Avsenderen": "Avsendaren",
    "{who} har sendt et nytt svar som erstatter et tidligere ({source}).":
        "{who} har sendt eit nytt svar som erstattar eit tidlegare ({source}).",
    "ett utsagn": "eitt utsagn",
    "utsagn": "utsagn",
    "{count} er ikke gjengitt i punktene over": "{count} er ikkje attgjevne i punkta over",
    "Ett utsagn er ikke gjengitt i punktene over": "Eitt utsagn er ikkje attgjeve i punkta over",
    ", og kan leses i {reference}.": ", og kan lesast i {reference}.",
    "Hele skjemaet": "Heile skjemaet",
    # Theme sections
    "vedlegg 2, ": "vedlegg 2, ",
    "navnene står i vedlegg 2": "namna står i vedlegg 2",
    "{names} slutter seg til andres innspill": "{names} sluttar seg til andre sine innspel",
    "der {names} slutter seg til andres innspill": "der {names} sluttar seg til andre sine innspel",
    "også {names}": "også {names}",
    "slutter seg til {names}": "sluttar seg til {names}",
    "Har ikke svart.": "Har ikkje svart.",
    "Har ingen merknader{where}.": "Har ingen merknader{where}.",
    "Har svart, men sier ikke noe om dette temaet.": "Har svart, men seier ikkje noko om dette temaet.",
    "Har svart, men sier ikke noe om dette temaet: {names}.": "Har svart, men seier ikkje noko om dette temaet: {names}.",
    "Har ikke svart: {names}.": "Har ikkje svart: {names}.",
    "Ulike syn: {names} har innspill som peker i ulike retninger":
        "Ulike syn: {names} har innspel som peiker i ulike retningar",
    "Det er ikke kommet inn svar ennå.": "Det er ikkje kome inn svar enno.",
    "Ingen av {who} som har svart, sier noe om dette temaet.": "Ingen av {who} som har svart, seier noko om dette temaet.",
    # Evidence
    "Belegg: {count}.": "Belegg: {count}.",
    " Usikkert, kontroller punktet mot kilden.": " Usikkert, kontroller punktet mot kjelda.",
    "Ukjent avsender": "Ukjend avsendar",
    "slutter seg til {who}": "sluttar seg til {who}",
    "sikkerhet {share}": "sikkerheit {share}",
    "temaet er usikkert": "temaet er usikkert",
    "Også: vedlegg 2, pkt. {passages}.": "Også: vedlegg 2, pkt. {passages}.",
    # Suggestions
    "Vurder om tiltak som ikke er påbegynt, skal prioriteres, endres eller tas ut: {measures}.":
        "Vurder om tiltak som ikkje er byrja på, skal prioriterast, endrast eller takast ut: {measures}.",
    "{area}, vedlegg 1: rød status, og ingen kommentar om oppfølging.":
        "{area}, vedlegg 1: raud status, og ingen kommentar om oppfølging.",
    "Vurder om det som står i kommentarfeltet, er nok oppfølging: {measures}.":
        "Vurder om det som står i kommentarfeltet, er nok oppfølging: {measures}.",
    "Vedlegg 1: rød status, med kommentar.": "Vedlegg 1: raud status, med kommentar.",
    "Innhent status for {count}: {measures}.": "Hent inn status for {count}: {measures}.",
    "ett tiltak": "eitt tiltak",
    "tiltak": "tiltak",
    "Vedlegg 1: mangler status.": "Vedlegg 1: manglar status.",
    "{said} Vurder om dette skal følges opp.": "{said} Vurder om dette skal følgjast opp.",
    "{said} Vurder om dette skal legges til grunn videre.": "{said} Vurder om dette skal leggjast til grunn vidare.",
    "ett innspill": "eitt innspel",
    "innspill": "innspel",
    "Vurder også {more} til som et flertall deler.": "Vurder også {more} til som eit fleirtal deler.",
    "Temaene i kapitlet over, punktene med flertall.": "Temaa i kapitlet over, punkta med fleirtal.",
    "Vurder hvordan utvalget skal forholde seg til at {names} har ulike syn.":
        "Vurder korleis utvalet skal stille seg til at {names} har ulike syn.",
    "Vurder å purre {names} før saken sendes ut.": "Vurder å purre {names} før saka blir send ut.",
    "Registeret: ikke mottatt svar.": "Registeret: ikkje motteke svar.",
    "Videre oppfølging av {measures}.": "Vidare oppfølging av {measures}.",
    "tiltaket som ikke er påbegynt: {numbers}": "tiltaket som ikkje er byrja på: {numbers}",
    "{n} tiltak som ikke er påbegynt: {numbers}": "{n} tiltak som ikkje er byrja på: {numbers}",
    "Vedlegg 1: rød status.": "Vedlegg 1: raud status.",
    "Oppfølging av innspillet fra {who} om «{theme}»: {text}": "Oppfølging av innspelet frå {who} om «{theme}»: {text}",
    "Oppfølging av {n} innspill som et flertall deler om «{theme}».":
        "Oppfølging av {n} innspel som eit fleirtal deler om «{theme}».",
    "Tema «{theme}»": "Tema «{theme}»",
    # The plan's status
    "Fokusområde {number}": "Fokusområde {number}",
    "grønt": "grønt",
    "gult": "gult",
    "rødt": "raudt",
    "uten farge": "utan farge",
    "Gjennomført": "Gjennomført",
    "Pågående": "I gang",
    "Ikke påbegynt": "Ikkje byrja på",
    "Mangler status": "Manglar status",
    "gjennomført": "gjennomført",
    "gjennomført ": "gjennomførte",  # of several
    "pågående": "i gang",
    "ikke påbegynt": "ikkje byrja på",
    "uten status": "utan status",
    "Handlingsplanen har {measures}{where}: {parts}.": "Handlingsplanen har {measures}{where}: {parts}.",
    " fordelt på {n} fokusområder": " fordelte på {n} fokusområde",
    "{name} (planens kommentar: {comment})": "{name} (kommentaren i planen: {comment})",
    "Ingen av tiltakene i fokusområdet har fått status.": "Ingen av tiltaka i fokusområdet har fått status.",
    "Tiltakene i dette fokusområdet står alle uten status.": "Tiltaka i dette fokusområdet står alle utan status.",
    "Fokusområdet mangler status for alle tiltak.": "Fokusområdet manglar status for alle tiltak.",
    "Hele fokusområdet er på nivå {colour}.": "Heile fokusområdet er på nivå {colour}.",
    "Alle tiltak i fokusområdet er vurdert til nivå {colour}.": "Alle tiltak i fokusområdet er vurderte til nivå {colour}.",
    "Fokusområdet framkommer i sin helhet på nivå {colour}.": "Fokusområdet er i heilskap på nivå {colour}.",
    "i hovedsak": "i hovudsak",
    "i stor grad": "i stor grad",
    "Fokusområdet er {degree} på nivå {colour}.": "Fokusområdet er {degree} på nivå {colour}.",
    "Dette fokusområdet framkommer {degree} på nivå {colour}.": "Dette fokusområdet er {degree} på nivå {colour}.",
    "Tiltakene her er {degree} vurdert til nivå {colour}.": "Tiltaka her er {degree} vurderte til nivå {colour}.",
    "Fokusområdet er i hovedsak på nivå grønt og gult.": "Fokusområdet er i hovudsak på nivå grønt og gult.",
    "De fleste tiltakene er vurdert til nivå grønt eller gult.": "Dei fleste tiltaka er vurderte til nivå grønt eller gult.",
    "Fokusområdet framkommer i hovedsak på nivå gult og grønt.": "Fokusområdet er i hovudsak på nivå gult og grønt.",
    "Fokusområdet har en blandet status.": "Fokusområdet har ein blanda status.",
    "Bildet er sammensatt i dette fokusområdet.": "Biletet er samansett i dette fokusområdet.",
    "Status varierer mellom tiltakene i fokusområdet.": "Status varierer mellom tiltaka i fokusområdet.",
    "er gjennomført": "er gjennomført",
    "er gjennomført ": "er gjennomførte",  # of several
    "pågår": "er i gang",
    "er ikke påbegynt": "er ikkje byrja på",
    "mangler status": "manglar status",
    "Fokusområdet har ett tiltak, og det {verb}.": "Fokusområdet har eitt tiltak, og det {verb}.",
    "Alle de {n} tiltakene {verb}.": "Alle dei {n} tiltaka {verb}.",
    "Det gjelder {measures}, og ingen av dem har en annen status.":
        "Det gjeld {measures}, og ingen av dei har ein annan status.",
    "Fokusområdet har {measures} med samme status: {status}.": "Fokusområdet har {measures} med same status: {status}.",
    "Begge tiltakene {verb}.": "Begge tiltaka {verb}.",
    "Av {measures} {parts}.": "Av {measures} {parts}.",
    "Fokusområdet har {measures}: {parts}.": "Fokusområdet har {measures}: {parts}.",
    "Planen har {measures} her, hvorav {parts}.": "Planen har {measures} her: {parts}.",
    "er {n} gjennomført": "er {n} gjennomført",
    "er {n} gjennomført ": "er {n} gjennomførte",
    "pågår {n}": "er {n} i gang",
    "er {n} ikke påbegynt": "er {n} ikkje byrja på",
    "mangler {n} status": "manglar {n} status",
    "tiltak {names}": "tiltak {names}",
    "tiltakene {names}": "tiltaka {names}",
    "begge hovedmålene": "begge hovudmåla",
    "alle hovedmålene": "alle hovudmåla",
    "hovedmål {numbers}": "hovudmål {numbers}",
    "gjennomført er {names}.": "på plass er {names}.",
    "{names} er gjennomført.": "ferdig er {names}.",
    "på plass er {names}.": "på plass er {names}.",
    "Alle tiltak under {goals} er gjennomført.": "Alle tiltak under {goals} er gjennomførte.",
    "Under {goals} er alt gjennomført.": "Under {goals} er alt gjennomført.",
    "{goals} har bare gjennomførte tiltak.": "{goals} har berre gjennomførte tiltak.",
    "{goals} har gjennomførte tiltak.": "{goals} har gjennomførte tiltak.",
    "De gjennomførte tiltakene hører til {goals}.": "Dei gjennomførte tiltaka høyrer til {goals}.",
    "Det som er gjennomført, gjelder {goals}.": "Det som er gjennomført, gjeld {goals}.",
    "Gjennomførte tiltak finnes under {goals}.": "Gjennomførte tiltak finst under {goals}.",
    "arbeidet pågår med {names}.": "arbeidet er i gang med {names}.",
    "startet opp og pågående er {names}.": "i gang er {names}.",
    "{names} er startet opp og pågår.": "{names} er i gang.",
    "{goals} har tiltak som pågår.": "{goals} har tiltak som er i gang.",
    "Pågående tiltak finnes under {goals}.": "Tiltak som er i gang, finst under {goals}.",
    "Det arbeides med tiltak under {goals}.": "Det blir arbeidd med tiltak under {goals}.",
    "Tiltakene som er startet opp og pågår, hører til {goals}.": "Tiltaka som er i gang, høyrer til {goals}.",
    "Vurdert til nivå rødt er tiltak": "Vurdert til nivå raudt er tiltak",
    "Ikke påbegynt er tiltak": "Ikkje byrja på er tiltak",
    "Ett tiltak er på nivå rødt:": "Eitt tiltak er på nivå raudt:",
    "Vurdert til nivå rødt er tiltakene": "Vurderte til nivå raudt er tiltaka",
    "Ikke påbegynt er tiltakene": "Ikkje byrja på er tiltaka",
    "{measures} er på nivå rødt:": "{measures} er på nivå raudt:",
    "Status mangler for tiltak": "Status manglar for tiltak",
    "Uten status i planen står tiltak": "Utan status i planen står tiltak",
    "Planen sier ikke hva som er status for tiltak": "Planen seier ikkje kva som er status for tiltak",
    "Status mangler for tiltakene": "Status manglar for tiltaka",
    "Uten status i planen står tiltakene": "Utan status i planen står tiltaka",
    "Planen sier ikke hva som er status for tiltakene": "Planen seier ikkje kva som er status for tiltaka",
    # Attachment 1
    "Vedlegg 1: {plan} med status": "Vedlegg 1: {plan} med status",
    "Handlingsplan": "Handlingsplan",
    "Hele planen": "Heile planen",
    "Hovedmål {number}": "Hovudmål {number}",
    "Hovedmål": "Hovudmål",
    "Nr.": "Nr.",
    "Fokusområde": "Fokusområde",
    "Delmål": "Delmål",
    "Tiltak": "Tiltak",
    "Ansvarlig": "Ansvarleg",
    "Frist": "Frist",
    "Status": "Status",
    "Status i planen": "Status i planen",
    "Kommentar": "Kommentar",
    "Uten overskrift": "Utan overskrift",
    "Sum": "Sum",
    "Oversikt": "Oversikt",
    "Forklaring": "Forklaring",
    "Farge": "Farge",
    "Betyr": "Tyder",
    "Ukjent status": "Ukjend status",
    "Velg en av disse: {words}.": "Vel ein av desse: {words}.",
    "Velg status fra listen. Fargen følger av ordet.": "Vel status frå lista. Fargen følgjer av ordet.",
    "Tiltaket er gjennomført.": "Tiltaket er gjennomført.",
    "Tiltaket er startet opp og pågår.": "Tiltaket er i gang.",
    "Tiltaket er ikke påbegynt.": "Tiltaket er ikkje byrja på.",
    "Planen sier ikke hva som er status. Det er ikke det samme som rødt.":
        "Planen seier ikkje kva som er status. Det er ikkje det same som raudt.",
    "Slik brukes arket": "Slik bruker du arket",
    "Bruk pilene i overskriftsraden i arket {sheet} til å filtrere, for eksempel på ansvarlig.":
        "Bruk pilene i overskriftsrada i arket {sheet} til å filtrere, til dømes på ansvarleg.",
    "Velg ny status fra listen i statuskolonnen. Fargen og tallene i arket {sheet} følger etter.":
        "Vel ny status frå lista i statuskolonnen. Fargen og tala i arket {sheet} følgjer etter.",
    # Attachment 2
    "Innspill i sin helhet": "Innspel i heilskap",
    "Avsender ikke avklart": "Avsendar ikkje avklart",
    "Filen kunne ikke leses.": "Fila kunne ikkje lesast.",
    "felles svar": "felles svar",
    "ingen merknader": "ingen merknader",
    "erstatter {files}": "erstattar {files}",
    "ikke oppgitt": "ikkje oppgitt",
    "ja": "ja",
    "nei": "nei",
    "andre": "andre",
    "ikke plassert i noe tema": "ikkje plassert i noko tema",
    "Kilde: {file}": "Kjelde: {file}",
    "datert {day}": "datert {day}",
    "uten dato": "utan dato",
    "kom etter fristen": "kom etter fristen",
    "Tema: {about}": "Tema: {about}",
    "Øvrig tekst i filen": "Annan tekst i fila",
    "Topptekst": "Topptekst",
    "Bunntekst": "Botntekst",
    "Sitert fra tidligere e-post": "Sitert frå tidlegare e-post",
    "Signatur": "Signatur",
    "Skjult tekst": "Skjult tekst",
    "Tekst som beskriver bilder og tabeller": "Tekst som skildrar bilete og tabellar",
    "Opplysninger om filen": "Opplysningar om fila",
    "Tekst i innebygde objekter": "Tekst i innebygde objekt",
    "Innholdsfortegnelse i filen": "Innhaldsliste i fila",
    "Kommentarer": "Kommentarar",
    "[{why} Se originalfilen.]": "[{why} Sjå originalfila.]",
    "Hvem som har svart": "Kven som har svart",
    "Avsender, fil, dato, om svaret kom for sent, og merknader.": "Avsendar, fil, dato, om svaret kom for seint, og merknader.",
    "Tabell i svaret": "Tabell i svaret",
    # The chart
    "Antall tiltak": "Talet på tiltak",
    "Status per fokusområde": "Status per fokusområde",
    "Stolpediagram over status for tiltakene per fokusområde. ": "Stolpediagram over status for tiltaka per fokusområde. ",
}
