"""Norwegian words that carry a stance, words that mean the same, and nynorsk turned into bokmål for comparing.

Everything here serves comparison, never print. Words are compared in a folded form: lower case,
bokmål spelling (``fold_word``), frequent two-word verbs joined into one (``fold_text``). Entries are
beginnings of folded words; an entry that ends in "$" is a whole word. The tables are general Norwegian
for hearings and plans; nothing in them belongs to one case. To teach the grouping a synonym, add the
word to a line of ``_CONCEPTS``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """ "a=b c=d" as pairs."""
    return tuple((left, right) for left, _, right in (pair.partition("=") for pair in text.split()))


# Whole nynorsk (and some dialect) words -> bokmål.
_NYNORSK_WORDS = dict(
    _pairs("""
éin=én
ikkje=ikke itte=ikke ittj=ikke itj=ikke inkje=ikke ei=en ein=en eit=et eg=jeg me=vi dei=de dykk=dere dykkar=deres kven=hvem kva=hva kor=hvor
korleis=hvordan kvifor=hvorfor kvar=hver kvart=hvert kvarandre=hverandre nokon=noen nokre=noen nokra=noen noko=noe
mykje=mye meir=mer fleire=flere færre=færre ingenting=ingenting ingen=ingen inga=ingen korkje=verken anten=enten
framleis=fortsatt enno=fortsatt fremdeles=fortsatt no=nå berre=bare òg=også saman=sammen då=da sidan=siden frå=fra
til=til åt=til hjå=hos mellom=mellom etter=etter før=før vere=være vera=være ver=være heime=hjemme heimen=hjemmet
vorte=blitt vorten=blitt verre=verre vore=vært vart=ble vert=blir verta=bli verte=bli bli=bli blei=ble gjer=gjør
gjera=gjøre gjere=gjøre gjort=gjort gje=gi gjev=gir gi=gi gjeve=gitt seie=si seia=si seier=sier sjå=se ser=ser få=få
fekk=fikk fått=fått kjem=kommer koma=komme kome=komme gå=gå går=går skal=skal må=må bør=bør burde=burde vil=vil
kan=kan heller=heller andre=andre eigen=egen eiga=egen eige=eget eigne=egne same=samme slik=slik desse=disse
dette=dette denne=denne difor=derfor såleis=slik der=der fyrst=først betre=bedre best=best verre=verre større=større
mindre=mindre lengre=lengre lenger=lenger fort=fort raskare=raskere tid=tid tida=tiden ting=ting tinga=ting
sjølv=selv sjølve=selv mogleg=mulig mogeleg=mulig umogleg=umulig born=barn borna=barn veg=vei vegen=veien
vegar=veier vegane=veiene hjelpa=hjelp høg=høy høgt=høyt høge=høye høgare=høyere låg=lav lågt=lavt låge=lave
lågare=lavere seint=sent tidleg=tidlig opp=opp nede=nede auke=øke aukar=øker auka=økt krev=krever treng=trenger
høver=passer bed=ber elles=ellers godtek=godtar førr=for teken=tatt tekne=tatt takast=tas vær=være
trengst=trengs trengjast=trengs finst=finnes saknar=savner saknast=savnes synest=synes meiner=mener tykkjer=synes
tilsetje=ansette tilsette=ansette tilset=ansetter tilsetjast=ansettes sitje=sitte sit=sitter held=holder
trur=tror ynskjer=ønsker ønskjer=ønsker ynskje=ønske ønskje=ønske medan=mens um=om
""")
)

# Beginnings (or, with a leading "-", insides) that differ between nynorsk and bokmål.
_NYNORSK_STARTS = _pairs("""
skule=skole skula=skole heime=hjemme heim=hjem sjuk=syk tenest=tjenest løys=løs utgrei=utred klår=klar kjeld=kild
tilskot=tilskudd utval=utvalg bustad=bolig byggj=bygg leggj=legg setj=sett liggj=ligg hald=hold
oppgåv=oppgav tilset=ansatt tilsett=ansatt løyv=bevilg
skildr=beskriv samand=sammend sjukehus=sykehus einskild=enkelt einig=enig eining=enhet naud=nød opplær=opplær
vurder=vurder tilrå=anbefal rår=anbefal råd=råd høyr=hør høve=forhold tilhøv=forhold omsyn=hensyn reiskap=verktøy
arbeidsreiskap=arbeidsverktøy innbygg=innbygg rullering=rullering mål=mål vidare=videre framtid=framtid fram=frem
gjennomfør=gjennomfør hovud=hoved verksemd=virksomhet verkemid=virkemid verk=virk leiar=leder leiing=ledelse
leie=lede eigarskap=eierskap eig=ei røynd=virkelig erfaring=erfaring opplys=opplys spørsmål=spørsmål nyhend=nyhet
nyhet=nyhet kveld=kveld tilgjeng=tilgjeng pleiar=pleier lækj=leg omgrep=begrep ord=ord fylgj=følg fylg=følg
følgj=følg røyst=stemm stogg=stopp byrj=begynn brukar=bruker heil=hel deltak=delta einsemd=ensomhet auk=øk
minsk=minsk styrk=styrk saml=saml sakn=savn rettleiing=veiledning rettlei=veiled førebygg=forebygg føreset=forutset
førebu=forbered føremål=formål føreslå=foreslå fråsegn=uttalelse utsegn=uttalelse høyring=høring eigar=eier tilbod=tilbud
opningstid=åpningstid opne=åpne open=åpen ope=åpe nedanfrå=nedenfra ovanfrå=ovenfra innanfor=innenfor
utanfor=utenfor utan=uten mangl=mangl fullmakt=fullmakt myndigheit=myndighet namn=navn tal=tall einast=eneste
greie=grei tungvin=tungvin vanskeleg=vanskelig eigna=egnet egna=egnet eldre=eldre medverk=medvirk samhandl=samhandl
oversyn=oversikt avtal=avtal handsam=behandl vedtek=vedta vedtak=vedtak tek=ta tak=ta dele=dele bisto=bisto
""")
_NYNORSK_PARTS = (
    ("skul", "skol"),
    ("venleg", "vennlig"),
    ("heim", "hjem"),
    ("straum", "strøm"),
    ("tenest", "tjenest"),
    ("veg", "vei"),
    ("bustad", "bolig"),
    ("sjuk", "syk"),
    ("løys", "løs"),
    ("born", "barn"),
)
_NYNORSK_ENDINGS = (
    ("leikane", "hetene"),
    ("leiken", "heten"),
    ("leik", "het"),
    ("legare", "ligere"),
    ("lege", "lige"),
    ("leg", "lig"),
    ("legast", "ligst"),
    ("semda", "somhet"),
    ("anane", "anene"),
    ("ingane", "ingene"),
    ("inga", "ingen"),
    ("ane", "ene"),
    ("arane", "erne"),
    ("ar", "er"),
    ("ast", "es"),
    ("are", "ere"),
    ("a", "a"),
)

# Two-word verbs and set phrases -> one folded word. Applied to folded words joined by blanks.
_PHRASES = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), word)
    for pattern, word in (
        (r"(?:ta|tar|tas|tatt|tok) (?:ikke )?(?:imot|i mot)", "motta"),
        (r"godtar (?:\w+ )?ikke|kan (?:\w+ )?ikke (?:godta|akseptere|støtte|stille (?:seg|oss) bak|(?:være|gå) med på)", "bifalle"),
        (r"følg(?:e|er|es|te|t)? (?:\w+ )?opp|oppfølging av", "oppfølging"),
        (r"legg(?:e|er|es)? (?:\w+ )?ned|lag[dt]e? ned|la ned", "nedlegge"),
        (r"(?:bygg(?:e|er|es|et)?|bygd) ned", "nedbygge"),
        (r"bygg(?:e|er|es|et)? ut", "utbygge"),
        (r"sett(?:e|er|es)? (?:\w+ ){0,3}ned|satt ned", "senke"),
        (r"sett(?:e|er|es)? (?:\w+ )?opp|satt opp", "heve"),
        (r"sett(?:e|er|es)? i gang|kom(?:me|mer)? i gang|start(?:e|er|es|et)? opp|satt i gang|satt i verk", "oppstart"),
        (r"sett(?:e|er|es)? (?:\w+ )?av", "avsette"),
        (r"kort(?:e|er|es|et)? (?:\w+ )?(?:ned|inn)|snevr(?:e|er|es)? inn", "forkorte"),
        (r"skjær(?:e|er|es)? (?:\w+ )?ned|ton(?:e|er|es)? ned", "redusere"),
        (r"(?:ta|tar|tas|tatt|tok) (?:\w+ )?(?:ut|bort)|gå(?:r)? ut|fall(?:e|er)? bort|legges bort", "fjerne"),
        (r"(?<=må )(?:vekk|bort)|(?<=bør )(?:vekk|bort)|(?<=kan )(?:vekk|bort)|(?<=skal )(?:vekk|bort)", "fjerne"),
        (r"(?:være|bli|blir|få) med videre", "bestå"),
        (r"(?:ta|tar|tas|tatt) i bruk|få på plass|på plass", "innføre"),
        (
            r"(?:ta|tar|tas|tatt|blir|bli|er|var|være|få|komme|kom) (?:ikke |også |aldri |alle |dem |oss )?med "
            r"(?=(?:i|fra|på|tidlig|tidligere|som)\b)|"
            r"(?:ta|tar|tas|tatt|tekne?) med(?! forbehold)|trekk(?:e|er|es)? inn|være med|koble(?:s)? på",
            "involvere",
        ),
        (r"(?:må |bør |burde |skal )?(?:inn|være med|med) (?=som|i planen|i neste|i plan)", "inkludere "),
        (
            r"si(?:er)? (?:sin|si|sitt|vår) mening|uttal(?:e|t|er|te)? seg|bli(?:tt)? hørt|ble hørt|kom(?:me|"
            r"mer)? til orde"
            r"|komme? med (?:sine )?synspunkter?|få si|si si",
            "medvirke",
        ),
        (
            r"gå(?:r)? (?:ikke )?inn for|still(?:e|er|ar)? (?:seg|oss) (?:ikke )?bak|stå(?:r)? (?:ikke )?bak|"
            r"ønsker? (?:ikke )?velkommen|er (?:ikke )?for at",
            "bifalle",
        ),
        (r"strekk(?:e|er)? (?:ikke |mer enn |godt )?til", "tilstrekkelig"),
        (r"(?:kan|vil) (?:vi |de |vi alle )?(?:ikke|aldri) (?:leve med|stille oss bak|være med på|finne oss i)", "uaktuelt"),
        (r"er (?:\w+ )?(?:imot|i mot|mot)|går (?:\w+ )?(?:imot|i mot|mot)|"
         r"(?:sier|si|sagt) (?:\w+ ){0,3}nei (?:takk? )?(?:til|te)|nei (?:takk? )?(?:til|te)",
         "imot"),
        # "overrasket over at noen vil fjerne": against it
        (r"(?:overr?asket|forundret|undrer (?:oss|seg)|reagerer|protesterer|advarer|skuffet|sjokkert) (?:\w+ )?(?:over|på|mot) at", "ikke"),
        # "det skremmer mange at vakta skal samles", but "… at planen ikke har penger" finds what is missing
        (r"(?:skremmer|uroer|bekymrer|plager|provoserer|irriterer|opprører) (?:\w+ ){0,2}at"
         r"(?= (?:(?!ikke|ingen|aldri)\w+ ){1,4}(?:skal|vil|foreslås|legges|flyttes|samles|tas|slås)\b)", "ikke"),
        (r"(?:bekymrer|uroer|plager) (?:\w+ ){0,2}at", "merker at"),
        (r"går (?:det )?ikke(?= ?(?:,|$))", "uaktuelt"),
        (r"trenger (?:vi|jeg|laget|kommunen) ikke(?: lenger| mer)?(?= ?(?:,|og|$))", "uaktuelt"),
        (r"(?:vil|kan) (?:bare )?(?:gi|føre til|bety|medføre|skape) (?:lengre|flere|mer|større|økt|økte|dårligere) "
         r"(?:kø|ventetid|byråkrati|papir|arbeid|utgift|kostnad|støy|trafikk|konflikt|press|foruren|slitasje|forskjell|uro|søppel)\w*",
         "er imot"),
        (r"(?:vi|jeg|laget|rådet|utvalget) holder (?:fortsatt |fast )?på (?!å\b|med\b|i\b|til\b|at\b)"
         r"(?=[a-zæøå]{3,}(?:$| ?,))", "vi støtter "),
        (r"(?:vil|kan) (?:bare )?(?:føre til|bety|innebære|medføre) at (?:(?!færre|ingen|ikke)\w+ ){1,4}"
         r"(?:slutter(?! seg)|mister|taper|faller fra|velger bort)\b", "er imot"),
        # "digital oppfølging vil vi ikke anbefale å innføre før noen har vist at den virker", "en app til er det siste de trenger"
        (r"(?:vil|kan) (?:vi |rådet |utvalget |laget |kommunen )?(?:\w+ )?ikke (?:anbefale|tilrå|råde til|gå inn for) å \w+",
         "er imot"),
        # "å legge den ned ville være et feilgrep"
        (r"å ((?:[^\s,]+ ){1,8}?)(?:ville være|vil være|ville vært|er|blir) (?:et |en |helt |stor |stort |rett og slett ){0,2}"
         r"(?:feil|feilgrep|feilvurdering|galt|dumt|tabbe|uforsvarlig|uklokt|kortsiktig)\b", r"ikke \1"),
        (r"(?:er|være|blir|var) (?:et |en )?(?:\w+ )?(?:feilgrep|feilvurdering|tabbe|bjørnetjeneste|skivebom)\b", "være feil"),
        (r"(?:det )?(?:minst dårlige|beste|klokeste|fornuftigste) er å", "vi må"),
        (r"har (?:vi|jeg|de|barna|elevene|ungene) (?:\w+ )?(?:stor|mye) glede av", "er bra"),
        (r"er (?:det|noe av det) siste (?:\w+ ){1,3}trenger", "er uaktuelt"),
        # "en egen koordinator har vi ikke råd til"; "mange har ikke råd til billetten" is against no ticket
        (r"(?:har (?:vi|kommunen|kommunene|laget) ikke råd til|ser (?:vi )?ikke (?:noe |noen |det store )?behov(?:et)? for)"
         r"(?: og (?:har|ser) (?:vi )?ikke (?:behov(?:et)? for|bruk for|råd til))?", "uaktuelt"),
        # "advarer vi mot", "vil åtvare sterkt mot å"
        (r"(?:advar|åtvar|åtver)\w* (?:(?:vi|jeg|styret|rådet|utvalget|laget|klubben|kommunen|sterkt|kraftig|også|derfor|"
         r"på det sterkeste) ){0,3}mot(?! at\b)", "imot"),
        (r"(?:anbefal|råder?|rådar) (?:\w+ )?(?:sterkt |på det sterkeste )?(?:ifra|ifrå)", "imot"),
        (r"uten (?:unntak|forbehold|atterhald|nøling)", "helt"),
        # "rår vi ifrå", "råder sterkt fra", "frårår"
        (r"(?:anbefal|råder?|rådar) (?:(?:vi|jeg|utvalget|rådet|styret|kommunen) )?(?:sterkt )?fra|frårår?", "imot"),
        (r"(?:vi|jeg|utvalget|rådet|styret|laget|klubben|kommunen) er "
         r"(?:(?:helt|klart|absolutt|fortsatt|også) )?for "
         r"(?=(?:en|et|ett|eitt|ei|å|at|den|det|disse|gratis|felles|fri|ny|nye|full|fast|faste)\b)",
         "vi bifalle "),
        (r"(?:(?<=bør )|(?<=må )|(?<=kan ))(?:(?:like )?(?:godt|gjerne|trygt|fint) )?(?:gå )?(?:ut|bort|vekk)(?= av\b|$| ?[.,])", "fjerne"),
        # "da kan parken like godt ut", "plikten kan dere bare ta vekk"
        (r"kan ((?:\w+ ){0,3}?)(?:bare |(?:like |så )(?:godt |gjerne )|godt |gjerne |trygt |fint )(?:gå |tas? )?(?:ut|bort"
         r"|vekk)(?= av\b|$| ?[.,])",
         r"kan \1fjerne"),
        # "er velment, men", "pengene til X bør gå til Y", "uten X blir dette ingenting", "flere av dem vil vi ikke ha"
        (r"(?:velment|godt ment|fint tenkt|godt tenkt|en (?:fin|god) tanke) ?, men", "imot , men"),
        (r"^penge(?:r|ne|ne som er satt av) (?:til|for) ((?:\w+ ){1,3}?)(?:bør|må|kan|burde) (?:heller )?"
         r"(?:gå|brukes|flyttes|overføres) (?:til|på)",
         r"imot \1 heller"),
        (r"^uten (?!tvil|unntak|forbehold|videre|at\b|å\b|grunn)(?:en |et |ei )?((?:\w+ ){1,6}?)(?:blir|er|får|stopper|faller|går|vil|kan) "
         r"(?!(?:\w+ ){0,4}(?:bedre|enklere|kortere|lettere|billigere|klarere)\b)",
         r"støtter \1, "),
        (r"(?<!ikke )(?<!er )nok (?:en|et|ei)(?= \w)", "en"),
        (r"vil (?:vi |rådet |utvalget )?ikke ha (?:noe |noen )?(?:flere|mer) av", "uaktuelt"),
        (r"(?:ikke|neppe) (?:at )?(?:\w+ ){0,3}(?:stor|moden|mange|tett|befolket) nok (?:for|til)", "uaktuelt for"),
        (r"uten at (?:\w+ ){1,3}(?:merker|savner|taper|mister|lider)(?: noe| den| det| dem)?", ""),  # "kan tas ut uten at noen merker det"
        (r"(?<= ) ?og ikke (?:dem|de)(?= som)", "samt dem"),  # "rammer ungene og ikke dem som har somlet"
        (r"rammer (?=(?:(?:de|alle|våre|mange) )?(?:ungene|barna|elevene|dem|folk|familie|pasient|bruker"
         r"|bedrift|bønde|pendler|lagene|klubb|medlem|eldre|syke|svake))",
         "imot "),
        (r"(?:sparer?|spart|spare|fri(?:r|tt)?) ((?:\w+ ){1,3})for (?:mange|mye)", r"sparer \1"),  # not too many of them
        (r"samde? (?=i|om|med)", "enig "),
        (r"vil ramme ((?:\w+ ){1,3})(?:hardt|urimelig|skjevt)", r"imot \1"),
        # "ber vi Dem spare oss for", "spar oss for flere skjemaer"
        (r"(?:spare?|skåne?|forskåne?|fri|frita) oss (?:for|fra)", "avvise"),
        (r"(?:at|må|bør) (?:de|dere|vi|sykehuset|kommunen) (?:holde?r?|held) på(?! å\b| med\b| at\b)", "må beholde"),
        (r"holder? (?:\w+ )?fast (?:på|ved)|holdes (?:\w+ )?fast|hold (?:fast )?(?:på|ved)\b(?! med\b| å\b)|"
         r"stå(?:r)? (?:\w+ )?fast (?:på|ved)", "beholde "),
        # polite ways to ask for a thing
        (r"ser (?:\w+ )?gjerne at|ser (?:\w+ )?gjerne|forutsettes(?= at\b)|forutsetter|setter pris på|"
         r"(?:hadde|ville) (?:det )?(?:ikke )?vært (?:artig|fint|bra|kjekt|nyttig|gildt|flott|en fordel|"
         r"ønskelig)", "ønsker "),
        (r"(?:være|vær|vara|bli|stå|forbli) (?:der )?(?:slik )?som (?:før|i dag|nå)\b", "bestå"),
        (r"(?:så|slikat|for at) (?:\w+ ){1,2}slutter? å", "så"),  # "så folk slutter å gå seg vill": what comes of it
        (r"slutt(?:e|er)? (?:å|med å|med) ", "avslutte "),
        (r"(?:være|bli|ha) slutt på", "avslutte"),
        (r"(?:ligge|stå|være|få|la) i fred", "bestå"),
        (r"(?:være|bli|er|blir) (?:et |en )?(?:absolutt )?(?:krav|plikt)(?= |$)", "være obligatorisk"),
        (r"(?:være|bli|er|blir) et (?:tilbud|valg|val)(?= |$)", "være frivillig"),
        (r"(?:(?:være|bli|er|blir|som) (?:en |et )?)(?:fast |ny )?(?:hovedregel|hovedregelen|førstevalg|førstevalget|rutine"
         r"|standard)(?= |$)",
         "være obligatorisk"),
        (r"(?:ikke (?:noe |noen |et |en )?|ingen )(?:godt |god )?(?:alternativ|løsning)\b", "uaktuelt"),
        (r"flytt(?:e|es|er)? (?:\w+ ){0,3}(?:frem|ut) i tid|skyv(?:e|es|er) (?:\w+ )?(?:på|ut|fra|til|en|et|ett|noen)\b", "utsettes"),
        # in one place, or in each
        (r"(?:i|på) (?:bare |kun )?(?:ett|én)(?: eneste)? (?:sted|plass|hus|bygg|lager|anlegg|senter)", "samlet"),
        (r"(?:ligge|være|stå|finnes|plasseres|oppbevares) (?:\w+ )?(?:i|på) hver(?:t)?(?: eneste)? (?=\w)", "fordeles i hver "),
        (r"bli(?:r)? (?:med videre|stående)|(?:(?<=bør )|(?<=må )|(?<=derfor ))stå(?= i planen|$| ?\.)|"
         r"få(?:r)? stå|forbli\b", "bestå"),
        (r"(?:er|være|bli|blir) (?:\w+ )?lov(?= |$)", "være tillatt"),
        # who does it, and how much of the day
        (r"(?:sett(?:e|er|es)? (?:\w+ )?ut|overlat(?:e|es|er)?) (?:\w+ ){0,2}til (?:et |en |ett |noen )?privat\w*(?: \w+)?", "privatisere"),
        (r"(?:kommunen|fylket|byen) (?:bør|må|skal|burde) (?:\w+ ){0,4}selv|i (?:kommunal|egen) regi", "må være egenregi"),
        (r"(?:ligge|bli|være|blir|ligger) (?:igjen )?hos kommunen", "være egenregi"),
        (r"(?:bør|må|skal|burde) (?:kommunen|fylket|byen) (?:\w+ ){1,4}selv|(?:bør|må|skal|burde) (?:fortsatt )?(?:være|bli) kommunal",
         "må være egenregi"),
        (r"(?:en |et )?privat (?:driver|drifter|driftar|driftsselskap|aktør|operatør|utbygger) (?:kan|vil|bør|må)\b", "privatisere bør"),
        (r"(?:ligge|ligger) åp(?:en|ent|ne)\b", "ligge urørt"),  # "plassen bør ligge åpen": nothing is to be there
        (r"(?:(?:tillatt|lov|åpent|åpen|mulig) )?hele (?:dagen|døgnet|uken|uka|året|natten|natta)", "døgnåpent"),
        (r"(?:bare|kun) (?:\w+ ){0,4}(?:før|etter|mellom|fra|til) (?:klokka|klokken|kl)\b"
         r"|(?:ferdig|slutt|over|unna) (?:før|innen|senest) (?:klokka|klokken|kl)\b", "være tidsbegrenset"),
        (r"å \w+ (?:seg|oss) i ?hjel", "for mye"),
        (r"(?:er|blir|var) (?:det |dette )?(?:en|et) (?:\w+ )?(?:belastning|byrde|ulempe|påkjenning|plage)\b", "er dårlig"),
        (r"holder (?:det )?(?:\w+ ){0,4}med(?= )", "tilstrekkelig"),
        # "må ikke utvannes": it is to stay as it is
        (r"(?:må|skal|bør|kan) (?:\w+ )?(?:ikke|aldri) (?:utvannes|uthules|undergraves|forsvinne|røres|rokkes ved|ødelegges|tukles med|"
         r"gå tapt|bli borte|vannes ut|hules ut)", "må bestå"),
        (r"(?:sier|si|sagt) (?:\w+ ){0,3}ja (?:til|te)|er (?:\w+ ){0,3}(?:glad|glade|begeistret) for (?!at\b|å\b)", "bifalle "),
        # "Anonym lund trur vi lite på"
        (r"tror? (?:\w+ )?lite på|(?:lite|liten|lita|ingen) tr[ou] på", "imot"),
        # "Det er urett å betale like mye" is against paying.
        (
            r"(?:feil|galt|urett|urettferdig|urimeli?e?g|meningsløst|uansvarlig|tåpelig|dumt|uklokt|kortsiktig|tullete"
            r"|(?:et |en )?(?:feilgrep|tabbe))"
            r"(?= (?:å|at)\b(?! (?:si|påstå|tro|kalle|anta)\b))",
            "imot",
        ),
        (r"finn(?:e|er|es)? (?:fram|frem)", "finne"),
        (r"gå(?:r)? (?:fram|frem)|(?:fram|frem)kommer|kommer (?:fram|frem)", "framgår"),
        (r"hør(?:e|er)? ikke (?:\w+ )?hjemme(?= (?:i|her|på))", "uaktuelt"),
        (r"hør(?:e|er)? (?:\w+ ){0,4}?hjemme|hør(?:e|er)? (?:\w+ )?(?:hjem|til)", "tilhøre"),
        (r"se(?:r)? (?:fin|flott|bra|pen|god)t? (?:nok )?ut på papiret", "dårlig"),
        (r"^å ((?:[^\s,]+ ){1,12}?(?:, )?)kost(?:e|er) mer enn (?:det|den|de) (?:hjelper|smaker|gir|gagner|er verdt)", r"ikke \1"),
        (r"^å ((?:[^\s,]+ ){1,12}?)vil (?:bety|innebære|føre til) at .*\b(?:mister|taper|rammes)\b.*$", r"ikke \1"),
        (r"kost(?:e|er) mer enn (?:det|den|de) (?:hjelper|smaker|gir|gagner|er verdt)", "imot"),
        # "en hel stilling er for mye", "ti centimeter er altfor mye"
        (r"((?:en hel|hel|full|hundre|\d+|to|tre|fire|fem|seks|sju|åtte|ni|ti|tolv|tjue)(?: \w+){0,4}?) (?:(?:synes|mener"
         r"|tror) (?:vi|jeg) )?"
         r"(?:er|blir) (?:alt ?)?for (?:mye|mange|lenge|ofte|lang|langt)(?= ?,|$)", r"imot \1"),
        (r"ha(?:r)? (?:ikke )?råd", "råd"),
        (r"(?:knapt|ikke) (?:be om|ønske (?:seg|oss)) (?:noe )?(?:mer|bedre)|(?:mer|bedre) (?:\w+ ){0,8}(?:knapt|ikke) be om", "tilfreds"),
        (r"ikke (?:\w+ )?annet enn(?: at)?", "også"),
        (r"langt fra|slett ikke|på ingen måte|ikke lenger|alt annet enn|like lite", "ikke"),
        (r"hold(?:e|es)? (?:\w+ )?(?:unna|borte|utenfor)", "ikke involvere"),
        # No doubt, little doubt: the clause after it stands as it is.
        (
            r"(?:ikke|aldri) (?:\w+ )?(?:i tvil om|tvil om|usikre? på)(?: at)?|(?:liten|ingen|uten) tvil(?: om(?: at)?)?|"
            r"hevet over tvil(?: at)?|utvilsomt",
            "også",
        ),
        (r"(?<!og )(?<!, )ikke (?:bare|kun)|ikke (?:minst|desto|sant)", "også"),  # "…, og ikke bare X" refuses X alone
        (
            r"(?:ingenting|ikke (?:noe|stort|mye)|ingen ting|(?:fint |svært |veldig )?lite|intet) (?:\w+ )?å "
            r"(?:utset(?:te|je|ja)(?: på)?|(?:si|klage|pirke|trekke) på|innvende(?: mot)?|kritisere)|ingen innvendinger",
            "tilfreds",
        ),
        (
            r"(?:mye|noe|mangt|mer|(?:en )?(?:hel )?del) å (?:utset(?:te|je|ja) på|innvende mot)",
            "dårlig",
        ),
        (r"i (?:mye |mykje )?større grad|i høyere grad|i (?:mye )?sterkere grad", "mer"),
        (r"i mindre grad", "mindre"),
        (r"i liten grad", "lite"),
        (r"i stedet for|i staden for|framfor|fremfor|heller enn", "framfor"),
        (
            r"så lenge|under forutsetning av(?: at)?|med forbehold om(?: at)?|med atterhald om|forutsatt(?: "
            r"at)?|såframt|såfremt"
            r"|på betingelse av|på vilkår av|på det vilkår|gitt at|med mindre|men (?:bare|kun) (?:hvis|dersom|om|når)"
            r"|(?:bare|kun) (?:hvis|dersom|om)|under (?:føresetnad|forutsetnad) av(?: at)?|med etterhald om|på "
            r"den betingelse",
            "forbehold",
        ),
        # "…, så får flere nytte av dem": what comes of it
        (r"(?<=, )så (?=(?:får (?:flere|mange|alle)|kan (?:flere|mange|alle|vi|de)|slipper|unngår|vet) )", "slikat "),
        # "vi vil ha grensen på 80 år bort"
        (r"(?:vil|ønsker) (?:\w+ )?ha ((?:\w+ ){1,5}?)(?:bort|vekk)(?= ?(?:,|\.|og\b|fra\b)|$)", r"må fjerne \1"),
        (r"slik at|sånn at|for at", "slikat"),
        (r"har? (?:vi |de |rådet |utvalget )?(?:ikke (?:noen |noe |særlig |stor )?|stor |god |sterk |full )(?:tro|tru|tiltro) (?:på|til)",
         "støtter"),
        (r"(?:vil|ville|skulle)(?= (?:(?!ikke|verken|sjelden|aldri|neppe)\w+ ){0,4}?(?:være|bli) (?:nok|tilstrekkelig)"
         r"(?:$| (?:,|for|til|å|med|i|om|hos)\b))", "er"),
        (r"(?:tror|har tro) (?:vi |de |rådet |utvalget )?(?:ikke )?(?:særlig |helt )?på(?! at\b)", "støtter"),
        (r"(?:hvem|hva|hvordan|hvor|hvilke[nt]?) (?:som )?(?:skal|bør)|hvem som", "hvem"),
        (r"(?:tallet|antallet) på", "antall"),
        (
            r"(?:usikker|usikre) på om|i tvil om|tvil(?:er)? (?:på|om) (?:om|at)|tvilsomt om|(?:bekymret|"
            r"bekymra|uroa) for om",
            "ikke",
        ),
        (r"(?:mer|bedre|lengre) tid", "utsettelse"),
        (r"slippe å betale|sleppe å betale|fritak(?:et|s)?|fritt? for (?:gebyr|avgift|betaling|kontingent)|"
         r"(?:gebyr|avgifts|billett)fri(?:tt|e)?", "gratis"),
        (r"(?:høver|passer) (?:\w+ )?(?:dårlig|ikke)(?= |$)", "uaktuelt"),
        (r"slipp(?:e|er)? å", "ikke"),
        (r"til at", "slikat"),
        (r"innenfor (?:\w+ )?(?:rammer?|rammene|budsjett\w*)", "tilstrekkelig ressurs"),
        (r"nedenfra og opp|bottom[- ]up", "nedenfra"),
        (r"ingen (?:andre |nye |flere |egne )*(?:forslag|innspill)(?: til (?:nye |andre )*områder)?", "ingenforslag"),
        (r"vanskelig å (?:se|forstå|vite|finne ut)", "uklart"),
        (r"(?:lett|enkelt|mulig) å (?:se|forstå|vite)", "klart"),
        (r"ikke i stand til", "kan ikke"),
        (r"helt nødvendig", "nødvendig"),
        (r"(?:liten|ingen|begrenset|lav|svak|minimal) (?:effekt|betydning|verdi|nytte|virkning)\w*", "dårlig effekt"),
        (r"(?:stor|god|høy|tydelig) (?:effekt|betydning|verdi|nytte|virkning)\w*", "god effekt"),
        (
            r"(?:ingen|ikke|ikke noen|ikke noe) (?:\w+ )?(?:grunn|grunnlag|vits|poeng|hensikt|mening) (?:til|"
            r"for|i|med)",
            "unødvendig",
        ),
        (r"før(?:e|es|er|t) videre|(?:ha|få|være) (?:med )?videre", "videreføre"),
        (r"er å foretrekke", "er bifalle"),
        (r"anbefales(?! (?:at|å)\b)", "bifalle"),
        (r"under enhver kritikk|hold(?:er|t) ikke mål", "dårlig"),
        (r"h[ao]ld(?:e|er|es|a)? (?:fram|frem)", "fortsette"),
        (r"bli(?:r)? (?:der|som) (?:den|de|det) er|bli(?:r)? værende", "bestå"),
        (r"prioriteres (?:foran|over)|prioritere \w+ foran", "prioriteres framfor"),
        (r"forslag (?:om|til)", "foreslå"),
        (r"lite grad", "lite"),
        (r"hver dag|hver uke|hvert år|hver måned", "regelmessig"),
    )
)
# Most texts have none of a group's phrases: one search in place of eight.
_PHRASE_GROUPS = tuple(
    (re.compile("|".join(pattern.pattern for pattern, _ in group)), group)
    for group in (_PHRASES[at : at + 8] for at in range(0, len(_PHRASES), 8))
)

NEGATORS = _words("""
ikke ingen ingenting intet aldri neppe uten verken hverken nei knapt
""")
LACKS = ("mangl", "savn", "fravær", "fravar", "skort")

DEMANDS = (
    "bør$",
    "burde$",
    "må$",
    "måtte$",
    "skal$",
    "skulle$",
    "ønsk",
    "foreslå",
    "anbefal",
    "oppfordr",
    "ber$",
    "be$",
    "krav$",
    "vil$",
    "foretrekk",
    "etterlys",
    "etterspør",
    "fortjen",
    "inkludere$",
    "innføre$",
)
NEEDS = ("treng", "behov", "krev", "påkrev")
IMPORTANT = (
    "viktig",
    "avgjør",
    "nødvendig",
    "nyttig",
    "vesentlig",
    "verdifull",
    "potensial",
    "hast",
    "haster",
    "verdi$",
    "hovedsatsing",
)
CALLS = DEMANDS + NEEDS  # one tuple each, since ``any_of`` keeps what it found by it
ASKS = CALLS + IMPORTANT
# A sentence that begins with one of these in the imperative is a demand.
IMPERATIVES = _words("""
bruk lag sett fjern nummerer gi utvid bygg prioriter la ta kutt vis legg unngå dropp stopp gjør bevar behold styrk
flytt samle del send få vent velg sørg sikre innfør opprett ansett skriv bytt rydd kom rull forenkle kort korte
start involver inkluder reduser øk hev senk spør involver avklar presiser definer kjøp selg ansvarliggjør åpne steng
kall test prøv gjennomfør tenk fordel meld følg stryk si sei hold begynn gjør gå
""")
COPULAS = _words("er var virker fungerer fremstår framstår oppleves synes føles fremstod fungerte virket")
PRESENT = _words("""
gir går står ligger stiller tar får gjør finnes dekker sparer virker fungerer holder stemmer kjenner sørger bidrar
fører viser treffer når lar blir har er settes brukes mottar leverer samsvarer inneholder
""")
PAST = _words("ble fikk hadde har vært blitt fått er var")
MODALS = _words("bør burde må måtte skal skulle vil ville kan kunne")
SUBCLAUSE = _words("som hvis dersom når fordi ettersom siden mens slikat")
CONDITIONS = _words("hvis dersom")
MIXED = ("delvis", "både-og", "tvetydig", "blandet", "blanda")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that says something about its object.

    ``scale`` is what it measures, ``sign`` the end of the scale. ``kind``: "quality" (the plus end is
    good), "direction" (neither end is), "keep" (+ keep, - remove), "support" (+ for, - against), "able".
    ``active``: the word alone says in which direction to go (a verb such as "redusere").
    """

    scale: str
    sign: int
    kind: str
    active: bool = False


