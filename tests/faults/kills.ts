import { setTimeout as wait } from 'node:timers/promises';
import type { Judgement } from './news.ts';
import { end, said, startTrial, type Trial } from './trial.ts';

export interface KillPlan {
  readonly store: 'SQLite' | 'Redis';
  readonly feeds: number;
  /** Stories each feed publishes in a round. */
  readonly each: number;
  /** It ends once at least so many stories are published. */
  readonly alerts: number;
  /** The same seed gives the same kills, as far as the machine lets it. */
  readonly seed: number;
  readonly onRound?: (published: number) => void;
}

export interface KillReport extends Judgement {
  readonly store: string;
  readonly rounds: number;
  readonly seconds: number;
  /** Times the program was ended as by kill -9. */
  readonly kills: number;
  /** Times Redis was. */
  readonly redisKills: number;
}

/** The moments that the program can be told to die at; see `NEWSHOUND_KILL_AT`. */
const steps = ['leased', 'fetched', 'taken', 'offered', 'committed', 'claimed', 'posted', 'settled'] as const;
/** A process that does not come to its step is killed after this long. */
const PATIENCE_MS = 8000;
/** The longest life of a process, longer with each round in which the last ones were too short to get anywhere. */
const LONGEST_LIFE_MS = 3000;
const REDIS_KILL_SHARE = 0.3;
const TELL_MS = 900_000;

/**
 * Publishes, starts the program and kills it, again and again: at named steps and at any moment, on Redis now and then the
 * server too. Then lets it run until everything is told, and judges.
 */
export async function killAgainAndAgain(plan: KillPlan): Promise<KillReport> {
  const random = randomFrom(plan.seed);
  const trial = await startTrial(plan.store, plan.feeds);
  const began = performance.now();
  let [round, idle, kills, redisKills] = [0, 0, 0, 0];
  try {
    for (; published(trial) < plan.alerts; round++) {
      idle = trial.news.publish(plan.each) === 0 ? idle + 1 : 0;
      const longestMs = LONGEST_LIFE_MS * (1 + idle);
      plan.onRound?.(published(trial));
      const killRedis = trial.redis !== null && random() < REDIS_KILL_SHARE;
      const [signal] = await Promise.all([
        round % 2 === 0 ? dieAtStep(trial, random) : dieAtAnyMoment(trial, longestMs * random()),
        killRedis ? killServer(trial, longestMs * random()) : null,
      ]);
      if (signal === 'SIGKILL') kills++;
      if (killRedis) redisKills++;
    }
    const last = trial.start();
    await trial.allTold(TELL_MS).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${last.output().slice(-2000)}`);
    });
    await end(last);
    const seconds = Math.round((performance.now() - began) / 1000);
    return { store: plan.store, rounds: round, kills, redisKills, seconds, ...(await trial.judge()) };
  } finally {
    await trial.close();
  }
}

function published({ news }: Trial): number {
  return news.published.reduce((sum, titles) => sum + titles.length, 0);
}

/** The program ends itself at a step; in time or by our hand. */
async function dieAtStep(trial: Trial, random: () => number): Promise<NodeJS.Signals | null> {
  const step = steps[Math.floor(random() * steps.length)] ?? 'posted';
  const times = 1 + Math.floor(random() * trial.news.published.length);
  const run = trial.start({ NEWSHOUND_KILL_AT: `${step}:${times}` });
  const timer = setTimeout(() => run.child.kill('SIGKILL'), PATIENCE_MS);
  const { signal } = await run.ended;
  clearTimeout(timer);
  return signal;
}

async function dieAtAnyMoment(trial: Trial, lifeMs: number): Promise<NodeJS.Signals | null> {
  const run = trial.start();
  // Where Redis is down there is no start; then the kill meets a program that waits for it.
  await said(run, 'started', PATIENCE_MS).catch(() => undefined);
  const timer = setTimeout(() => run.child.kill('SIGKILL'), lifeMs);
  const { signal } = await run.ended;
  clearTimeout(timer);
  return signal;
}

async function killServer({ redis }: Trial, afterMs: number): Promise<void> {
  await wait(afterMs);
  await redis?.kill();
  await wait(200);
  await redis?.restart();
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
