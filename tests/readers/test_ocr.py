"""Pictures of pages before and after Tesseract; none of these needs it."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.readers import _ocr


def page(lines: int = 30) -> Image.Image:
    """A page of grey bars where lines of text would be, with a full stop after each."""
    picture = Image.new("L", (1600, 2200), 255)
    draw = ImageDraw.Draw(picture)
    for n in range(lines):
        y = 150 + 60 * n
        draw.rectangle((150, y, 1300 - 11 * (n % 7), y + 22), fill=40)
        draw.rectangle((1320, y + 18, 1323, y + 21), fill=40)
    return picture


def test_specks_go_and_full_stops_stay():
    """Dust is taken off a dusty page; the smallest signs of its text are not."""
    chance, dusty = random.Random(1), page()
    dots = dusty.load()
    for _ in range(3000):
        dots[chance.randrange(1600), chance.randrange(2200)] = chance.randrange(100)
    cleaned = np.asarray(_ocr.without_dust(dusty))
    assert (cleaned[:140] > 200).all()
    assert (cleaned[168:172, 1320:1324] < 128).all()


def test_a_clean_page_is_left_as_it_is():
    """A page without dust that lies straight is the same picture, dot for dot."""
    clean = page()
    assert _ocr.without_dust(clean) is clean
    assert _ocr.straightened(clean) is clean


@pytest.mark.parametrize("angle", [-2.2, -0.8, 0.6, 1.5])
def test_a_page_askew_is_turned_level(angle):
    """Whichever way it lies, to within a quarter of a degree."""
    level = np.asarray(_ocr.straightened(page().rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)))
    dark = (level < 128).any(axis=1)
    assert 0.2 < dark.mean() < 0.45  # bars apart; of the page askew nearly every row is dark


def test_a_blank_page_is_left_as_it_is():
    """A page without lines has no direction."""
    blank = Image.new("L", (600, 800), 255)
    assert _ocr.straightened(blank) is blank


@pytest.mark.parametrize(("words", "text"), [
    (("e", "Færre", "tiltak"), "\u2022 Færre tiltak"), (("«", "Kortere", "frister"), "\u2022 Kortere frister"),
    (("e", "de", "samme"), "e de samme"), (("o",), "o"),
])
def test_what_was_a_round_bullet_is_one_again(words, text):
    """Tesseract reads bullets as letters; before a capital letter no single letter of these is a word."""
    found = [{"text": w, "left": "10", "top": "10", "width": "20", "height": "20"} for w in words]
    assert _ocr._line(found, 1, 1.0, 0).text == text
