import type { Fault } from './door.ts';

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The first fault that was told for such a call, used up by one. */
  next(call: { readonly method: string; readonly channel: string; readonly workspace: string }): Fault['how'] | null;
}

/** Faults on demand, each for so many calls. */
export function createFaults(): Faults {
  let waiting: { readonly fault: Fault; left: number }[] = [];

  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      waiting = [];
    },
    next({ method, channel, workspace }) {
      const found = waiting.find(
        ({ fault }) =>
          (fault.method === '*' || fault.method === method) &&
          (fault.channel ?? channel) === channel &&
          (fault.workspace ?? workspace) === workspace,
      );
      if (!found) return null;
      if (--found.left <= 0) waiting = waiting.filter((one) => one !== found);
      return found.fault.how;
    },
  };
}

/** How a fault is called in the list of calls. */
export function faultName(how: Fault['how']): string {
  if (typeof how === 'string') return how;
  if ('status' in how) return String(how.status);
  return 'error' in how ? how.error : 'late';
}
