import type { Delivery, DeliveryRecord } from '../../../src/delivery/delivery.ts';
import { parseStored } from '../stored.ts';

/** The columns a `DeliveryRecord` is made of. */
export const deliveryColumns = 'delivery, state, attempts, ambiguous, reason, remote_id, settled_at, bound_to';

export interface DeliveryRow {
  readonly delivery: string;
  readonly state: DeliveryRecord['state'];
  readonly attempts: number | bigint;
  readonly ambiguous: number | bigint;
  readonly reason: string;
  readonly remote_id: string;
  readonly settled_at: number | bigint | null;
  readonly bound_to: string;
}

export function deliveryRecordOf(row: DeliveryRow): DeliveryRecord {
  return {
    delivery: parseStored(row.delivery) as Delivery,
    state: row.state,
    attempts: Number(row.attempts),
    ambiguous: Number(row.ambiguous) === 1,
    reason: row.reason,
    remoteId: row.remote_id,
    settledAt: row.settled_at === null ? null : Number(row.settled_at),
    boundTo: row.bound_to,
  };
}
