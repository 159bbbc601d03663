import type { Destination } from '../../../src/subscription/destination.ts';

/**
 * How many hash slots the keys of a kind are spread over, so that the nodes of a cluster share them: destinations (d), seen
 * keys (s), decisions (w). A store keeps the numbers it was made with: they decide what stands where. Fewer put more
 * requests into one call; sixteen is what the first hex digit of a digest gives.
 */
const SHARDS = { d: 8, s: 16, w: 16 } as const;

/** All shards of a kind: `d:0` … `d:7`. */
export function shardsOf(kind: keyof typeof SHARDS): readonly string[] {
  return Array.from({ length: SHARDS[kind] }, (_, i) => `${kind}:${i}`);
}

/** The shard that holds all of a destination (FNV-1a). */
export function laneShard(destination: Destination): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < destination.length; i++) hash = Math.imul(hash ^ destination.charCodeAt(i), 0x01000193);
  return `d:${(hash >>> 0) % SHARDS.d}`;
}

/** The shard of a digest, by its first hex digit. */
export function shardOfDigest(kind: 's' | 'w', hex: string): string {
  return `${kind}:${Number.parseInt(hex.charAt(0), 16)}`;
}

export function shardOfNumber(kind: 'w', number: number): string {
  return `${kind}:${number % SHARDS[kind]}`;
}

/** The places of items by shard: what belongs together goes in one call, and the answers find back. */
export function byShard<T>(items: readonly T[], shardOf: (item: T) => string): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [i, item] of items.entries()) {
    const shard = shardOf(item);
    const known = places.get(shard);
    if (known) known.push(i);
    else places.set(shard, [i]);
  }
  return places;
}

/** Slices of at most `size`. */
export function* pagesOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}
