"""The review page as a person uses it, in real headless Chromium: filter, correct, save, run again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.model import Earlier, Finding, Register
from pipeline.review import corrections
from pipeline.writers import gjennomgang
from tests.chromium import Browser, program
from tests.writers import sample_result

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"

ONE_ANSWER = Register(answered=("RS Fjell",), missing=sample_result.BODIES[1:])

pytestmark = pytest.mark.skipif(program() is None, reason="Chromium is not installed: apt install chromium")


@pytest.fixture(scope="module")
def browser():
    with Browser() as started:
        yield started


@pytest.fixture
def shown(browser, tmp_path):
    """Opens the page of a case; keywords replace fields of the sample's ``CaseResult``."""
    opened = []

    def show(**changes):
        file = tmp_path / "gjennomgang.html"
        file.write_bytes(gjennomgang.render(sample_result.result(**changes), TEMPLATES))
        opened.append(browser.page(file))
        return opened[-1]

    yield show
    for page in opened:
        page.close()


def saved(page, tmp_path) -> corrections.Corrections:
    """What the page saves, as the next run would read it."""
    file = tmp_path / corrections.NAME
    file.write_text(page.save(), encoding="utf-8")
    return corrections.load(file)


def reference(ident: str) -> corrections.Reference:
    source, text = next((source, line[4]) for source, (_, _, lines) in sample_result.ANSWERS.items()
                        for line in lines if line[0] == ident)
    return corrections.Reference(source=source, text=text)


def test_page_runs_under_its_own_policy_and_asks_for_nothing(shown):
    """No error, no violation of the content security policy, no request but for the file itself."""
    page = shown()
    assert page.js("document.getElementById('shown').textContent") == "14 utsagn vises (14 innspill i alt)"
    assert page.events("Runtime.exceptionThrown") == []
    assert page.events("Log.entryAdded") == []
    assert {r["request"]["url"].split(":")[0] for r in page.events("Network.requestWillBeSent")} == {"file"}


def test_policy_stops_foreign_script_and_style(shown):
    """A script or a style that is put into the page does not run: the policy names the page's own by hash."""
    page = shown()
    page.js("""(() => { const s = document.createElement('script'); s.textContent = 'window.intruder = 1';
        document.body.append(s); document.querySelector('h1').setAttribute('style', 'color: red'); })()""")
    assert page.js("window.intruder === undefined") is True
    assert page.js("getComputedStyle(document.querySelector('h1')).color") != "rgb(255, 0, 0)"


def test_filters_narrow_the_list_together(shown):
    """Search, sender and theme hold together; the count is told, and nullstill brings everything back."""
    page = shown()
    page.choose("#b", "RS Fjell")
    assert page.visible() == ["s01", "s02", "s03", "s04", "s05"]
    page.choose("#t", "layout")
    assert page.visible() == ["s01", "s02"]
    page.choose("#q", "EGET nummer")
    assert page.visible() == ["s02"]
    assert page.js("document.getElementById('shown').textContent").startswith("1 utsagn vises")
    page.click("#reset")
    assert len(page.visible()) == 14


def test_cell_of_the_table_shows_its_statements(shown):
    """A number in the theme × body table leads to the statements that it counts."""
    page = shown()
    page.js("document.querySelector('#tabell ~ div a[data-theme=money][data-body=\"RS Kyst\"]').dispatchEvent("
            "new MouseEvent('click', {bubbles: true, cancelable: true}))")
    assert set(page.visible()) == {"s13", "s14"}


def test_link_to_a_hidden_statement_shows_it(shown):
    """Evidence leads to its statement also when a filter has hidden it."""
    page = shown()
    page.choose("#b", "RS Fjord")
    page.click("#p01 a[href='#s02']")
    assert "s02" in page.visible()


def test_theme_is_changed_and_saved(shown, tmp_path):
    """A theme chosen in the list, "ikke et innspill" and "temaet stemmer" come out as corrections the run can read."""
    unsure = [replace(s, needs_review=s.id == "s05", review_reason="Usikkert tema." if s.id == "s05" else "")
              for s in sample_result.result().statements]
    page = shown(statements=tuple(unsure))
    assert page.visible()[0] == "s05"
    page.choose("#s03 select.theme", "money")
    page.choose("#s14 select.theme", "none")
    page.click("#s05 button.ok")
    made = saved(page, tmp_path)
    assert set(made.statements) == {
        corrections.StatementCorrection(statement=reference("s03"), theme="money"),
        corrections.StatementCorrection(statement=reference("s14"), substance=False),
        corrections.StatementCorrection(statement=reference("s05"), theme="money")}
    page.choose("#r", "fixed")
    assert page.visible() == ["s05", "s14", "s03"]


