"""The patterns of ``language.noise``: what letterheads, minutes, closings, references and "ingen merknader" look like.

Bokmål and nynorsk. All patterns of ``RULES`` must fit the whole statement, so that a sentence that goes on to say
something is never caught by its first words.
"""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE

_MONTH = (r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|jan|feb|mar|apr|"
          r"jun|jul|aug|sept?|okt|nov|des)")
_WEEKDAY = r"(?:mandag|måndag|tirsdag|tysdag|onsdag|torsdag|fredag|lørdag|laurdag|søndag|sundag)"
_DATE = (rf"(?:{_WEEKDAY}\s+)?(?:\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|"
         rf"\d{{1,2}}\.?\s+{_MONTH}\.?\s+\d{{4}})")
_PHONE = r"(?:\+47\s?)?(?:\d{2}\s?\d{2}\s?\d{2}\s?\d{2}|\d{3}\s?\d{2}\s?\d{3})"

_WANTS = (r"\b(?:bør|burde|må|mener|meiner|mente|meinte|krever|krev|enige?|samde?|støtter|støttar|imot|foreslår|føreslår|ønsker|ønskjer"
          r"|ønske[nt]?)\b")

# (reason, pattern that must fit the whole statement), first fit wins.
RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple((reason, re.compile(pattern, _FLAGS)) for reason, pattern in (
    ("empty", r"[\W_]*"),
    ("page", r"(?:side|s\.)\s*\d{1,3}(?:\s*(?:av|/|of)\s*\d{1,3})?\.?|\d{1,3}\s*(?:av|/)\s*\d{1,3}|-\s*\d{1,3}\s*-"),
    ("letterhead", rf"(?:[\wæøå .-]{{2,40}},\s*)?(?:den\s+)?{_DATE}\.?"),
    # "Til Statens tilsyn. Vik, 3. mai 2031. Saksnr. 7/2031"
    ("letterhead", rf"til\s[^.]{{3,60}}\.\s(?:[\wæøå .-]{{2,40}},\s*)?{_DATE}\.?(?:\s(?:saks?nr|ref|vår ref|deres ref|sak)\b.{{0,60}})?"),
    # "Brukerrådet, v/ leder Kari Li", "Sendt 9. april"
    ("letterhead", rf"(?!.*{_WANTS})[^.;]{{3,80}}\sv/\s?(?:[a-zæøå]+\s)?(?-i:[A-ZÆØÅ])[\w-]+(?:\s(?-i:[A-ZÆØÅ])[\w.-]+){{0,3}}\.?"),
    ("letterhead", rf"(?:(?:inn)?sendt|levert|datert|utfylt)\s(?:inn\s)?(?:den\s)?(?:{_DATE}|\d{{1,2}}\.\s?(?:{_MONTH}|\d{{1,2}}))\.?"),
    ("letterhead", r"(?:vår|vårt|våre|deres|dykkar|din)\s+(?:ref|referanse|saksbehandler|sakshandsamar|sak|"
                   r"dato)\b.{0,80}"),
    ("letterhead", r"(?:saks?(?:nr|nummer|behandler|ansvarlig|id)|sakshandsamar|arkiv(?:saks?)?(?:nr|nummer|sak|"
                   r"kode|ref|id|-dok)?"
                   r"|journal(?:post|nr|dato)?|dok(?:ument)?\.?\s?(?:nr|nummer|id|dato)|løpenr|l\.?nr|gradering|"
                   r"unntatt offentlig\w*"
                   r"|offl\.?|ref(?:eranse)?|j\.?nr|dato|date|møtedato|utskriftsdato|versjon|"
                   r"status dato)\s*\.?\s*(?:[:#]|\d).{0,100}"),
    ("letterhead", r"(?:tlf|tel|telefon|telefaks|faks|mob|mobil|mobiltelefon|direkte|sentralbord|bankkonto|bankgiro|"
                   r"org(?:anisasjons)?\.?\s?(?:nr|nummer)|konto(?:nr|nummer)?)\b\.?\s*(?::\s*\S|[+\d(]).{0,120}(?<![.!?])"),
    ("letterhead", r"(?:e-?post(?:adresse)?|mail|web|nettside|nettstad|internett|besøksadresse|postadresse|adresse|"
                   r"kontaktperson|kontakt)\s*:\s*.{0,140}(?<![.!?])"),
    ("letterhead", rf"(?:[^.!?]{{0,60}}(?:tlf|tel|telefon|mob|mobil)\.?:?\s*)?{_PHONE}(?:\s*[/,|]\s*(?:{_PHONE}|"
                   rf"\S+@\S+))*"),
    ("letterhead", r"\S+@\S+\.\w{2,}(?:\s*[/,|].{0,60})?|(?:https?://|www\.)\S+"),
    ("letterhead", r"(?:postboks|pb\.?)\s*\d+.{0,60}|(?:[\wæøåÆØÅ.\- ]{3,40},?\s+)?\d{4}\s+"
                   r"(?:(?-i:[A-ZÆØÅ])[\wæøå]+(?: (?:i |og )?(?-i:[A-ZÆØÅ])[\wæøå]*){0,2})"),
    ("letterhead", r"(?-i:[A-ZÆØÅ])[\wæøå]+(?:s|es)?\s?(?:gata?|gaten|gate|vei|veien|veg|vegen|plass|plassen|torg|torget|"
                   r"allé|brygge|kai)\s+\d{1,3}\s?[A-H]?(?:,?\s+\d{4}\s+(?-i:[A-ZÆØÅ])[\wæøå]+)?"),
    ("letterhead", r"(?:til|fra|frå|kopi(?:\s+til)?|kopimottakere?|cc|bcc|emne|sendt|mottaker|mottakar(?:ar)?|"
                   r"mottakere|adressater|"
                   r"avsender|avsendar|sender|subject|from|to)\s*:\s*.{0,160}"),
    ("letterhead", r"(?:offl\.?|off\.?\s?lova|offentleglova|offentlighetsloven)\s*§.{0,40}"
                   r"|(?:journalført|journalførd|mottatt|motteke|ekspedert)\s+(?:den\s+)?\d{1,2}\.?.{0,30}"
                   r"|digital post|skann(?:et|a)?(?: av)? (?:dokument|post|brev)|åpne i nettleser(?:en)?"),
    ("letterhead", r"likelydende (?:brev|sendt).{0,100}|(?:rett )?utskrift|utkast|kladd|notat|brev"),
    ("letterhead", r"©.{0,60}"),
    ("greeting", r"(?:hei|heia|heisann|hallo|god(?:e)? (?:dag|morgen|morgon|morra|kveld|formiddag|ettermiddag)|go(?:d)? dag|"
                 r"kjære)\b[^.:]{0,50}[!,.:]?"),
    ("closing", r"(?:med\s+)?(?:(?:vennlig|venleg|venlig|vennleg|beste?|god|gode|varm|grønn|"
                r"kollegial)[e]?\s+)?(?:hilsen|helsing|helsning)"
                r"(?:\s+(?:fra|frå|for|på vegne av)?[^.]{0,80})?[,.!]?|(?:m\.?v\.?h|mvh|vh|"
                r"hilsen)\b\.?[^.]{0,60}"),
    ("closing", r"(?:vi |me |eg |jeg )?(?:beklager|beklagar|orsak|unnskyld) "
                r"(?:rotet|surret|forsinkelsen|forseinkinga|skrivefeil\w*|mas\w*|bryet)[.!]?"),
    ("closing", r"(?:ha (?:en|ei)|ønsker (?:dere|alle)?\s*(?:en|ei)?|god)\s+(?:fin|riktig god|god|"
                r"strålende)?\s*(?:helg|dag|jul|sommer|påske|"
                r"uke|veke|høst|\w*ferie)\b[^.]{0,50}[.!]?"),
    ("closing", r"(?:dokumentet|brevet|skrivet|uttalelsen|fråsegna|notatet|svaret)\s+(?:er|ble|vart)\s+"
                r"(?:godkjent|godkjend|signert)\s+elektronisk\b.{0,60}"),
    ("closing", r"(?:sendt (?:fra|frå)|get) (?:min|outlook|iphone|ipad|mobil).{0,80}|outlook for .{0,20}"),
    ("closing", r"(?:vi |me |rs \S+ |utvalget |eg |jeg |tusen |mange |hjertelig |hjarteleg )?(?:takk(?:er|ar)?)(?:\s+(?:så mykje|så mye|"
                r"igjen|ellers|elles|til slutt))?\s+(?:for|til)\s+(?:muligheten|"
                r"moglegheita|høvet|anledningen|invitasjonen|innspill|samarbeidet|godt samarbeid|oppmerksomheten|"
                r"merksemda|ordet|"
                r"no|nå|sist|tilsendt|at (?:vi|me) (?:fikk|fekk|får))\b[^,;]{0,90}[.!]?"),
    ("closing", r"(?:vi |me |utvalget |styret )?(?:ønsker|ønskjer|ynskjer)\s+(?:dere |dykk |alle )?lykke til\b[^,;]{0,60}|alt godt[.!]?|"
                r"(?:vi |me )?(?:setter|set) (?:stor )?pris på (?:å (?:bli|få)|at (?:vi|me) (?:blir|vert|får))\b[^,;]{0,50}"),
    ("closing", r"(?:tusen |mange |hjertelig )?takk for (?:svaret|svara|svarene|hjelpen|hjelpa|bidraget|meg|oss|tiden|tida|praten|"
                r"at (?:du|dere|de|dokker) (?:svart|svar|tok|tar|tek|leste|las)\w*)\b[^,;]{0,40}[!.]?"),
    ("closing", r"(?:ta (?:gjerne |endelig )?kontakt|ring(?: meg| oss| gjerne)*|gi (?:gjerne |oss |meg )*beskjed|si (?:gjerne )?(?:fra|"
                r"frå)|meld fr[aå])\b(?:(?!\b(?:ikke|ikkje|om|når)\b)[^;.]){0,60}?\s+"
                r"(?:om (?:det|de|dere|du|noe|noko|noen)|hvis|dersom|ved|viss|når (?:det|de|dere|du))\b(?:(?!\b(?:ikke|ikkje)\b).){0,80}"),
    ("closing", rf"(?:takk for (?:oss|meg)[.!]\s)?(?:ring|kontakt)(?: meg| oss| gjerne)*(?: på)?\s(?:tlf\.?\s)?{_PHONE}"
                r"(?:\s(?:om|hvis|dersom|ved|viss)\s(?:(?!\b(?:bør|må|ingen)\b)[^.!?]){0,60})?\.?"),
    ("closing", r"(?:ved|for|dersom (?:det er|de har)|har (?:de|dere|du)) (?:eventuelle |nærmere |"
                r"ytterligere )?(?:spørsmål|opplysninger|"
                r"opplysningar|informasjon)[^;]{0,30}\bkontakt.{0,80}"),
    ("signature", r"\(?(?:dokumentet|brevet|skrivet|uttalelsen|fråsegna|svaret)\s+(?:er|ble|vart)\s+(?:derfor\s+|difor\s+)?"
                  r"(?:ikke\s+|ikkje\s+)?(?:undertegnet|underteikna|underskrevet|underskrive|signert)\b[^;]{0,40}\)?\.?"),
    ("signature", r"(?:dokumentet|brevet|dette dokumentet|uttalelsen|skrivet|notatet|svaret)?\s*(?:er\s+)?elektronisk (?:godkjent|"
                  r"godkjend|signert)\b.{0,80}"),
    ("signature", r"(?:[^.!?]{0,20}\b(?:god|riktig god|fin)\s(?:påske|jul|helg|sommer|sommar|høst|haust|vinter|kveld|tur)"
                  r"|takk for (?:oss|meg))\b"
                  r"[^.!?]{0,40}[,.!–]\s?(?:vennlig |venleg |beste )?(?:hilsen|helsing|mvh\.?)\s+(?-i:[A-ZÆØÅ])[^.!?]{2,90}"),
    ("signature", r"(?:denne |dette )?(?:e-?posten?|meldinga|meldingen) (?:kan inneholde|kan innehalde|"
                  r"er konfidensiell|inneheld).{0,160}|"
                  r"tenk på miljøet.{0,80}"),
    ("signature", r"(?:(?-i:[A-ZÆØÅ])[\w.-]+\s){0,3}(?-i:[A-ZÆØÅ])[\w-]+,\s(?:\w+\s)?\w*(?:leder|leiar|rådgiver|rådgjevar|sekretær|"
                  r"direktør|sjef|koordinator|ordfører|ordførar|formann|kasserer|kasserar|rektor)(?:\s\([^()]{3,60}\))?"),
    ("quoted", rf"(?:den |på )?(?:\w+dag,?\s+)?(?:{_DATE}|"
               rf"\d{{1,2}}\.?\s+{_MONTH}\.?(?:\s+\d{{4}})?)[^.]{{0,20}}(?:kl\.?\s*[\d:.]+)?.{{0,60}}skr[ei][iv]v?\s?(?:ev)?.{{0,80}}:"),
    ("quoted", r"-+\s*(?:opprinnelig|original|videresendt|vidaresend)\w*\s+(?:melding|message).*|(?:opprinnelig|"
               r"videresendt) melding"),
    ("opening", r"(?:vi |me |det |rs [\wæøå ]{2,30} )?(?:viser|syner|vises|visast|viser vi)\s+(?:hermed |herved |"
                r"i den forbindelse )?til\s+(?:deres |dykkar |tilsendt |"
                r"mottatt |motteke |vårt |sekretariatets |utsendt |oversendt )?(?:brev|e-?post|henvendelse|"
                r"førespurnad|oppmoding|anmodning|høringsbrev|"
                r"høyringsbrev|oversendelse|skriv|høring|høyring|invitasjon|forespørsel|telefonsamtale|purring|"
                r"møte)\b(?:(?!\b(?:mener|meiner|ønsker|"
                r"ønskjer|bør|må|støtter|støttar|ber om|foreslår|vil)\b).){0,160}"),
    ("reference", r"(?:(?:vi|me|det|rs|utvalget)\s+)?(?:viser?|syner|vises|visast|henviser|henvises|jf\.?|jfr\.?|se|"
                  r"sjå)\b\s*(?:vi\s+)?(?:for øvrig |elles |også |òg |her |dermed )?"
                  r"(?:til\s+)?(?:(?:vårt?|våre|vår|det|dette|svar(?:et|a)?|eget|eige|eigen|egen|vedlagte?|vedlagde|"
                  r"tidligere|tidlegare|samme|felles)\s+)*"
                  r"(?:vedlegg\w*|vedlagte?\w*|vedlagde|svar\w*|punkt\w*|pkt\.?|spørsmål\w*|spm\.?|over(?=\s*(?:[.,(]|$|(?:for|om|under|i|ved)\b))|ovenfor|"
                  r"ovanfor|under|nedenfor|tabell\w*|dokument\w*|matrise\w*|notat\w*|"
                  r"kommentar\w*|innspill\w*|innspel\w*|fråsegn\w*|uttale\w*|skjema\w*|side)\b(?:(?!\b(?:mener|"
                  r"meiner|ønsker|ønskjer|bør|må|og|men|støtter|støttar|vil)\b)[^.]){0,80}\.?"),
    ("reference", r"(?:det |den )?(?:samme|same|likt|idem|ditto)(?:\s+(?:svar|som|kommentar))*(?:\s+(?:på|som|"
                  r"i))*(?:\s+(?:over|ovenfor|ovanfor|forrige|førre|punkt|spørsmål|spm)\b.{0,20})?\.?"
                  r"|(?:dette )?(?:er )?(?:allerede )?(?:besvart|svart på|svara på|nevnt|nemnt) (?:over|ovenfor|"
                  r"ovanfor|under|i)\b.{0,40}"),
    ("reference", r"(?:vedlegg|vedlagt|vedlagde?)(?:\s*\d{0,2}\s*[:.–-].{0,120}|\s+følg(?:er|jer)\b.{0,120}|"
                  r"\s*\d{0,2})"),
    ("unanswered", r".{2,60}?\b(?:avgir|avgjev|gir|vil|ønsker|ønskjer|kommer|kjem)\s+(?:ikke|ikkje)\s+(?:til\s+å\s+|å\s+)?"
                   r"(?:(?:avgi|avgje|gi|gje)\s+)?(?:noen\s+|nokon\s+)?"
                   r"(?:høringssvar|høringsuttalelse|høyringsuttale|høyringssvar|uttalelse|uttale|fråsegn)(?:\s+i\s+(?:saken|saka))?\.?"),
    ("unanswered", r"(?:☐\s*[^☐☒☑✓✔]{1,40})+"),  # boxes, none of them ticked
    ("unanswered", r"(?:ikke|ikkje)\s+(?:besvart|svart|svara|behandlet|handsama|drøftet|drøfta|diskutert|vurdert|"
                   r"aktuelt?|relevant|utfylt|tatt stilling)"
                   r"(?:\s+(?:her|hos oss|i møtet|for (?:oss|vår region|regionen)))?\.?|n\.?\s?/?\s?a\.?|ubesvart|"
                   r"uaktuelt|pass|ikke svar|ingen svar|blankt?|utgår|aner ikke|(?:har )?(?:ikke|"
                   r"ikkje) satt meg inn i .{0,20}|avventer|kommer|kjem"),
    ("unanswered", r"(?:vi |me |rs |utvalget |utvalet |dette |dette punktet |punktet |spørsmålet |saken )*(?:har |"
                   r"ble |blei |vart |er |rakk )*(?:vi |me )?(?:ikke|ikkje)\s+"
                   r"(?:(?:vært |vore |blitt |å )?(?:besvart|svart på|svara på|behandlet|handsama|drøftet|drøfta|"
                   r"diskutert|diskutere|tatt stilling til|teke stilling til|gått inn på|"
                   r"vurdert)|tid til å)(?:\s+(?:dette|her|det|spørsmålet|punktet|å diskutere|å svare|svare|på|"
                   r"denne|ennå|enno))*\.?"),
    ("unanswered", r"(?:dette |det )?(?:har |hadde )?(?:vi |me |utvalget |rådet )?(?:har )?(?:ikke|ikkje|ingen)\s+"
                   r"(?:forutsetninger?|føresetnad(?:er)?|grunnlag|kompetanse) (?:for|til) å (?:svare|meine|mene|uttale|vurdere)\b.{0,60}"
                   r"|(?:vi |me |utvalget |rådet |styret )?(?:fikk|fekk|hadde|har|rakk)\s+(?:ikke|ikkje)\s+(?:hatt\s+)?"
                   r"(?:tid|anledning|høve)\s+til å\s+(?:drøfte|drøfta|diskutere|svare|svara|behandle|handsame|gå inn|se|sjå)\b.{0,40}"),
    ("unanswered", r"(?:vi |utvalget |rs )?(?:kommer|kjem) (?:eventuelt )?(?:tilbake|attende) (?:til|med)\b.{0,50}|"
                   r"vet ikke|veit ikkje|ingen formening|ingen meining|hopper over.{0,20}"),
    ("minutes", r"(?:til\s?stede|tilstades|til stades|møtende|desse møtte|disse møtte|deltakere|deltakarar|deltok|"
                r"forfall|meldt forfall|fravær(?:ende)?|møteleder|"
                r"møteleiar|ordstyrer|ordstyrar|referent|sekretær|møtested|møtestad|stad|sted|tid|tidspunkt|"
                r"tid og sted|tid og stad|varighet|innkalt|vara(?:medlem(?:mer)?)?|"
                r"fra administrasjonen(?: møtte)?|frå administrasjonen(?: møtte)?|møtedato|protokollfører|leder|"
                r"leiar)\s*:.{0,400}"),
    ("minutes", r"(?:(?:vedtak|votering|røysting|avstemning)\s*:\s*)?(?:saken |saka |uttalelsen |innspillet |forslaget |fråsegna |"
                r"høringssvaret |innstillingen |dette )?(?:ble |blei |vart |er )?(?:enstemmig|samrøystes|einstemmig)"
                r"(?:\s+(?:vedtatt|vedteken?|vedteki|godkjent|godkjend|tilrådd))?\.?"),
    ("minutes", r"(?:rådet|utvalget|utvalet|styret|nemnda|årsmøtet)\s+(?:godkjente|godkjende|vedtok|behandlet|behandla|handsama)\s+"
                r"(?:budsjettet|regnskapet|rekneskapen|årsmeldingen|årsmeldinga|møteplanen|møteplana|valglista|vallista)\.?"),
    ("minutes", r"(?:vedtak:\s*)?(?:saken|saka|sak|orienteringen|orienteringa|informasjonen|utvalget tok|"
                r"utvalet tok|innspillet|handlingsplanen|planen)?\s*(?:saken|saka)?\s*"
                r"(?:ble |blei |vart |blir |vert )?(?:tas|tatt|tok|teken|teke|takast|utsettes|utsatt|utsett|"
                r"trukket)\s*(?:(?:til|opp)\s+(?:orientering|etterretning|vitande|vitende|neste møte)).{0,60}"),
    ("minutes", r"(?:møte)?(?:innkalling|innkallinga|innkallingen|dagsorden|dagsordenen|saksliste|saklista|"
                r"sakslista|sakslisten|referat|referatet|protokoll|protokollen|møtebok|møteboka)"
                r"(?:[\wæøå ,]{0,60})?\b(?:ble|blei|vart|er)?\s*(?:enstemmig\s+|samrøystes\s+)?(?:godkjent|godkjend|"
                r"gjennomgått|sendt)\b.{0,60}"),
    ("minutes", r".{0,60}\b(?:ingen|ikke|ikkje|inga|uten|utan)\b.{0,20}\b(?:merknader|merknadar|kommentarer|"
                r"innvendinger|anmerkninger)\b.{0,15}\b(?:til|på)\s+(?:\w+ )?(?:møte)?"
                r"(?:innkalling\w*|saksliste\w*|sakliste\w*|saklist\w*|dagsorden\w*|referat\w*|protokoll\w*|"
                r"møtebok\w*|regnskap\w*|habilitet\w*)\b.{0,60}"),
    ("minutes", r"(?:neste møte|møteslutt|møtet (?:ble |blei |vart )?(?:hevet|heva|satt|sett|slutt|avsluttet|"
                r"avholdt|halde|holdt|starta|startet))\b(?:(?!\b(?:bør|må)\b).){0,80}"
                r"|(?:pause|lunsj)(?:\s+(?:fra|frå|kl)\b.{0,40})?|(?:eventuelt|agenda|ymse)(?:\s*:.{0,60})?"),
    ("minutes", r"(?:forslaget|framlegget|innstillingen|tillegget|vedtaket)?\s*(?:fikk|fekk|falt|fall|ble vedtatt|"
                r"vart vedteke)\s+(?:med\s+)?\d+\s*(?:mot|stemmer|røyster).{0,60}"),
    ("minutes", r"(?:leder|leiar|møteleder|møteleiar|ordfører|ordføraren) (?:ønsket|ønskte|ønska|orienterte|"
                r"innledet|innleia).{0,80}"),
    ("minutes", r"(?:forslag til |framlegg til |enstemmig |samrøystes )?(?:vedtak|votering|røysting|avstemning|"
                r"behandling(?: i møtet)?|handsaming(?: i møtet)?|innstilling|tilråding)\s*:?"),
    ("minutes", r"(?!.*\b(?:bør|må|burde|mente|meinte|mener|meiner|ønsk\w+|enige?|samde?)\b)"
                r"[^;]{0,60}\b(?:alle|samtlige|samtlege)\s+(?:\w+\s+)?(?:til ?stede|til stades|møtte|møtt)\b[^.;]{0,60}"),
    ("minutes", r"(?:skjemaet|svaret|uttalelsen|fråsegna)\s+(?:er|ble|vart)\s+(?:utfylt|gitt|avgitt|avgjeve|gjeve)\s+(?:etter|på)\s+"
                r"(?:delegert|fullmakt)[^.;]{0,60}\.?|politisk (?:behandling|handsaming)\s+(?:har|er|vil)\b[^.;]{0,60}\.?"
                r"|(?:rådmannen|kommunedirektøren|administrasjonen)\s+har\s+(?:ikke|ikkje)\s+(?:tatt|teke)\s+stilling\b[^.;]{0,80}\.?"),
    ("minutes", r"(?:vedtatt|vedteke)\s+(?:mot|med)\s+(?:null|ingen|inga|én|ein|ei|en|to|tre|fire|fem|\d+)\b.{0,40}"
                r"|rett utskrift(?: \w+)?\.?"),
    ("process", r"(?:(?:vedtak|konklusjon|konklusjonen)\s*:\s*)?(?:alle |desse |disse )?"
                r"(?:innspill|innspel|merknad|uttalels|fråsegn|svar|høringssvar|høyringssvar|punkt)\w*(?: over| ovenfor| ovanfor| under)?\s"
                r"(?:ble|blei|vart|blir|vert|er)\s(?:enstemmig |samrøystes |einstemmig )?"
                r"(?:vedtatt|vedteke|vedtekne|vedtatte|godkjent|godkjend|godkjende|sendt|sende|oversendt|oversende)"
                r"(?:\s(?:mot (?:ingen|null|\w+) (?:stemmer|røyster)|enstemmig|samrøystes|i møtet?|vidare|videre|(?:til )?"
                r"(?:(?-i:[A-ZÆØÅ])\w+ )?(?:kommunen|sekretariatet|fylket|styret|formannskapet|kommunestyret|rådet|\w*samarbeid\w*)))?\.?"),
    ("process", r"(?:vedtak\s*:\s*)?(?:samrøystes|enstemmig|einstemmig)(?: vedtatt| vedteke)?(?: som (?:over|ovenfor|ovanfor))?\.?"),
    # "Lagene har sendt hver sin uttalelse, men vil si dette sammen:"
    ("opening", rf"(?!.*{_WANTS})[^.;:]{{2,90}}\s(?:har|hadde)\s(?:alt\s|allerede\s|også\s|òg\s)?"
                r"(?:sendt|levert|skrevet|skrive|gitt|gjeve|avgitt|avgjeve)(?:\s(?:dere|dykk|inn))?\s(?:hver|hvert|kvar|kvart)\s"
                r"(?:sin|sitt|vår|vårt)\s(?:egen\s|eigen\s|eget\s|eige\s)?(?:\w*svar|\w*uttale|\w*innsp|brev|fråsegn|merknad)\w*\b[^.;]{0,120}[.:]?"),
    ("process", rf"(?!.*{_WANTS})(?:saken|saka|planen|forslaget|høringen|høyringa|utkastet)\s(?:var|har vært|har vore|ble|blei|vart)\s"
                r"(?:oppe|tatt opp|teken opp|teke opp|lagt fram|lagd fram|drøftet|drøfta|tema)\s(?:på|i)\s\w*møtet?\b[^.;]{0,120}\.?"),
    ("label", r"(?:kommunen|utvalget|utvalet|rådet|styret|vi|me|laget)\s+(?:mener|meiner|foreslår|føreslår|svarer|svarar|"
              r"ønsker|ønskjer)\s*[:.]?"),
    ("opening", r"så (?:til|over til|litt om|noko om|noe om)\b(?:(?!\b(?:bør|må)\b).){0,80}:"),
    ("process", r"(?:utvalget|utvalet|rådet|styret|medlemmene|medlemene|leder|møtet)\s+"
                r"(?:diskuterte|drøftet|drøfta|gikk gjennom|gjekk gjennom|gjennomgikk)\s+(?:\w+\s){0,2}?(?:saken|saka|planen|forslaget|"
                r"utkastet|innspillene|innspela|spørsmålene|spørsmåla|høringen|høyringa|dokumentet)\.?"),
    ("process", rf"(?:(?:saken|saka|planen|svaret|innspillet|innspelet|uttalelsen|fråsegna|høringen|høringssvaret|"
                rf"spørsmålene|spørsmåla|svarene|svara|punktene|dette|rs|utvalget|utvalet|vi|me|regionen)\s+)"
                rf"(?:\S+ ){{0,3}}?(?:har |er |ble |blei |vart )?(?:blitt |vært |vore )?(?:behandl[ae]t?|behandlet|"
                rf"drøftet|drøfta|handsama|diskutert|gjennomgått|vedtatt|vedteke|godkjent|godkjend)"
                rf"(?:(?!\b(?:at|som|men|og (?:mener|meiner))\b)[^,;]){{0,70}}(?:møte|møtet|{_DATE}|"
                rf"\d{{1,2}}\.\s?\d{{1,2}}\.?|\d{{1,2}}\.\s+{_MONTH})[^,;]{{0,40}}\.?"),
    ("minutes", r"(?:innstilling\w*|tilråding\w*|framlegget|forslaget)\s+(?:er |ble |blei |vart )?(?:enstemmig |samrøystes |einstemmig )?"
                r"(?:vedtatt|vedteke|vedteken|tiltrådt|tiltrådd)\.?"),
    ("echo", r"(?:sett|set)\s(?:ett |eitt |et |eit )?kryss(?: (?:og|for|per|i) [^?.]{0,40})?\.?(?:\s(?:frist|svarfrist)\b[^?]{0,40})?"
             r"|skriv (?:ikke|ikkje) (?:under|over|nedenfor|nedanfor|utenfor|utanfor) "
             r"(?:denne |dette |den |det )?(?:\w+ )?(?:linj|strek|felt|rut|ramm)\w*\.?"
             r"|(?:fylles|fyllast) ut av "
             r"(?:sekretariatet|kommunen|fylket|saksbehandler\w*|sakshandsamar\w*|mottaker\w*|mottakar\w*|oss)\.?"),
    ("echo", r"(?:klikk (?:eller trykk )?her.{0,60}|velg et element\.?|skriv (?:svaret |inn )?her.{0,30}|"
             r"\(?fyll (?:ut|inn).{0,30}\)?|feltet kan utvides.{0,20}|"
             r"svar(?:et)? (?:kort )?på spørsmål(?:ene|a)? (?:under|nedenfor|over).{0,40}|"
             r"skjema(?:et)? (?:returneres|sendes|leveres).{0,60}|"
             r"(?:skriv|svar|fyll ut|fyll inn|kryss av|set kryss|sett kryss)\s+(?:(?:svar(?:et|a|ene)?|inn|i|på|her|de|dei|den|det|"
             r"grå|gule|hvite|kvite|åpne|opne|tomme|under|nedenfor)\s+){0,5}(?:felt\w*|rut[ea]\w*|boks\w*|skjema\w*|linj\w+)\b.{0,40})"),
    ("process", r"(?:hei[^.!]{0,20}[.!]\s)?(?:her|vedlagt|vedlagd)\s(?:er|kommer|kjem|følger|følgjer|ligg|ligger)\s[^.]{0,60}?"
     r"\b(?:svar\w*|innspill\w*|innspel\w*|merknad\w*|uttale\w*|skjema\w*|fråsegn\w*)\b[^.]{0,60}\.?$"),
    ("process", r"(?:det|den|dette|svaret|brevet)\s(?:kommer|kjem|trer|erstatter|erstattar|avløser|avløyser)\s[^.]{0,40}"
     r"\b(?:foreløpige|førebelse|førre|forrige|tidligere|tidlegare|utkast\w*|versjon\w*)\b[^.]{0,80}\.?$"),
    ("reference", r"(?:se|sjå)\s(?:også\s|òg\s|og\s)?(?:bilder?|bilete|foto|vedlegg\w*|kart\w*|e-?post\w*|brev\w*)\b[^.!?]{0,60}[.!]?$"),
    ("minutes", r"vedtak(?:et)?\s(?:var|er|ble|blei|vart)\s(?:samrøystes|einstemmig|enstemmig|samrøystest|gjort|fattet|fatta"
                r"|vedtatt|vedteke)\b[^.]{0,40}[.]?$"),
    ("label", r"(?:(?:vårt|våre|rs\S*|regionens|utvalgets)\s+)?(?:svar(?:et|a|ene)?|spørsmål|kommentar(?:er|ar)?|"
              r"kommentarfelt|innspill|innspel|tilbakemelding(?:er|ar)?|merknad(?:er|ar)?|"
              r"vurdering(?:er|ar)?|begrunnelse|grunngjeving|besvarelse|generelt|generelle (?:kommentarer|innspill|"
              r"merknader)|annet|anna|oppsummering|konklusjon|innledning|innleiing|bakgrunn|nr|tiltak|"
              r"saksopplysninge?r|saksopplysningar|vedlegg|uttalelse|fråsegn|høringssvar|høyringssvar|"
              r"høringsuttalelse|høyringsfråsegn|tema|område|oppfølging|avsender|navn|namn|utvalg|utval|møtedato|møtested|møtestad|arkivsak|"
              r"arkivkode|arkivref|saksnr|saksnummer|saksbehandler|sakshandsamar|journalpost|dato|oppdatert|vedtaksorgan)\s*[:.]?"
              r"|\d{2,4}/\d{2,6}(?:-\d{1,3})?|x|✓|✔"),
))
# What the letter says of itself, whatever its words: that it is late, or stands in place of another.
_ASKED = (r"(?:spørsmålene|spørsmåla|paragrafene|paragrafane|rekkefølgen|rekkjefølgja|nummereringen|nummereringa|numrene|numra|punktene|"
          r"punkta|skjemaet|malen|oppsettet)")
