/**
 * How many hash slots keys, deliveries and decisions are spread over, so that the nodes of a cluster share them. A store keeps
 * the number it was made with: it is part of every key's name.
 */
export const SHARDS = 16;

/** All shards of a kind: `d:0` … `d:15`. */
export function shardsOf(kind: string): readonly string[] {
  return Array.from({ length: SHARDS }, (_, i) => `${kind}:${i}`);
}

/** The shard of any text (FNV-1a). */
export function shardOfText(kind: string, text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${kind}:${(hash >>> 0) % SHARDS}`;
}

/** The shard of a digest, by its first hex digit. */
export function shardOfDigest(kind: string, hex: string): string {
  return `${kind}:${Number.parseInt(hex.charAt(0), 16)}`;
}

export function shardOfNumber(kind: string, number: number): string {
  return `${kind}:${number % SHARDS}`;
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
