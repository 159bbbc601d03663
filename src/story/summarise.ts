import { highlight } from '../subscription/match.ts';
import type { Query } from '../subscription/query.ts';
import { normalised, wordOverlap } from './identity.ts';
import type { Span } from './story.ts';
import { splitSentences } from './sentences.ts';

const LEAST_CHARS = 60;
const USUAL_CHARS = 400;
const MOST_CHARS = 700;
const dateline =
  /^(?:\p{Lu}[\p{Lu} .,'’-]{2,40}(?:,\s[\p{L} .]{2,30})?\s(?:--|—|–)\s|\((?:Reuters|AP|AFP|Kyodo|dpa)\)\s[-–—]\s)/u;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

export interface Summarised {
  readonly title: string;
  readonly text: string;
  readonly query?: Query;
  readonly maxSentences: number;
  readonly lang: string;
}

/**
 * The sentences of a text that tell most of it, verbatim and in its order; one that shows what a query matched is always among
 * them, where there is one. Empty for an empty text.
 */
export function summarise({ title, text, query, maxSentences, lang }: Summarised): string[] {
  const sentences = splitSentences(text, lang);
  const spans = query === undefined ? [] : spansOf(query, title, text, lang);
  const shows = placesOf(text, sentences).map(([start, end]) =>
    spans.filter((span) => span.start >= start && span.end <= end),
  );
  const wanted = new Set(spans.map(({ start, end }) => normalised(text.slice(start, end))));
  const ranked = sentences
    .map((sentence, i) => ({
      i,
      score:
        1 / (1 + i * 0.35) +
        wordOverlap(sentence, title) +
        (new Set((shows[i] ?? []).map(({ start, end }) => normalised(text.slice(start, end)))).size /
          Math.max(1, wanted.size)) *
          2 -
        (sentence.length < 30 ? 0.8 : 0),
    }))
    .sort((a, b) => b.score - a.score);
  const chosen = ranked.slice(0, maxSentences).map(({ i }) => i);
  const telling = ranked.find(({ i }) => (shows[i] ?? []).length > 0)?.i;
  if (telling !== undefined && !chosen.includes(telling)) chosen.splice(-1, 1, telling);
  return chosen.sort((a, b) => a - b).map((i) => sentences[i] ?? '');
}

/**
 * What an alert shows of a story: the publisher's description where it is good, else the telling sentences of the text.
 * At most 700 characters; '' when there is nothing worth showing.
 */
export function chooseSummary(story: {
  readonly title: string;
  readonly description: string;
  readonly body: string;
  readonly query?: Query;
  readonly lang: string;
}): string {
  const { title, description, body, query, lang } = story;
  const short = description.length <= USUAL_CHARS && isGood(description, title);
  const shown = query === undefined || spansOf(query, title, description, lang).length > 0;
  if (short && shown) return description.replace(dateline, '').replaceAll('\n\n', ' ');
  const text = [description, body]
    .filter((part) => part !== '')
    .join('\n\n')
    .replace(dateline, '');
  const named = query === undefined ? {} : { query };
  const sentences = summarise({ title, text, maxSentences: 3, lang, ...named });
  let summary = '';
  for (const sentence of sentences) {
    if (summary !== '' && summary.length + sentence.length + 1 > USUAL_CHARS) continue;
    summary += summary === '' ? sentence : ` ${sentence}`;
  }
  return cut(summary.length >= LEAST_CHARS / 2 ? summary : description);
}

function isGood(description: string, title: string): boolean {
  if (description.length < LEAST_CHARS || /(?:…|\.\.\.)$/u.test(description)) return false;
  return normalised(description) !== normalised(title) && /[.!?。！？]["”』」)]?$/u.test(description);
}

function spansOf(query: Query, title: string, text: string, lang: string): readonly Span[] {
  return highlight(query, { title, summary: text, lang }).filter(({ field }) => field === 'summary');
}

function placesOf(text: string, sentences: readonly string[]): [start: number, end: number][] {
  let at = 0;
  return sentences.map((sentence) => {
    const start = Math.max(at, text.indexOf(sentence, at));
    at = start + sentence.length;
    return [start, at];
  });
}

function cut(text: string): string {
  if (text.length <= MOST_CHARS) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, MOST_CHARS))) {
    if (index + segment.length > MOST_CHARS - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}