_QUALITY = """
klar +: tydelig klar$ klart$ klare$ klarere klarest klart avklar presiser klargjør tydeliggj definert definer
klar -: uklar utydelig diffus uavklar uvisst uviss tåket
presis +: presis konkret spesifik målbar måle$ måles$ etterprøvbar tallfest
presis -: upresis vag vage$ vagt$ generell generelt generelle ullen ullent ulne rund$ rundt$ svevende lite-konkret
presis -: floskl
aktuell +: relevan aktuel tidsriktig tidsmessig gyldig oppdater ajour revider
aktuell -: irrelevant utdatert foreldet$ foreldede$ foreldede gammeldags utgått
god +: god$ godt$ gode$ bra$ fin$ fint$ fine$ best$ beste$ utmerk bedre bedrer forbedr vellyk tilfreds fornøyd
god +: velfunger fungerer
god +: grei$ greit$ positiv-erfaring passe$ passende rett$ riktig hensiktsmessig formålstjenlig føremålstenleg solid
god +: grundig fornuft vettig vettug
god -: dårlig svak$ svakt$ svake$ elendig kritikkverdig svikt misfornøyd uheldig feil$ feilplassert verre galt$ gal$ urett$ urettferdig
god -: urimelig$ urimeleg$ meningsløs meiningslaus uansvarlig uansvarleg tåpelig
god -: gale$ tynn$ tynt$ tynne
god -: uhensiktsmessig problemat overflatisk
nok +: tilstrekkelig nok$ fullgod dekkende rikelig
nok -: utilstrekkelig mangelfull mangel$ mangelen$ knapp$ knapt$ knappe$ utilfredsstill underbemann ufullstendig
egnet +: egnet$ egner$ velegnet brukbar anvendelig
egnet -: uegnet ubrukelig
enkel +: enkel$ enkelt$ enkle$ enklere enklest lett$ lette$ lettere forenkl brukervennlig klarspråk lettles intuitiv
enkel -: vanskelig tung$ tungt$ tunge$ tungvin komplis komplek innfløkt byråkratisk krevende umulig omstendelig
enkel -: fremmedord
oversikt +: oversiktlig oversikt ryddig
oversikt -: uoversiktlig rotet kaotisk
realisme +: realist gjennomførbar oppnåelig
realisme -: urealist uoppnåelig uoverkommelig optimistisk
trygg +: trygg sikker$ sikkert$ sikre$ sikret$ trafikksikker kvalitetssik pålitelig
trygg -: bekym urolig uroa$ uro$ frykt utrygg farlig usikker usikre$ risikabel upålitelig
forankring +: forankr
samsvar +: sammenheng samsvar helhetlig koordinert samordn
samsvar -: usammenheng fragmenter sprikende
medvirkning +: medvirk involver
styrke +: ambisiøs ambisjon
styrke -: uambisiøs
"""

