"""Norwegian abbreviations written with a full stop, bokmål and nynorsk, for the sentence splitter.

Two kinds: those that always lead on to something ("jf.", "nr.", "bl.a.") never end a sentence; those
that round off a list ("osv.", "m.fl.") end one when a capital follows. After Språkrådet's list of
abbreviations (https://sprakradet.no/skriveregler/forkortinger/) and forms met in municipal documents,
also the many that drop inner dots ("ifm.", "mht.", "ila."). Abbreviations that are also ordinary words
("alt.", "man.", "reg.", "post.") are left out: they would swallow the sentence ends after those words.
"""

from __future__ import annotations

_LEADING_ON = """
ad. adm. adm.dir. ang. anm. art. avd. avd.dir. avs. bl.a. bla. bnr. b.nr. ca. cand. dir. dr. dvs. d.v.s. e.g. eig. eks.
ekskl. ev. evt. f.eks. feks. f.o.m. fom. fhv. fig. fv. forf. gl. gnr. g.nr. hhv. h.h.v. hr. i.a. i.e. iflg. ifg. i.f.m.
ifm. i.f.t. ift. ifht. ifb. ifbm. i.h.h.t. i.h.t. ihht. iht. i.l.a. ila. i.m.o. imo. i.s.f. isf. i.st.f. istf. inkl. innst.
jamf. jf. jfr. jmf. kap. kgl. kl. komm.dir. kom.dir. konst. kr. lnr. l.nr. m.a. m.a.o. mao. m.h.t. mht. m.o.t. m.t.p. mtp. maks. medl.
meld.st. nr. nto. bto. okt. obs. offl. ot.prp. p.a. p.g.a. pga. pgr.a. p.gr.a. pkt. pr. prof. prop. prp. pst.nr. ref. repr. resp.
rundskr. rådg. saksbeh. saksnr. sbh. sekr. sml. snr. spm. spørsm. spsm. st. st.meld. std. s.k. såk. t.d. t.eks. t.o.m.
tab. tel. tf. tlf. tidl. tilsv. u.a. underavd. utg. v. vedk. vedl. vedr. v.h.a. vha. vurd. overl. komm.overl. ø. gj.sn. gjsn.
jan. feb. febr. mar. apr. aug. sept. sep. nov. des. nåv. mots. bd. org.nr. orgnr. tlf.nr. mob. kto. kto.nr. postnr. f.t. fp. fr.o.m.
tirs. ons. tor. tors. fre. lør. søn.
"""
LEADING_ON = frozenset(_LEADING_ON.split())
"""Never the end of a sentence, whatever follows."""

_CLOSING = """
osv. o.s.v. o.l. ol. o.lign. e.l. e.lign. el.l. m.m. mm. m.v. mv. m.fl. mfl. o.a. oa. o.fl. o.m.a. etc. ff. flg. p.t. d.d.
d.å. s.å. d.m. pst. stk. mill. mrd. m.o.h. moh. e.m. f.m. o.d. f.kr. e.kr. s.a. s.d. u.å. vgs. i.k. m.a.m. bl.a.m.
att. tom.
"""
CLOSING = frozenset(_CLOSING.split())
"""May round off a sentence: they do when a capital letter follows. "Att" and "tom" are words too, and end many a sentence."""
