import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate, migrations, SCHEMA_VERSION } from '../../../adapters/store/sqlite/migrations.ts';
import { collect, entry, subscription } from '../../contracts/store/samples.ts';
import { openForTest, temporaryPath } from './temporary-folder.ts';

function open(path = ':memory:'): DatabaseSync {
  const database = new DatabaseSync(path);
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return database;
}

function schemaOf(database: DatabaseSync): unknown[] {
  return database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
}

function versionOf(database: DatabaseSync): unknown {
  return database.prepare('PRAGMA user_version').get()?.['user_version'];
}

/** What the first version held, as a program of that time wrote it. */
const VERSION_1 = `
  INSERT INTO counters VALUES ('log', 1), ('subscription', 1), ('change', 1), ('seen', 1), ('delivery', 1);
  INSERT INTO feed_numbers VALUES (1, '00000000000000f1');
  INSERT INTO feeds (id, number, host, next_at, feed, state) VALUES ('00000000000000f1', 1, 'a.example', 5, '{}', '{}');
  INSERT INTO hosts (host, next_at) VALUES ('a.example', 5);
  INSERT INTO seen VALUES (-1, 17, 1, 20000);
  INSERT INTO stories VALUES (1, 17, 17, NULL, 'first', 5, '{"id":"0000000000000011"}');
  INSERT INTO lanes (destination, platform, head_at) VALUES ('slack:T1:C1', 'slack', 5);
  INSERT INTO deliveries (sequence, key, lane, state, at, place, delivery)
    VALUES (1, '000102030405060708090a0b0c0d0e0f', 1, 'queued', 5, 1, '{"kind":"alert"}');
  INSERT INTO decisions VALUES (1, 17, 1, 17, 1, 'first', 'queued', '', '000102030405060708090a0b0c0d0e0f', 5, '[]');
  INSERT INTO subscriptions VALUES (1, 'slack:T1:C1', 'slack:T1:U1', 'active', NULL, '{"id":1}');
  INSERT INTO changes VALUES (1, '{"id":1}');
  INSERT INTO documents VALUES ('place', 'x', '{"a":1}', NULL);
  INSERT INTO once VALUES ('x', 5);
  INSERT INTO tallies VALUES ('x', 5, 1, 9);`;

describe('a database', () => {
  test.each(migrations.map((_, i) => i + 1))(
    'of version %i is brought to the newest and keeps what it holds',
    async (version) => {
      const path = temporaryPath();
      const old = open(path);
      migrate(old, migrations.slice(0, 1));
      old.exec(VERSION_1);
      migrate(old, migrations.slice(0, version));
      old.close();

      const store = await openForTest(path, { now: () => 5 });
      expect((await collect(store.dump())).map(({ kind }) => kind)).toEqual([
        'feed',
        'seen',
        'story',
        'delivery',
        'decision',
        'subscription',
        'document',
      ]);
      expect(await store.findSeen(['ffffffffffffffff'])).toEqual([
        { storyId: '0000000000000011', feedId: '00000000000000f1', lastSeen: 20_000 * 86_400_000 },
      ]);
      expect((await store.putSubscriptions([subscription()]))[0]?.id).toBe(2);
      expect(await store.appendStories(1, [entry(2)])).toEqual({ position: 2 });
      await store.close();

      const fresh = open();
      migrate(fresh);
      const brought = open(path);
      expect(schemaOf(brought)).toEqual(schemaOf(fresh));
      expect(versionOf(brought)).toBe(SCHEMA_VERSION);
    },
  );

  test('is migrated step by step, once', () => {
    const database = open();
    migrate(database, ['CREATE TABLE a (x)']);
    database.exec('INSERT INTO a VALUES (1)');
    const steps = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y', 'UPDATE a SET y = x + 1'];
    migrate(database, steps);
    migrate(database, steps);
    expect(versionOf(database)).toBe(3);
    expect({ ...database.prepare('SELECT * FROM a').get() }).toEqual({ x: 1, y: 2 });
  });

  test('stays as it was when a step fails', () => {
    const database = open();
    migrate(database, ['CREATE TABLE a (x)']);
    const before = schemaOf(database);
    expect(() => migrate(database, ['', 'CREATE TABLE b (x)', 'CREATE TABLE a (x)'])).toThrow('already exists');
    expect(schemaOf(database)).toEqual(before);
    expect(versionOf(database)).toBe(1);
    expect(database.isTransaction).toBe(false);
  });
});
