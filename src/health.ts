import type { Store } from './ports.ts';

/** How the program does, for `/healthz`. */
export interface Health {
  readonly ok: boolean;
  /** What is wrong, in words; empty when nothing is. */
  readonly problems: readonly string[];
}

const HEALTHY_LATENESS_MS = 15 * 60_000;

/** Whether the Store answers and nothing has been due for long; `now` in epoch ms. Never throws. */
export async function healthOf(store: Pick<Store, 'probe' | 'depths'>, now: number): Promise<Health> {
  const problems: string[] = [];
  try {
    await store.probe();
    const { oldestDueFeed, oldestDueDelivery } = await store.depths(now);
    if (oldestDueFeed !== null && now - oldestDueFeed > HEALTHY_LATENESS_MS) {
      problems.push(`a feed has been due for ${minutes(now - oldestDueFeed)}`);
    }
    if (oldestDueDelivery !== null && now - oldestDueDelivery > HEALTHY_LATENESS_MS) {
      problems.push(`an alert has been due for ${minutes(now - oldestDueDelivery)}`);
    }
  } catch (error) {
    problems.push(`the store cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { ok: problems.length === 0, problems };
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} minutes`;
}
