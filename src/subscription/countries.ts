/** Demonyms, capitals and short forms by ISO 3166 code; a capital only where it names nothing else. Easy to extend: one line a country. */
const aliases = `
AU Australian Canberra
BR Brazilian Brasília
CA Canadian Ottawa
CH Swiss
CN Chinese Beijing PRC
DE German Berlin
EG Egyptian Cairo
ES Spanish Madrid
FR French
GB British UK U.K. Britain Westminster
GR Greek
ID Indonesian Jakarta
IL Israeli
IN Indian Delhi
IR Iranian Tehran
IT Italian Rome
JP Japanese Tokyo
KP North_Korean Pyongyang DPRK N._Korea
KR South_Korean Seoul ROK S._Korea
MX Mexican
MY Malaysian
NL Dutch
NZ New_Zealander Wellington
PH Philippine Filipino Manila
PK Pakistani Islamabad
PL Polish Warsaw
PT Portuguese Lisbon
RU Russian Moscow
SA Saudi Riyadh
SD Sudanese Khartoum
SE Swedish Stockholm
SG Singaporean
SS South_Sudanese
TH Thai Bangkok
TR Turkish Ankara Turkey
TW Taiwanese Taipei
UA Ukrainian Kyiv Kiev
US American U.S. America USA
VN Vietnamese Hanoi
ZA South_African Pretoria`;

const languages = ['en', 'ja', 'ko', 'zh', 'zh-Hant', 'fr', 'de', 'es', 'it', 'pt', 'ru', 'nl', 'ar'];
const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

export interface Country {
  readonly code: string;
  /** Every way it is called, English first. */
  readonly names: readonly string[];
}

let byName: ReadonlyMap<string, Country> | null = null;

/** The country of a name, demonym, capital or short form in any case; null for none. */
export function countryNamed(name: string): Country | null {
  byName ??= load();
  return byName.get(key(name)) ?? null;
}

/** Whether words are the full name of some country: the longest name in a text is the one that is meant. */
export function isCountryName(words: readonly string[]): boolean {
  return countryNamed(words.join(' ')) !== null;
}

function load(): ReadonlyMap<string, Country> {
  const known = new Map<string, Country>();
  const own = new Map(
    aliases
      .trim()
      .split('\n')
      .map((line) => [
        line.slice(0, 2),
        line
          .slice(3)
          .split(' ')
          .map((name) => name.replaceAll('_', ' ')),
      ]),
  );
  const displays = languages.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }));
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const official = displays.flatMap((display) => display.of(code) ?? []);
    const [english] = official;
    if (english === undefined || code === 'UN' || code === 'EU' || code === 'ZZ' || code === 'XA' || code === 'XB')
      continue;
    const country = { code, names: [...new Set([english, ...(own.get(code) ?? []), ...official])] };
    for (const name of country.names) if (!known.has(key(name))) known.set(key(name), country);
  }
  return known;
}

function key(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[.\s_-]+/gu, ' ')
    .trim();
}
