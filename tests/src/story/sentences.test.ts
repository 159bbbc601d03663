import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from '../../../src/story/sentences.ts';

const fixture = readFileSync(new URL('../../fixtures/stories/sentences.txt', import.meta.url), 'utf8');

interface Case {
  readonly text: string;
  readonly sentences: readonly string[];
}

/** The texts of the fixture by language. */
function casesByLanguage(): readonly (readonly [lang: string, cases: readonly Case[]])[] {
  const languages: [string, Case[]][] = [];
  for (const line of fixture.split('\n')) {
    if (line === '' || line.startsWith('# ')) continue;
    if (line.startsWith('== ')) languages.push([line.slice(3), []]);
    else {
      const text = line.replaceAll(' ¦ ', ' ').replaceAll('¦¦', '').replaceAll('¶', '\n\n');
      languages.at(-1)?.[1].push({ text, sentences: line.split(/ ¦ |¦¦|¶/u) });
    }
  }
  return languages;
}

describe('the sentences of a text', () => {
  test.each(casesByLanguage())('in %s', (lang, cases) => {
    const wrong = cases
      .map(({ text, sentences }) => ({ sentences, got: splitSentences(text, lang) }))
      .filter(({ sentences, got }) => sentences.join('¦') !== got.join('¦'));
    expect(wrong).toEqual([]);
  });

  test('are found as well where nobody said which language it is, in scripts that tell', () => {
    for (const [lang, cases] of casesByLanguage()) {
      if (!['ru', 'el', 'hi', 'ja', 'zh', 'ko', 'hy', 'my', 'am', 'en'].includes(lang)) continue;
      const wrong = cases.filter(({ text, sentences }) => splitSentences(text, '').join('¦') !== sentences.join('¦'));
      expect(wrong).toEqual([]);
    }
  });

  test('cover any text but for its white space, in order', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '. ',
        '! ',
        '? ',
        '…',
        '。',
        '”',
        '“',
        '(',
        ')',
        '「',
        '」',
        '\n\n',
        '\n',
        ' ',
        'U.S. ',
        'Mr. ',
        '3. ',
      ),
      fc.constantFrom('«', '»', "'", '"', '[1]', '፡፡', '؟ ', '। ', 'z. B. ', 'The council', 'a', 'と', 'А. '),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom('', 'en', 'de', 'ja', 'x-y', '*'),
        (pieces, lang) => {
          const text = pieces.join('');
          const sentences = splitSentences(text, lang);
          const bare = (given: string): string => given.replaceAll(/\s/gu, '');
          expect(sentences.map(bare).join('')).toBe(bare(text));
          expect(sentences.every((sentence) => sentence === sentence.trim() && sentence !== '')).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a hostile text gets an answer', () => {
  // The time-out is the bound, with room for a busy machine.
  test.each([
    ['full stops', '.'.repeat(200_000)],
    ['full stops and spaces', '. '.repeat(100_000)],
    ['opened brackets', '('.repeat(200_000)],
    ['quotation marks', '" '.repeat(100_000)],
    ['initials', 'A. '.repeat(60_000)],
    ['figures', '1. '.repeat(60_000)],
    ['ellipses', '… '.repeat(80_000)],
    ['one word', 'a'.repeat(400_000)],
    ['line feeds', '\n'.repeat(200_000)],
  ])('%s', { timeout: 10_000 }, (_name, text) => {
    expect(splitSentences(text, 'en')).toBeInstanceOf(Array);
  });
});