_DIRECTION = """
mengde +: flere fleire mer$ mye$ mange$ øk utvid oppbemann heve$ heves$ heving styrk større stor$ store$ stort$ oftere
mengde +: ofte$ hyppig
mengde +: ekstra$ utbygge
mengde -: færre få$ mindre$ lite$ redus kutt$ kutte$ kuttes$ kutter$ senk minsk liten$ små$ lite$ nedbeman sjeldn
mengde -: begrens fåtall
lengde +: lang$ langt$ lange$ lengre lengst forleng lenge$
lengde -: kort$ korte$ kortere kortfat forkorte$ forkortes$ forkortet$ stram$ stramt$ stramme$
høyde +: høy$ høyt$ høye$ høyere høyest dyr$ dyrt$ dyre$ dyrere
høyde -: lav$ lavt$ lave$ lavere lavest billig rimelig$ rimelige$
tempo +: nå$ straks$ umiddelbart omgående rask$ raskt$ raske$ raskere fort$ fortere hurtig tidlig tidligere$ snarest
tempo -: treg$ tregt$ trege$ tregere langsom sakte$ sent$ sene$ senere$ utsett utsatt avvente$ vente$ vent$
bredde +: bred$ bredt$ brede$ bredere vid$ vide$ videre$
bredde -: smal$ smalt$ smale$ smalere trang$ trangt$ tronge$
styrke +: skjerp streng
styrke -: svekk slakk myk$ mykere lemp
lokal +: desentral lokalt$
lokal -: sentralis sentralstyr sentralt$
betaling +: betale$ koste$ kostes$ betaler$ betales$ avgift egenandel
betaling -: gratis
digital +: digital
digital +: teams$ zoom$
digital -: fysisk analog papir
privat +: privatis
privat -: egenregi
døgn +: døgnåpent
døgn -: tidsbegrens
åpen +: åpen$ åpent$ åpne$ åpnes$
åpen -: lukket lukke$ lukkes$ stengt steng$ stenge$ stenges$
samle +: samle$ samles$ samlet
samle -: fordel$ fordele$ fordeles$ spre$ spres$ spredt oppdel
tillat +: tillat
tillat -: forby$ forbys$ forbudt forbud$
plikt +: obligatorisk pålagt pålegg
plikt -: frivillig$
mengde +: omfattende romslig opp$
mengde -: ned$
nedenfra +: nedenfra
nedenfra -: ovenfra toppstyr
tetthet +: tettere
"""
_DIRECTION_ACTIVE = (
    "øk",
    "utvid",
    "heve",
    "styrk",
    "redus",
    "kutt",
    "senk",
    "minsk",
    "forleng",
    "forkort",
    "skjerp",
    "svekk",
    "lemp",
    "åpne",
    "steng",
    "lukk",
    "samle$",
    "samles",
    "fordel",
    "spre",
    "tillat",
    "forby",
    "vent",
    "betal",
    "koste",
    "gratis",
    "utsett",
    "utsatt",
    "desentral",
    "sentralis",
    "utbygge",
    "nedbeman",
    "oppbemann",
    "begrens",
)
_KEEP = """
bestå +: behold behald beholde bevar videreført videreføre bestå består opprettholde fortsett fortset vern$ verne
bestå +: vernes frede uendret
bestå -: nedlegg avvikl fjern$ fjerne fjerning slett sløyf utgå stans stopp nedbygge vike$ viker$ flytte$ flyttes$ flytt$ oppheve
bestå -: avslutt dropp opphør skrot riv$ rive$ rives$ revet$ riving rivning stryk$ stryke$ strykes$ strøket$
"""
_SUPPORT = """
støtte +: liker$ likte$ støtter$ støttes$ støttet$ bifalle enig$ enige$ positiv tilslut bifall aksepter akseptab ønskelig
støtte -: imot unødvendig uaktuel innvending motforestilling motstand motsett fraråd frarå avvis uenig negativ skeptisk
støtte -: protest uakseptabel misliker$ bortkast sløsing
"""
_ABLE = """
evne +: kapasitet villig
"""


