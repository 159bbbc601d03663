/** Words that by themselves match a large share of the news. English, and the same in the languages of large feeds. */
const COMMON = new Set(
  (
    'news new say says said world government president minister police people year years day week month time report reports state states ' +
    'country city company market business war election court law money million billion man woman men women group party leader public ' +
    'first last two three one official officials bank deal price prices home life work game team win wins plan plans show shows make ' +
    'health school family death dead killed attack attacks video live breaking update latest today home house party political economy trade ' +
    'may can will would could should more most other also over just like get go back up out now ' +
    'gobierno presidente policia pais ano mundo gouvernement president pays monde ans regierung prasident polizei land jahr welt ' +
    'governo presidente polizia paese mondo anno ニュース 政府 大统领 정부 대통령 新闻 中国 日本'
  ).split(' '),
);

/** Whether a word in normal form is so common that a subscription to it alone would hardly choose. */
export function isCommonWord(word: string): boolean {
  return COMMON.has(word);
}
