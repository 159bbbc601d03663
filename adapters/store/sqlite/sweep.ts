import type { Store, SweepPolicy } from '../../../src/ports.ts';
import type { Connection } from './connection.ts';
import { DAY_MS } from './seen.ts';

/** Rows deleted, or looked at, in one step: others write in between. */
const ROWS_A_STEP = 200;
const KEYS_A_STEP = 2000;

/** Deletes what is past its time, a little at a time. */
export function createSweep(connection: Connection): Pick<Store, 'sweep'> {
  const { prepare } = connection;
  const rowids = (table: string, condition: string): ReturnType<Connection['prepare']> =>
    prepare(`DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${condition} LIMIT ${ROWS_A_STEP})`);
  const statements = {
    stories: rowids('stories', 'first_seen < ?'),
    decisions: rowids('decisions', 'at < ?'),
    deliveries: rowids('deliveries', 'settled_at IS NOT NULL AND settled_at < ?'),
    subscriptions: rowids('subscriptions', "state = 'removed' AND removed_at < ?"),
    documents: prepare(`
      DELETE FROM documents WHERE (kind, id) IN (
        SELECT kind, id FROM documents WHERE expires_at IS NOT NULL AND expires_at <= ? LIMIT ${ROWS_A_STEP})`),
    once: prepare(`
      DELETE FROM once WHERE key IN (SELECT key FROM once WHERE expires_at <= ? LIMIT ${ROWS_A_STEP})`),
    tallies: prepare(`
      DELETE FROM tallies WHERE (key, at) IN (SELECT key, at FROM tallies WHERE expires_at <= ? LIMIT ${ROWS_A_STEP})`),
    hosts: prepare(`
      DELETE FROM hosts WHERE host IN (
        SELECT host FROM hosts WHERE next_at IS NULL AND held_until < ?1
          AND NOT EXISTS (SELECT 1 FROM feeds WHERE feeds.host = hosts.host AND feeds.next_at IS NOT NULL)
        LIMIT ${ROWS_A_STEP})`),
  };
  // No index on the day of millions of keys: a sweep walks through all of them, stretch by stretch.
  const stretchEnd = prepare(`SELECT key FROM seen WHERE key > ? ORDER BY key LIMIT 1 OFFSET ${KEYS_A_STEP - 1}`);
  stretchEnd.setReadBigInts(true);
  const forget = prepare('DELETE FROM seen WHERE key > ? AND key <= ? AND day < ?');
  const SMALLEST = -(2n ** 63n);
  const LARGEST = 2n ** 63n - 1n;

  async function deleteAll(table: keyof typeof statements, before: number): Promise<number> {
    let swept = 0;
    for (;;) {
      const step = await connection.write(ROWS_A_STEP, () => Number(statements[table].run(before).changes));
      swept += step;
      if (step < ROWS_A_STEP) return swept;
    }
  }

  async function forgetKeys(before: number): Promise<number> {
    let swept = 0;
    let after = SMALLEST;
    while (after < LARGEST) {
      const from = after;
      const [end, step] = await connection.write(ROWS_A_STEP, () => {
        const found = stretchEnd.get(from)?.['key'];
        const until = typeof found === 'bigint' ? found : LARGEST;
        const forgotten = Number(forget.run(from, until, before).changes);
        if (forgotten > 0) connection.take('seen', -forgotten);
        return [until, forgotten] as const;
      });
      after = end;
      swept += step;
    }
    return swept;
  }

  return {
    async sweep(now: number, policy: SweepPolicy) {
      // A key's day is the start of the day it was last seen in: it goes when the whole day is past its time.
      let swept = await forgetKeys(Math.floor((now - policy.seenMs) / DAY_MS));
      swept += await deleteAll('stories', now - policy.archiveMs);
      swept += await deleteAll('decisions', now - policy.archiveMs);
      swept += await deleteAll('deliveries', now - policy.settledMs);
      swept += await deleteAll('subscriptions', now - policy.removedMs);
      for (const table of ['documents', 'once', 'tallies', 'hosts'] as const) swept += await deleteAll(table, now);
      return { swept };
    },
  };
}