OF_ITSELF = re.compile(
    rf"(?:(?:vi|me|jeg|eg|utvalget|utvalet)\s+(?:har\s+)?(?:ikke\s+|ikkje\s+)?(?:følger|følgjer|fulgt|følgt|holdt oss til|halde oss til|"
    rf"svarer etter|svarar etter)\s+{_ASKED}|{_ASKED}\s+(?:følger|følgjer|viser til|er)\s+(?:deres|dykkar|skjemaet|høringsbrevet|"
    r"høyringsbrevet))\b(?:(?!\b(?:bør|må)\b).){0,120}"
    r"|(?:hei[!,.]?\s*)?(?:bare |berre |noen |nokre )?stikkord (?:fra|frå)\b(?:(?!\b(?:bør|må)\b).){0,80}"
    r"|(?:ps\W+)?(?:vi\s+|me\s+)?(?:beklage[r]?|beklagar|orsak|unnskyld)\b[^.;]{0,40}\b(?:levert|sendt|innsendt)\b(?:(?!\b(?:bør|må)\b).){0,60}"
    r"|(?:(?:vi|me|jeg|eg|utvalget|utvalet)\s+)?(?:rakk|nådde|greide|klarte)\s+(?:dessverre\s+|diverre\s+)?(?:ikke|ikkje)\s+"
    r"(?:å\s+\w+\s+)?(?:svar)?fristen\b(?:,?\s+men\s+(?:vi\s+|me\s+)?(?:håper|håpar|vonar)\b.{0,80})?\.?"
    r"|(?:vi\s+|me\s+)?(?:beklage[r]?|beklagar|unnskyld|orsak)\b,?\s+(?:at\s+)?(?:vi|me|svaret|det|dette|innspillet)\b[^.;]{0,30}"
    r"\b(?:sent|seint|sein|forsinket|forsinka|etter fristen|seneste|seinaste)\b(?:(?!\b(?:bør|må)\b).){0,80}"
    r"|(?:dette|denne|(?:dette\s+|denne\s+)?(?:brevet|svaret|uttalelsen|fråsegna|innspillet|innspelet|versjonen|utgaven|utgåva|"
    r"dokumentet|skjemaet|notatet))\s+(?:erstatter|erstattar|avløser|avløyser|(?:trer|kommer|kjem|er)\s+(?:i\s*stedet\s*for|"
    r"i\s*staden\s*for|til\s+erstatning\s+for))\b.{0,160}"
    r"|(?:vennligst |ver venleg og |bare |berre )?(?:se|sjå) bort (?:fra|frå) (?:den |det )?"
    r"(?:forrige|førre|tidligere|tidlegare|første|fyrste|vår|vårt)\b.{0,80}"
    r"|(?:hei igjen[.!,]?\s*)?her (?:kommer|kjem|er) (?:en|ei|et|eit) (?:ny|rettet|retta|korrigert|oppdatert|revidert|endelig|endeleg)\w*"
    r" (?:versjon|utgave|utgåve|svar|brev)\b.{0,100}"
    r"|(?:ja,?\s+|nå,?\s+)?(?:det|dette|brevet|svaret)\s+(?:ble|blei|vart)\s+(?:(?:no|nå|vel|visst|litt|noe|noko|kanskje|jo)\s+){0,3}"
    r"(?:langt|kort|lenger enn|lengre enn|mykje tekst|mye tekst)\b(?:(?!\b(?:bør|må|planen|tiltak\w*)\b)[^.]){0,60}[.!]?"
    r"|(?:ver venleg og |vennligst )?(?:bruk|les|ta) (?:heller )?(?:denne|dette|den her) "
    r"(?:i stedet for|istedenfor|istedet for|i staden for|istadenfor|og (?:ikke|ikkje)|heller enn) "
    r"(?:den|det|brevet|svaret|skjemaet|versjonen|fila|filen)\b(?:(?!\b(?:bør|må)\b)[^.]){0,110}\.?"
    r"|(?:våre |mine |her er )?svar(?:a|ene|an)? (?:står |er |kommer |kjem )?(?:inni|inne i|inn i|mellom|bak|etter) "
    r"(?:hvert |kvart )?spørsmål\w*[.!]?"
    r"|som avtalt\b.{0,40}?\b(?:følger|følgjer|sender|kommer|kjem)\b.{0,80}|vedlagt (?:ligger|ligg|følger|følgjer|er)\b.{0,80}", _FLAGS)
