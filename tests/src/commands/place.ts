import { pino } from 'pino';
import { createFeedParser, parserVersion } from '../../../adapters/feeds/parser.ts';
import { createHttp } from '../../../adapters/feeds/http.ts';
import { createFeedSource } from '../../../adapters/feeds/source.ts';
import { createCounter } from '../../../src/commands/counter.ts';
import type { Card, Inline, Line } from '../../../src/commands/card.ts';
import type { Speaker } from '../../../src/commands/request.ts';
import { createMetrics } from '../../../src/metrics.ts';
import type { Counter } from '../../../src/ports.ts';
import { onTestFinished } from 'vitest';
import { startFeedServer, type FeedServer } from '../../servers/feeds.ts';
import { openOffice, type Office } from '../delivery/office.ts';

/** A counter with all that stands behind it: a real store, a real feed source over the loopback, and a chat of the test's. */
export interface Place extends Office {
  readonly counter: Counter;
  readonly site: FeedServer;
  /** Says something as a member; the answer's card. */
  readonly say: (said: string, speaker?: Partial<Speaker>, file?: string) => Promise<Card>;
}

export const ann: Speaker = {
  member: 'slack:T1:U1',
  name: 'Ann',
  destination: 'slack:T1:C1',
  scope: 'slack:T1',
  home: 'slack:T1:@U1',
  direct: false,
  manager: false,
  locale: 'en-GB',
  timeZone: 'Europe/London',
};

/** Another member of the same channel, and one who runs the place. */
export const bob: Partial<Speaker> = { member: 'slack:T1:U2', name: 'Bob', home: 'slack:T1:@U2' };
export const boss: Partial<Speaker> = { member: 'slack:T1:U9', name: 'Eve', home: 'slack:T1:@U9', manager: true };

export async function openPlace(options: Parameters<typeof openOffice>[0] = {}): Promise<Place> {
  const office = await openOffice(options);
  const site = await startFeedServer();
  const parser = createFeedParser({ workers: 1, deadlineMs: 2_000 });
  const http = createHttp({
    timeoutMs: 3_000,
    maxBodyBytes: 100_000,
    maxRedirects: 3,
    allowPrivateHosts: [site.host],
    allowPorts: [80],
    userAgent: 'test',
    perHostConcurrency: 2,
    hostSpacingMs: 0,
    concurrency: 4,
  });
  const source = createFeedSource({
    http,
    parse: async (bytes, about) => parser.parse(bytes, about),
    parserVersion,
    close: async () => parser.close(),
  });
  onTestFinished(async () => {
    await source.close();
    await site.stop();
  });
  const counter = createCounter({
    store: office.store,
    source,
    chats: new Map([[office.chat.platform, office.chat]]),
    rules: {
      subscriptionsPerMember: 6,
      subscriptionsPerPlace: 8,
      feedsPerScope: 3,
      undoMs: 600_000,
      archiveMs: 14 * 86_400_000,
      timeZone: 'UTC',
    },
    onFeedsAdded: () => undefined,
    clock: office.clock,
    log: pino({ level: 'silent' }),
    metrics: createMetrics(),
    language: 'en',
  });
  return {
    ...office,
    counter,
    site,
    say: async (said, speaker = {}, file = '') =>
      counter.answer({ speaker: { ...ann, ...speaker }, said, ...(file === '' ? {} : { file }) }),
  };
}

/** What a card says, as plain text: title, lines, rows, the titles of its stories, and its buttons in brackets. */
export function textOf({ title, lines, rows, stories, actions }: Card): string {
  return [
    title,
    ...lines.map(lineText),
    ...rows.flatMap((row) => [...row.lines.map(lineText), ...row.actions.map(({ command }) => `[${command}]`)]),
    ...stories.map((story) => `● ${story.title}`),
    ...actions.map(({ command }) => `[${command}]`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function lineText(line: Line): string {
  return line.map(inlineText).join('');
}

function inlineText(inline: Inline): string {
  if (typeof inline === 'string') return inline;
  if ('bold' in inline) return inline.bold;
  if ('code' in inline) return inline.code;
  if ('link' in inline) return inline.link;
  return new Date(inline.time).toISOString();
}
