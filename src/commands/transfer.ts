import { z } from 'zod';
import { oneLine } from '../delivery/sanitize.ts';
import { parseQuery, printQuery } from '../subscription/query.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { parseQuiet, parseWhen, printQuiet, printWhen } from '../subscription/when.ts';
import { card, type Line } from './card.ts';
import type { Ask, Desk, Handler } from './desk.ts';
import { failed } from './mistakes.ts';

const MOST_SUBSCRIPTIONS = 10_000;
const MOST_PROBLEMS = 10;

const fileSchema = z.object({
  newshound: z.literal(1),
  subscriptions: z
    .array(
      z.object({
        query: z.string(),
        name: z.string().default(''),
        when: z.string().default('instant'),
        quiet: z.string().nullable().default(null),
        timeZone: z.string().nullable().default(null),
        paused: z.boolean().default(false),
      }),
    )
    .max(MOST_SUBSCRIPTIONS),
});

type Entry = z.infer<typeof fileSchema>['subscriptions'][number];

/** The subscriptions of a place as a JSON file, and back. */
export function transferHandlers(desk: Desk): Readonly<Record<'export' | 'import', Handler>> {
  const { store, rules } = desk;
  return {
    async export(ask) {
      const all = await store.subscriptionsAt(ask.speaker.destination);
      const file = { newshound: 1, subscriptions: all.map(entryOf) };
      return card({
        title: ask.words.exported(all.length),
        file: { name: 'newshound-subscriptions.json', text: `${JSON.stringify(file, null, 2)}\n` },
      });
    },

    async import(ask) {
      const { words, speaker } = ask;
      if (ask.file === '') return failed(words.fileNeeded('import', 'newshound-subscriptions.json'));
      if (ask.place.alerts === 'managers' && !speaker.manager && !speaker.direct) return failed(words.managersAdd);
      const read = fileSchema.safeParse(parsed(ask.file));
      if (!read.success) return failed(words.badImport(z.prettifyError(read.error)));
      const here = await store.subscriptionsAt(speaker.destination);
      const known = new Set(here.map(({ query }) => query));
      const fresh: Subscription[] = [];
      const problems: string[] = [];
      for (const [i, entry] of read.data.subscriptions.entries()) {
        const made = subscriptionFrom(entry, ask);
        if (typeof made === 'string') problems.push(words.badEntry(i + 1, made));
        else if (!known.has(made.query)) {
          known.add(made.query);
          fresh.push(made);
        }
      }
      // All or nothing: half an import would have to be found out by hand.
      if (problems.length > 0) {
        return card({
          tone: 'error',
          title: words.importRefused,
          lines: problems.slice(0, MOST_PROBLEMS).map((one): Line => [one]),
        });
      }
      if (here.length + fresh.length > rules.subscriptionsPerPlace)
        return failed(words.placeFull(rules.subscriptionsPerPlace));
      const own = await store.subscriptionsOf(speaker.member);
      if (own.length + fresh.length > rules.subscriptionsPerMember)
        return failed(words.memberFull(rules.subscriptionsPerMember));
      await store.putSubscriptions(fresh);
      return card({ tone: 'good', title: words.imported(fresh.length, read.data.subscriptions.length - fresh.length) });
    },
  };
}

function entryOf({ query, name, when, quiet, timeZone, state }: Subscription): Entry {
  return {
    query,
    name,
    when: printWhen(when),
    quiet: quiet === null ? null : printQuiet(quiet),
    timeZone,
    paused: state === 'paused',
  };
}

/** A subscription to be, or what is wrong with its entry. */
function subscriptionFrom(entry: Entry, { speaker, words, now }: Ask): Subscription | string {
  const query = parseQuery(entry.query);
  if (!query.ok) return words.queries.problem(query.error.problem);
  const when = parseWhen(entry.when);
  if (!when.ok) return words.queries.time(when.problem);
  const quiet = entry.quiet === null ? null : parseQuiet(entry.quiet);
  if (quiet !== null && !quiet.ok) return words.queries.time(quiet.problem);
  return {
    id: 0,
    destination: speaker.destination,
    scope: speaker.scope,
    owner: speaker.member,
    name: oneLine(entry.name).slice(0, 80),
    query: printQuery(query.query),
    when: when.when,
    quiet: quiet === null ? null : quiet.quiet,
    timeZone: entry.timeZone !== null && isTimeZone(entry.timeZone) ? entry.timeZone : null,
    state: entry.paused ? 'paused' : 'active',
    pausedUntil: null,
    removedAt: null,
    createdAt: now,
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