NO_REMARKS = re.compile(
    r"^(?:nei,?\s+)?(?:(?:utover|ut over|bortsett fra|elles|ellers|foruten)\s+(?:dette|det)?,?\s*)?(?:(?:vi|me|jeg|"
    r"eg|rs(?:\s+\S+){0,3}?|utvalget|utvalet|regionen|kommunen|rådet|styret|[\wæøå. -]{2,45}?)\s+"
    r"(?:har|hadde|ser|kjenner|fant)\s+(?:heller\s+|for øvrig\s+|elles\s+|ellers\s+|no\s+|nå\s+)?|(?:har|hadde)\s+(?:(?:vi|me"
    r"|eg|jeg|rådet|styret|utvalget|utvalet)\s+)?|det (?:er|"
    r"var|kom|kom frem|foreligger)\s+|for øvrig\s+|elles\s+|ellers\s+)?"
    r"(?:ingenting|ingen\s+ting|ingen|inga|inkje|intet|ikke\s+(?:noen?|noe)?|ikkje\s+(?:nokon|noko|nokre)?)\s*"
    r"(?:flere|fleire|andre|ytterligere|ytterlegare|særskilte|særlige|spesielle|vesentlige|konkrete|nye|øvrige|"
    r"videre|vidare|ekstra|egne|felles|meir|mer|anna|annet)?\s*(?:å\s+)?"
    r"(?:merknad(?:er|ar)?|kommentar(?:er|ar)?|innspill|innspel|forslag|framlegg|bemerkning(?:er)?|synspunkt(?:er)?|"
    r"innvending(?:er|ar)?|endringsforslag|endringer|tillegg|"
    r"tilføye|tilføyelser|legge til|leggje til|bemerke|merke|melde|si|seie|utover dette|å tilføye|"
    r"å legge til)\b(?P<tail>.{0,110})$", _FLAGS)
