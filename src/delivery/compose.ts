import type { LoggedStory } from '../ports.ts';
import type { Story } from '../story/story.ts';
import { chooseSummary } from '../story/summarise.ts';
import { matchStory } from '../subscription/match.ts';
import type { Query } from '../subscription/query.ts';
import type { SubscriptionId } from '../subscription/subscription.ts';
import type { StoryCard } from './card.ts';

/** Of more subscriptions that ask for one story in one place the words are not all to be in its few sentences. */
const MOST_SHOWN = 3;

/** A subscription as a card names it: its name (or its query) and the query that marks the words. */
export interface Asking {
  readonly id: SubscriptionId;
  readonly name: string;
  readonly query: Query | null;
}

/**
 * The card of a story: its title, one to three sentences that show the matched words of each who asked where it has any, where
 * it stands and who asked. `also` are later stories of the same group, the first of each outlet.
 */
export function composeCard(entry: LoggedStory, asking: readonly Asking[], also: readonly Story[]): StoryCard {
  const { story, groupId } = entry;
  const queries = asking.flatMap(({ query }) => (query === null ? [] : [query]));
  const query = together(queries.slice(0, MOST_SHOWN));
  const summary = chooseSummary({
    title: story.title,
    description: story.summary,
    body: story.body === '' ? (story.article ?? '') : `${story.body}\n\n${story.article ?? ''}`,
    ...(query === null ? {} : { query }),
    lang: story.lang,
  });
  const shown = { ...story, summary, body: '' };
  const spans = queries.flatMap((query) => matchStory(query, shown)?.spans ?? []);
  return {
    title: story.title,
    summary,
    url: story.url,
    source: story.source,
    published: story.published === null ? '' : new Date(story.published).toISOString(),
    storyId: story.id,
    groupId,
    spans,
    also: outlets(story, also),
    matched: asking.map(({ id, name }) => ({ id, name })),
    lang: story.lang,
  };
}

/** One query that asks for what each of several asks for; null for none. */
function together(queries: readonly Query[]): Query | null {
  const [first] = queries;
  return first && queries.length > 1 ? { root: { kind: 'all', of: queries.map(({ root }) => root) } } : (first ?? null);
}

/** One link an outlet, its own left out. */
function outlets(first: Story, also: readonly Story[]): { source: string; url: string }[] {
  const seen = new Set([first.source]);
  return also.flatMap(({ source, url }) => {
    if (seen.has(source) || url === '') return [];
    seen.add(source);
    return [{ source, url }];
  });
}
