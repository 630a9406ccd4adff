/** Days as Japanese offices write them: eras, spellings, and back to 2022-04-01. */

/** The latest first. @type {{name: string, signs: string[], first: string}[]} */
let all = [];
let pattern;

/** The eras as the edition's model has them, each with its abbreviations and its first day, the latest first. */
export function setEras(eras) {
  all = eras;
  pattern = new RegExp(
    `^(${all.map(({ name }) => name).join("|")}|西暦|[${all.flatMap(({ signs }) => signs).join("")}])?` +
    "(?:(\\d{4})(\\d{2})(\\d{2})|(元|\\d{1,4})(?:年(\\d{1,2})月(\\d{1,2})日|([-/.])(\\d{1,2})\\8(\\d{1,2})))" +
    "(?:\\(([日月火水木金土])\\)|([日月火水木金土])曜日?)?" +
    "(?:T?(午前|午後)?(\\d{1,2})(?::(\\d{2})(?::00)?|時(?:(半)|(\\d{1,2})分)?)|T?(正午))?$",
  );
}

/** Those that a form offers; further back only what is pasted is read. 西暦 stands for none. */
export const offered = () => all.slice(0, 3);

const two = (number) => String(number).padStart(2, "0");
const firstYear = (era) => Number(era.first.slice(0, 4));

/** Full-width signs and kanji numerals as plain ones, without space. */
export function folded(text) {
  return text.normalize("NFKC").replace(/\s+/g, "")
    .replace(/[〇一二三四五六七八九十]+(?=[年月日時分])/g, (kanji) => String(fromKanji(kanji)));
}

function fromKanji(text) {
  const digit = (sign) => "〇一二三四五六七八九".indexOf(sign);
  if (!text.includes("十")) return Number([...text].map(digit).join(""));
  const [tens, ones] = text.split("十");
  return (tens ? digit(tens) : 1) * 10 + (ones ? digit(ones) : 0);
}

/**
 * The parts of a day, with or without a time, in any spelling: 令和４年４月１日, R4.4.1, 2022/4/1, 2022-04-11T10:00.
 * @returns {{era: string, year: string, month: string, day: string, hour: string, minute: string}|null} era 西暦 for a Gregorian year
 */
export function read(text) {
  const found = pattern.exec(folded(text));
  if (!found) return null;
  const [, sign, y8, m8, d8, year, m1, d1, , m2, d2, weekday1, weekday2, half, hour, minute, isHalf, minutes, isNoon] = found;
  const era = all.find((one) => sign && [one.name, ...one.signs].includes(sign));
  if (!era && (y8 ?? year).length !== 4) return null;
  if (era && y8) return null;
  const parts = {
    era: era?.name ?? "西暦", year: String(Number(y8 ?? (year === "元" ? 1 : year))), month: String(Number(m8 ?? m1 ?? m2)), day: String(Number(d8 ?? d1 ?? d2)),
    hour: "", minute: "",
  };
  // A day of the week that does not agree is reported by the server.
  const weekday = weekday1 ?? weekday2;
  const date = iso(parts, false);
  if (weekday && date && "日月火水木金土"[new Date(`${date}T00:00:00Z`).getUTCDay()] !== weekday) return null;
  if (isNoon) Object.assign(parts, { hour: "12", minute: "00" });
  if (hour !== undefined) {
    if (half && Number(hour) > 11) return null;
    parts.hour = String(Number(hour) + (half === "午後" ? 12 : 0));
    parts.minute = two(minute ?? (isHalf ? 30 : minutes ?? 0));
  }
  return parts;
}

/** 2022-04-01 or 2022-04-01T10:00 of parts that are whole and name a day of their era; null otherwise. */
export function iso({ era, year, month, day, hour, minute }, hasTime) {
  const numbers = [year === "元" ? "1" : year, month, day].map((part) => folded(part ?? ""));
  if (numbers.some((part) => !/^\d{1,4}$/.test(part))) return null;
  const own = all.find((one) => one.name === era);
  const full = Number(numbers[0]) + (own ? firstYear(own) - 1 : 0);
  // An era with a year of four digits: the server reports what it may be.
  if (own ? Number(numbers[0]) > 999 : numbers[0].length !== 4) return null;
  const date = `${String(full).padStart(4, "0")}-${two(Number(numbers[1]))}-${two(Number(numbers[2]))}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) return null;
  if (own && eraOf(date) !== own) return null;
  if (!hasTime) return date;
  const [h, m] = [folded(hour ?? ""), folded(minute ?? "")];
  if (!/^\d{1,2}$/.test(h) || !/^\d{1,2}$/.test(m) || Number(h) > 23 || Number(m) > 59) return null;
  return `${date}T${two(h)}:${two(m)}`;
}

function eraOf(date) {
  return all.find((one) => date >= one.first) ?? null;
}

/** Parts that name the same day, in the era that the day lies in; 西暦 for one before those that are offered. */
export function inEra(parts) {
  const date = iso(parts, false);
  const era = date && eraOf(date);
  if (!era || !offered().includes(era)) return date ? { ...parts, era: "西暦", year: String(Number(date.slice(0, 4))) } : parts;
  return { ...parts, era: era.name, year: String(Number(date.slice(0, 4)) - firstYear(era) + 1) };
}

/** The same parts in another era, if the day lies in it; the same year's number otherwise. */
export function toEra(parts, name) {
  const date = iso(parts, false);
  if (!date) return { ...parts, era: name };
  if (name === "西暦") return { ...parts, era: name, year: String(Number(date.slice(0, 4))) };
  const era = all.find((one) => one.name === name);
  return eraOf(date) === era ? { ...parts, era: name, year: String(Number(date.slice(0, 4)) - firstYear(era) + 1) } : { ...parts, era: name };
}

/** What stands in the parts, as one text, however unfinished: 令和４年４月. */
export function joined({ era, year, month, day, hour, minute }, hasTime) {
  if (![year, month, day, hour, minute].some(Boolean)) return "";
  const date = `${era}${year}年${month ? `${month}月` : ""}${day ? `${day}日` : ""}`;
  return hasTime && (hour || minute) ? `${date}${hour}時${minute}分` : date;
}
