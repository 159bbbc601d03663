import type { SeenKey, SeenRecord, Store } from '../../../src/ports.ts';
import type { Connection } from './connection.ts';
import type { Feeds } from './feeds.ts';
import { byShard, pagesOf, shardOfDigest, shardsOf } from './shards.ts';
import { bytesOf } from './digest-bytes.ts';

export interface SeenKeys {
  readonly operations: Pick<Store, 'findSeen' | 'commitFetch'>;
  /** Writes keys; one already known keeps its feed. */
  remember(keys: readonly SeenKey[], feedNumber: number, lastSeen: number): Promise<void>;
  count(): Promise<number>;
  /** Forgets what was last seen on a day that ended `seenMs` ago. */
  sweep(before: number): Promise<number>;
  walk(): AsyncGenerator<{ readonly key: string; readonly record: SeenRecord }>;
}

export const DAY_MS = 86_400_000;
/** Days are counted from here in 14 bits: to 2064. */
const FIRST_DAY = Date.UTC(2020, 0, 1) / DAY_MS;
const DAYS = 2 ** 14;
const KEYS_A_CALL = 500;
const LEAVES_A_CALL = 16;
/** A lease is kept for so long while keys are written, so that it is not lost between them and the state. */
const COMMIT_MS = 10_000;
/** From this length on an entry begins with the eight bytes of its story. */
const ENTRY_WITH_STORY = 11;

type LeafReply = readonly [path: Buffer, depth: number, entries: readonly Buffer[]];

interface Entry {
  readonly storyId: string;
  readonly feed: number;
  readonly lastSeen: number;
}

/** Which keys are known; written before the state of the feed that brought them. */
export function createSeen(connection: Connection, feeds: Feeds): SeenKeys {
  const { run, runBytes, ask, key: keyName } = connection;

  async function remember(keys: readonly SeenKey[], feedNumber: number, lastSeen: number): Promise<void> {
    const tail = tailOf(feedNumber, lastSeen);
    const calls: Promise<unknown>[] = [];
    for (const [shard, places] of byShard(keys, ({ key }) => shardOfDigest('s', key))) {
      for (const page of pagesOf(places, KEYS_A_CALL)) {
        const records = page.flatMap((i) => {
          const { key, storyId } = keys[i] ?? { key: '', storyId: '' };
          return [bytesOf(key), bytesOf(storyId)];
        });
        calls.push(run('rememberSeen', shard, [tail, Buffer.concat(records)]));
      }
    }
    await Promise.all(calls);
  }

  async function findSeen(keys: readonly string[]): Promise<(SeenRecord | null)[]> {
    const entries: (Entry | null)[] = keys.map(() => null);
    await Promise.all(
      [...byShard(keys, (key) => shardOfDigest('s', key))].map(async ([shard, places]) => {
        for (const page of pagesOf(places, KEYS_A_CALL)) {
          const asked = page.map((i) => bytesOf(keys[i] ?? ''));
          const found = (await runBytes('findSeen', shard, [Buffer.concat(asked)])) as readonly (Buffer | null)[];
          for (const [n, i] of page.entries()) {
            const bytes = found[n];
            if (bytes) entries[i] = entryOf(keys[i] ?? '', bytes);
          }
        }
      }),
    );
    return named(entries);
  }

  async function named(entries: readonly (Entry | null)[]): Promise<(SeenRecord | null)[]> {
    const ids = await feeds.named(entries.flatMap((entry) => entry?.feed ?? []));
    return entries.map((entry) =>
      entry ? { storyId: entry.storyId, feedId: ids.get(entry.feed) ?? '', lastSeen: entry.lastSeen } : null,
    );
  }

  return {
    remember,

    async count() {
      const counts = await Promise.all(
        shardsOf('s').map(async (shard) => ask(async (redis) => redis.get(keyName(shard, ':count')))),
      );
      return counts.reduce((sum, count) => sum + Number(count ?? 0), 0);
    },

    async sweep(before) {
      let swept = 0;
      for (const shard of shardsOf('s')) {
        for (let path = '0'; path !== '';) {
          const [next, forgotten] = (await run('sweepSeen', shard, [path, LEAVES_A_CALL, numberOfDay(before)])) as [
            string,
            number,
          ];
          path = next;
          swept += forgotten;
        }
      }
      return swept;
    },

    async *walk() {
      for (const shard of shardsOf('s')) {
        for (let path = '0'; path !== '';) {
          const [next, leaves] = (await runBytes('walkSeen', shard, [path, LEAVES_A_CALL])) as [
            Buffer,
            readonly LeafReply[],
          ];
          const found = leaves.flatMap((leaf) => keysOfLeaf(shard, leaf));
          const records = await named(found.map(({ entry }) => entry));
          for (const [i, { key }] of found.entries()) {
            const record = records[i];
            if (record) yield { key, record };
          }
          path = String(next);
        }
      }
    },

    operations: {
      findSeen,

      async commitFetch(lease, { feed, state, seen, now }) {
        if (seen.length > 0) {
          if (!(await feeds.hold(lease, COMMIT_MS))) return false;
          // A crash from here to the end repeats the fetch: what is seen by then was offered before.
          const number = (await feeds.numbersOf([lease.feed.id])).get(lease.feed.id) ?? 0;
          await remember(seen, number, now);
        }
        return feeds.commit(lease, feed, state);
      },
    },
  };
}

function numberOfDay(time: number): number {
  return Math.min(DAYS - 1, Math.max(0, Math.floor(time / DAY_MS) - FIRST_DAY));
}

/** The end of an entry: the day in the lower 14 bits, the feed's number above them, at least three bytes, lowest first. */
function tailOf(feedNumber: number, lastSeen: number): Buffer {
  let number = feedNumber * DAYS + numberOfDay(lastSeen);
  const bytes: number[] = [];
  while (number > 0 || bytes.length < 3) {
    bytes.push(number % 256);
    number = Math.floor(number / 256);
  }
  return Buffer.from(bytes);
}

function entryOf(key: string, bytes: Buffer): Entry {
  const alone = bytes.length < ENTRY_WITH_STORY;
  const tail = alone ? bytes : bytes.subarray(8);
  const number = tail.readUIntLE(0, tail.length);
  return {
    storyId: alone ? key : bytes.toString('hex', 0, 8),
    feed: Math.floor(number / DAYS),
    lastSeen: ((number % DAYS) + FIRST_DAY) * DAY_MS,
  };
}

/** The keys of a leaf: its place in the tree gives their first bits, its fields the rest. */
function keysOfLeaf(shard: string, [path, depth, entries]: LeafReply): { key: string; entry: Entry }[] {
  const implied = Math.floor((4 + depth) / 8);
  const start = Number(shard.slice(shard.indexOf(':') + 1)) * 2 ** 28 + Number(String(path));
  const prefix = start
    .toString(16)
    .padStart(8, '0')
    .slice(0, implied * 2);
  const found = [];
  for (let i = 0; i < entries.length; i += 2) {
    const key = prefix + (entries[i]?.toString('hex') ?? '');
    found.push({ key, entry: entryOf(key, entries[i + 1] ?? Buffer.alloc(0)) });
  }
  return found;
}
