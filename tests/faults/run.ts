import { parseArgs } from 'node:util';
import { killAgainAndAgain, type KillReport } from './kills.ts';

/**
 * The long form of the fault trials: `npm run faults`, or `npm run faults -- --alerts 2000 --store Redis --seed 7`.
 * Prints a table and ends with 1 when anything was lost, told twice, stray or out of order.
 */
const FEEDS = 15;
const EACH = 15;

const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '10000' },
    store: { type: 'string', default: 'SQLite,Redis' },
    seed: { type: 'string', default: '1' },
  },
});
const alerts = Number(values.alerts);
const reports: KillReport[] = [];
for (const store of ['SQLite', 'Redis'] as const) {
  if (!values.store.split(',').includes(store)) continue;
  const onRound = (published: number): void => {
    process.stderr.write(`\r${store}: ${published} of ${alerts} stories `);
  };
  reports.push(
    await killAgainAndAgain({ store, feeds: FEEDS, each: EACH, alerts, seed: Number(values.seed), onRound }),
  );
  process.stderr.write('\n');
}
console.table(reports);
const wrong = reports.some(({ lost, duplicates, stray, outOfOrder }) => lost + duplicates + stray + outOfOrder > 0);
process.exitCode = wrong ? 1 : 0;