NO_REMARKS_INVERTED = re.compile(
    r"^(?:utover|ut over|bortsett fra|foruten|for øvrig|forøvrig|ellers|elles|til dette|her|"
    r"(?:til|om|når det gjelder|når det gjeld) (?:\w+ ){0,5}?\w+"
    r"(?:,\s(?:det vil si|dvs\.?|altså|kapittel|kap\.?|punkt|pkt\.?|side)\b[^,;.]{2,40},)?,?(?=\shar\s"
    r"(?:vi|me|rådet|styret|utvalget|utvalet|laget|foretaket|føretaket|foreningen|foreininga|klubben|kommunen|(?-i:[A-ZÆØÅ])[\w-]+(?:\s[\w-]+){0,3}?)"
    r"\s(?:ingen|inga|ikke|ikkje)\s)|"
    r"til (?:spørsmålet|spørsmål|punktet|punkt)\b[^,;.]{0,60}?(?=\shar\s))(?:\b|(?<=,))\s*(?:dette|det|"
    r"disse punktene|desse punkta)?,?\s*(?:(?:har|hadde|ser)\s+.{2,60}?|(?:er|foreligger|finnes|ligg føre)\s+det)\s*"
    r"(?:ingen|inga|ikke|ikkje)\s+(?:\w+\s+){0,2}?(?:merknad(?:er|ar)?|kommentar(?:er|ar)?|innspill|innspel|forslag|"
    r"bemerkninger|synspunkter|innvendinger)[^,;]{0,40}$", _FLAGS)