def _table() -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    for kind, block in (
        ("quality", _QUALITY),
        ("direction", _DIRECTION),
        ("keep", _KEEP),
        ("support", _SUPPORT),
        ("able", _ABLE),
    ):
        for line in block.strip().splitlines():
            head, words = line.split(":")
            scale, sign = head.split()
            for word in words.split():
                active = kind == "direction" and word.startswith(_DIRECTION_ACTIVE)
                cues.setdefault(word, Cue(scale, 1 if sign == "+" else -1, kind, active))
    return cues


_CUES = _table()
DIRECTIONS = frozenset(c.scale for c in _CUES.values() if c.kind == "direction")

# Words that mean the same thing for the grouping. "name weight: beginnings". A weight under 1 marks
# what nearly every statement speaks of and which therefore tells little.
_CONCEPTS_TEXT = """
tiltak .6: tiltak aktivitet
plan .5: plan$ planen planer plana dokument$ dokumentet handlingsplan melding$ meldingen meldinga
mål .9: mål$ målet målene måla delmål hovedmål målset målsett klimamål
ansvar 1: ansvar rolle roller hvem$
oppfølging .7: oppfølging følgeopp
nummer 1.2: nummer nummer tall$
språk 1: språk klarspråk ord$ ordlyd fremmedord begrep formuler uttrykk tekst$ teksten
format .8: oppsett matrise tabell format$ formatet form$ formen utforming skjema mal$ malen layout design
farge 1.2: farge trafikklys symbol visuel
oversikt .8: oversikt
kort 1: forkorte$ forkortes$ omfattende lang$ kortere
presentasjon 1.2: presenta
sammendrag 1.2: sammendrag oppsummering samandrag
lokal 1: lokal region stedlig
kommune .5: kommun bygd
penger 1: finans penge midler midlene økonomi budsjett tilskudd støtte$ bevilg kost kostnad dyr råd$ pris utgift betal
penger 1: driftsstøtte driftsstøtt gratis
bemanning 1: folk$ personell bemann ansatte$ ansatt$ årsverk stilling underbemann nattevakt fagfolk fagperson
bemanning 1: personale hender
kapasitet .8: kapasitet ressurs
tid 1: tidsperspektiv tidsplan frist fremdrift tidsramme tidsskjema tid$ tiden$
prioritering 1: prioriter satsing satsning rangering rekkefølge velge$ velges
samarbeid 1: samarbeid samhandl
medvirkning 1: medvirk involver delta hørt$ hør innflyt synspunkt medbestem representer høre$
tidlig .8: tidlig start$ starten begynnelse
forankring 1.2: forankr eierskap
rapportering 1: rapport status
informasjon 1: informasjon informer beskjed varsl opplys kommunikasjon
tilbakemelding 1.2: tilbakemelding svar$ respons
fullmakt 1.2: fullmakt myndighet deleger bestemme$ vedta$ beslut
nyhetsbrev 1.2: nyhetsbrev
oppvekst 1: oppvekst skole skolen barnehage elev lærer sfo
barn 1: barn ungdom unge$ ung$ elev
foreldre 1: foreldre heimene hjemmene heimen foresatt
eldre 1: eldre senior
bruker 1: bruker pasient innbygg
frivillig 1: frivillig lag$ laget$ lagene laga forening ideell
opplæring 1: opplær kurs kompetanse utdann
digital 1: digital skjerm video nett$ nettbasert
hjemme 1: hjemme hjem$ trygghjem
konsultasjon 1: konsultasjon videosamtale samtale avstandsoppfølging
reise 1: reis skyss buss kollektiv avstand transport
ki 1.2: kunstig intelligens ki$ ki-basert maskinlær
legemiddel 1.2: legemid medisinlist medisin$
journal 1.2: journal epj integrasjon snakke$
sår 1.2: sårbehand sår$
psykisk 1.2: psykisk rus$ rusbehand rusomsorg
utskrivning 1.2: utskriv overliggere
oppgavedeling 1.2: oppgaveglid oppgavedel oppgaveflyt
lindring 1.2: lindrende palliasj palliativ
helsesykepleier 1.2: helsesykepl
sykepleier 1.2: sykepl
sykehus .9: sykehus helseforetak hf$ spesialisthelse klinikk
fastlege 1.2: fastleg
statlig .8: stat$ staten statlig
navn 1.1: navngit navn$ person$
forslag .8: forslag innspill
nyttområde .5: område$ områder tema$
rekruttering 1.1: rekrutter beholde-ansatte
koordinator 1.2: koordinator koordiner
vei 1: vei$ veien veier veiene skolevei sykkelvei fylkesvei trasé
sykkel 1.1: sykkel sykle syklende gang$ gående fortau
fart 1.2: fart fartsgrense sone
lys 1.1: lys$ belys gatelys
vedlikehold 1.1: vedlikehold oppuss stand$ tilstand
brøyting 1.1: brøyt vintervedlikehold snø
bygning 1: bygning bygg$ bygget lokaler lokale$ skolebygg
bolig 1: bolig hus$ leilighet
leie 1.1: leie$ utleie leige
nedlegging .8: nedlegg avvikl
nærskole 1: grendeskole bygdeskole nærskole småskole
pålogging 1.2: pålogg innlogg
mobil 1.2: mobil telefon smarttelefon
portal 1.1: portal nettside
personvern 1.2: personvern personoppl
ras 1.2: ras$ rasfare skred rassikr
grunneier 1.2: grunneier
næring 1.1: næring bedrift
utredning 1: utred utredning konsekvensut
grunnlag 1: grunnlag tallgrunn prognos kunnskapsgr
informasjonskanal 1: nyhet
åpningstid 1.2: åpningstid åpent åpne$ åpen$
ventetid 1.1: ventelist ventetid kø$ køen vente
bibliotek 1.2: bibliotek
lading 1.2: lade ladd lading
utslipp 1.2: utslipp klimaregn klimagass
jordvern 1.2: jordvern matjord dyrka dyrket
vindkraft 1.2: vindkraft vindmøll
bom 1.2: bom$ bompeng bompenge
tomt 1.2: tomt tomte
parkering 1.2: parker
uteområde 1.1: uteområ lekeareal lek$ lekeplass leik
universell 1.2: universell tilgjengelig tilgjenge rullestol
øvelse 1.2: øv$ øve øvelse øves øvd
krise 1.1: krise krisestab kriseled beredskap
leder .9: leder ledelse lede$ ledes
strøm 1.2: strøm nødstrøm aggregat
vertskommune 1.2: vertskommune
pilot 1.2: pilot
prosjekt .8: prosjekt utviklingsprosj
oppdatering 1: oppdater revisjon revider ruller ajour
årlig 1: årlig regelmessig
møte 1: møte$ møter møtes møtene
politisk 1: politi politik kommunestyr
kvalitet .6: kvalitet
trygghet 1: trygg trafikksikker farlig
overgang 1.1: overgang
parter .8: part$ parter aktør
integrasjon 1: integrasj samspill
nemnt 1: omtal nevnt nevne beskriv
"""


