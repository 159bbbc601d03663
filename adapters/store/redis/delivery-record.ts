import type { Delivery, DeliveryRecord } from '../../../src/delivery/delivery.ts';
import type { Argument } from './connection.ts';
import { unpack } from './msgpack.ts';
import { parseStored } from './stored.ts';

/** A record as the scripts give it back: key and value. */
export type RecordReply = readonly [key: Buffer, value: Buffer];

/** The packed part of a value; see lanes.lua. */
type Head = readonly [
  state: DeliveryRecord['state'],
  attempts: number,
  ambiguous: number,
  reason: string,
  remoteId: string,
  settledAt: string,
  boundTo: string,
  sequence: number,
  place: number,
  at: string,
  roll: string,
  asking: string,
  matched: readonly string[],
  members: readonly string[],
];

type Rest = readonly [
  destination: string,
  kind: Delivery['kind'],
  storyIds: readonly string[],
  groupId: string,
  text: string,
  createdAt: number,
];

type MatchedPair = readonly [id: number, spans: Delivery['matched'][number]['spans']];

/** A delivery as the scripts take it; see `take` in lanes.lua. */
export function deliveryArguments(delivery: Delivery): Argument[] {
  const { key, destination, kind, at, roll, storyIds, groupId, text, createdAt, matched, members } = delivery;
  const asking = kind === 'alert' && matched.length > 0 ? `,${matched.map(({ id }) => id).join(',')},` : '';
  const rest: Rest = [destination, kind, storyIds, groupId, text, createdAt];
  return [
    key,
    destination,
    String(at),
    roll,
    asking,
    JSON.stringify(matched.map(({ id, spans }): MatchedPair => [id, spans])),
    JSON.stringify(rest),
    members.length,
    ...members,
  ];
}

/** The stories of a delivery, by what stands behind its record. */
export function storyIdsIn(rest: string): readonly string[] {
  return (parseStored(rest) as Rest)[2];
}

export function deliveryRecordOf([key, value]: RecordReply): DeliveryRecord {
  const { value: head, end } = unpack(value);
  const [state, attempts, ambiguous, reason, remoteId, settledAt, boundTo, , , at, roll, , matched, members] =
    head as unknown as Head;
  const [destination, kind, storyIds, groupId, text, createdAt] = parseStored(value.toString('utf8', end)) as Rest;
  return {
    delivery: {
      key: key.toString('latin1'),
      destination,
      kind,
      groupId,
      storyIds,
      matched: matchedOf(matched),
      at: Number(at),
      roll,
      text,
      members,
      createdAt,
    },
    state,
    attempts,
    ambiguous: ambiguous === 1,
    reason,
    remoteId,
    settledAt: settledAt === '' ? null : Number(settledAt),
    boundTo,
  };
}

/** Of a subscription that was enqueued with more than once the first words count. */
function matchedOf(texts: readonly string[]): Delivery['matched'] {
  const matched = new Map<number, Delivery['matched'][number]>();
  for (const text of texts) {
    for (const [id, spans] of parseStored(text) as readonly MatchedPair[]) {
      if (!matched.has(id)) matched.set(id, { id, spans });
    }
  }
  return [...matched.values()];
}