BARE_NO_REMARKS = re.compile(r"^(?:nei,?\s*)?(?:(?:ingenting|ingen ting|ikke noe|ikkje noko|inkje)\s+(?:utover|ut over)\s+"
                             r"(?:dette|det(?:\s+som)?(?:\s+(?:står|er\s+(?:sagt|skrevet|nevnt)))?(?:\s+(?:over|ovenfor|ovanfor"
                             r"|foran))?)|ingen|inga|ingenting|intet|inkje|ikke noe(?: mer)?|"
                             r"ikkje noko(?: meir)?|nei|(?:nei,?\s)?det får (?:være|vere|vær) nok|ingen ting|ikke p\.?t\.?)"
                             r"(?:\s+(?:her|meir|mer|spesielt|"
                             r"særskilt|fra oss|frå oss|herfra|herifrå|(?:fra|frå|på) vår side|å (?:melde|tilføye|føye til"
                             r"|legge til|leggje til|bemerke|merke)))*[.!]?$", _FLAGS)
NOTHING_TO_REMARK = re.compile(r"^(?:nei,?\s*)?(?:ikke noe|ikkje noko|ingenting|ingen ting|inkje)\s+å\s+(?:melde|tilføye|føye til|"
                               r"legge til|leggje til|bemerke|merke|si|seie)(?:\s+(?:her|til dette))?[.!]?$", _FLAGS)
_SOCIETY = (r"(?:vi|me|jeg|eg|[\w-]*(?:laget|rådet|styret|utvalget|utvalet|foreningen|foreninga|foreininga|klubben|nettverket|kommunen|"
            r"gruppa|gruppen|vellet|velet|foretaket|føretaket|forbundet|korpset|distriktet|teamet|menigheten|skolen|skulen))")
# "Hvor boligene skal ligge, har vi ikke noe å si om", "Jakttidene blander vi oss ikke borti"
LEFT_TO_OTHERS = re.compile(
    rf"^(?P<what>(?!det\s)[^.;:,]{{2,90}}?),?\s(?:(?:har|hadde)\s{_SOCIETY}\s(?:som\s\w+\s)?(?:ingenting|ingen\sting|(?:ikke|ikkje|itte|itj)\s(?:noe|noko|nå))\s"
    r"(?:å\s)?(?:(?:si|seie|mene|meine)\s(?:om|til)|(?:melde|bemerke|merke|tilføye)(?:\s(?:om|til))?)"
    rf"|har\s{_SOCIETY}\s(?:som\s\w+\s)?(?:ingen|inga|ikke\snoen|ikkje\snokon)\s"
    r"(?:merknader|merknadar|kommentarer|kommentarar|innvendinger|innvendingar|synspunkter|synspunkt|meining|mening|formening)\s(?:til|om|mot)"
    r"|(?:blander|blandar|blanda)\s(?:vi|me)\soss\s(?:ikke|ikkje|itte|itj)(?:\s(?:borti|inn i|opp i))?"
    r"|(?:overlater|overlèt|overlet)\s(?:vi|me)\stil\s(?:andre|dei andre|de andre|fagfolk|kommunen|staten))[.!]?$", _FLAGS)
# "Til det som står om oppdrett, har bondelaget ingen merknader", "Om sauene har vi ingen merknader, de er bare hyggelige."
NO_REMARKS_TO = re.compile(
    rf"^(?:om|til|på|ved|når det gjelder|når det gjeld|hva gjelder|kva gjeld)\s(?P<what>[^;:.]{{2,90}}?),?\s(?:har|hadde)\s{_SOCIETY}\s"
    r"(?:derfor\s|difor\s|her\s|ellers\s|elles\s)?(?:ingen|inga|ikke(?:\snoen)?|ikkje(?:\snokon|\snokre)?)\s(?:\w+\s){0,2}?"
    r"(?:merknad(?:er|ar)?|kommentar(?:er|ar)?|innvending(?:er|ar)?|bemerkning(?:er)?|innspill|innspel|synspunkt(?:er)?)\b"
    r"(?P<tail>.{0,80})$", _FLAGS)
