import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { isGone, newHolder } from '../../../../adapters/chat/discord/holder.ts';
import { createLeader, type Leader } from '../../../../adapters/chat/discord/leader.ts';
import { createClock } from '../../../../adapters/clock/node-cron.ts';
import { createLogger } from '../../../../src/log.ts';
import type { Store } from '../../../../src/ports.ts';
import { openForTest, temporaryPath } from '../../store/temporary-folder.ts';

const LEASE_MS = 600;

/** A leader on a store, and what it holds open. */
function lead(store: Pick<Store, 'takeLease' | 'dropLease'>, holder: string): { leader: Leader; held: string[] } {
  const held: string[] = [];
  const leader = createLeader({
    store,
    clock: createClock(() => undefined),
    log: createLogger('silent', { kind: 'json' }),
    name: 'gateway',
    leaseMs: LEASE_MS,
    holder,
    async open() {
      held.push('open');
      return async () => void held.push('closed');
    },
  });
  onTestFinished(async () => leader.stop());
  return { leader, held };
}

/** The store as one process sees it, which may lose it. */
function through(store: Store): Pick<Store, 'takeLease' | 'dropLease'> & { away: boolean } {
  const gate = {
    away: false,
    takeLease: async (...given: Parameters<Store['takeLease']>) =>
      gate.away ? Promise.reject(new Error('away')) : store.takeLease(...given),
    dropLease: async (...given: Parameters<Store['dropLease']>) =>
      gate.away ? Promise.reject(new Error('away')) : store.dropLease(...given),
  };
  return gate;
}

test('one leads until it stops, then the next does', async () => {
  const store = await openForTest(temporaryPath());
  const [first, next] = [lead(store, 'first'), lead(store, 'next')];
  await first.leader.begin();
  await next.leader.begin();
  await wait(LEASE_MS * 2);
  expect([first.held, next.held]).toEqual([['open'], []]);
  await first.leader.stop();
  expect(first.held).toEqual(['open', 'closed']);
  await expect.poll(() => next.held, { timeout: 5000 }).toEqual(['open']);
});

test('who leads goes on while the store is away, and is the first to have it back', async () => {
  const store = await openForTest(temporaryPath());
  const gates = [through(store), through(store)] as const;
  const [first, next] = [lead(gates[0], 'first'), lead(gates[1], 'next')];
  await first.leader.begin();
  await next.leader.begin();
  for (const gate of gates) gate.away = true;
  await wait(LEASE_MS * 4);
  for (const gate of gates) gate.away = false;
  await wait(LEASE_MS * 4);
  expect([first.held, next.held]).toEqual([['open'], []]);
});

test('who has lost the lease to another closes what is open', async () => {
  const store = await openForTest(temporaryPath());
  const gate = through(store);
  const [first, next] = [lead(gate, 'first'), lead(store, 'next')];
  await first.leader.begin();
  await next.leader.begin();
  gate.away = true;
  await expect.poll(() => next.held, { timeout: 5000 }).toEqual(['open']);
  gate.away = false;
  await expect.poll(() => first.held, { timeout: 5000 }).toEqual(['open', 'closed']);
});

test('a holder on this machine that has ended is known to be gone, no other is', () => {
  const mine = newHolder();
  expect(isGone(mine)).toBe(false);
  expect(isGone('elsewhere 1 x')).toBe(false);
  expect(isGone('')).toBe(false);
  const [machine = ''] = mine.split(' ');
  // No process has a number as high as that.
  expect(isGone(`${machine} 2147483646 x`)).toBe(machine !== '');
});
