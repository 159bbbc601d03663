import { afterEach, beforeEach } from 'vitest';
import type { Store } from '../../../src/ports.ts';

/** What an adapter gives the suite: one empty store, and as many clients of it as are asked for. */
export interface StoreHarness {
  /** A further client of this store. */
  client(): Promise<Store>;
  /** A store with nothing in it, apart from this one. */
  another(): Promise<Store>;
  /** Epoch ms by the clock that ends leases. */
  now(): number;
  /** Lets that clock go on: an embedded store's is set, a server's is waited for. */
  advance(ms: number): Promise<void>;
  /** How many entries the log of subscription changes keeps; small, so that a test can outrun it. */
  readonly changesKept: number;
  /** Closes and removes everything, its clients too. */
  close(): Promise<void>;
}

export type OpenHarness = () => Promise<StoreHarness>;

/** One store and two clients of it. */
export interface Stores {
  readonly harness: StoreHarness;
  readonly a: Store;
  readonly b: Store;
}

/** A lease that no test outlives, and one that a test can wait for. */
export const LONG_MS = 600_000;
export const SHORT_MS = 400;

/** Opens a store for each test and closes it afterwards; returns what gives the present one. */
export function useStores(open: OpenHarness): () => Stores {
  let stores: Stores | null = null;

  beforeEach(async () => {
    const harness = await open();
    stores = { harness, a: await harness.client(), b: await harness.client() };
  });

  afterEach(async () => {
    await stores?.harness.close();
    stores = null;
  });

  return () => {
    if (stores === null) throw new Error('No store is open outside a test');
    return stores;
  };
}