def _concepts() -> dict[str, tuple[str, float]]:
    table: dict[str, tuple[str, float]] = {}
    for line in _CONCEPTS_TEXT.strip().splitlines():
        head, words = line.split(":")
        name, weight = head.split()
        for word in words.split():
            table.setdefault(word, (name, float(weight)))
    return table


_CONCEPTS = _concepts()


def _index(keys) -> dict[str, tuple[str, ...]]:
    """Entries by their first three letters, longest first."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(key.rstrip("$")[:2], []).append(key)
    return {start: tuple(sorted(group, key=lambda k: (-len(k), k))) for start, group in found.items()}


_CUE_INDEX = _index(_CUES)
_CONCEPT_INDEX = _index(_CONCEPTS)
_INSIDE = tuple(sorted((k for k in _CONCEPTS if len(k.rstrip("$")) >= 4), key=lambda k: (-len(k), k)))
_STARTS = tuple(sorted(((a, b) for a, b in _NYNORSK_STARTS if a != b), key=lambda pair: -len(pair[0])))

STOP = _words("""
antall antallet og i på av en et er som til for det de at å med fra om den der dette disse denne har være blir bli
ble vært blitt han hun vi oss vår vårt våre dere deres seg sin sitt sine man en ens også bare slik så da når hvor
hva hvordan enn men eller enten både samt over under ved hos mellom etter før opp ut inn ned ikke ingen ingenting
aldri uten nei ja bør burde må måtte skal skulle vil ville kan kunne får få fikk fått gi gir gitt gå går noe noen
alle alt annet andre hver hvert mye mange svært veldig litt helt ganske altfor mer flest ønsker ønske mener mene
synes foreslår forslag anbefaler trenger trengs behov krever savner mangler rs dag dagens fortsatt nå enda eget egen
egne samme jo vel gjerne gjøre gjør gjort la legge sett sette komme kommer stå står ligge ligger ta tar tas se ser
videre hele langs gjennom innen mot hvem være via per pr blant annet selv lenger stor store større grad svært særlig
spesielt må mulig mulighet slikat ut inn opp to tre del dele flere finnes viktig viktigst er var
""")


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """The word in lower-case bokmål spelling, for comparing."""
    word = word.casefold()
    if word in _NYNORSK_WORDS:
        return _NYNORSK_WORDS[word]
    for nynorsk, bokmaal in _STARTS:
        if len(bokmaal) > len(nynorsk) and word.startswith(bokmaal):
            break  # "tall" is no "tal"
        if word.startswith(nynorsk):
            word = bokmaal + word[len(nynorsk) :]
            break
    for nynorsk, bokmaal in _NYNORSK_PARTS:  # compounds: "grendeskulane", "sjukeheim", "naudstraum"
        at = word.find(nynorsk, 3)
        if at > 0:
            word = word[:at] + bokmaal + word[at + len(nynorsk) :]
    for ending, other in _NYNORSK_ENDINGS:
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word[: -len(ending)] + other
    return word


_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:-\w+)*|[,;:]")


def fold_text(text: str) -> list[str]:
    """The text's folded words, with "," for a comma, semicolon or colon, and set phrases as one word."""
    return list(_fold_text(text))


