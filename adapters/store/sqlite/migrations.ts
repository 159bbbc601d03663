import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../../src/ports.ts';

/**
 * The schema, as the steps that lead to it; a step is never changed once it has been released. `user_version` says how
 * many a file has been through.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE feeds (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    feed TEXT NOT NULL,
    state TEXT NOT NULL,
    host TEXT NOT NULL,
    -- When to look next; null for a feed that is stopped or removed.
    next_at INTEGER,
    removed INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    token INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX feeds_due ON feeds (host, next_at) WHERE next_at IS NOT NULL;
  CREATE INDEX feeds_leased ON feeds (host, lease_until) WHERE lease_until > 0;
  CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    -- When the first of its feeds is due; null for none.
    due_at INTEGER,
    hold_until INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hosts_due ON hosts (due_at) WHERE due_at IS NOT NULL;

  -- Identity keys: 64-bit digests as signed integers, so that a row takes some thirty bytes.
  CREATE TABLE seen (key INTEGER PRIMARY KEY, story INTEGER NOT NULL, feed INTEGER NOT NULL, day INTEGER NOT NULL) STRICT;

  CREATE TABLE stories (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    first_seen INTEGER NOT NULL,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX stories_seen ON stories (first_seen);

  CREATE TABLE deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    destination TEXT NOT NULL,
    delivery TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The place in the lane: first by time, then by number. A digest has the place of its first member.
    at INTEGER NOT NULL,
    place INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    ambiguous INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    remote_id TEXT NOT NULL DEFAULT '',
    settled_at INTEGER,
    bound_to TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE INDEX deliveries_lane ON deliveries (destination, at, place) WHERE state = 'queued';
  CREATE INDEX deliveries_bound ON deliveries (bound_to) WHERE bound_to <> '';
  CREATE INDEX deliveries_posted ON deliveries (destination, remote_id) WHERE remote_id <> '';
  CREATE INDEX deliveries_settled ON deliveries (settled_at) WHERE settled_at IS NOT NULL;
  CREATE TABLE lanes (
    destination TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    -- When its first queued delivery is due; null for none.
    due_at INTEGER,
    next_at INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    token INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX lanes_due ON lanes (due_at) WHERE due_at IS NOT NULL;

  CREATE TABLE decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    story TEXT NOT NULL,
    subscription INTEGER NOT NULL,
    group_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- 1 where it stands for an alert of its own.
    alert INTEGER NOT NULL,
    decision TEXT NOT NULL,
    UNIQUE (story, subscription)
  ) STRICT;
  CREATE INDEX decisions_group ON decisions (group_id);
  CREATE INDEX decisions_alerts ON decisions (subscription, at) WHERE alert = 1;
  CREATE INDEX decisions_at ON decisions (at);

  CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    destination TEXT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL,
    removed_at INTEGER,
    subscription TEXT NOT NULL
  ) STRICT;
  CREATE INDEX subscriptions_at ON subscriptions (destination);
  CREATE INDEX subscriptions_of ON subscriptions (owner);
  CREATE TABLE changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, subscription TEXT NOT NULL) STRICT;

  CREATE TABLE documents (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE once (key TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE tallies (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX tallies_key ON tallies (key, at);
  `,
];

/** Brings a file to the newest schema, one step a transaction. Throws a StoreError for a file of a later version. */
export function migrate(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA user_version').get();
  const version = Number(row?.['user_version'] ?? 0);
  if (version > migrations.length) {
    throw new StoreError(
      'newer_version',
      `The store was written by a later version of Newshound (schema ${version}, this one knows ${migrations.length}). Start that version, or restore a backup.`,
    );
  }
  for (const [i, step] of migrations.entries()) {
    if (i < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${step}; PRAGMA user_version = ${i + 1}; COMMIT`);
  }
}
