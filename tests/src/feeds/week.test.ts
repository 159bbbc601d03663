import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedAt, newFeedState } from '../../../src/feeds/feed.ts';
import { openWatching, type Watching } from './watching.ts';
import { createWorld, WEEK, type World } from './week-world.ts';

/** A thousand with `WEEK_FEEDS=1000 npx vitest run tests/src/feeds/week.test.ts`, which takes ten minutes of a processor. */
const FEEDS = Number(process.env['WEEK_FEEDS'] ?? 24);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 2, 6);
/** Between two ticks of the program, which would be a second: what is due in between is looked at together. */
const STEP = 2 * MINUTE;

let time = START;
let open: Watching;
let world: World;
const announced = new Map<string, number>();

/** Numbers from 0 to 1, the same ones on every run. */
function createRandom(): () => number {
  let state = 20_260_302;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

beforeAll(async () => {
  const random = createRandom();
  world = createWorld(FEEDS, START, () => time, random);
  open = await openWatching({
    source: world.source,
    now: () => time,
    random,
    settings: { NEWSHOUND_FEEDS_CONCURRENCY: '256' },
    query: 'title:harbour',
    onOffer: ({ story }) => void announced.set(story.url, (announced.get(story.url) ?? 0) + 1),
  });
  const feeds = world.urls.map((url) => feedAt(url, { listed: true }));
  await open.store.putFeeds(feeds, newFeedState(START));
  for (; time < START + WEEK; time += STEP) await open.watch.idle();
  // A quiet day at the end, on which whatever was held back is caught up with.
  for (const end = time + 1.5 * DAY; time < end; time += 10 * MINUTE) await open.watch.idle();
}, 3_600_000);

afterAll(async () => open.close());

describe('after a week of polling publishers with faults', () => {
  test('every story has been announced, and each once', () => {
    const published = world.published(START + WEEK);
    expect(published.length).toBeGreaterThan(FEEDS * 10);
    expect(published.filter(({ url }) => !announced.has(url))).toEqual([]);
    expect([...announced].filter(([, times]) => times !== 1)).toEqual([]);
  });

  test('no host was asked while it had asked to be left alone', () => {
    expect(world.asked.filter(({ whileHeld }) => whileHeld)).toEqual([]);
  });

  test('no feed was asked more often than once a minute, nor forgotten for a day', () => {
    const byFeed = Map.groupBy(world.asked, ({ url }) => url.replace('/new', ''));
    const gaps = [...byFeed].flatMap(([url, list]) =>
      list.slice(1).map(({ at }, i) => ({ url, gap: at - (list[i]?.at ?? 0) })),
    );
    expect(gaps.filter(({ gap }) => gap < MINUTE)).toEqual([]);
    expect(gaps.filter(({ gap }) => gap > DAY)).toEqual([]);
    expect(byFeed.size).toBe(FEEDS);
  });

  test('quiet feeds were asked less often than busy ones', () => {
    const stories = Map.groupBy(world.published(START + WEEK), ({ url }) => url.split('/').slice(0, 4).join('/'));
    const counts = [...Map.groupBy(world.asked, ({ url }) => url.replace('/new', '').replace('/feed', '/'))];
    const rates = counts.map(([url, list]) => ({ stories: stories.get(url)?.length ?? 0, asked: list.length }));
    const mean = (list: readonly { asked: number }[]): number =>
      list.reduce((sum, { asked }) => sum + asked, 0) / Math.max(1, list.length);
    expect(mean(rates.filter((one) => one.stories > 100))).toBeGreaterThan(
      1.5 * mean(rates.filter((one) => one.stories < 20)),
    );
  });

  test('a feed that has ended is not asked again', () => {
    for (const [url, since] of world.gone) {
      const after = world.asked.filter((one) => one.url.replace('/new', '') === url && one.at >= since);
      expect(after.filter(({ outcome }) => outcome !== 'failed')).toEqual([]);
      expect(after.at(-1)?.at).toBeLessThan(since + DAY);
    }
  });

  test('a feed that has moved is asked at its new address after three days', () => {
    expect(world.moved.size).toBeGreaterThan(0);
    for (const [url, since] of world.moved) {
      if (world.gone.has(url)) continue;
      const old = world.asked.filter((one) => one.url === url);
      expect(old.at(-1)?.at).toBeGreaterThanOrEqual(since + 3 * DAY);
      expect(old.at(-1)?.at).toBeLessThan(since + 4.5 * DAY);
    }
  });
});
