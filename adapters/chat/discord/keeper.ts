import type { Clock, Store } from '../../../src/ports.ts';
import type { Kept } from './spoken.ts';

const KIND = 'spoken';
const KEPT_MS = 7 * 86_400_000;

/** Keeps what is too long for a component's id, so that the component works after a restart. */
export interface Keeper {
  keep(all: readonly Kept[]): Promise<void>;
  /** Null when it is no longer there. */
  find(id: string): Promise<string | null>;
}

export function createKeeper(store: Pick<Store, 'getDocument' | 'putDocument'>, clock: Pick<Clock, 'now'>): Keeper {
  return {
    async keep(all) {
      const expiresAt = clock.now() + KEPT_MS;
      await Promise.all(all.map(async ({ id, text }) => store.putDocument(KIND, id, { text }, expiresAt)));
    },

    async find(id) {
      const document = (await store.getDocument(KIND, id)) as { readonly text: string } | null;
      return document?.text ?? null;
    },
  };
}
