import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneLine } from '../../../src/story/plain-characters.ts';
import { chooseSummary } from '../../../src/story/summarise.ts';
import { highlight } from '../../../src/subscription/match.ts';
import { positiveTerms } from '../../../src/subscription/query-tree.ts';
import { parseQuery, type Query } from '../../../src/subscription/query.ts';

const LEAST_CHARS = 120;
const MOST_CHARS = 400;

interface Language {
  readonly lang: string;
  readonly words: readonly string[];
  /** Between words, and at the end of a sentence. */
  readonly space: string;
  readonly stop: string;
}

const LANGUAGES: readonly Language[] = [
  {
    lang: 'en',
    words:
      'harbour council bridge ferry minister engineer storm budget treaty museum glacier orchard parliament violin railway senator volcano lantern compass quarry'.split(
        ' ',
      ),
    space: ' ',
    stop: '.',
  },
  {
    lang: 'de',
    words:
      'Hafen Brücke Fähre Ministerin Sturm Haushalt Vertrag Gletscher Obstgarten Geige Eisenbahn Vulkan Laterne'.split(
        ' ',
      ),
    space: ' ',
    stop: '!',
  },
  {
    lang: 'ru',
    words: 'гавань мост паром министр инженер буря бюджет договор музей ледник скрипка вулкан фонарь компас'.split(' '),
    space: ' ',
    stop: '.',
  },
  {
    lang: 'ar',
    words: 'ميناء جسر عبارة وزير مهندس عاصفة ميزانية معاهدة متحف بستان برلمان كمان بركان فانوس'.split(' '),
    space: ' ',
    stop: '؟',
  },
  {
    lang: 'ja',
    words: '港湾 議会 鉄橋 渡船 大臣 技師 暴風 予算 条約 氷河 果樹 火山 羅針 提灯'.split(' '),
    space: 'と',
    stop: '。',
  },
  {
    lang: 'zh',
    words: '港口 议会 桥梁 渡轮 部长 暴雨 预算 条约 冰川 果园 火山 灯笼 铁路'.split(' '),
    space: '和',
    stop: '。',
  },
  { lang: 'th', words: 'ท่าเรือ สะพาน รัฐมนตรี วิศวกร พายุ งบประมาณ พิพิธภัณฑ์ ภูเขาไฟ รถไฟ'.split(' '), space: '', stop: '. ' },
  {
    lang: 'ko',
    words: '항구 의회 다리 장관 기술자 폭풍 예산 조약 박물관 빙하 과수원 화산 등불'.split(' '),
    space: ' ',
    stop: '.',
  },
];

interface Told {
  readonly language: Language;
  readonly paragraphs: readonly (readonly string[])[];
  readonly query: string;
}

/** An article of sentences short and endless, and a query drawn from its words. */
const told: fc.Arbitrary<Told> = fc.constantFrom(...LANGUAGES).chain((language) => {
  const word = fc.constantFrom(...language.words);
  const length = fc.oneof(
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 12, max: 40 }),
    fc.integer({ min: 40, max: 140 }),
  );
  const sentence = length
    .chain((words) => fc.array(word, { minLength: words, maxLength: words }))
    .map((words) => `${capital(words.join(language.space))}${language.stop}`);
  const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 });
  const pair = fc.tuple(word, word).filter(([a, b]) => a !== b);
  const query = fc.oneof(
    word,
    pair.map(([a, b]) => `${a} ${b}`),
    fc.tuple(word, word, word).map((three) => three.join(' ')),
    pair.map(([a, b]) => `${a} OR ${b}`),
    pair.map(([a, b]) => `"${a}${language.space}${b}"`),
    pair.map(([a, b]) => `${a} NEAR/5 ${b}`),
    pair.map(([a, b]) => `(${a} OR ${b}) -zeppelin`),
  );
  return fc.record({
    language: fc.constant(language),
    paragraphs: fc.array(paragraph, { minLength: 1, maxLength: 6 }),
    query,
  });
});

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function queryOf(text: string): Query {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.query;
}

/** Which of a query's positive terms a text holds. */
function held(query: Query, text: string, lang: string): boolean[] {
  return positiveTerms(query.root).map(
    (term) => highlight({ root: term }, { title: '', summary: text, lang }).length > 0,
  );
}

/** What of a summary stands nowhere in the article: nothing, if each stretch between ellipses is whole sentences or parts of one. */
function invented(summary: string, sentences: readonly string[]): string[] {
  const article = sentences.map(oneLine);
  return summary.split('…').flatMap((stretch) => {
    let rest = stretch.trim();
    while (rest !== '') {
      const whole = article.filter((sentence) => rest.startsWith(sentence)).toSorted((a, b) => b.length - a.length)[0];
      if (article.some((sentence) => sentence.includes(rest))) return [];
      if (whole !== undefined) {
        rest = rest.slice(whole.length).trim();
        continue;
      }
      // The end of a sentence that was cut before it.
      const ended = article.find((sentence) => endOf(sentence, rest) > 0);
      if (ended === undefined) return [rest];
      rest = rest.slice(endOf(ended, rest)).trim();
    }
    return [];
  });
}

/** How much of the beginning of a text is the end of a sentence. */
function endOf(sentence: string, text: string): number {
  for (let length = Math.min(sentence.length, text.length); length > 0; length--) {
    if (sentence.endsWith(text.slice(0, length))) return length;
  }
  return 0;
}

describe('any summary of any article', () => {
  const options = { numRuns: 150 };

  test('shows every word asked for that the article holds', () => {
    fc.assert(
      fc.property(told, ({ language, paragraphs, query }) => {
        const body = paragraphs.map((one) => one.join(' ')).join('\n\n');
        const asked = queryOf(query);
        const summary = chooseSummary({ title: '', description: '', body, query: asked, lang: language.lang });
        const [there, shown] = [held(asked, body, language.lang), held(asked, summary, language.lang)];
        // Of alternatives one is enough. Sentences that came together may hold what the article does not, as two words nearby.
        const told = (found: boolean[]): boolean[] => (query.includes(' OR ') ? [found.some(Boolean)] : found);
        const kept = told(shown);
        expect(told(there).filter((held, i) => held && !kept[i])).toEqual([]);
      }),
      options,
    );
  });

  test('has 120 to 400 characters, or all that there is', () => {
    fc.assert(
      fc.property(told, ({ language, paragraphs, query }) => {
        const body = paragraphs.map((one) => one.join(' ')).join('\n\n');
        const summary = chooseSummary({ title: '', description: '', body, query: queryOf(query), lang: language.lang });
        expect(summary.length).toBeLessThanOrEqual(MOST_CHARS);
        const all = [...new Set(paragraphs.flat().map(oneLine))].join('');
        expect(summary.length).toBeGreaterThanOrEqual(all.length < LEAST_CHARS ? 0 : LEAST_CHARS);
      }),
      options,
    );
  });

  test('is the words of the article, with an ellipsis wherever some are left out of a sentence', () => {
    fc.assert(
      fc.property(told, ({ language, paragraphs, query }) => {
        const body = paragraphs.map((one) => one.join(' ')).join('\n\n');
        const summary = chooseSummary({ title: '', description: '', body, query: queryOf(query), lang: language.lang });
        expect(invented(summary, paragraphs.flat())).toEqual([]);
      }),
      options,
    );
  });
});
