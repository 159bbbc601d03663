import { parseArgs } from 'node:util';
import type { ChatName } from './chats.ts';
import { killAgainAndAgain, type KillPlan, type KillReport } from './kills.ts';

/**
 * The long form of the fault trials: `npm run faults`, or
 * `npm run faults -- --alerts 2000 --store Redis --chat Discord,Slack --seed 7`. Prints a table of all trials and ends with 1 when
 * anything was lost, told twice, stray or out of order, or a trial could not be ended.
 */
const sizes = {
  terminal: { places: 1, feeds: 15, each: 15 },
  Discord: { places: 24, feeds: 4, each: 2 },
  Slack: { places: 50, feeds: 4, each: 1 },
} as const satisfies Record<ChatName, Pick<KillPlan, 'places' | 'feeds' | 'each'>>;
const names: readonly ChatName[] = ['terminal', 'Discord', 'Slack'];
/** Slack knows no way to post once only: so few in ten thousand may stand there twice. */
const DUPLICATES = { terminal: 0, Discord: 0, Slack: 1 } as const;

const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '10000' },
    store: { type: 'string', default: 'SQLite,Redis' },
    chat: { type: 'string', default: names.join(',') },
    seed: { type: 'string', default: '1' },
    outage: { type: 'string', default: '60' },
  },
});
const stores = chosen('store', ['SQLite', 'Redis'] as const, values.store);
const chats = chosen('chat', names, values.chat);
const alerts = Number(values.alerts);
const reports: KillReport[] = [];
const failures: string[] = [];

/** Those of the known names that are asked for, in any case; what is not known ends the run. */
function chosen<T extends string>(option: string, known: readonly T[], asked: string): readonly T[] {
  const wanted = new Set(asked.toLowerCase().split(','));
  const found = known.filter((name) => wanted.delete(name.toLowerCase()));
  if (wanted.size === 0) return found;
  console.error(`--${option}: there is no ${[...wanted].join(', ')}; there are ${known.join(', ')}.`);
  process.exit(2);
}

async function tryOne(store: KillPlan['store'], chat: ChatName): Promise<void> {
  const onRound = (called: number): void => {
    process.stderr.write(`\r${store}, ${chat}: ${called} of ${alerts} alerts `);
  };
  const [seed, outageMs] = [Number(values.seed), Number(values.outage) * 1000];
  try {
    reports.push(await killAgainAndAgain({ store, chat, ...sizes[chat], alerts, seed, outageMs, onRound }));
  } catch (error) {
    failures.push(`${store}, ${chat}: ${String(error)}`);
  }
  process.stderr.write('\n');
}

for (const chat of chats) for (const store of stores) await tryOne(store, chat);
console.table(reports);
for (const failure of failures) console.error(failure);
const wrong = reports.some(
  ({ chat, lost, duplicates, stray, outOfOrder }) =>
    lost + stray + outOfOrder > 0 || duplicates > DUPLICATES[chat as ChatName],
);
process.exitCode = wrong || failures.length > 0 ? 1 : 0;
