import { simplified } from './normalise.ts';

let segmenter: Intl.Segmenter | null = null;
const MOST_SEGMENTED = 4000;
const memo = new Map<string, boolean>();

/**
 * Where words begin and end in a text of a script without spaces, by dictionary: for each UTF-16 unit, and the end, 1 at
 * a border. Long texts are read in stretches, so that the time is linear.
 */
export function wordBorders(text: string, language = ''): Uint8Array {
  // The dictionary knows few words in traditional characters.
  if (language === 'zh') return wordBorders(simplified(text));
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const borders = new Uint8Array(text.length + 1);
  for (let from = 0; from < text.length; from += MOST_SEGMENTED) {
    const stretch = text.slice(from, from + MOST_SEGMENTED);
    for (const { index } of segmenter.segment(stretch)) borders[from + index] = 1;
  }
  borders[text.length] = 1;
  return borders;
}

/** Whether the dictionary knows this word as one: it does not know 首尔, which it splits. */
export function isOneSegment(word: string): boolean {
  const known = memo.get(word);
  if (known !== undefined) return known;
  const one = isWhole(word) || isWhole(simplified(word));
  if (memo.size > 20_000) memo.clear();
  memo.set(word, one);
  return one;
}

function isWhole(word: string): boolean {
  const borders = wordBorders(word);
  for (let i = 1; i < word.length; i++) if (borders[i] === 1) return false;
  return true;
}