def test_choosing_the_theme_it_had_takes_the_correction_back(shown, tmp_path):
    """The first choice of the list is the theme as it was: choosing it again leaves no correction."""
    page = shown()
    page.choose("#s03 select.theme", "money")
    page.choose("#s03 select.theme", "")
    assert len(saved(page, tmp_path)) == 0


def test_equal_texts_of_one_file_are_told_apart(shown, tmp_path):
    """The second "Nei." of a file is corrected, not the first."""
    document, statements = sample_result.answer(
        "svar.docx", ("RS Fjell",), "nb", [("a1", "1a", "layout", "substance", "Nei."), ("a2", "2b", "money", "substance", "Nei.")])
    page = shown(documents=(document,), statements=statements, points=(), register=ONE_ANSWER)
    page.choose("#a2 select.theme", "duty")
    made = saved(page, tmp_path)
    decided = corrections.decide(made, statements, sample_result.settings())
    assert list(decided.statements) == ["a2"]


def test_statements_are_said_to_be_the_same(shown, tmp_path):
    """Two ticked statements of different points become one group; the buttons wait until two are ticked."""
    page = shown()
    assert page.js("document.getElementById('bar').hidden") is True
    page.click("#s05 input.pick")
    assert page.js("document.getElementById('same').disabled") is True
    page.click("#p08 input.pick")
    page.click("#same")
    assert saved(page, tmp_path).together == ((reference("s05"), reference("s13")),)
    assert page.js("document.querySelectorAll('input.pick:checked').length") == 0


def test_statement_is_split_from_its_point(shown, tmp_path):
    """"Skill ut" sets the ticked statement apart from the rest of the point, and undoes that they were the same."""
    page = shown()
    page.click("#p01 input.pick-all")
    page.click("#same")
    page.click("#p01 [data-id=s11]")
    page.click("#out")
    made = saved(page, tmp_path)
    assert {frozenset(pair) for pair in made.apart} == {
        frozenset({reference("s11"), reference("s02")}), frozenset({reference("s11"), reference("s07")})}
    assert made.together == ((reference("s02"), reference("s07")),)


def test_statements_are_said_to_differ(shown, tmp_path):
    """"Sier ikke det samme" sets the ticked statements apart from each other."""
    page = shown()
    page.click("#p01 [data-id=s02]")
    page.click("#p01 [data-id=s07]")
    page.click("#differ")
    assert saved(page, tmp_path).apart == ((reference("s02"), reference("s07")),)


def test_two_points_are_joined_or_kept_apart_with_one_press(shown, tmp_path):
    """The page's own question is answered by a button: all statements of both become one group, or the points are set apart; again undoes."""
    points = {p.id: p for p in sample_result.result().points}
    first, second = points["p01"], points["p08"]
    asking = tuple(replace(p, similar_to=("p08",)) if p is first else p for p in points.values())
    page = shown(points=asking)
    page.click("#p01 .ask .yes")
    (group,) = saved(page, tmp_path).together
    assert set(group) == {reference(i) for i in (*first.statement_ids, *second.statement_ids)}
    page.click("#p01 .ask .no")
    made = saved(page, tmp_path)
    assert made.together == () and [{r.text for r in pair} for pair in made.apart] == [
        {reference(first.statement_ids[0]).text, reference(second.statement_ids[0]).text}]
    assert page.js("document.querySelector('#p01 .ask .no').getAttribute('aria-pressed')") == "true"
    page.click("#p01 .ask .no")
    assert len(saved(page, tmp_path)) == 0


def test_file_is_given_another_sender(shown, tmp_path):
    """Type and senders of a file can be put right; what is left as it was is not written."""
    page = shown()
    page.js("document.querySelector('tr[data-file=\"strategi.pdf\"] details').open = true")
    page.js("new Promise(done => setTimeout(done, 0))")
    page.choose('tr[data-file="strategi.pdf"] .fix select', "svar")
    page.click('tr[data-file="strategi.pdf"] .fix input[value="RS Slette"]')
    assert saved(page, tmp_path).files == (
        corrections.FileCorrection(path="strategi.pdf", kind="answer", bodies=("RS Slette",)),)