@lru_cache(maxsize=16384)  # a clause is folded for its features, its stance and its argument
def _fold_text(text: str) -> tuple[str, ...]:
    folded = " ".join("," if w in ",;:" else fold_word(w) for w in _WORD.findall(text))
    for any_of_them, phrases in _PHRASE_GROUPS:
        if any_of_them.search(folded):
            for pattern, word in phrases:
                folded = pattern.sub(lambda found, word=word: _keep_negation(found.group(), found.expand(word)), folded)
    return tuple(folded.split())


_ABSORBING = frozenset(
    {
        "også",
        "må bestå",
        "tilfreds",
        "ikke",
        "kan ikke",
        "ingenforslag",
        "antall",
        "unødvendig",
        "uaktuelt",
        "uaktuelt for",
        "samt dem",
        "dårlig",
        "dårlig effekt",
        "sikkert",
        "gratis",
    }
)


def _keep_negation(phrase: str, word: str) -> str:
    """ "legges ikke ned" -> "ikke nedlegge": a negation inside a phrase survives it."""
    if word in _ABSORBING or not re.search(r"\b(?:ikke|aldri)\b", phrase):
        return word
    return f"ikke {word}"


@lru_cache(maxsize=65536)
def cue(word: str) -> Cue | None:
    """What the folded word says about its object, by the longest entry that fits."""
    for key in _CUE_INDEX.get(word[:2], ()):
        if (key.endswith("$") and word == key[:-1]) or (not key.endswith("$") and word.startswith(key)):
            return _CUES[key]
    return None


