import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONG_MS, SHORT_MS, type Stores } from './harness.ts';
import { feed, id, leaseAll, newFeedState, outcome, putDue } from './samples.ts';

const HOUR_MS = 3_600_000;

export function feedCases(stores: () => Stores): void {
  test('a new feed has the first state, and is known to the other client', async () => {
    const { a, b } = stores();
    await a.putFeeds([feed(1)], newFeedState(5));
    expect(await b.getFeed(id(1))).toEqual({ feed: feed(1), state: newFeedState(5) });
    expect(await b.getFeed(id(2))).toBeNull();
  });

  test('a feed put again is changed and keeps its state', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await putDue(a, [[feed(1), now]]);
    const [lease] = await leaseAll(a, now);
    await a.commitFetch(lease!, outcome(lease!, now));
    await a.putFeeds([feed(1, { title: 'Harbour News' })], newFeedState(now));
    const known = await a.getFeed(id(1));
    expect(known?.feed.title).toBe('Harbour News');
    expect(known?.state).toMatchObject({ learnt: true, nextAt: now + HOUR_MS });
    expect(await leaseAll(a, now)).toEqual([]);
  });

  test('a removed feed is gone', async () => {
    const { a, b, harness } = stores();
    await putDue(a, [[feed(1), 0]]);
    expect(await b.removeFeed(id(1))).toBe(true);
    expect(await a.removeFeed(id(1))).toBe(false);
    expect(await a.getFeed(id(1))).toBeNull();
    expect(await leaseAll(a, harness.now())).toEqual([]);
  });

  test('are listed by id, page by page', async () => {
    const { a } = stores();
    const feeds = Array.from({ length: 25 }, (_, i) => feed(i + 1));
    await a.putFeeds(feeds, newFeedState(0));
    const listed: string[] = [];
    let page = await a.listFeeds('', 10);
    while (page.length > 0) {
      listed.push(...page.map((one) => String(one.feed.id)));
      page = await a.listFeeds(listed.at(-1) ?? '', 10);
    }
    expect(listed).toEqual(feeds.map((one) => String(one.id)).sort());
  });

  test('are leased when due, the longest overdue first', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await putDue(a, [
      [feed(1), now - 10],
      [feed(2), now - 30],
      [feed(3), now + 1],
      [feed(4), now - 20],
      [feed(5), now],
    ]);
    const order = [id(2), id(4), id(1), id(5)];
    const first = await leaseAll(a, now, 1, 2);
    expect(first.map((one) => one.feed.id)).toEqual(order.slice(0, 2));
    const rest = await leaseAll(a, now, 1, 10);
    expect(rest.map((one) => one.feed.id)).toEqual(order.slice(2));
  });

  test('a due time with a fraction of a millisecond is kept', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await putDue(a, [[feed(1), now - 0.5]]);
    expect(await leaseAll(a, now)).toHaveLength(1);
  });

  test('on lease are not lent to another client', async () => {
    const { a, b, harness } = stores();
    await putDue(a, [[feed(1), 0]]);
    expect(await leaseAll(a, harness.now())).toHaveLength(1);
    expect(await leaseAll(b, harness.now())).toEqual([]);
  });

  test('that were stopped are not leased', async () => {
    const { a, harness } = stores();
    await a.putFeeds([feed(1)], { ...newFeedState(0), stopped: 'gone' });
    expect(await leaseAll(a, harness.now())).toEqual([]);
  });

  test('are all due once they are woken, but for those that were stopped', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await putDue(a, [
      [feed(1), now + HOUR_MS],
      [feed(2), now - 5],
      [feed(3), now + 2 * HOUR_MS],
    ]);
    await a.putFeeds([feed(4)], { ...newFeedState(now + HOUR_MS), stopped: 'gone' });
    await b.wakeFeeds(now);
    const leased = await leaseAll(a, now);
    expect(leased.map((one) => one.feed.id)).toEqual([id(2), ...[id(1), id(3)].sort()]);
  });

  test('of one host are leased up to the most allowed, counting those on lease', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    const host = 'shared.example';
    await putDue(
      a,
      [1, 2, 3, 4].map((n) => [feed(n, { host }), now - 10 + n]),
    );
    const first = await leaseAll(a, now, 2);
    expect(first.map((one) => one.feed.id)).toEqual([id(1), id(2)]);
    expect(await leaseAll(b, now, 2)).toEqual([]);
    expect((await leaseAll(b, now, 3)).map((one) => one.feed.id)).toEqual([id(3)]);
    await a.releaseFeeds(first.slice(0, 1));
    expect((await leaseAll(b, now, 3)).map((one) => one.feed.id)).toEqual([id(1)]);
  });

  test('of a host with a thousand due ones do not hide those of others', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const crowd = Array.from({ length: 1000 }, (_, i) => feed(i + 10, { host: 'crowd.example' }));
    await a.putFeeds(crowd, newFeedState(now - HOUR_MS));
    await putDue(a, [
      [feed(1), now - 1],
      [feed(2), now - 2],
    ]);
    const leased = await leaseAll(a, now, 1, 10);
    expect(leased.map((one) => one.feed.host)).toEqual(['crowd.example', 'host2.example', 'host1.example']);
  });

  test('are leased as by a look at every single one', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const some = fc.array(fc.record({ host: fc.integer({ min: 0, max: 4 }), ago: fc.integer({ min: -5, max: 60 }) }), {
      minLength: 1,
      maxLength: 20,
    });
    const looks = fc.array(
      fc.record({ limit: fc.integer({ min: 0, max: 6 }), perHost: fc.integer({ min: 1, max: 3 }) }),
      {
        maxLength: 5,
      },
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(some, looks, async (given, asks) => {
        const first = ++round * 1000;
        // No two at the same time, so that there is one right order.
        const feeds = given.map(({ host, ago }, i) => ({
          feed: feed(first + i, { host: `h${host}.example` }),
          at: now - ago * 1000 + i,
        }));
        await putDue(
          a,
          feeds.map((one) => [one.feed, one.at]),
        );
        const held = feeds.map(() => false);
        for (const { limit, perHost } of asks) {
          const expected: string[] = [];
          const order = feeds.map((one, i) => ({ ...one, i })).sort((one, other) => one.at - other.at);
          for (const { feed: one, at, i } of order) {
            const onLease = feeds.filter((other, j) => held[j] === true && other.feed.host === one.host).length;
            if (at > now || held[i] === true || onLease >= perHost || expected.length >= limit) continue;
            held[i] = true;
            expected.push(String(one.id));
          }
          const leased = await leaseAll(a, now, perHost, limit);
          expect(leased.map((lease) => String(lease.feed.id))).toEqual(expected);
        }
        for (const { feed: one } of feeds) await a.removeFeed(one.id);
      }),
      { numRuns: 60 },
    );
  });

  test('of a held host wait until the hold ends, those of others do not', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await putDue(a, [
      [feed(1), now - 2],
      [feed(2), now - 1],
    ]);
    await b.holdHost('host1.example', now + 1000);
    await b.holdHost('host1.example', now + 500);
    expect((await leaseAll(a, now)).map((one) => one.feed.id)).toEqual([id(2)]);
    expect(await leaseAll(a, now + 999)).toEqual([]);
    expect((await leaseAll(a, now + 1000)).map((one) => one.feed.id)).toEqual([id(1)]);
  });

  test('added to a host that is held already wait too', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.holdHost('host1.example', now + 1000);
    await putDue(a, [[feed(1), now]]);
    expect(await leaseAll(a, now + 1)).toEqual([]);
  });

  test('of an expired lease go to another client, and the first can no longer commit', async () => {
    const { a, b, harness } = stores();
    await putDue(a, [[feed(1), 0]]);
    const ask = { worker: 'w', limit: 1, perHost: 1, leaseMs: SHORT_MS };
    const [lost] = await a.leaseFeeds({ ...ask, now: harness.now() });
    await harness.advance(SHORT_MS + 50);
    const now = harness.now();
    const [held] = await b.leaseFeeds({ ...ask, now });
    expect(held?.feed.id).toBe(id(1));
    expect(held?.token).not.toBe(lost?.token);
    expect(await a.commitFetch(lost!, outcome(lost!, now, [[id(7), id(7)]]))).toBe(false);
    expect((await a.getFeed(id(1)))?.state.learnt).toBe(false);
    expect(await a.findSeen([id(7)])).toEqual([null]);
    expect(await b.commitFetch(held!, outcome(held!, now))).toBe(true);
  });

  test('whose lease was prolonged are kept past its first end', async () => {
    const { a, b, harness } = stores();
    await putDue(a, [[feed(1), 0]]);
    const ask = { worker: 'w', limit: 1, perHost: 1, leaseMs: SHORT_MS };
    const leases = await a.leaseFeeds({ ...ask, now: harness.now() });
    await a.extendFeeds(leases, harness.now(), LONG_MS);
    await harness.advance(SHORT_MS + 50);
    expect(await b.leaseFeeds({ ...ask, now: harness.now() })).toEqual([]);
  });

  test('given back are due again, but not by a lease that was lost', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await putDue(a, [[feed(1), 0]]);
    const first = await leaseAll(a, now);
    await a.releaseFeeds(first);
    const second = await leaseAll(b, now);
    expect(second).toHaveLength(1);
    await a.releaseFeeds(first);
    await a.extendFeeds(first, now, 0);
    expect(await leaseAll(a, now)).toEqual([]);
    expect(await b.commitFetch(second[0]!, outcome(second[0]!, now))).toBe(true);
  });

  test('are committed once: the lease ends with it', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await putDue(a, [[feed(1), 0]]);
    const [lease] = await leaseAll(a, now);
    expect(await a.commitFetch(lease!, outcome(lease!, now))).toBe(true);
    expect(await a.commitFetch(lease!, outcome(lease!, now))).toBe(false);
    expect(await leaseAll(a, now + HOUR_MS - 1)).toEqual([]);
    expect(await leaseAll(a, now + HOUR_MS)).toHaveLength(1);
  });

  test('that moved are counted with their new host', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await putDue(a, [[feed(1), now]]);
    const [lease] = await leaseAll(a, now);
    const moved = feed(1, { host: 'new.example' });
    await a.commitFetch(lease!, { ...outcome(lease!, now), feed: moved });
    await a.holdHost('new.example', now + 2 * HOUR_MS);
    expect(await leaseAll(a, now + HOUR_MS)).toEqual([]);
    expect((await a.getFeed(id(1)))?.feed).toEqual(moved);
    expect(await leaseAll(a, now + 2 * HOUR_MS)).toHaveLength(1);
  });

  test('removed while on lease cannot be committed', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await putDue(a, [[feed(1), 0]]);
    const [lease] = await leaseAll(a, now);
    await b.removeFeed(id(1));
    expect(await a.commitFetch(lease!, outcome(lease!, now, [[id(7), id(7)]]))).toBe(false);
    expect(await a.findSeen([id(7)])).toEqual([null]);
  });

  test('a lease of no Store is refused', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await putDue(a, [[feed(1), now]]);
    for (const token of ['', '0', '-1', 'x']) {
      const forged = { feed: feed(1), state: newFeedState(0), token };
      expect(await a.commitFetch(forged, outcome(forged, now))).toBe(false);
    }
  });

  test('are each lent once to two clients that lease a thousand at the same time', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.putFeeds(
      Array.from({ length: 1000 }, (_, i) => feed(i + 1, { host: `h${i % 300}.example` })),
      newFeedState(now - 1),
    );
    const leaseUntilNone = async (store: typeof a): Promise<string[]> => {
      const ids: string[] = [];
      for (;;) {
        const leases = await leaseAll(store, now, 10, 37);
        if (leases.length === 0) return ids;
        ids.push(...leases.map((one) => String(one.feed.id)));
      }
    };
    const [mine, yours] = await Promise.all([leaseUntilNone(a), leaseUntilNone(b)]);
    expect(new Set([...mine, ...yours]).size).toBe(1000);
    expect(mine.length + yours.length).toBe(1000);
    expect(mine.length).toBeGreaterThan(0);
    expect(yours.length).toBeGreaterThan(0);
  });
}
