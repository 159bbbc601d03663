import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createClock } from '../adapters/clock/node-cron.ts';
import { openSqliteStore } from '../adapters/store/sqlite/store.ts';
import { openAudience } from '../src/delivery/audience.ts';
import { createOutbox } from '../src/delivery/outbox.ts';
import { createRouter } from '../src/delivery/route.ts';
import { createMetrics } from '../src/metrics.ts';
import type { Chat, LoggedStory } from '../src/ports.ts';
import type { Story } from '../src/story/story.ts';
import type { Subscription } from '../src/subscription/subscription.ts';

const SUBSCRIPTIONS = 5_000;
const CHANNELS = 200;
const STORIES = 50;
const QUERIES = ['ferry', 'harbour strike', '"asset seizure"', 'Japan South Korea', 'storm OR flood', 'title:court'];

/** Prints what a burst of stories costs from the match to the last settled post, with a chat that takes every post at once. */
export async function benchDelivery(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'newshound-bench-'));
  const store = await openSqliteStore({ path: join(folder, 'store.db'), synchronous: 'NORMAL' });
  try {
    for (let i = 0; i < SUBSCRIPTIONS; i += 500) {
      await store.putSubscriptions(Array.from({ length: 500 }, (_, k) => subscription(i + k)));
    }
    const audience = await openAudience(store, () => undefined);
    const router = createRouter({
      store,
      audience,
      rules: { language: 'en', timeZone: 'UTC', floodPerHour: 1_000_000, editMs: 86_400_000 },
    });
    let posts = 0;
    const outbox = createOutbox({
      store,
      chats: new Map([['slack', chatThatTakesAll(() => posts++)]]),
      clock: createClock(() => undefined),
      rules: {
        language: 'en',
        giveUpMs: 86_400_000,
        retryBaseMs: 1_000,
        retryMaxMs: 60_000,
        catchUpOver: 5,
        catchUpAfterMs: 900_000,
        lanes: 16,
        leaseMs: 12_000,
      },
      worker: 'bench',
      log: pino({ level: 'silent' }),
      metrics: createMetrics(),
      random: Math.random,
      onGone: async () => undefined,
      onTrouble(error) {
        throw error;
      },
    });
    const entries = Array.from({ length: STORIES }, (_, i) => entry(i));
    await store.appendStories(0, entries);

    let pairs = 0;
    const began = performance.now();
    for (const one of entries) {
      pairs += await router.offer({ entry: one, story: one.story }, Date.now());
    }
    const offered = performance.now();
    outbox.kick();
    await outbox.idle();
    const sent = performance.now();
    console.table([
      { step: 'match, route, enqueue', seconds: seconds(offered - began), 'pairs/s': rate(pairs, offered - began) },
      { step: 'claim, post, settle', seconds: seconds(sent - offered), 'posts/s': rate(posts, sent - offered) },
    ]);
    console.log(
      `${SUBSCRIPTIONS} subscriptions in ${CHANNELS} channels, ${STORIES} stories: ${pairs} pairs, ${posts} posts`,
    );
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

function rate(count: number, ms: number): number {
  return Math.round((count * 1000) / ms);
}

function subscription(i: number): Subscription {
  return {
    id: 0,
    destination: `slack:T1:C${i % CHANNELS}`,
    scope: 'slack:T1',
    owner: `slack:T1:U${i % 977}`,
    name: '',
    query: QUERIES[Math.floor(i / CHANNELS) % QUERIES.length] ?? 'ferry',
    when: { kind: 'instant' },
    quiet: null,
    timeZone: null,
    state: 'active',
    pausedUntil: null,
    removedAt: null,
    createdAt: 0,
  };
}

function entry(i: number): LoggedStory {
  const now = Date.now();
  const id = (i + 1).toString(16).padStart(16, '0');
  const story: Story = {
    id,
    feedId: 'f'.repeat(16),
    scopes: ['all'],
    title: `Court in Seoul hears ferry case ${i} as harbour strike goes on`,
    summary: 'Tokyo protests against the asset seizure; a storm keeps the ferry in the harbour of Busan.',
    body: '',
    url: `https://outlet.example/${i}`,
    source: 'The Outlet',
    author: '',
    lang: 'en',
    published: now,
    firstSeen: now,
    effective: now,
  };
  return { story, groupId: id, tier: 'first', like: '' };
}

function chatThatTakesAll(onPost: () => void): Chat {
  return {
    platform: 'slack',
    limits: {
      edits: true,
      threads: true,
      buttons: true,
      forms: true,
      idempotencyMs: 0,
      readBack: true,
      paceMs: 0,
      cardsPerMessage: 10,
    },
    async start() {},
    async stop() {},
    async post({ key }) {
      onPost();
      return { kind: 'sent', remoteId: key };
    },
    edit: async ({ remoteId }) => ({ kind: 'sent', remoteId }),
    follow: async ({ key }) => ({ kind: 'sent', remoteId: key }),
    refusal: async () => '',
    tell: async () => ({ kind: 'sent', remoteId: '' }),
  };
}