# "Om skole har vi ikke noe å si."
NOTHING_TO_SAY = re.compile(
    rf"^(?:om|til|når det gjelder|når det gjeld)\s[^.;:,]{{2,60}}?,?\shar\s{_SOCIETY}\s"
    r"(?:(?:ingenting|ingen\sting|(?:ikke|ikkje|itte|itj)\s(?:noe|noko|nå))\så\s(?:si|seie|bemerke|merke|melde|tilføye)"
    r"|(?:ingen|inga|ikke\snoen|ikkje\snoka)\s(?:bestemt\s)?(?:formening|meining|mening|oppfatning|oppfatting))[.!]?$", _FLAGS)
TAKES_NO_STAND = re.compile(
    r"^(?:vi|me|jeg|eg|rs(?:\s\S+){1,3}?|utvalget|utvalet|rådet|styret|laget|klubben)\s"
    r"(?:(?:tar|tek)\s(?:derfor\s|difor\s|her\s)?(?:ikke|ikkje|ingen)\s(?:stilling|standpunkt)\stil"
    r"|har\s(?:derfor\s|difor\s)?(?:ingen|inga|ikke\snoen|ikkje\snoka)\s(?:bestemt\s)?(?:formening|meining|mening|oppfatning|oppfatting)\som)\b"
    r"(?P<tail>(?:(?!\b(?:fordi|siden|sidan|som|for (?:den|det|de))\b)[^,;.]){0,80})\.?$", _FLAGS)
# What was done with it first, or where there are none: "X har gjennomgått forslaget og har ikke merknader".
_REMARKS = r"(?:merknad(?:er|ar)?|kommentar(?:er|ar)?|innvending(?:er|ar)?|bemerkning(?:er)?|innspill|innspel|synspunkt(?:er)?)"
READ_NO_REMARKS = re.compile(
    r"^(?:.{0,80}?\b(?:gjennomgått|gått\s+(?:i)?gjennom|gjennomgikk|lest|lese|behandlet|behandla|handsama|vurdert|drøftet|drøfta|sett\s+på|motteke|"
    r"mottatt)\b[^.;]{0,80}?,?\s+(?:og|men)\s+(?:(?:vi|me|utvalget|kommunen|rådet|styret)\s+)?(?:har|hadde|ser|fant|fann)\s+(?:\w+\s+)?"
    r"(?:ingen|inga|ikke|ikkje)|(?:fra|frå)\s+.{2,50}?\s+(?:foreligger|er|kom|kommer|ligg)\s+det\s+(?:ingen|inga|ikke|ikkje)"
    r"|.{2,60}?\s(?:vedtok|vedtar|har vedtatt|valgte|velger)\s+(?:\w+\s+)?å\s+(?:ikke|ikkje)\s+(?:komme\s+med|kome\s+med|gi|gje|fremme)"
    r"|(?:[^.;,]{2,60}\b(?:ikke|ikkje|utenfor|utanfor)\s+(?:vårt|vår|våre|oss|noe\s+for\s+oss|noko\s+for\s+oss)\b"
    r"|(?:dette|det)\s(?:kjenner|kjenn|vet|veit|kan)\s(?:vi|me)\s(?:for\s)?(?:lite|ikke|ikkje|ingenting)\b)[^.;,]{0,40},?\s+(?:og|så)\s+"
    r"(?:vi|me|utvalget|utvalet|rådet|styret)\s+har\s+(?:derfor\s+|difor\s+)?(?:ingen|inga|ikke|ikkje))\s+"
    rf"(?:\w+\s+){{0,2}}?{_REMARKS}\b(?P<tail>.{{0,60}})$", _FLAGS)
YES_NO = re.compile(r"^(?:ja|nei|jo|tja|delvis|både og|både-og|både ja og nei|ja og nei|nja|jepp|stemmer|ja takk|"
                    r"nei takk|absolutt|til dels|til ein viss grad|til en viss grad|i stor grad|i liten grad|ok|"
                    r"okei|bra|god|enig|uenig|einig|samd)[.!,]*$", _FLAGS)
TURN = re.compile(r"\b(?:men|unntatt|unnateke|bortsett fr[aå]|utenom|utanom|så lenge|forutsatt|føresett|dersom|hvis|"
                  r"derimot|likevel|(?:ut over|utover) at)\b", _FLAGS)
ASKS_FOR = re.compile(r"\b(?:forslag|framlegg|innspill|innspel|merknader?|merknadar|kommentarer|kommentarar|andre|"
                      r"annet|anna|tillegg|endringer|endringar|spurt|glemt|gløymt|på hjert[ea]t|på hjarta|legge til|leggje til)\b", _FLAGS)
YES_NO_QUESTION = re.compile(r"^(?:er|har|kan|bør|vil|skal|finnes|finst|ser|mener|meiner|synes|synest|trenger|"
                             r"støtter|ønsker|fungerer|bidrar|gir|gjev)\b", _FLAGS)
OPINION = re.compile(
    r"\b(?:bør|burde|må|ønsker|ønskjer|ynskjer|trenger|treng|trengs|trengst|behov|foreslår|føreslår|anbefaler|"
    r"vil (?:gjerne |helst )?ha|går (?:imot|inn for)|er (?:\w+ )?imot|godtas|tilrår|savner|saknar|mangler|manglar|krever|krev|"
    r"støtter|støttar|mener|meiner|synes|synest|uklart?|tydelig|tydeleg|viktig\w*|nødvendig\w*|positivt|bekymre\w*|"
    r"uenig|dårlig|god|godt|gode|bra|fungerer|"
    r"relevant\w*|realistisk\w*|urealistisk\w*|utdatert\w*|prioriter\w*|altfor|(?:for|så(?! langt\b)) (?:mange|få|lite|mye|lang|stor|"
    r"kort|svak|vag|generell|sen|sein|tidlig|tidleg|dyr|høy|høg|lav|låg|tung|nær|tett|trang|smal|vanskelig|vanskeleg)\w*|"
    r"(?:mis)?(?:fornøyd|fornøgd|nøgd)\w*|ikke|ikkje|færre|flere|fleire|enklere|enklare|bedre|betre)\b", _FLAGS)
WISHES_WELL = re.compile(r"\bgod(?:e|t)?\s+(?:riktig\s+)?(?:dag|morgen|morgon|kveld|formiddag|ettermiddag|helg|jul|påske|pinse|sommer|"
                         r"sommar|"
                         r"høst|haust|vinter|vår|nyttår|tur|uke|veke)\b", _FLAGS)
SPEAKS = re.compile(r"\b(?:vi|me|rs|utvalget|utvalet|regionen|kommunen|rådet)\b(?:\s+\S+){0,3}?\s+(?:mener|meiner|"
                    r"ønsker|ønskjer|ynskjer|ber om|savner|saknar|"
                     r"foreslår|føreslår|støtter|støttar|trenger|treng|vurderer|anbefaler|tilrår|"
                     r"etterlyser)\b", _FLAGS)
QUOTE = re.compile(r"^(?:(?:fra|frå|jf\.?|jfr\.?|sitat|i|tiltaket?|målet|hovedmål|hovudmål|delmål|planen|"
                   r"strategien)\b[^«\"“”]{0,70}[:,]?\s*)?[«\"“”][^«»\"“”]{12,}[»\"”“]\.?$", _FLAGS)
TITLE = re.compile(r"\b(?:leder|leiar|nestleder|rådgiver|rådgjevar|koordinator|direktør|sjef|rådmann|ordfører|"
                   r"overlege|sekretær|konsulent|rektor|fagansvarlig|kommunalsjef)\b", _FLAGS)
BARE_TITLE = re.compile(r"^(?:daglig |dagleg |konst\.? |ass\.? )?(?!prosjekt|felles)[a-zæøå]*(?:leder|leiar|rådgiver|rådgjevar|"
                        r"direktør|sjef|sekretær|konsulent|tillitsvalgt|tillitsvald)"
                        r"(?:,? (?:av|for|stab|avdeling)\b[^\d]{0,40})?$", _FLAGS)
ABOUT_MINUTES = re.compile(r"\b(?:møte)?(?:innkalling|saksliste|sakliste|sakslist|saklist|dagsorden|referat|protokoll|møtebok)\w*", _FLAGS)
BACKGROUND_HEADING = re.compile(r"^(?:bakgrunn|om (?:oss|regionen|utvalget|saken|prosessen|arbeidet)|innledning|"
                                r"innleiing|saksgang|saksopplysninger|saksopplysningar|prosess(?:en)? (?:for|bak)|"
                                 r"slik (?:har vi|ble)|deltakere|behandling|fakta|orientering)\b", _FLAGS)
ATTENDING = re.compile(r"^(?:til\s?stede|til stades|tilstede|møtende|desse møtte|disse møtte|deltakere|deltakarar|"
                       r"forfall|meldt forfall|fravær)\s*:?$", _FLAGS)
