import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../../src/ports.ts';

/**
 * Every version of the schema, oldest first: the first entry makes version 1 of an empty file, each further one makes the next
 * version of the one before. An entry that was released is never changed. The number is kept in the file's `user_version`.
 */
export const migrations: readonly string[] = [
  `
  -- Numbers given out in order and never twice: lease tokens, positions, ids.
  CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- A small number for every feed there ever was: seen keys outlive a removed feed.
  CREATE TABLE feed_numbers (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE feeds (
    id          TEXT PRIMARY KEY,
    number      INTEGER NOT NULL,
    host        TEXT NOT NULL,
    next_at     INTEGER, -- NULL when stopped
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    feed        TEXT NOT NULL,
    state       TEXT NOT NULL
  ) STRICT;
  CREATE INDEX feeds_by_host ON feeds (host, next_at) WHERE next_at IS NOT NULL;
  CREATE INDEX feeds_on_lease ON feeds (host, lease_until) WHERE lease_until > 0;

  -- When the first feed of each host falls due: what is due is found host by host, so that none hides the others.
  CREATE TABLE hosts (
    host       TEXT PRIMARY KEY,
    next_at    INTEGER, -- NULL when the host has no feed to be asked
    held_until INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hosts_by_next ON hosts (next_at) WHERE next_at IS NOT NULL;

  -- Kept small, there are millions: digests as 64-bit integers, days since the epoch.
  CREATE TABLE seen (
    key   INTEGER PRIMARY KEY,
    story INTEGER, -- NULL when it is the key itself
    feed  INTEGER NOT NULL,
    day   INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE stories (
    position   INTEGER PRIMARY KEY,
    id         INTEGER NOT NULL UNIQUE,
    group_id   INTEGER NOT NULL,
    alike      INTEGER, -- NULL for a first
    tier       TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    story      TEXT NOT NULL
  ) STRICT;
  CREATE INDEX stories_by_time ON stories (first_seen);

  -- One lane a destination. ready_at: when its first delivery may be sent, NULL when there is none.
  CREATE TABLE lanes (
    number      INTEGER PRIMARY KEY,
    destination TEXT NOT NULL UNIQUE,
    platform    TEXT NOT NULL,
    head_at     INTEGER,
    open_at     INTEGER NOT NULL DEFAULT 0,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER NOT NULL DEFAULT 0,
    ready_at    INTEGER GENERATED ALWAYS AS (max(head_at, open_at, lease_until)) VIRTUAL
  ) STRICT;
  CREATE INDEX lanes_by_ready ON lanes (platform, ready_at) WHERE ready_at IS NOT NULL;

  -- sequence: in order of enqueueing. place: the sequence it is sent by, for a digest that of its first member.
  CREATE TABLE deliveries (
    sequence   INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    lane       INTEGER NOT NULL,
    state      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    ambiguous  INTEGER NOT NULL DEFAULT 0,
    reason     TEXT NOT NULL DEFAULT '',
    remote_id  TEXT NOT NULL DEFAULT '',
    settled_at INTEGER,
    bound_to   TEXT NOT NULL DEFAULT '',
    delivery   TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_queued ON deliveries (lane, at, place) WHERE state = 'queued';
  CREATE INDEX deliveries_bound ON deliveries (lane, bound_to) WHERE state = 'bound';
  CREATE INDEX deliveries_dead ON deliveries (lane) WHERE state = 'dead';
  CREATE INDEX deliveries_sent ON deliveries (lane, remote_id) WHERE state = 'sent';
  CREATE INDEX deliveries_settled ON deliveries (settled_at) WHERE settled_at IS NOT NULL;

  CREATE TABLE decisions (
    number       INTEGER PRIMARY KEY,
    story        INTEGER NOT NULL,
    subscription INTEGER NOT NULL,
    group_id     INTEGER NOT NULL,
    lane         INTEGER NOT NULL,
    tier         TEXT NOT NULL,
    outcome      TEXT NOT NULL,
    reason       TEXT NOT NULL,
    delivery_key TEXT NOT NULL,
    at           INTEGER NOT NULL,
    spans        TEXT NOT NULL,
    UNIQUE (story, subscription)
  ) STRICT;
  CREATE INDEX decisions_by_group ON decisions (group_id);
  CREATE INDEX decisions_by_time ON decisions (at);
  CREATE INDEX decisions_given ON decisions (subscription, at) WHERE outcome IN ('queued', 'held');

  CREATE TABLE subscriptions (
    id           INTEGER PRIMARY KEY,
    destination  TEXT NOT NULL,
    owner        TEXT NOT NULL,
    state        TEXT NOT NULL,
    removed_at   INTEGER,
    subscription TEXT NOT NULL
  ) STRICT;
  CREATE INDEX subscriptions_by_destination ON subscriptions (destination, id) WHERE state <> 'removed';
  CREATE INDEX subscriptions_by_owner ON subscriptions (owner, id) WHERE state <> 'removed';
  CREATE INDEX subscriptions_removed ON subscriptions (removed_at) WHERE state = 'removed';

  CREATE TABLE changes (
    sequence     INTEGER PRIMARY KEY,
    subscription TEXT NOT NULL
  ) STRICT;

  CREATE TABLE documents (
    kind       TEXT NOT NULL,
    id         TEXT NOT NULL,
    value      TEXT NOT NULL,
    expires_at INTEGER, -- NULL for never
    PRIMARY KEY (kind, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX documents_expiring ON documents (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE once (
    key        TEXT PRIMARY KEY,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tallies (
    key        TEXT NOT NULL,
    at         INTEGER NOT NULL,
    events     INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (key, at)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What was decided for one place is asked for with every post.
  DROP INDEX decisions_by_group;
  CREATE INDEX decisions_by_group ON decisions (group_id, lane);
  `,
  `
  -- Leases end by a clock of the machine that is never set (ms since some moment before the last start), so that a lease is
  -- one only as long as it has no more left than its length: any other is from before a restart.
  DROP INDEX lanes_by_ready;
  ALTER TABLE lanes DROP COLUMN ready_at;
  ALTER TABLE lanes ADD COLUMN ready_at INTEGER GENERATED ALWAYS AS (max(head_at, open_at)) VIRTUAL;
  ALTER TABLE lanes ADD COLUMN lease_ms INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX lanes_by_ready ON lanes (platform, ready_at) WHERE ready_at IS NOT NULL;
  ALTER TABLE feeds ADD COLUMN lease_ms INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE leases (
    name        TEXT PRIMARY KEY,
    holder      TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    lease_ms    INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

/** `NEWS` in ASCII, kept in the file's `application_id`: tells a store from databases of other programs. */
const APPLICATION_ID = 0x4e_45_57_53;

/** The version this program writes. */
export const SCHEMA_VERSION: number = migrations.length;

/**
 * Brings a database to the newest version, all steps in one transaction. Of several processes that open a file at once one does it.
 * @throws StoreError `newer_version` or `not_a_store`; the file is left as it is
 */
export function migrate(database: DatabaseSync, steps: readonly string[] = migrations): void {
  if (versionOf(database) === steps.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    refuseForeign(database, steps.length);
    for (const step of steps.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** @throws StoreError `newer_version` for the store of a later program, `not_a_store` for another program's database */
export function refuseForeign(database: DatabaseSync, known: number = SCHEMA_VERSION): void {
  const version = versionOf(database);
  const written = version > 0 || database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  if (written && pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new StoreError('not_a_store', 'The file is a database of another program');
  }
  if (version <= known) return;
  throw new StoreError(
    'newer_version',
    `The database has version ${version}, this program knows versions up to ${known}: run a later one`,
  );
}

function versionOf(database: DatabaseSync): number {
  return pragma(database, 'user_version');
}

/** @throws StoreError `not_a_store` for an empty database too; as `refuseForeign` otherwise */
export function requireStore(database: DatabaseSync): void {
  refuseForeign(database);
  if (versionOf(database) === 0) throw new StoreError('not_a_store', 'The file is empty');
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
