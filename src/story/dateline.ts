/** Agencies as they stand behind a dateline. */
const AGENCY =
  '(?:Reuters|AP|AFP|dpa|DPA|Kyodo(?: News)?|Xinhua|ANSA|EFE|ANI|PTI|IANS|UPI|TASS|Interfax|APA|ATS|Bloomberg|CNN|Yonhap|Jiji Press|Anadolu|AA|Lusa|Belga|ANP|TT|NTB|STT|PAP|CTK|MTI|CP|The Canadian Press|AAP|PA|PA Media|BUSINESS WIRE|PRNewswire|GLOBE NEWSWIRE|Al Jazeera|NHK|Bernama|ANTARA)';
const CITY = "[\\p{Lu}][\\p{Lu}.'’-]{1,20}(?: [\\p{Lu}][\\p{Lu}.'’-]{0,20}){0,3}";
const REGION = "(?:, [\\p{L}.'’ ]{2,30}){0,2}";
const DATE = '(?:,? ?\\(?\\p{L}{3,9}\\.? ?\\d{1,2}\\)?|,? ?\\d{1,2}\\.? ?\\p{L}{3,9}\\.?)?';
const DASH = '(?:--|—|–|-|―)';

/** "MUNICH (Reuters) - ", "(Reuters) - ", "SEOUL, South Korea (AP) — ", "Berlin (dpa) – ", 【東京=共同】, "(서울=연합뉴스) … 기자 = ". */
const WITH_AGENCY = new RegExp(
  `^(?:(?:${CITY}|\\p{Lu}\\p{L}{1,20}(?: \\p{Lu}\\p{L}{1,20}){0,2})${REGION}${DATE},? ?)?[([]${AGENCY}(?:/${AGENCY})?[)\\]]\\.? ?${DASH} ?|^【[^】]{2,20}】 ?|^[（(][\\p{sc=Hang}]{2,8}=[\\p{sc=Hang}]{2,8}[)）] ?(?:[\\p{sc=Hang} ·]{2,30}(?:기자|특파원) ?= ?)?`,
  'u',
);
const CITY_ALONE = new RegExp(`^${CITY}${REGION}${DATE} (?:--|—|–) `, 'u');

/**
 * A sentence without the mark of place and agency before it; as it is when it has none. Capitals before a dash are a place only
 * where no second dash follows: "NATO — an alliance of 29 — said" begins with a name.
 */
export function withoutDateline(sentence: string): string {
  const head = sentence.slice(0, 120);
  const marked = WITH_AGENCY.exec(head)?.[0] ?? '';
  if (marked !== '') return sentence.slice(marked.length).trimStart();
  const placed = CITY_ALONE.exec(head)?.[0] ?? '';
  const rest = sentence.slice(placed.length);
  return placed === '' || /\s(?:--|—|–)\s/u.test(rest.slice(0, 160)) ? sentence : rest.trimStart();
}