def test_corrections_in_force_are_shown_kept_and_undone(shown, tmp_path):
    """What is in force is listed and saved again with the new; undone, it is left out."""
    force = corrections.Corrections(
        statements=(corrections.StatementCorrection(statement=reference("s01"), theme="layout"),
                    corrections.StatementCorrection(statement=reference("s04"), substance=False)),
        files=(corrections.FileCorrection(path="strategi.pdf", kind="unknown"),))
    page = shown(corrections=force)
    assert page.js("document.querySelectorAll('#fixes li').length") == 3
    assert page.js("document.querySelector('#s01 .fixed').textContent") == "rettet"
    page.choose("#s02 select.theme", "duty")
    page.click("#fixes li:nth-child(2) button")
    made = saved(page, tmp_path)
    assert [c.statement for c in made.statements] == [reference("s01"), reference("s02")]
    assert made.files == force.files


def test_saved_file_is_fetched_back(shown, tmp_path):
    """Corrections saved earlier are fetched into the page and saved along; a file of another kind is refused in words."""
    earlier = corrections.Corrections(
        statements=(corrections.StatementCorrection(statement=reference("s09"), theme="money"),))
    file = tmp_path / "rettelser (1).json"
    file.write_text(json.dumps(earlier.values()), encoding="utf-8")
    other = tmp_path / "annet.json"
    other.write_text('{"navn": "noe"}', encoding="utf-8")
    page = shown()

    def give(path):
        page.call("DOM.getDocument")
        node = page.call("Runtime.evaluate", expression="document.getElementById('file')")["result"]["objectId"]
        page.call("DOM.setFileInputFiles", files=[str(path)], objectId=node)

    page.choose("#s01 select.theme", "duty")
    give(other)
    page.js("new Promise(done => { const look = () => document.getElementById('state').textContent.includes('ikke hentes inn')"
            " ? done() : setTimeout(look, 10); look(); })")
    give(file)
    page.js("new Promise(done => { const look = () => document.querySelectorAll('#fixes li').length === 2 ? done()"
            " : setTimeout(look, 10); look(); })")
    assert {c.statement for c in saved(page, tmp_path).statements} == {reference("s01"), reference("s09")}


def test_respondents_words_are_only_ever_text(shown, tmp_path):
    """Markup, script and direction marks in an answer are shown and saved as written, and do nothing."""
    nasty = ["<img src=x onerror='window.intruder=1'>Merk & <b>dette</b>", "</script><script>window.intruder=1</script>",
             "{{ 7 * 7 }} {% raw %} \u202eabc \u2066def", "\"'><select class=theme>"]
    document, statements = sample_result.answer(
        "svar <i>.docx", ("RS Fjell",), "nb", [(f"n{i}", None, "layout", "substance", t) for i, t in enumerate(nasty)])
    point = replace(sample_result.POINTS[0], id="p", text=nasty[1], bodies=("RS Fjell",), quantifier="RS Fjell",
                    statement_ids=("n1",))
    findings = (Finding(kind="x", message="<b>Funn</b> </script>", source="svar <i>.docx"),)
    force = corrections.Corrections(statements=tuple(corrections.StatementCorrection(
        statement=corrections.Reference(source=s.source, text=s.text), theme="duty") for s in statements))
    page = shown(documents=(document,), statements=statements, points=(point,), findings=findings, corrections=force,
                 register=ONE_ANSWER)
    assert page.js("[...document.querySelectorAll('#list .t')].map(e => e.textContent)") == nasty
    assert page.js("document.querySelectorAll('img, main b, main i, #list script').length") == 0
    assert page.js("window.intruder === undefined") is True
    assert page.js("document.querySelectorAll('select.theme').length") == 4
    assert saved(page, tmp_path) == force


