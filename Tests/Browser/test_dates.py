"""Days as they are typed into the page: what it reads is what the command reads."""

import datetime
import json
import random
import re

import pytest
from batches import batch, row, write_common, write_list
from playwright.sync_api import expect

FIRST, LAST = datetime.date(1868, 10, 23), datetime.date(2099, 12, 31)
ERAS = [
    ("令和", "R", datetime.date(2019, 5, 1)), ("平成", "H", datetime.date(1989, 1, 8)), ("昭和", "S", datetime.date(1926, 12, 25)),
    ("大正", "T", datetime.date(1912, 7, 30)), ("明治", "M", FIRST),
]
EDGES = [first + datetime.timedelta(days) for _, _, first in ERAS for days in (-1, 0, 1) if first + datetime.timedelta(days) >= FIRST]
WIDE = str.maketrans("0123456789./", "０１２３４５６７８９．／")


def kanji(number):
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else "一二三四五六七八九"[tens - 1] + "十") + ("" if ones == 0 else "一二三四五六七八九"[ones - 1])


def spellings(day):
    name, letter, first = next(era for era in ERAS if day >= era[2])
    year = day.year - first.year + 1
    weekday = "月火水木金土日"[day.weekday()]
    y, m, d = year, day.month, day.day
    yield from [
        f"{name}{y}年{m}月{d}日", f"{name}{'元' if y == 1 else y}年{m}月{d}日（{weekday}）", f"{name}{kanji(y)}年{kanji(m)}月{kanji(d)}日",
        f"{name}{y}年{m}月{d}日".translate(WIDE), f"{letter}{y}.{m}.{d}", f"{letter.lower()}{y:02}/{m:02}/{d:02}".translate(WIDE), f"{name[0]}{y}.{m}.{d}",
        f"{day.year}/{m}/{d}", f"{day.year}.{m:02}.{d:02}", f"{day:%Y%m%d}", f"{day.year}年{m}月{d}日{weekday}曜日", day.isoformat(), f" 西暦{day.year}年{m}月{d}日 ",
    ]


def opened(open_page):
    """A page that has its edition, and with it the eras."""
    page = open_page().page
    expect(page).to_have_title(re.compile("｜書類一式$"))
    return page


@pytest.fixture(scope="module")
def days():
    chance = random.Random(20220401)
    return EDGES + [FIRST + datetime.timedelta(chance.randrange((LAST - FIRST).days)) for _ in range(60)]


def test_every_spelling_of_a_day(open_page, days):
    """Read, told in its era or without one and read again, it is the same day."""
    found = opened(open_page).evaluate(
        """async (texts) => {
          const { inEra, iso, joined, read, toEra } = await import("./assets/model/dates.js");
          return texts.map((text) => {
            const parts = read(text);
            if (!parts) return null;
            const others = [inEra(parts).era, "西暦"].map((name) => toEra(parts, name));
            return [...new Set([parts, inEra(parts), ...others].map((one) => iso(read(joined(one, false)), false)))];
          });
        }""",
        [text for day in days for text in spellings(day)],
    )
    expected = [(text, day.isoformat()) for day in days for text in spellings(day)]
    assert [(text, day, result) for (text, day), result in zip(expected, found) if result != [day]] == []


WRONG = [
    "令和4年2月29日", "2021-02-29", "R4.13.1", "令和元年4月30日", "R0.5.1", "令和４年４月１日（土）", "22/4/1", "令和20220401",
    "4月1日", "令和4年4月", "午前9時", "来年度", "2022-4/1", "令和4年4月1日頃",
]
TIMES = {
    "2022-04-11T10:00": "10:00", "令和4年4月11日午後1時30分": "13:30", "R4.4.11 9:05": "09:05", "令和４年４月１１日正午": "12:00",
    "2022/4/11 午前0時": "00:00", "令和4年4月11日13時半": "13:30", "R4.4.11 23:59:00": "23:59",
}
NO_TIMES = ["2022-04-11T24:00", "R4.4.11 9:60", "令和4年4月11日午後13時", "令和4年4月11日", "R4.4.11 9"]


def test_what_the_page_reads_is_what_the_command_reads(open_page, tmp_path, days):
    """The same packet, whether a text or the day that the page takes it for is given; and what is no day is none for either."""
    chance = random.Random(41)
    texts = [chance.choice(list(spellings(day))) for day in days] + WRONG
    read = opened(open_page).evaluate(
        """async (texts) => {
          const { iso, read } = await import("./assets/model/dates.js");
          return texts.map((text) => { const parts = read(text); return parts && iso(parts, false); });
        }""",
        texts,
    )
    common = write_common(tmp_path)
    roots = []
    for name, dates in (("typed", texts), ("read", [day or text for day, text in zip(read, texts)])):
        roster = write_list(tmp_path / f"{name}.csv", [row(number, 契約締結日=date) for number, date in enumerate(dates)])
        batch(common, roster, tmp_path / name, "--no-sync", "--no-split")
        roots.append({packet["path"]: packet["root"] for packet in json.loads((tmp_path / name / "run.json").read_text())["packets"]})
    assert roots[0] == roots[1]
    made = {f"0040012/V{number:05}" for number, day in enumerate(read) if day}
    assert roots[0].keys() == made and len(made) == len(days)


def test_times_of_a_day(open_page):
    """And what is no time of any."""
    found = opened(open_page).evaluate(
        """async (texts) => {
          const { iso, joined, read } = await import("./assets/model/dates.js");
          return texts.map((text) => read(text)).map((parts) => parts && [iso(parts, true), iso(read(joined(parts, true)), true)]);
        }""",
        list(TIMES) + NO_TIMES,
    )
    expected = [[f"2022-04-11T{time}"] * 2 for time in TIMES.values()]
    assert found[: len(TIMES)] == expected
    assert [text for text, parts in zip(NO_TIMES, found[len(TIMES) :]) if parts and parts[0]] == []
