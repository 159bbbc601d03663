import { ledgerTitles } from '../journeys/program.ts';
import type { TrialChat } from './chats.ts';
import { WORDS } from './news.ts';
import { said } from './running.ts';

/**
 * The terminal, one place; what several processes told stands in a ledger each. A process cannot see what another has printed and
 * was killed before it said so: where processes are killed one alone prints.
 */
export function askTerminal(folders: ReadonlySet<string>): TrialChat {
  return {
    places: 1,
    env: {},
    rivalEnv: { NEWSHOUND_ROLES: 'poll' },
    async subscribe(run) {
      for (const [i, word] of WORDS.entries()) {
        run.child.stdin?.write(`/news add ${word}\n`);
        await said(run, `#${i + 1}`);
      }
    },
    told: async () => [(await Promise.all([...folders].map(ledgerTitles))).flat()],
    trouble: () => undefined,
    calm: () => undefined,
    connections: () => ({ open: 0, made: 0 }),
    close: async () => undefined,
  };
}