def test_everything_can_be_named_and_reached(shown):
    """Every control has a name for the screen reader, every list a label; the first stop of the tab key skips the menu."""
    page = shown(earlier=Earlier(made=date(2026, 1, 1)), findings=(Finding(kind="late", message="Sent svar."),))
    page.js("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    tree = page.call("Accessibility.getFullAXTree")["nodes"]
    controls = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "DisclosureTriangle"}
    seen = [n for n in tree if not n.get("ignored") and n.get("role", {}).get("value") in controls]
    assert {"button", "link", "searchbox", "combobox", "checkbox"} <= {n["role"]["value"] for n in seen}
    assert [n for n in seen if not n.get("name", {}).get("value", "").strip()] == []
    page.key("Tab", 9)
    assert page.js("document.activeElement.className") == "skip"
    page.key("Enter", 13, "\r")
    assert page.js("document.activeElement.id") == "innhold"
    assert page.js("document.getElementById('live').getAttribute('aria-live')") == "polite"
    levels = page.js("[...document.querySelectorAll('h1, h2, h3')].map(h => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_theme_is_changed_with_the_keyboard_alone(shown, tmp_path):
    """Focus on the list and an arrow key: the choice is noted and told."""
    page = shown()
    page.js("document.querySelector('#s03 select.theme').focus()")
    page.key("ArrowDown", 40)
    made = saved(page, tmp_path)
    assert [(c.statement, c.theme) for c in made.statements] == [(reference("s03"), "layout")]
    page.js("new Promise(done => setTimeout(done, 60))")


def test_paper_has_the_content_and_none_of_the_tools(shown):
    """Printed, the page drops menu, filters and buttons, and keeps statements, points and their evidence."""
    page = shown()
    page.js("dispatchEvent(new Event('beforeprint'))")
    page.call("Emulation.setEmulatedMedia", media="print")
    assert page.js("['nav', '.tools', 'button', '#bar', 'input.pick'].filter(q => document.querySelector(q).checkVisibility())") == []
    assert len(page.visible()) == 14
    assert page.js("document.querySelector('#p01 .evidence').checkVisibility()") is True


# --- the whole round ----------------------------------------------------------------------------------------------

CASE = """
[case]
title = "Rullering av planen"
[[bodies]]
name = "RS Nordbygda"
aliases = ["Nordbygda"]
[[bodies]]
name = "RS Sørbygda"
aliases = ["Sørbygda"]
[[themes]]
key = "clarity"
title = "Klarhet"
description = "Om planen er enkel å lese og forstå"
[[themes]]
key = "travel"
title = "Reise"
description = "Avstander, transport og reisetid"
"""
ANSWERS = {
    "nord.txt": "Innspill fra RS Nordbygda\n\nPlanen bør skrives i et enklere språk.\n\nReisetiden til sykehuset er for lang for de "
                "eldste.\n",
    "sør.txt": "Innspill fra RS Sørbygda\n\nSpråket i planen bør gjøres enklere.\n\nVi ønsker oss en felles møteplass for lederne.\n",
}


def run(house: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "pipeline", "run"], cwd=house, capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0, done.stderr


def data(house: Path, name: str) -> list[dict]:
    text = (house / "outputs" / "rullering" / "data" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_what_is_corrected_on_the_page_is_in_the_next_draft(browser, tmp_path):
    """Filter, change a theme, split a point, save, drop the file into the case, run again: the next draft has it."""
    folder = tmp_path / "inputs" / "rullering"
    folder.mkdir(parents=True)
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    (tmp_path / "templates").symlink_to(TEMPLATES)
    (folder / "case.toml").write_text(CASE, encoding="utf-8")
    for name, text in ANSWERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    run(tmp_path)
    html = tmp_path / "outputs" / "rullering" / "gjennomgang.html"
    before = {s["text"]: s for s in data(tmp_path, "statements.jsonl")}
    moved, other = before["Vi ønsker oss en felles møteplass for lederne."], before["Reisetiden til sykehuset er for lang for de eldste."]
    plain, simple = before["Planen bør skrives i et enklere språk."], before["Språket i planen bør gjøres enklere."]
    assert [set(p["bodies"]) for p in data(tmp_path, "points.jsonl") if plain["id"] in p["statement_ids"]] == [
        {"RS Nordbygda", "RS Sørbygda"}]

    page = browser.page(html)
    page.choose("#q", "møteplass")
    assert page.visible() == [moved["id"]]
    wanted = "travel" if moved["theme"] != "travel" else "clarity"
    page.choose(f"#{moved['id']} select.theme", wanted)
    page.click("#reset")
    page.choose(f"#{other['id']} select.theme", "none")
    page.click(f"#{plain['id']} input.pick")
    page.click(f"#{simple['id']} input.pick")
    page.click("#differ")
    (folder / corrections.NAME).write_text(page.save(), encoding="utf-8")
    page.close()
    run(tmp_path)

    after = {s["text"]: s for s in data(tmp_path, "statements.jsonl")}
    now = after[moved["text"]]
    assert (now["theme"], now["confidence"], now["needs_review"]) == (wanted, 1.0, False)
    assert (after[other["text"]]["type"], after[other["text"]]["theme"]) == ("noise", "none")
    points = data(tmp_path, "points.jsonl")
    assert [p["theme"] for p in points if now["id"] in p["statement_ids"]] == [wanted]
    assert not any(other["id"] in p["statement_ids"] for p in points)
    assert not any({plain["id"], simple["id"]} <= set(p["statement_ids"]) for p in points)
    page = browser.page(html)
    assert page.js("document.querySelectorAll('#fixes li').length") == 3
    assert page.js(f"document.querySelector('#{now['id']} .fixed').textContent") == "rettet"
    assert "borte" in page.js("document.querySelector('section[aria-labelledby=nytt]').textContent")
    page.close()
