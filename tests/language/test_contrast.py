"""Clauses in nearly the same words that say the opposite are told apart; paraphrases are not."""

import pytest

from pipeline.language import contrast, grouping

OPPOSITE = [
    ("Hytter som har vann, må betale avgift.", "Hytter som ikke har vann, må betale avgift."),
    ("Hytter med vann må betale avgift.", "Hytter uten vann må betale avgift."),
    ("Ordlista bør stå sist og tallene først.", "Ordlista bør stå først og tallene sist."),
    ("Trikken bør bygges i dalen først, ikke på høyden.", "Trikken må bygges på høyden før dalen."),
    ("Sakene bør innom KSU før de går til LSU-ene.", "Sakene bør innom LSU-ene før de går til KSU."),
    ("Klubbene må få hallen først, og skolene det som blir igjen.", "Skolene må få faste timer, og ikke bare det som blir igjen."),
    ("Vakta må ha åpent om natta, for sjøen venter ikke.", "Vi kan ikke ha åpent om natta, for vi har ingen folk."),
    ("Farten i sundet bør ikke ned til fire knop.", "Sett farten i sundet ned til fire knop."),
    ("Vi tilrår en felles sats for hele regionen fra 2028.", "Vi tilrår egne satser i hver kommune."),
    ("Svømmekortet må gjelde alle på trinnet.", "Svømmekortet bør behovsprøves."),
    ("Samtalen etter fødsel bør forbeholdes de førstegangsfødende.", "Samtalen etter fødsel bør gis til hver eneste mor."),
    ("Bare de som har nøkkel til hallen, bør trenge kurs.", "Alle trenere i hallen bør trenge kurs."),
    ("Begge bydelene trenger hver sin ungdomsleder.", "Ungdomslederen kan deles av flere bydeler."),
    ("Sykehuset skal drive vaktbilen.", "Vaktbilen bør leggjast til kommunane."),
    ("Vaktbilen bør sjukehuset ha hand om.", "Vaktbilen må kommunene drive."),
    ("Vaksinen bør kunne gis på helsestasjonen.", "Vaksinen vil vi ha samlet på sjukehuset."),
    ("Kontaktpersonen bør sitte på sykehuset.", "Den som er kontakt, bør ha arbeidsplassen sin i kommunen."),
    ("Øvelsen må holdes to ganger i året.", "To øvelser i året er urealistisk, og én er det vi rekker."),
    ("Kontaktpersonen bør være ansatt i kommunen.", "Kontaktpersonen må sykehuset ansette."),
    ("Kontaktpersonen må kommunene ansette.", "Sjukehuset må tilsetje kontaktpersonen."),
    ("For veilederen bør fylket stå som arbeidsgiver.", "Kommunen må være arbeidsgiver for veilederen."),
    ("Det trengs flere møter med foretaket.", "Færre møter, og bedre forberedt."),
    ("Vi hører aldri fra dem, la oss møtes hver måned.", "Vi hører fra dem hele tida, la oss slippe å møtes hver måned."),
    ("Styret etterlyser klarere mål.", "Styret etterlyser ikke klarere mål."),
    ("Rådhuset skal drive anlegget, ikke idrettslaget.", "Idrettslaget skal drive anlegget, ikke rådhuset."),
    ("Oppgaver bør flyttes fra fylket til kommunene.", "Oppgaver bør flyttes til fylket fra kommunene."),
    ("Først skolen, så idrettshallen.", "Først idrettshallen, så skolen."),
    ("Biblioteket kan vente, det kan ikke svømmehallen.", "Svømmehallen kan vente, det kan ikke biblioteket."),
    ("Vi vil heller ha buss enn tog.", "Vi vil heller ha tog enn buss."),
    ("Det vi trenger mest, er en rektor.", "Det vi trenger minst, er en rektor."),
    ("Ta saka opp i kommunestyret", "Ikkje ta saka opp i kommunestyret"),
    ("Saken bør avgjøres før sommeren.", "Saken bør avgjøres etter sommeren."),
    ("Gebyret må settes ned.", "Gebyret må settes opp."),
    ("Rådet tilrår at det bygges en ny kai.", "Rådet frarår at det bygges en ny kai."),
    ("Påslaget på 1,3 er for lavt; 1,5 bør legges til grunn.", "Påslaget på 1,3 er for høyt; 1,2 bør legges til grunn."),
    ("Flere lærere, mindre papir.", "Flere papir, mindre lærere."),
    ("Idrett er arbeid. Arbeid skal ha lønn.", "Idrett er ikke arbeid. Skal ikke ha lønn."),
    ("Vi ber kommunen forenkle søknaden.", "Vi ber kommunen ikke forenkle søknaden."),
    ("Prognosen undervurderer behovet for plasser.", "Prognosen overvurderer behovet for plasser."),
    ("La oss møtes jevnlig.", "La oss slippe å møtes jevnlig."),
    ("Søppelbilen bør komme om dagen.", "Søppelbilen bør komme om kvelden."),
    ("Status til kommunestyret hvert halvår.", "En årlig status til kommunestyret holder."),
    ("Lekeplassen bør ligge på Solberg, for på Nes er det bratt.", "Lekeplassen må ligge på Nes som nå."),
    ("Lensmannskontoret på Nes må bestå.", "Lensmannskontoret bør samles på Solberg."),
    ("Drosjene bør prioriteres først.", "Syklistene bør prioriteres først."),
    ("Havnesjefen bør lede prøvedriften.", "Det må være fiskerne som leder prøvedriften."),
    ("Losen bør ha leiinga av øvinga.", "Vi går ut fra at det er brannsjefen som skal lede øvelsen."),
    ("Brannsjefen må ta styringa på øvelsen.", "Vi venter at losen leder øvelsen, for han kjenner sundet."),
    ("Ungdomsklubben bør ledes fra menigheten.", "Kommunen må lede ungdomsklubben."),
    ("Teamet for ungdom må ha helseforetaket som eier.", "Kommunene bør eie teamet for ungdom."),
    ("Den nye vaktsentralen må ha sykehuset som vert.", "Kommunane bør leie den nye vaktsentralen."),
    ("Prøvedrifta må ha fiskarane som eigarar.", "Havnesjefen bør eie prøvedriften."),
    ("Badeplassene må gå foran turstiene.", "Turstiene må få førsteprioritet."),
    ("Nattbussen bør vente til våren.", "Nattbussen innføres i alle bydeler."),
    ("Med nattbussen ønsker vi at dere holder igjen.", "Vi vil ha nattbussen i alle bydeler."),
    ("Nattbussen bør prøves ut i to bydeler før den innføres i resten.", "Nattbussen er moden for innføring overalt."),
    ("Vi vil ha en pilot med nattbuss først.", "Nattbuss uten flere piloter, takk."),
    ("Prøvedriften bør ledes av havnesjefen.", "Fiskerne skal lede prøvedriften."),
    ("Grunneierne må betale gjerdet.", "Gjerdet må betales av kommunen."),
    ("Leietakerne må betale for strømmen.", "Leietakerne betaler allerede for strømmen i husleia."),
    ("Vi ønsker en rapport per kvartal.", "Vi ønsker en rapport per halvår."),
    ("Meld fra én gang i året.", "Det som bare meldes én gang årlig, blir glemt."),
    ("Strømmen bør deles likt mellom lagene, da en nøkkel etter antall medlemmer blir urettferdig.", "Strømmen må fordeles etter antall medlemmer."),
    ("Kaiavgifta bør betales likt av alle.", "Kaiavgifta bør betales etter størrelsen på båten."),
    ("Vi støtter at e-post blir førstevalget.", "E-post må være et valg, for noen har ikke maskin."),
    ("E-post bør bli fast rutine for alle som søker.", "E-post må vere eit tilbod og ikkje eit krav."),
    ("Ingen skal måtte ta samtalen på nett.", "Samtaler på nett bør bli fast rutine."),
    ("Nettsamtale må være et valg som søkeren tar.", "Samtaler på nett bør være hovedregel."),
    ("Alle som vil, skal ha frukt.", "Frukt bør gis etter den enkeltes behov."),
    ("Frukt bør gis til dem som trenger det, og ikke til alle.", "Frukt må gis til alle."),
    ("Ukentlig rapport er for ofte.", "Månedlig rapport er for ofte."),
    ("Nøkkelen bør ligge hos vaktmesteren heller enn hos rektor, så lenge det er vaktmesteren som låser.",
     "Nøkkelen bør ligge hos rektor heller enn hos vaktmesteren, så lenge det er rektor som svarer for huset."),
    ("Hver buss bør ha én sjåfør heller enn flere.", "Kvar buss bør ha fleire sjåførar heller enn éin."),
    ("Slippen må være gratis.", "Slippen bør ha bom og betaling, slik at ingen står i veien."),
    ("Planen trenger et eget kapittel om skoleveien.", "Et kapittel om biblioteket bør inn i planen."),
    ("Undervisningen skal gis innenfor skoledagen.", "Undervisningen skal gis utenfor skoledagen."),
    ("Vaktsentralen skal ligge i egen kommune.", "En vaktsentral i samarbeid med nabokommunene er mer solid."),
    ("Når isen kommer, må havna stå først.", "Når isen kommer, må skolevegen stå først."),
    ("Arbeidet med demens må kommunene lede.", "Sykehuset bør ha ledelsen av arbeidet med demens."),
    ("Vi vil kjøpe inn sensorer sammen.", "Sensorer vil vi kjøpe inn selv, kommune for kommune."),
    ("Vaktlegen bør ansettes av sykehuset.", "Vaktlegen må være kommunalt ansatt."),
    ("Vi vil heller ha en liten stilling selv.", "Vi vil spleise på en felles stilling."),
    ("Vi trenger to vaktmestere.", "Det går med én vaktmester."),
    ("Legen bør være koordinator.", "Legen har liten tid og kan ikke være koordinator, det må være en annen."),
    ("Eleven må kunne skrive under selv.", "Eleven kan ikke skrive under selv."),
    ("Vi vil heller ha en gangvei enn en ny bru.", "En ny bru er nødvendig for bygda."),
    ("Kurs kan kommunene fint betale selv.", "Kurs finansieres best over fellesbudsjettet."),
    ("Fagdagen bør avløses av tre korte møter.", "En fagdag i året er det minste vi trenger."),
    # who has the responsibility, who pays, what a plan is arranged by, what a fee goes by
    ("Det faglige ansvaret for målingene bør ligge hos fastlegen.", "Fastlegen har ikke bedt om målingene, så da får avdelingen ha ansvaret for dem."),
    ("Fastlegen skal stå som ansvarlig for samtalene.", "Samtalene burde sykepleieren, som kommer hver dag, ha ansvaret for."),
    ("Oppfølging som sykehuset har satt i gang, må sykehuset betale for.", "Utgiftene til oppfølging bør deles mellom kommunene og sykehuset."),
    ("Vi ønsker kapitler etter diagnose.", "Tre kapitler hjelper lite, så vi foreslår inndeling etter fasene."),
    ("Å betale etter vekt blir urettferdig, og ett gebyr for alle er best.", "Den som kaster mye, skal betale mye: innfør gebyr etter vekt."),
]
ALIKE = [
    ("Ett møte i året er nok.", "Møtes en gang i året og ikke oftere."),
    ("Nattbussen kan ikke vente.", "Nattbussen må innføres."),
    ("Nattbussen bør prøves ut i to bydeler.", "Vi vil ha en pilot med nattbuss."),
    ("Badeplassene må gå foran turstiene.", "Badeplassene må prioriteres først."),
    ("Vi vil ha felles rutiner for alle.", "Det bør lages felles rutiner i hele regionen."),
    ("Det bør komme flere tiltak for unge.", "Planen trenger flere tiltak rettet mot ungdom."),
    ("Ansvaret er ikke tydelig plassert.", "Ansvaret må plasseres tydelig."),
    ("Ikke tydelig ansvar", "Tydelig ansvar"),
    ("Ansvaret må plasseres hos kommunen.", "Kommunen må få ansvaret."),
    ("Skolen bør bygges før hallen.", "Skolen bør bygges før hallen, slik vi ser det."),
    ("Det trengs ikke bare penger, men også folk.", "Det trengs penger og folk."),
    ("Planen bør være kortere.", "Planen er ikke kort nok."),
    ("Planen bør skrives i et enklere språk.", "Språket i planen bør gjøres enklere."),
    ("Vi møtes gjerne to ganger i året.", "Et møte hvert halvår passer oss."),
    ("Hver uke er altfor ofte, møt hver måned.", "Møtene bør være månedlige."),
    ("Bussen bør gå om kvelden.", "Bussen må gå om kvelden og om morgenen."),
    ("Lekeplassen bør ligge på Solberg.", "Lekeplassen må flyttes fra Nes til Solberg."),
    ("Hvert tiltak må ha én part som eier det.", "Det må være én navngitt eier av tiltaket."),
    ("Vi savner et kapittel om skoleveien.", "Skoleveien bør få et eget avsnitt i planen."),
    ("Slippen bør være gratis.", "Slippen må ikke koste noe."),
    ("Kapittel 2 bør kortes ned.", "Kapittel 2 er for langt."),
    ("Kiosken må være åpen om kvelden og natta.", "Kiosken må være åpen om natta."),
    ("Møtene bør legges til dag- og kveldstid.", "Møtene bør legges til dagtid."),
    ("Bussen må gå på hverdager og helger.", "Bussen må gå i helgene."),
    ("Planen bør lages sammen med lærerne.", "Lærerne bør selv være med når planen lages."),
    ("Kiosken bør ikke flyttes til Solberg.", "Kiosken på Nes må bestå."),
    ("Brannbilen må bli ved Nes brannstasjon.", "Brannbilen må bli ved Solberg brannstasjon Nes."),
    ("Vi trenger flere sjåfører allerede i år.", "Vi trenger flere sjåfører."),
    ("Både fylket og staten må betale.", "Både staten og fylket må betale."),
    ("Sykehuset bør lede arbeidet.", "Helseforetaket bør lede arbeidet."),
    ("Årlig rapport er ikke nok.", "Vi vil ha rapport hvert kvartal."),
    ("Kom til oss allerede når arbeidet starter.", "De bør komme til oss når arbeidet starter."),
    ("Vi vil ikke ha det slik, selv om det er billig.", "Vi vil ikke ha det slik sammen med naboene."),
    ("Tiltakene må være målbare og konkrete.", "Tiltakene bør formuleres mer målbart og konkret."),
    ("Vi vil ha to vaktmestere.", "Det må ansettes to nye vaktmestere."),
    ("Arbeidet må kommunene lede.", "Kommunene bør lede arbeidet."),
    ("Vaktlegen bør ansettes av sykehuset.", "Sykehuset bør ansette vaktlegen."),
    ("Sensorer bør kjøpes inn i fellesskap.", "Vi vil kjøpe sensorer sammen."),
    ("Vi vil ha en vaktmester til.", "Det trengs to vaktmestere."),
    ("Vi må stå sammen, men hver kommune bør ha sin koordinator.", "Hver kommune bør ha sin koordinator, og de bør møtes samlet."),
    ("Vi vil heller ha en gangvei enn en ny bru.", "Vi vil ha gangvei."),
    ("Papirskjemaet må erstattes av et digitalt skjema.", "Et digitalt skjema bør på plass."),
]


@pytest.mark.parametrize(("one", "other"), OPPOSITE)
def test_opposites_in_the_same_words_are_no_one_point(one, other):
    a, b = grouping.prepare([one, other])
    assert grouping.apart(a, b)
    assert grouping.apart(b, a)
    assert grouping.cluster([a, b]) == [[0], [1]]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_paraphrases_do_not_contrast(one, other):
    assert not contrast.contrasts(contrast.outline(one), contrast.outline(other))


def test_a_clause_does_not_contrast_with_itself():
    for one, other in (*OPPOSITE, *ALIKE):
        for text in (one, other):
            assert not contrast.contrasts(contrast.outline(text), contrast.outline(text))


def test_the_same_words_in_another_order_are_no_contrast_where_none_has_changed_sides():
    """ "Må det følge vakter" and "må vaktene følge", both "fra havna til elva"."""
    one, other = (contrast.outline(t) for t in ("Når båter flyttes fra havna til elva, må det følge vakter med.",
                                                "Flyttes båter fra havna til elva, må vaktene følge med."))
    assert not contrast.contrasts(one, other)
    assert contrast.contrasts(one, contrast.outline("Når båter flyttes fra elva til havna, må det følge vakter med."))