ANSWER_COLUMN = re.compile(r"^(?:rs\S*\s+)?(?:kommentar|innspill|innspel|merknad|svar|tilbakemelding|vurdering|"
                           r"forslag|synspunkt)", _FLAGS)
PLAN_COLUMN = re.compile(r"^(?:nr|nummer|tiltak|tiltaket|mål|hovedmål|hovudmål|delmål|fokusområde|satsingsområde|"
                         r"status|frist)\b\.?(?:\s+i\s+planen)?$", _FLAGS)
# "Slik er det nå" beside "Slik burde det være": what is, for whoever reads what ought to be.
STATE_COLUMN = re.compile(r"^(?:slik er det(?: i dag| nå| no)?|i dag|(?:dagens )?situasjon(?:en)?(?: i dag| nå)?|n[åo]situasjon(?:en)?"
                          r"|hva (?:skjer|gjøres) i dag|det vi ser|observasjon(?:er|ar)?|status i dag)\W*$", _FLAGS)
WISH_COLUMN = re.compile(r"\b(?:bør|burde|skulle|ønsk\w+|ønskj\w+|vil ha|forslag|framlegg|krav|behov|tiltak|"
                         r"slik vil|endr\w+|forbedr\w+|innspill|innspel)\b", _FLAGS)
MAIL_HEAD = re.compile(r"^(?:fra|frå|from|sendt|sent|dato|date|til|to|kopi|cc|emne|subject)\s*:\s*\S", _FLAGS)
EARLIER_MAIL = re.compile(
    r"^-+\s*(?:opprinnelig|opphavleg|original)\w*\s+(?:melding|message)\s*-*$"
    r"|^(?:den |på )?(?:\w+dag|man|tir|tirs|ons|tor|tors|fre|lør|søn)\.?,?\s.{4,60}\bskr[ei][iv]\w*\b.{0,80}:$", _FLAGS)
NUMBER_COLUMN = re.compile(r"^(?:nr|nummer)\b", _FLAGS)
ADDRESSEE = re.compile(r"^(?:helsefellesskapet|strategisk samarbeidsutvalg|ssu|sekretariatet|til sekretariatet|"
                       r"regionalt samhandlingsutvalg|regionalt samhandlingsutval)\b[^.!?]{0,60}$", _FLAGS)
# "Til styringsgruppa for planen", at the head of a letter
TO_WHOM = re.compile(
    r"^til (?:\w+ ){0,2}?\w*(?:gruppa|gruppen|utvalget|utvalet|styret|rådet|kommunen|sekretariatet|administrasjonen|etaten|kontoret|"
    r"ledelsen|leiinga|formannskapet|kommunestyret|nemnda|ordføreren|ordføraren)(?:(?: for| i| ved) (?:\S+ ){0,3}\S*\w)?$", _FLAGS)
# "13. november", "Nes, første søndag i oktober"
DAY_ALONE = re.compile(
    rf"(?:den\s)?(?:{_WEEKDAY}\s)?\d{{1,2}}\.?\s+{_MONTH}\.?"
    rf"|(?-i:[A-ZÆØÅ])[\w-]+(?:\s[\w-]+){{0,2}},\s(?:den\s)?(?:(?:første|fyrste|andre|tredje|siste)\s)?{_WEEKDAY}(?:en|a)?"
    r"(?:\s(?:før|etter|i)(?:\s\w+){0,2})?\.?", re.IGNORECASE)
# "Det vi mener, kapittel for kapittel", "Kva rådet meiner": a title, and no sentence goes on from it
WHAT_WE_THINK = re.compile(
    r"^(?:dette (?:mener|meiner|synes|synest|svarer|svarar) (?:vi|me):?$|"
    r"(?:det|dette|hva|kva|slik|her er det)\s(?:vi|me|jeg|eg|rådet|styret|utvalget|utvalet|laget|kommunen|klubben|foreningen|foreininga)\s"
    r"(?:(?:ikke|ikkje)\s)?(?:mener|meiner|liker|likar|vil|ønsker|ønskjer|synes|synest|syns|tenker|tenkjer)\b"
    r"(?:(?!\b(?:er|e|at|bør|må|skal)\b)[^.!?;:,]){0,30}(?:,\s(?:kapittel|punkt|spørsmål|tema|avsnitt) (?:for|etter) \w+)?:?$)", _FLAGS)
WHO_THINKS = re.compile(r"(?:(?:hva|kva|ka|dette|det)\s)?(?P<who>.{2,80}?)\s(?:mener|meiner|svarer|svarar|sier|seier):?",
                        _FLAGS)  # above a column
TITLE_LINE = re.compile(r"^(?:(?:felles |revidert |endelig )?(?:innspill|innspel|svar|høringssvar|høyringssvar|"
                        r"høringsuttalelse|høyringsfråsegn|høyringsuttale|uttalelse|fråsegn|tilbakemelding|"
                        r"besvarelse|referat|møtereferat|protokoll)"
                         r"\s+(?:fra|frå|på|til|om|vedr\w*\.?|–|-)\b)(?!.*\b(?:bør|må|er|blir|kan|har|mangler|"
                         r"manglar|ønskes|trengs)\b).{0,140}$", _FLAGS)
# What a letter is about, above its first sentence.
SUBJECT = re.compile(r"^(?:(?:vår|vårt|våre|felles|revidert|foreløpig|endelig|skriftlig)\s+)?(?:vedr(?:ørende|ørande)?\b\.?|angående|"
                     r"ang\.|gjelder|gjeld|sak\b|emne|re:|sv:|vs:|høring\w*|høyring\w*|uttale\w*|fråsegn|innspill|innspel|svar\w*|"
                     r"besvarelse|tilbakemelding\w*|merknad\w*|kommentar\w*|synspunkt\w*|tilsvar|utkast|forslag til|framlegg|"
                     r"gjennomgang|rullering|revisjon|evaluering|regional|kommunal|strategi\w*|\w*plan(?:en)?\b|\w*skjema\b)"
                     r"(?=$|[\s:–-])", _FLAGS)
# A line with a finite verb of wishing or judging is more than a title.
VOICED = re.compile(r"\b(?:bør|må|burde|ønsker|ønskjer|ynskjer|trenger|treng|trengs|trengst|foreslår|føreslår|savner|saknar|mangler|"
                    r"manglar|krever|krev|støtter|støttar|mener|meiner|er|blir|kan|har|fungerer)\b", _FLAGS)
_ANSWERS = (r"(?:svar\w*|innspill\w*|innspel\w*|uttale\w*|fråsegn\w*|høringssvar\w*|høyringssvar\w*|tilbakemelding\w*|merknad\w*|"
            r"kommentar\w*|synspunkt\w*|vurdering\w*|besvarelse\w*|betraktning\w*)")
