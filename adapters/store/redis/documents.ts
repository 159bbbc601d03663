import type { Store } from '../../../src/ports.ts';
import type { Connection } from './connection.ts';
import { pagesOf } from './shards.ts';
import { parseStored, wholeMs } from '../stored.ts';

export interface Document {
  readonly type: string;
  readonly id: string;
  readonly value: unknown;
  readonly expiresAt: number | null;
}

export interface Documents {
  readonly operations: Pick<
    Store,
    'getDocument' | 'putDocument' | 'deleteDocument' | 'listDocuments' | 'runOnce' | 'takeLease' | 'dropLease' | 'tally'
  >;
  walk(): AsyncGenerator<Document>;
  sweep(): Promise<number>;
}

/** The kinds there are; each kind stands under a tag of its own. */
const KINDS = 'k';
const DOCUMENTS_A_CALL = 200;

/** Small records by kind and id, what is done once, and what is counted. They expire by themselves. */
export function createDocuments(connection: Connection): Documents {
  const { run, ask, key } = connection;
  const tagOf = (kind: string): string => `k:${encodeURIComponent(kind)}`;

  async function idsOf(kind: string): Promise<readonly string[]> {
    const ids = await ask(async (redis) => redis.smembers(key(tagOf(kind), ':ids')));
    return ids.sort((a, b) => (a < b ? -1 : 1));
  }

  async function* documentsOf(kind: string): AsyncGenerator<Document> {
    for (const page of pagesOf(await idsOf(kind), DOCUMENTS_A_CALL)) {
      const found = (await run('readDocuments', tagOf(kind), page)) as (string | number)[];
      for (let i = 0; i < found.length; i += 3) {
        const expiresAt = Number(found[i + 2]);
        yield {
          type: kind,
          id: String(found[i]),
          value: parseStored(found[i + 1]),
          expiresAt: expiresAt < 0 ? null : expiresAt,
        };
      }
    }
  }

  async function kinds(): Promise<readonly string[]> {
    return ask(async (redis) => redis.smembers(key(KINDS, ':kinds')));
  }

  return {
    async *walk() {
      for (const kind of await kinds()) yield* documentsOf(kind);
    },

    async sweep() {
      let swept = 0;
      for (const kind of await kinds()) {
        for (const page of pagesOf(await idsOf(kind), DOCUMENTS_A_CALL)) {
          swept += Number(await run('sweepDocuments', tagOf(kind), page));
        }
      }
      return swept;
    },

    operations: {
      async getDocument(kind, id) {
        const text = await ask(async (redis) => redis.get(key(tagOf(kind), `:d:${id}`)));
        return text === null ? null : parseStored(text);
      },

      async putDocument(kind, id, value, expiresAt) {
        await ask(async (redis) => redis.sadd(key(KINDS, ':kinds'), kind));
        const expiry = expiresAt === null ? '' : Math.max(1, wholeMs(expiresAt));
        await run('putDocument', tagOf(kind), [id, JSON.stringify(value ?? null), expiry]);
      },

      async deleteDocument(kind, id) {
        await run('deleteDocument', tagOf(kind), [id]);
      },

      async listDocuments(kind) {
        const found = await Array.fromAsync(documentsOf(kind));
        return found.map(({ id, value }) => ({ id, value }));
      },

      async runOnce(name, _now, ttlMs) {
        const ttl = Math.max(1, wholeMs(ttlMs));
        return (
          (await ask(async (redis) => redis.set(key(`o:${encodeURIComponent(name)}`, ''), '1', 'PX', ttl, 'NX'))) ===
          'OK'
        );
      },

      async takeLease(name, holder, _now, leaseMs) {
        return String(await run('takeLease', `e:${encodeURIComponent(name)}`, [holder, Math.max(1, wholeMs(leaseMs))]));
      },

      async dropLease(name, holder) {
        await run('dropLease', `e:${encodeURIComponent(name)}`, [holder]);
      },

      async tally(name, now, windowMs) {
        const window = Math.max(1, wholeMs(windowMs));
        return Number(await run('tally', `y:${encodeURIComponent(name)}`, [wholeMs(now), window]));
      },
    },
  };
}