@lru_cache(maxsize=65536)
def any_of(word: str, entries: tuple[str, ...]) -> bool:
    """Whether the folded word begins with an entry, or is the entry that ends in "$"."""
    return any(word == e[:-1] if e.endswith("$") else word.startswith(e) for e in entries)


@lru_cache(maxsize=65536)
def concepts(word: str) -> tuple[tuple[str, float], ...]:
    """The concepts that the folded word names, a compound's parts included, with their weights."""
    found: dict[str, float] = {}
    taken = 0
    for key in _CONCEPT_INDEX.get(word[:2], ()):
        bare = key.rstrip("$")
        if word == bare or (key == bare and word.startswith(bare)):
            name, weight = _CONCEPTS[key]
            found[name] = weight
            taken = len(bare)
            break
    if len(word) > 7:
        spans: list[tuple[int, int]] = []
        for key in _INSIDE:
            bare = key.rstrip("$")
            at = word.find(bare, max(3, taken))
            # After a compound's last part only an ending may stand, when the part is a whole word.
            if (
                at > 0
                and (key == bare or len(word) - at - len(bare) <= 3)
                and not any(a < at + len(bare) and at < b for a, b in spans)
            ):
                spans.append((at, at + len(bare)))
                name, weight = _CONCEPTS[key]
                found.setdefault(name, weight)
        if found:
            # What the concepts leave of a compound still tells things apart: "ansvars|gruppe".
            covered = sorted([*spans, (0, taken)])
            at = 0
            for start, end in [*covered, (len(word), len(word))]:
                rest = stem(word[at:start].strip("s-"))
                if len(rest) >= 4 and not _is_ending(rest):
                    found[f"~{rest}"] = 0.7
                at = max(at, end)
    return tuple(found.items())


