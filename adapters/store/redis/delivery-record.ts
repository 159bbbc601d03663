import type { Delivery, DeliveryRecord } from '../../../src/delivery/delivery.ts';
import { StoreError } from '../../../src/ports.ts';
import type { Argument } from './connection.ts';
import { parseStored } from '../stored.ts';

/** A record as the scripts give it back: key and value. */
export type RecordReply = readonly [key: Buffer, value: Buffer];

/** The head of a value; its fields and their widths are those of HEAD in lanes.lua. */
const HEAD_BYTES = 38;
const states = { q: 'queued', s: 'sent', b: 'bound', d: 'dead' } as const satisfies Record<
  string,
  DeliveryRecord['state']
>;
const AMBIGUOUS = 1;

type Rest = readonly [
  destination: string,
  kind: Delivery['kind'],
  storyIds: readonly string[],
  groupId: string,
  text: string,
  createdAt: number,
];

type MatchedPair = readonly [id: number, spans: Delivery['matched'][number]['spans']];

/** A delivery as the scripts take it: key, destination, at, body; see lanes.lua. */
export function deliveryArguments(delivery: Delivery): Argument[] {
  return [delivery.key, delivery.destination, delivery.at, bodyOf(delivery)];
}

/** The letter that the scripts have for a state. */
export function letterOf(state: DeliveryRecord['state']): string {
  return state.charAt(0);
}

/** The lines of a body. None holds a line break: JSON writes it in other characters. */
function bodyOf({ destination, kind, roll, storyIds, groupId, text, createdAt, matched, members }: Delivery): string {
  const asking = kind === 'alert' && matched.length > 0 ? `,${matched.map(({ id }) => id).join(',')},` : '';
  const rest: Rest = [destination, kind, storyIds, groupId, text, createdAt];
  const pairs = matched.map(({ id, spans }): MatchedPair => [id, spans]);
  return `${members.join(',')}\n\n${JSON.stringify(roll)}\n${asking}\n${JSON.stringify(rest)}\n${JSON.stringify(pairs)}`;
}

/** The stories of a delivery, by what the scripts call the rest. */
export function storyIdsIn(rest: string): readonly string[] {
  return (parseStored(rest) as Rest)[2];
}

/** @throws StoreError `corrupt` for what is no record */
export function deliveryRecordOf([key, value]: RecordReply): DeliveryRecord {
  const state = states[value.toString('latin1', 0, 1) as keyof typeof states];
  if (value.length < HEAD_BYTES || state === undefined) throw corrupt();
  const told = value.toString('utf8', HEAD_BYTES, HEAD_BYTES + value.readUIntBE(32, 3));
  const body = value.toString('utf8', HEAD_BYTES + value.readUIntBE(35, 3));
  const [members, boundTo, roll, , rest, ...matched] = body.split('\n');
  if (members === undefined || boundTo === undefined) throw corrupt();
  const [destination, kind, storyIds, groupId, text, createdAt] = parseStored(rest) as Rest;
  const settledAt = value.readDoubleBE(24);
  return {
    delivery: {
      key: key.toString('latin1'),
      destination,
      kind,
      groupId,
      storyIds,
      matched: matchedOf(matched),
      at: value.readDoubleBE(16),
      roll: parseStored(roll) as string,
      text,
      members: members === '' ? [] : members.split(','),
      createdAt,
    },
    state,
    attempts: value.readUInt32BE(2),
    ambiguous: (value.readUInt8(1) & AMBIGUOUS) !== 0,
    reason: state === 'sent' ? '' : told,
    remoteId: state === 'sent' ? told : '',
    settledAt: settledAt < 0 ? null : settledAt,
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

function corrupt(): StoreError {
  return new StoreError('corrupt', 'A stored record cannot be read');
}
