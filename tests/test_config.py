"""config.toml and case.toml become settings, or an error that a non-programmer can act on."""

from datetime import date
from pathlib import Path

import pytest

from pipeline import config
from pipeline.errors import ConfigError

ROOT = Path(__file__).parent.parent


def load(tmp_path, case_text, base_text=None):
    base = ROOT / "config.toml"
    if base_text is not None:
        base = tmp_path / "config.toml"
        base.write_text(base_text, encoding="utf-8")
    case = tmp_path / "case.toml"
    case.write_text(case_text, encoding="utf-8")
    return config.load(base, case)


def test_the_shipped_config_is_valid():
    """config.toml holds the questionnaire, the themes and the bodies of the first user."""
    settings = config.load(ROOT / "config.toml")
    assert (len(settings.bodies), len(settings.themes), len(settings.questions)) == (4, 7, 12)


def test_a_list_in_case_toml_replaces_the_list_of_config_toml(tmp_path):
    """Bodies of the case replace, they do not add to, the standard ones."""
    settings = load(tmp_path, '[[bodies]]\nname = "Bydel Nord"\n')
    assert settings.body_names() == ("Bydel Nord",)
    assert len(settings.themes) == 7


def test_a_table_in_case_toml_overrides_key_by_key(tmp_path):
    """Other keys of the same table keep the values of config.toml."""
    settings = load(tmp_path, '[case]\nnumber = "36/2025"\nmeeting_date = 2025-11-14\n')
    assert settings.case.number == "36/2025"
    assert settings.case.meeting_date == date(2025, 11, 14)
    assert settings.case.organisation == "Helsefellesskapet Agder"


def test_a_question_takes_one_theme_or_several(tmp_path):
    """``theme`` is a key or a list of keys."""
    text = '[[questions]]\nnumber="1"\ntext="Hva?"\ntheme="format"\n[[questions]]\nnumber="2"\ntext="Hvem?"\ntheme=["format","process"]\n'
    assert [q.themes for q in load(tmp_path, text).questions] == [("format",), ("format", "process")]


def test_own_themes_without_own_questions_leave_the_standard_questions_out(tmp_path):
    """A case with themes of its own is ordinary also when it asks no questions."""
    settings = load(tmp_path, '[[themes]]\nkey = "veg"\ntitle = "Veg"\n')
    assert (len(settings.themes), settings.questions) == (1, ())
    kept = load(tmp_path, '[[themes]]\nkey = "format"\ntitle = "Format"\n')
    assert {q.number for q in kept.questions} == {"1a", "1b"}


def test_files_take_a_body_or_several(tmp_path):
    """A correction gives a file its kind and its body or bodies."""
    settings = load(tmp_path, '[files]\n"a.pdf" = { kind = "answer", body = "RS Lister" }\n'
                              '"b.pdf" = { body = ["RS Lister", "RS Setesdal"] }\n')
    assert settings.files[0].path == "a.pdf"
    assert settings.files[0].kind == "answer"
    assert settings.files[1].bodies == ("RS Lister", "RS Setesdal")


@pytest.mark.parametrize(("text", "words"), [
    ("[case]\ntitel = 'x'\n", ("ukjent nøkkel «titel»", "«title»")),
    ("[[body]]\nname = 'x'\n", ("ukjent nøkkel «body»", "«bodies»")),
    ("[case]\nnumber = 36\n", ("case.number", "tekst i hermetegn")),
    ("[[bodies]]\naliases = ['x']\n", ("bodies[1]", "«name»")),
    ("[[questions]]\nnumber='1'\ntext='x'\ntheme='formatt'\n", ("«formatt»", "«format»")),
    ("[case]\ntype = 'drøfting'\n", ("drøftingssak",)),
    ("[files]\n'a.pdf' = { body = 'RS Listre' }\n", ("RS Listre", "«RS Lister»")),
    ("[files]\n'a.pdf' = { kind = 'answr' }\n", ("«answer»",)),
    ("[files]\n'a.pdf' = 'svar'\n", ("en tabell",)),
    ("[[themes]]\nkey='none'\ntitle='x'\n", ("reservert",)),
    ("[[bodies]]\nname='A'\n[[bodies]]\nname='A'\n", ("«A» står to ganger",)),
    ("[quantifiers]\nall = 'Alle {antall}'\n", ("quantifiers.all", "plassholder")),
    ("[limits]\npages = -1\n", ("limits.pages",)),
    ("[case\n", ("skrivefeil",)),
])
def test_a_fault_names_file_key_and_remedy(tmp_path, text, words):
    """Every fault is a ConfigError in Norwegian that names the file and what to write instead."""
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    assert "case.toml" in message
    for word in words:
        assert word in message
    assert caught.value.exit_code == 3


def test_a_missing_config_file_is_an_error(tmp_path):
    """A path given with --config must exist; a case.toml need not."""
    with pytest.raises(ConfigError, match="Fant ikke"):
        config.load(tmp_path / "nei.toml")


def test_the_fingerprint_changes_with_any_setting(tmp_path):
    """A run without news is recognised by it, so it must see every change."""
    one = load(tmp_path, "")
    two = load(tmp_path, '[quantifiers]\nall = "Samtlige {noun}"\n')
    assert one.fingerprint() != two.fingerprint()
    assert one.fingerprint() == load(tmp_path, "").fingerprint()


def test_a_nynorsk_case_has_its_own_wording(tmp_path):
    """The nynorsk words of config.toml hold in a nynorsk case; words that the case itself gives come before them."""
    house = tmp_path / "config.toml"
    house.write_text('[quantifiers]\nnoun = "RS"\nnoun_definite = "RS-ene"\nmost = "De fleste {noun}"\n'
                     '[quantifiers.nynorsk]\nnoun_definite = "RS-ane"\nmost = "Dei fleste {noun}"\n', encoding="utf-8")
    case = tmp_path / "case.toml"
    assert config.load(house).quantifiers.noun_definite == "RS-ene"
    case.write_text('[documents]\ntemplate = "saksfremlegg-nynorsk.docx"\n', encoding="utf-8")
    wording = config.load(house, case).quantifiers
    assert (wording.noun, wording.noun_definite, wording.most) == ("RS", "RS-ane", "Dei fleste {noun}")
    case.write_text('[documents]\nlanguage = "nynorsk"\n[quantifiers]\nnoun = "lag"\nnoun_definite = "laga"\n', encoding="utf-8")
    wording = config.load(house, case).quantifiers
    assert (wording.noun, wording.noun_definite, wording.most) == ("lag", "laga", "Dei fleste {noun}")
    case.write_text('[documents]\nlanguage = "nynorks"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="nynorsk"):
        config.load(house, case)
    case.write_text('[quantifiers.nynorsk]\nmst = "x"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="most"):
        config.load(house, case)
