import { composeCard } from '../delivery/compose.ts';
import type { StoryCard } from '../delivery/card.ts';
import type { LoggedStory } from '../ports.ts';
import { broadness } from '../subscription/breadth.ts';
import { parseQuery, type Query } from '../subscription/query.ts';
import { backtest, type Backtest } from './backtest.ts';
import { card, type Line } from './card.ts';
import type { Ask, Desk, Handler } from './desk.ts';
import { wrongQuery } from './mistakes.ts';
import { readingOf } from './reading.ts';
import type { Words } from './words/words.ts';

const EXAMPLES = 3;
const RESULTS = 10;

/** Trying a query on the stories of the last days, before saving it or just to search. */
export function previewHandlers(desk: Desk): Readonly<Record<'preview' | 'search', Handler>> {
  return {
    async preview(ask) {
      const typed = ask.options['query'] ?? '';
      const read = parseQuery(typed);
      if (!read.ok) return wrongQuery(ask.words, 'preview', typed, read.error);
      const tried = await tryOut(desk, ask, read.query, EXAMPLES);
      return card({
        lines: [
          readingOf(ask, read.query),
          ...previewLines(ask.words, tried),
          ...read.warnings.map(({ caution }): Line => [ask.words.warning(ask.words.queries.caution(caution))]),
        ],
        stories: storyCards(read.query, tried.latest),
        actions: [{ label: ask.words.addThis, command: `add ${typed}`, style: 'primary' }],
      });
    },

    async search(ask) {
      const typed = ask.options['query'] ?? '';
      const read = parseQuery(typed);
      if (!read.ok) return wrongQuery(ask.words, 'search', typed, read.error);
      const tried = await tryOut(desk, ask, read.query, RESULTS);
      const { words } = ask;
      const line =
        tried.found === 0 ? words.nothingFound(tried.tried) : words.foundStories(tried.found, tried.latest.length);
      return card({ lines: [[line]], stories: storyCards(read.query, tried.latest) });
    },
  };
}

/** Tries a query on what this member may hear of. */
export async function tryOut({ store, rules }: Desk, ask: Ask, query: Query, keep = EXAMPLES): Promise<Backtest> {
  return backtest(store, query, ask.speaker.scope, ask.now - rules.archiveMs, ask.now, keep);
}

/** How often a query would have spoken, and a warning where that is too often. */
export function previewLines(words: Words, { found, tried, days }: Backtest): Line[] {
  if (tried === 0) return [[words.nothingStored]];
  const { perDay, tooBroad } = broadness(found, tried, days);
  const lines: Line[] = [[words.wouldHaveFound(found, days, perDay)]];
  if (tooBroad) lines.push([words.warning(words.broad(perDay))]);
  return lines;
}

export function storyCards(query: Query, entries: readonly LoggedStory[]): StoryCard[] {
  return entries.map((entry) => ({ ...composeCard(entry, [{ id: 0, name: '', query }], []), matched: [] }));
}
