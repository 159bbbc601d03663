import type { Store } from '../../../src/ports.ts';
import type { Decision } from '../../../src/delivery/decision.ts';
import { parseStored, wholeMs } from '../stored.ts';
import type { Connection } from './connection.ts';
import type { Deliveries } from './deliveries.ts';
import { hexOf, integerOf } from './hex-key.ts';

export const decisionColumns = `
  decisions.number AS number, story, group_id, tier, subscription, destination, outcome, reason, delivery_key, at, spans`;

export interface DecisionRow {
  readonly number: bigint;
  readonly story: bigint;
  readonly group_id: bigint;
  readonly tier: Decision['tier'];
  readonly subscription: bigint;
  readonly destination: string;
  readonly outcome: Decision['outcome'];
  readonly reason: string;
  readonly delivery_key: string;
  readonly at: bigint;
  readonly spans: string;
}

export interface Decisions {
  readonly operations: Pick<Store, 'recordDecisions' | 'decisionsAbout' | 'countDecisions'>;
  /** Writes one decision, inside a running transaction; the first about a story and a subscription stays. */
  record(decision: Decision): void;
}

/** Why a story did or did not come. */
export function createDecisions(connection: Connection, deliveries: Deliveries): Decisions {
  const { prepare } = connection;
  const insert = prepare(`
    INSERT INTO decisions (story, subscription, group_id, lane, tier, outcome, reason, delivery_key, at, spans)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`);
  const about = (where: string): ReturnType<Connection['prepare']> => {
    const statement = prepare(`
      SELECT ${decisionColumns} FROM decisions JOIN lanes ON lanes.number = lane WHERE ${where} ORDER BY at, 1`);
    statement.setReadBigInts(true);
    return statement;
  };
  const there = 'lane = (SELECT number FROM lanes WHERE destination = ?)';
  const everywhere = { story: about('story = ?'), group: about('group_id = ?') };
  const inOnePlace = { story: about(`story = ? AND ${there}`), group: about(`group_id = ? AND ${there}`) };
  const count = prepare(`
    SELECT count(*) AS count FROM decisions WHERE subscription = ? AND at >= ? AND outcome IN ('queued', 'held')`);

  function record(decision: Decision): void {
    insert.run(
      integerOf(decision.storyId),
      decision.subscriptionId,
      integerOf(decision.groupId),
      deliveries.laneOf(decision.destination),
      decision.tier,
      decision.outcome,
      decision.reason,
      decision.deliveryKey,
      wholeMs(decision.at),
      JSON.stringify(decision.spans),
    );
  }

  return {
    record,

    operations: {
      async recordDecisions(decisions) {
        await connection.writeEach(decisions, record);
      },

      async decisionsAbout(about, destination) {
        const [kind, id] =
          'storyId' in about
            ? (['story', integerOf(about.storyId)] as const)
            : (['group', integerOf(about.groupId)] as const);
        const rows = await connection.read(() =>
          destination === undefined ? everywhere[kind].all(id) : inOnePlace[kind].all(id, destination),
        );
        return (rows as unknown as DecisionRow[]).map(decisionOf);
      },

      async countDecisions(ids, since) {
        return connection.read(() => ids.map((id) => Number(count.get(id, since)?.['count'] ?? 0)));
      },
    },
  };
}

export function decisionOf(row: DecisionRow): Decision {
  return {
    storyId: hexOf(row.story),
    groupId: hexOf(row.group_id),
    tier: row.tier,
    subscriptionId: Number(row.subscription),
    destination: row.destination,
    spans: parseStored(row.spans) as Decision['spans'],
    outcome: row.outcome,
    reason: row.reason,
    deliveryKey: row.delivery_key,
    at: Number(row.at),
  };
}
