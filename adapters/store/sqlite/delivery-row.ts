import type { Delivery, DeliveryRecord } from '../../../src/delivery/delivery.ts';
import { parseStored } from './connection.ts';

/** The columns a `DeliveryRecord` is made of. */
export const deliveryColumns = 'delivery, state, attempts, ambiguous, reason, remote_id, settled_at, bound_to';

export interface DeliveryRow {
  readonly delivery: string;
  readonly state: DeliveryRecord['state'];
  readonly attempts: number;
  readonly ambiguous: number;
  readonly reason: string;
  readonly remote_id: string;
  readonly settled_at: number | null;
  readonly bound_to: string;
}

export function deliveryRecordOf(row: DeliveryRow): DeliveryRecord {
  return {
    delivery: parseStored<Delivery>(row.delivery),
    state: row.state,
    attempts: row.attempts,
    ambiguous: row.ambiguous === 1,
    reason: row.reason,
    remoteId: row.remote_id,
    settledAt: row.settled_at,
    boundTo: row.bound_to,
  };
}
