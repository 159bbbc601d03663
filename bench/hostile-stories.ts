import type { StoryText } from '../src/subscription/match.ts';

const WORDS = 60_000;

/** Stories written to exhaust whoever matches them; made when asked for. Words are all different ones unless the name says otherwise. */
export const HOSTILE_STORIES: Readonly<Record<string, () => StoryText>> = {
  'an ordinary story': () => ({
    title: 'Port authorities in Japan and South Korea agree on new rules',
    summary: 'Officials said on Monday that the asset seizure order would be lifted.',
    lang: 'en',
  }),
  'an ordinary story in German': () => ({
    title: 'Hafenbehörden einigen sich auf neue Regeln',
    summary: 'Die Ministerien teilten am Montag mit, dass die Beschlagnahme endet.',
    lang: 'de',
  }),
  'an ordinary story in Finnish': () => ({
    title: 'Soul ja Tokio sopivat satamasta',
    summary: 'Hallitukset kertoivat asiasta maanantaina.',
    lang: 'fi',
  }),
  'an ordinary story in Japanese': () => ({
    title: '日本と韓国が首脳会談',
    summary: '資産の差し押さえについて協議した。',
    lang: 'ja',
  }),
  'English words': () =>
    body(
      'en',
      words((i) => spelled(i, ENGLISH_ENDINGS)),
    ),
  'English words, language not declared': () =>
    body(
      '',
      words((i) => spelled(i, ENGLISH_ENDINGS)),
    ),
  'capitalised words': () =>
    body(
      'en',
      words((i) => capitalised(spelled(i, ENGLISH_ENDINGS))),
    ),
  'words in capitals': () =>
    body(
      'en',
      words((i) => spelled(i, ENGLISH_ENDINGS).toUpperCase()),
    ),
  camelCase: () =>
    body(
      'en',
      words((i) => `${spelled(i, [''])}${capitalised(spelled(i % 97, ['']))}`),
    ),
  'French words': () =>
    body(
      'fr',
      words((i) => spelled(i, ['é', 'ement', 'euse', 'ions', 'ité'])),
    ),
  'German words': () =>
    body(
      'de',
      words((i) => capitalised(spelled(i, ['ung', 'ungen', 'ßen', 'keit', 'er']))),
    ),
  'Spanish words': () =>
    body(
      'es',
      words((i) => spelled(i, ['ción', 'mente', 'aron', 'adas', 'ísimo'])),
    ),
  'Finnish words': () =>
    body(
      'fi',
      words((i) => spelled(i, ['ssa', 'isuuden', 'taan', 'ään', 'lle'])),
    ),
  'Hungarian words': () =>
    body(
      'hu',
      words((i) => spelled(i, ['ban', 'ről', 'ként', 'okat', 'nak'])),
    ),
  'Turkish words': () =>
    body(
      'tr',
      words((i) => spelled(i, ['lerinden', 'ımız', 'daki', 'ıyor', 'siniz'])),
    ),
  'Polish words': () =>
    body(
      'pl',
      words((i) => spelled(i, ['ów', 'ami', 'owi', 'ego', 'ą'])),
    ),
  'Irish words': () =>
    body(
      'ga',
      words((i) => spelled(i, ['acht', 'aí', 'anna', 'eanna', ''])),
    ),
  'Russian words': () =>
    body(
      'ru',
      words((i) => inLetters(i, 'бвгдеикл', 'мнопрсту') + (['ами', 'ого', 'ение', 'ых'][i % 4] ?? '')),
    ),
  'Ukrainian words': () =>
    body(
      'uk',
      words((i) => inLetters(i, 'бвгдеікл', 'мнопрсту') + (['ами', 'ого', 'ення', 'их'][i % 4] ?? '')),
    ),
  'Greek words': () =>
    body(
      'el',
      words((i) => inLetters(i, 'βγδεζηθι', 'κλμνξοπρ') + (['ους', 'ων', 'ος', 'ά'][i % 4] ?? '')),
    ),
  'Arabic words': () =>
    body(
      'ar',
      words((i) => (['ال', 'وال', 'ب', ''][i % 4] ?? '') + inLetters(i, 'بتثجحخدذ', 'رزسشصضطظ')),
    ),
  'Hebrew words': () =>
    body(
      'he',
      words((i) => (['ה', 'וה', 'ב', ''][i % 4] ?? '') + inLetters(i, 'אבגדהוזח', 'טילמנסעפ')),
    ),
  'Korean words': () =>
    body(
      'ko',
      words((i) => syllables(i, 0xac00, 3) + (['은', '에서', '으로부터', ''][i % 4] ?? '')),
    ),
  'Hindi words': () =>
    body(
      'hi',
      words((i) => inLetters(i, 'कखगघचछजझ', 'टठडढतथदध')),
    ),
  'Chinese runs': () =>
    body(
      'zh',
      words((i) => syllables(i * 7919, 0x4e00, 3), '，'),
    ),
  'one Chinese run': () =>
    body(
      'zh',
      words((i) => syllables(i * 7919, 0x4e00, 3), ''),
    ),
  'traditional Chinese': () => body('zh', repeated('資產扣押國會韓國總統', 18_000)),
  'Japanese runs': () =>
    body(
      'ja',
      words((i) => syllables(i * 31, 0x3041, 2) + syllables(i * 7919, 0x4e00, 2), ''),
    ),
  'Thai runs': () =>
    body(
      'th',
      words((i) => inLetters(i, 'กขคงจฉชซ', 'าิีุูเแโ'), ''),
    ),
  'hyphenated words': () =>
    body(
      'en',
      words((i) => `${spelled(i, [''])}-${spelled(i % 1009, ENGLISH_ENDINGS)}`),
    ),
  'words of many hyphens': () =>
    body(
      'en',
      words((i) => `a-${spelled(i, [''])}-b-c-${i % 10}`),
    ),
  'names of hosts': () =>
    body(
      'en',
      words((i) => `${spelled(i, [''])}.com`),
    ),
  addresses: () =>
    body(
      'en',
      words((i) => `https://www.${spelled(i, [''])}.example/${spelled(i, ['.html'])}?id=${i}`),
    ),
  'mail addresses': () =>
    body(
      'en',
      words((i) => `${spelled(i, [''])}.${spelled(i % 97, [''])}@mail${i % 7}.example.org`),
    ),
  hashtags: () =>
    body(
      'en',
      words((i) => `#${capitalised(spelled(i, ['']))}${i % 100}`),
    ),
  numbers: () =>
    body(
      'en',
      words((i) => String(i * 37)),
    ),
  'grouped numbers': () =>
    body(
      'en',
      words((i) => `${1 + (i % 999)},${100 + (i % 900)},${100 + ((i * 7) % 900)}.${i % 100}`),
    ),
  dates: () =>
    body(
      'en',
      words((i) => `${1 + (i % 28)}/${1 + (i % 12)}/${1000 + (i % 9000)} ${i % 24}:${10 + (i % 50)}:${10 + (i % 49)}`),
    ),
  'types of machines': () =>
    body(
      'en',
      words((i) => `${spelled(i % 4000, ['']).toUpperCase()}-${i}s`),
    ),
  possessives: () =>
    body(
      'en',
      words((i) => `${capitalised(spelled(i, ['']))}’s`),
    ),
  apostrophes: () =>
    body(
      'en',
      words((i) => `o'${spelled(i, [''])}'n't`),
    ),
  elisions: () =>
    body(
      'fr',
      words((i) => `l’${spelled(i, ['é', 'e'])}`),
    ),
  'Turkish suffixes': () =>
    body(
      'tr',
      words((i) => `${capitalised(spelled(i, ['']))}’daki`),
    ),
  'dotted letters': () =>
    body(
      'en',
      words((i) => inLetters(i, 'ABCDEFGH', 'IJKLMNOP').split('').join('.') + '.'),
    ),
  initials: () =>
    body(
      'en',
      words((i) => `${'ABCDEFGH'[i % 8] ?? ''}.${capitalised(spelled(i, ['']))}`),
    ),
  ampersands: () =>
    body(
      'en',
      words((i) => `${spelled(i, [''])}&${spelled(i % 89, [''])}`),
    ),
  'marked letters': () =>
    body(
      'en',
      words((i) =>
        spelled(i, [''])
          .replaceAll('a', 'ä')
          .replaceAll('e', 'é')
          .replaceAll('o', 'ø')
          .replaceAll('i', 'ı')
          .replaceAll('u', 'ü'),
      ),
    ),
  'combining marks': () =>
    body(
      'en',
      words((i) => spelled(i, ['']).split('').join('\u0301')),
    ),
  'marks without end': () => body('en', repeated('a\u0301\u0323\u0302', 200_000)),
  'full-width letters': () =>
    body(
      'en',
      words((i) =>
        Array.from(spelled(i, ['']), (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join(''),
      ),
    ),
  'mathematical letters': () =>
    body(
      'en',
      words((i) =>
        Array.from(spelled(i, ['']), (letter) => String.fromCodePoint(letter.charCodeAt(0) - 97 + 0x1d41a)).join(''),
      ),
    ),
  'mixed scripts': () =>
    body(
      'en',
      words((i) => `${spelled(i, [''])}${inLetters(i % 64, 'бвгдеикл', 'мнопрсту')}${syllables(i, 0xac00, 1)}`),
    ),
  'scripts by turns': () =>
    body(
      '',
      words(
        (i) =>
          [
            spelled(i, ['']),
            inLetters(i, 'бвгдеикл', 'мнопрсту'),
            syllables(i, 0xac00, 3),
            inLetters(i, 'بتثجحخدذ', 'رزسشصضطظ'),
          ][i % 4] ?? '',
      ),
    ),
  'zero-width characters': () =>
    body(
      'en',
      words((i) => spelled(i, ['']).split('').join('\u200b')),
    ),
  emoji: () =>
    body(
      'en',
      words(
        (i) =>
          `${String.fromCodePoint(0x1f300 + (i % 700))}${String.fromCodePoint(0x1f3fb + (i % 5))}\u200d${String.fromCodePoint(0x1f300 + ((i * 7) % 700))}`,
      ),
    ),
  flags: () =>
    body(
      'en',
      words((i) => String.fromCodePoint(0x1f1e6 + (i % 26), 0x1f1e6 + ((i >> 3) % 26)), ''),
    ),
  '100,000 lines': () => body('en', Array.from({ length: 100_000 }, (_, i) => spelled(i, ENGLISH_ENDINGS)).join('\n')),
  quotes: () =>
    body(
      'en',
      words((i) => `“${spelled(i, ENGLISH_ENDINGS)}”`),
    ),
  'ends of sentences': () =>
    body(
      'en',
      words((i) => `${spelled(i, ENGLISH_ENDINGS)}!?`),
    ),
  'one-letter words': () => body('fr', repeated('a b c d e f g h ', 8_000)),
  'short words': () =>
    body(
      'de',
      words((i) => inLetters(i % 4096, 'abcdefgh', 'ijklmnop').slice(0, 4) + (i % 9)),
    ),
  'doubled first letters': () =>
    body(
      'fr',
      words((i) => `aa${spelled(i, ['e', 's', ''])}`),
    ),
  'heads of English': () =>
    body(
      'en',
      words((i) => `${['co', 'de', 're', 'in', 'st', 'un'][i % 6] ?? ''}${spelled(i, ENGLISH_ENDINGS)}`),
    ),
  'words that go with names': () =>
    body(
      'en',
      words((i) => `South ${capitalised(spelled(i, ['']))} Kor${i} of the Republic`),
    ),
  'the same words': () => body('en', repeated('asset order seizure japan korea ', 12_000)),
  'a phrase that nearly matches': () => body('en', repeated('south korea asset seize order ', 7_500)),
  names: () => body('en', repeated('Japan South Korea United States of America ', 9_000)),
  'names in German': () => body('de', repeated('Japan Südkorea Vereinigte Staaten von Amerika ', 9_000)),
  'one name in pieces': () => body('en', repeated('South New North Republic of the ', 10_000)),
  'one name in many pieces': () =>
    body('en', repeated('Democratic People’s Republic of Democratic Republic of the ', 7_500)),
  'every name': () =>
    body('en', repeated('Korea US U.S. Chad Jordan Georgia Guinea Congo Niger Sudan Mali Turkey China ', 4_600)),
  'a token of 200,000 letters': () => body('en', 'x'.repeat(200_000)),
  'a token of 200,000 letters and hyphens': () => body('en', 'x-'.repeat(100_000)),
  'a token of 200,000 letters and full stops': () => body('en', 'x.'.repeat(100_000)),
  'a token of 200,000 apostrophes': () => body('en', `x${"'s".repeat(100_000)}`),
  'a token of 200,000 marks': () => body('en', `x${'\u0301'.repeat(200_000)}`),
  'tokens of 64 units': () =>
    body(
      'en',
      words((i) => `${i}-`.padEnd(60, 'ab.c-d’e&f1/')),
    ),
  'tokens of 2,000 letters': () =>
    body('en', Array.from({ length: 300 }, (_, i) => spelled(i, ['']).repeat(400)).join(' ')),
  spaces: () => body('en', ' '.repeat(1_000_000)),
  'full stops': () => body('en', '.'.repeat(1_000_000)),
  hyphens: () => body('en', '-'.repeat(1_000_000)),
  'words in the title': () => ({ title: words((i) => spelled(i, ENGLISH_ENDINGS)), summary: '', lang: 'en' }),
};

/** Subscriptions of every kind to the words of ordinary news and of the stories above. */
export function hostileSubscriptions(count: number): string[] {
  const places = 'Japan Korea France Germany Chad Georgia US UK China Brazil'.split(' ');
  const nouns = 'asset order seizure port election harbour ministry drought flood summit merger tariff'.split(' ');
  const runs = '資産 差し押さえ 韩国 首尔 総統 國會 扣押 日本'.split(' ');
  const make: readonly ((i: number) => string)[] = [
    (i) => spelled(i, ENGLISH_ENDINGS),
    (i) => `${spelled(i, [''])} ${nouns[i % nouns.length] ?? ''}`,
    (i) => `${places[i % places.length] ?? ''} ${spelled(i, ['ment'])}`,
    (i) => `"${spelled(i, [''])} ${spelled(i * 3, [''])}"`,
    (i) => `${spelled(i, [''])} OR ${spelled(i * 5, ['er'])}`,
    (i) => `${spelled(i, [''])} -${nouns[i % nouns.length] ?? ''}`,
    (i) => `${spelled(i, ['']).slice(0, 5)}*`,
    (i) => `title:${spelled(i, ENGLISH_ENDINGS)}`,
    (i) => `${spelled(i, ENGLISH_ENDINGS)} NEAR/4 ${nouns[i % nouns.length] ?? ''}`,
    (i) => `"${spelled(i, [''])} ${nouns[i % nouns.length] ?? ''}"~3`,
    (i) => `="${capitalised(spelled(i, ['']))}"`,
    (i) => `"${nouns[i % nouns.length] ?? ''} ${nouns[(i * 7 + 1) % nouns.length] ?? ''}" ${spelled(i, ['ed'])}`,
    (i) => inLetters(i, 'бвгдеикл', 'мнопрсту'),
    (i) => `${syllables(i, 0xac00, 3)} ${syllables(i * 3, 0xac00, 2)}`,
    (i) => `${runs[i % runs.length] ?? ''} ${syllables(i * 7919, 0x4e00, 2)}`,
    (i) => `${spelled(i, ['ung'])} lang:de`,
    (i) => `${spelled(i, ['']).toUpperCase()}-${i % 90}`,
    (i) => `${spelled(i, [''])}.com`,
    (i) => `${nouns[i % nouns.length] ?? ''} source:${spelled(i, [''])}`,
    (i) => `${nouns[i % nouns.length] ?? ''} NEAR/3 ${nouns[(i * 5 + 1) % nouns.length] ?? ''}`,
  ];
  return Array.from({ length: count }, (_, i) => make[i % make.length]?.(Math.floor(i / make.length) * 7) ?? '');
}

const ENGLISH_ENDINGS = ['', 's', 'ing', 'ed', 'ness', 'er', 'ies', 'ves'];
const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi wo zu ka'.split(' ');

function body(lang: string, text: string): StoryText {
  return { title: 'Long', summary: '', body: text, lang };
}

function words(make: (i: number) => string, between = ' '): string {
  return Array.from({ length: WORDS }, (_, i) => make(i)).join(between);
}

function repeated(text: string, times: number): string {
  return text.repeat(times);
}

/** A word for a number, another for each: syllables and one of some endings. */
function spelled(number: number, endings: readonly string[]): string {
  let text = '';
  for (let rest = number + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    text += SYLLABLES[rest % SYLLABLES.length] ?? '';
  }
  return text + (endings[number % endings.length] ?? '');
}

/** Letters of two rows of eight by turns, another word for each number. */
function inLetters(number: number, first: string, second: string): string {
  let text = '';
  for (let rest = number + 64, at = 0; rest > 0; rest >>= 3, at++)
    text += (at % 2 === 0 ? first : second)[rest & 7] ?? '';
  return text;
}

/** Characters from one on, so many, another word for each number. */
function syllables(number: number, from: number, count: number): string {
  let text = '';
  let rest = number;
  for (let i = 0; i < count; i++, rest = Math.floor(rest / 80)) text += String.fromCharCode(from + (rest % 80));
  return text;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