def _is_ending(rest: str) -> bool:
    return rest in _ENDINGS or len(rest) < 4 or rest.startswith(("ings", "sving", "ning", "else", "ende", "erte"))


_ENDINGS = (
    "ingenes",
    "ingene",
    "ingens",
    "ingen",
    "elsene",
    "elsen",
    "elser",
    "else",
    "hetene",
    "heten",
    "heter",
    "het",
    "ene",
    "ane",
    "erne",
    "ende",
    "ere",
    "est",
    "ing",
    "ede",
    "ete",
    "te",
    "et",
    "en",
    "er",
    "es",
    "e",
    "a",
    "t",
    "s",
)


_INFLECTED = re.compile(r"(\w{2,6})-(?:en|et|a|ene|ane|an|er|ar|e|s)$")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The folded word without its inflection: light, and the same for nouns and verbs of one root.

    "GSU-ene" and "GSU" are one.
    """
    if "-" in word and (short := _INFLECTED.match(word)):
        word = short[1]
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word[: -len(ending)]
    return word


_PRESUPPOSES = re.compile(r"^(?!dette|det\b|noe\b|noko\b)(?:[\w-]+ ){1,3}(?:forutsetter|føreset(?:er|ter)?) (?=at\b)", re.IGNORECASE)
_RESERVED = re.compile(
    r"\b(?:forbehold|atterhald|etterhald|forutsatt(?! å\b)|forutsetning|forutsetter|føresetnad|så lenge|såfremt|såframt|"
    r"på betingelse|på (?:det )?vilkår|vilkår om|"
    r"gitt at|med mindre|(?:bare|kun|berre) (?:hvis|dersom|om|når))\b",
    re.IGNORECASE,
)


def reserved(text: str) -> bool:
    """Whether the text, as written, carries a forbehold.

    "Utvalget forutsetter at …" makes a demand of its own.
    """
    return bool(_RESERVED.search(_PRESUPPOSES.sub("", text)))
