import type { Store } from '../../../src/ports.ts';
import { parseStored, wholeMs } from '../stored.ts';
import type { Connection } from './connection.ts';
import { onLease } from './lease.ts';

export interface Documents {
  readonly operations: Pick<
    Store,
    'getDocument' | 'putDocument' | 'deleteDocument' | 'listDocuments' | 'runOnce' | 'takeLease' | 'dropLease' | 'tally'
  >;
  /** Writes one document, inside a running transaction. */
  put(kind: string, id: string, value: unknown, expiresAt: number | null): void;
}

/** Small records by kind and id, what is done once, and what is counted. */
export function createDocuments(connection: Connection): Documents {
  const { prepare, now } = connection;
  const find = prepare(`
    SELECT value FROM documents WHERE kind = ? AND id = ? AND (expires_at IS NULL OR expires_at > ?)`);
  const list = prepare(`
    SELECT id, value FROM documents WHERE kind = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY id`);
  const upsert = prepare(`
    INSERT INTO documents (kind, id, value, expires_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at`);
  const remove = prepare('DELETE FROM documents WHERE kind = ? AND id = ?');
  const first = prepare(`
    INSERT INTO once (key, expires_at) VALUES (?1, ?2)
    ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE expires_at <= ?3`);
  const take = prepare(`
    INSERT INTO leases (name, holder, lease_until, lease_ms) VALUES (?1, ?2, ?3 + ?4, ?4)
    ON CONFLICT (name) DO UPDATE
    SET holder = excluded.holder, lease_until = excluded.lease_until, lease_ms = excluded.lease_ms
    WHERE holder = excluded.holder OR NOT ${onLease('?3')}`);
  const holderOf = prepare('SELECT holder FROM leases WHERE name = ?');
  const drop = prepare('DELETE FROM leases WHERE name = ? AND holder = ?');
  const count = prepare(`
    INSERT INTO tallies (key, at, events, expires_at) VALUES (?, ?, 1, ?)
    ON CONFLICT (key, at) DO UPDATE SET events = events + 1, expires_at = max(expires_at, excluded.expires_at)`);
  const forget = prepare('DELETE FROM tallies WHERE key = ? AND at <= ?');
  const total = prepare('SELECT sum(events) AS events FROM tallies WHERE key = ? AND at > ?');

  function put(kind: string, id: string, value: unknown, expiresAt: number | null): void {
    upsert.run(kind, id, JSON.stringify(value ?? null), expiresAt === null ? null : wholeMs(expiresAt));
  }

  return {
    put,

    operations: {
      async getDocument(kind, id) {
        const row = await connection.read(() => find.get(kind, id, now()));
        return row ? parseStored(row['value']) : null;
      },

      async putDocument(kind, id, value, expiresAt) {
        await connection.write(1, () => put(kind, id, value, expiresAt));
      },

      async deleteDocument(kind, id) {
        await connection.write(1, () => remove.run(kind, id));
      },

      async listDocuments(kind) {
        const rows = await connection.read(() => list.all(kind, now()));
        return rows.map((row) => ({ id: String(row['id']), value: parseStored(row['value']) }));
      },

      async runOnce(key, now, ttlMs) {
        return connection.write(1, () => first.run(key, wholeMs(now + ttlMs), now).changes === 1);
      },

      async takeLease(name, holder, _now, leaseMs) {
        return connection.write(1, () => {
          take.run(name, holder, connection.steady(), wholeMs(leaseMs));
          return String(holderOf.get(name)?.['holder']);
        });
      },

      async dropLease(name, holder) {
        await connection.write(1, () => drop.run(name, holder));
      },

      async tally(key, now, windowMs) {
        return connection.write(1, () => {
          const at = wholeMs(now);
          forget.run(key, at - windowMs);
          count.run(key, at, at + wholeMs(windowMs));
          return Number(total.get(key, at - windowMs)?.['events'] ?? 0);
        });
      },
    },
  };
}