# Talk about the answer itself: who wrote it, how, on what ground, and that it follows.
ABOUT_ANSWER = re.compile(
    rf"\b(?:brevet|notatet|skrivet|dette|{_ANSWERS})\s+(?:er|ble|blei|vart|har|bygger|byggjer|tar|tek)\s+(?:\w+\s+){{0,2}}?"
    r"(?:skrevet|skrive|skrevne|utarbeid\w*|laget|laga|ført|behandl\w+|handsama|forank\w+|samordn\w+|basert|på|utgangspunkt)\b"
    rf"|\b(?:gir|gjev|avgir|avgjev|kommer|kjem|sender)\s+(?:herved|hermed|med dette|her)\b.{{0,40}}?{_ANSWERS}"
    rf"|\b(?:gir|gjev|avgir|avgjev|gav|ga|avga)\s+(?:slik|slikt|følgende|følgjande)\s+{_ANSWERS}"
    r"|\b(?:drøftet|drøfta|behandlet|behandla|handsama|diskuterte)\s+(?:\w+\s+){0,3}?(?:i|på)\s+(?:\w+\s+)?(?:møte|årsmøte|styremøte)\w*"
    r"|\b(?:konsentrerer|konsentrerar|begrenser|avgrensar|avgrenser)\s+(?:oss|meg|seg|svaret|uttalelsen|innspillet)\b"
    r"|\b(?:hyggelig|hyggeleg|fint|kjekt|artig|flott)\s+(?:for\s+oss\s+)?å\s+(?:bli|verte)\s+(?:spurt|hørt|høyrd)\b|^undertegnede\s+(?:har|er)\b"
    r"|\bher\s+(?:kommer|kjem|kjæm|følger|følgjer)\s+(?:det|noe|noko|litt|våre?|dei|de)\b|\bher\s+(?:er|e)\s+det\s+(?:vi|me|jeg|eg|je|æ)\b"
    r"|\b(?:hadde|tok|har hatt)\s+(?:\w+\s+){0,2}?(?:saken|saka|planen|utkastet|forskrift\w+|strategien|høringen|høyringa|papir\w+)\s+"
    r"(?:oppe|opp|framme|fremme)\s+(?:på|i)\b|\b(?:gikk|gjekk)\s+(?:gjennom|igjennom)\s+(?:\w+\s)?(?:plan|utkast|forskrift|strategi|papir|sak)\w*"
    r"|\bsom\s+følge?r\.?$"
    r"|\b(?:svarer|svarar)\s+(?:rett\s+|direkte\s+)?(?:under|nedenfor|nedanfor|inni|i)\s+(?:spørsmål\w*|skjema\w*|rekkefølg\w*|teksten|de|dei|deres)"
    r"|\bsvar(?:ene|a)\s+(?:følger|følgjer|står)\s+(?:her|under|nedenfor|nedanfor|(?:i )?(?:nummer|rekkefølg|spørsmål|skjema)\w*)"
    r"|\b(?:satt|sett)\s+oss\s+(?:ned\s+)?(?:sammen|saman)\b"
    r"|\b(?:se|sjå)\s+(?:derfor\s+|difor\s+)?bort\s+(?:fra|frå)\s+(?:det\s+(?:første|fyrste|forrige|førre)(?:\s(?:svaret|brevet|skjemaet)\b|\s+og\s+bruk\b|[.!]?$)|"
    r"(?:svaret|brevet|skjemaet)\s(?:av|fra|frå|vi sendte|vi sende)\b)"
    r"|\bskriv(?:er)?\s+(?:nå\s+|no\s+)?på\s+vegne?r?\s+av\s+(?:(?:heile|hele)\s+(?:gjengen|laget|styret|utval\w+)|alle|resten|styret|laget|oss|utval\w+)\b"
    r"|\b(?:dette|svaret|brevet)\s+(?:kommer|kjem|kjæm)\s+(?:\w+\s+){0,3}?(?:før|etter)\s+fristen\b"
    r"|\bresten\s+(?:ligger|ligg|følger|følgjer|kommer|kjem)\s+(?:i|som)\s+vedlegg"
    r"|\bskriv(?:er)?\s+(?:derfor\s+|difor\s+)?(?:ikke|ikkje)\s+så\s+(?:langt|mye|mykje)\b"
    r"|\b(?:her|under|nedenfor|nedanfor)\s+er\s+det\s+(?:vi|me|styret|rådet|utvalget|utvalet|klubben|laget)\s+"
    r"(?:ble|blei|vart|er\s+blitt|er\s+vorte)\s+(?:enige?|einige?|samde?)\s+om\b"
    r"|\bskriv(?:er)?\s+(?:dette|det\b(?! (?:i|inn|at))|her|ned)"
    r"|\b(?:lest|lese|lesi|gått|sett)\s+(?:gjennom|igjennom)\s+(?:\w+\s)?(?:papir|plan|utkast|dokument|strategi|sak|høring|høyring)\w*"
    r"|\b(?:har|hev)\s+(?:vi|me|no|nå)\s+(?:no\s+|nå\s+)?(?:lest|lese)\s+(?:\w+\s){0,3}?\w*(?:program|plan|utkast|dokument|strategi|forslag|framlegg)\w*"
    r"|\bført i pennen\b|\b(?:fremgår|framgår|følger|følgjer|kommer|kjem)\s+(?:det\s+|her\s+|altså\s+)*"
    rf"(?:(?:vår|våre|vårt|noen|nokre|korte|\w+s|samlede|samla|felles)\s+){{1,3}}{_ANSWERS}"
    rf"|\b(?:dette|det)\s+(?:kommer|kjem|kjæm)\s+(?:her\s+)?i tillegg til\s+(?:\w*(?:ark\w*|skjema\w*|brev\w*|notat\w*)|{_ANSWERS})"
    r"|\b(?:kommer|kjem|kjæm)\s+(?:det|dei|de|resten)\s+her\b|\bført\w*\s+pennen\b"
    r"|\b(?:skrevet|skrive|skrivi|notert)\s+(?:ned\s+)?(?:slik|sånn|som)\s+(?:det|dei|de)\s+(?:ble|blei|vart)?\s*(?:sagt|sa|falt|fall)\b"
    r"|\b(?:brevet|svaret|innspillet|innspelet|notatet|dette)\s+(?:gjelder|gjeld)\s+i\s?(?:stedet|staden)\b"
    r"|\b(?:saken|saka|planen)\s+(?:ble|blei|vart)\s+lagt\s+fram\b|\balle\s+(?:hadde|fikk|fekk)\s+ordet\b"
    r"|\b(?:valgte|valde|satte ned|sette ned|oppnevnte|oppnemnde)\s+(?:ei|en|et|eit)\s+(?:\w+\s)?"
    r"(?:nemnd|komité|\w*gruppe|\w*utval\w*)\b", _FLAGS)
FOLLOWS = re.compile(
    rf"^(?:nedenfor|nedanfor|under|her|i det følgende|i det følgjande|vedlagt)\s+(?:følger|følgjer|kommer|kjem|er|finner dere|finn de)\s+"
    rf"(?:\S+\s+){{0,3}}{_ANSWERS}\b", _FLAGS)
GREETS = re.compile(r"^(?:hei(?:sann)?|hallo|god (?:dag|morgen|morgon|kveld|ettermiddag)|kjære|til (?:den|dei|de) (?:som|det))\b", _FLAGS)
THANKS = re.compile(r"^(?:(?:(?!\b(?:nei|ingen)\b)[^,.;:]){0,40}\s)?"
                    r"(?:vil\s+)?(?:takk(?:er|ar|e)?|tusen takk|mange takk)\s+(?:\w+\s+){0,3}?(?:for|til)\b", _FLAGS)
# "Takk for at dere spør, det gjorde dere ikke sist."
THANKS_BUT = re.compile(r",\s(?:det|for det|men)\b[^,;]*\b(?:ikke|ikkje|aldri)\b", _FLAGS)
# For what one thanks without praising anything.
OCCASION = re.compile(r"\b(?:for|til)\s+(?:at (?:dere|de|du|dei|vi|me|eg|jeg)|(?:\w+\s)?(?:anledning\w*|mulighet\w*|"
                      r"moglegheit\w*|høvet?|invitasjon\w*|forespørsel\w*|oversendels\w*|brev\w*|henvendelse\w*|tilliten|"
                      r"ordet|høring\w*|høyring\w*))\b", _FLAGS)
FOR_BEING_HEARD = re.compile(
    r"\bfor\s+(?:å (?:bli|få|verte)|at (?:vi|me|eg|jeg)|"
    r"(?:\w+\s)?(?:anledning\w*|mulighet\w*|moglegheit\w*|høvet?|invitasjon\w*|tilliten))\s+"
    r"(?:\w+\s+){0,3}?(?:uttale|svar\w*|hørt|høyrd|spurt|innspill|innspel|meine|mene|komme|kome|fikk|fekk|får)\b", _FLAGS)
_COUNT = (r"(?:\d[\d ]*|\b(?:to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten|"
          r"tjue|tretti|førti|femti|seksti|sytti|åtti|nitti|hundre|tusen)\b)")
# What somebody is, counted: "X er en kommune med 4 000 innbyggere".
FACTS = re.compile(
    r"\b(?:er|e|æ|har|bor|bur|bodde|budde|består av|omfatter|omfattar|dekker|dekkjer|"
    r"teller|tel|representerer|representerar|organiserer|organiserar|betjener|"
    r"drifter|driv|driver)\b[^.;]{0,60}"
    rf"{_COUNT}\s*"
    r"(?:\w+\s+){0,2}?(?:\w*bedrifter|\w*verksemder|hytte\w*|innbygg\w+|ansatte|tilsette|tilsatte|medlem\w*|elev\w*|årsverk|senge\w*|kommun\w+|bedrift\w*|verksemd\w*|"
    r"menneske\w*|foreldre|famili\w+|husstand\w*|hushald\w*|gård\w*|gard\w*|"
    r"avdeling\w*|pasient\w*|studen\w+|lag\b|leger|legar|skol\w+|skul\w+|barnehag\w+|frivillige|representant\w*|personer|personar)"
    r"|^(?:\S+\s+){1,5}?(?:representerer|representerar|organiserer|organiserar|består av|består no av)\s+(?:om lag |ca\. |rundt |over )?"
    rf"{_COUNT}", _FLAGS)
# A cell that holds a number only, which no question asked for.
NUMBER = re.compile(r"^\(?[+-]?\d{1,3}(?:[.,]\d{1,2})?\s?%?\)?\.?$")
ASKS_A_NUMBER = re.compile(r"\b(?:hvor (?:mange|mye|stor|lang|ofte)|kor (?:mange|mykje|stor|lang|ofte)|antall|talet på|når|"
                           r"hvilket år|kva år|"
                           r"pris|kostnad\w*|hvilken karakter|skala)\b", _FLAGS)
WISH = re.compile(r"\b(?:bør|må|burde|vil (?:gjerne |helst )?ha(?! (?:sagt|nevnt|med dette|fram|frem))|går (?:imot|inn for)|"
                  r"ønsk\w+|ønskj\w+|ynskj\w+|trenger|treng|trengs|trengst|foreslår|føreslår|anbefaler|"
                  r"tilrår|savn\w+|sakn\w+|mangl\w+|krev\w*|ber\b|men|likevel|samtidig|dessverre|diverre)", _FLAGS)
