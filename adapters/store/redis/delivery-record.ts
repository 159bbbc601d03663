import type { Delivery, DeliveryRecord } from '../../../src/delivery/delivery.ts';
import type { Argument } from './connection.ts';
import { parseStored } from './stored.ts';

/** A record as the scripts give it back; see `shown` in lanes.lua. */
export type RecordReply = readonly [
  key: string,
  state: DeliveryRecord['state'],
  attempts: number,
  ambiguous: number,
  reason: string,
  remoteId: string,
  settledAt: string,
  boundTo: string,
  at: string,
  roll: string,
  destination: string,
  kind: Delivery['kind'],
  storyIds: string,
  rest: string,
  matched: readonly string[],
  members: readonly string[],
];

/** A delivery as the scripts take it; see `take` in lanes.lua. */
export function deliveryArguments(delivery: Delivery): Argument[] {
  const { key, destination, kind, at, roll, storyIds, groupId, text, createdAt, matched, members } = delivery;
  return [
    key,
    destination,
    kind,
    String(at),
    roll,
    JSON.stringify(storyIds),
    JSON.stringify([groupId, text, createdAt]),
    matched.length * 2,
    ...matched.flatMap(({ id, spans }) => [String(id), JSON.stringify(spans)]),
    members.length,
    ...members,
  ];
}

export function deliveryRecordOf(reply: RecordReply): DeliveryRecord {
  const [key, state, attempts, ambiguous, reason, remoteId, settledAt, boundTo, at, roll] = reply;
  const [destination, kind, storyIds, rest, matched, members] = reply.slice(10) as unknown as [
    string,
    Delivery['kind'],
    string,
    string,
    readonly string[],
    readonly string[],
  ];
  const [groupId, text, createdAt] = parseStored(rest) as [string, string, number];
  return {
    delivery: {
      key,
      destination,
      kind,
      groupId,
      storyIds: parseStored(storyIds) as string[],
      matched: matchedOf(matched),
      at: Number(at),
      roll,
      text,
      members: [...members],
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

function matchedOf(texts: readonly string[]): Delivery['matched'] {
  const matched = [];
  for (let i = 0; i < texts.length; i += 2) {
    matched.push({ id: Number(texts[i]), spans: parseStored(texts[i + 1]) as Delivery['matched'][number]['spans'] });
  }
  return matched;
}
