import { setTimeout as wait } from 'node:timers/promises';
import type { Weather } from '../servers/tcp-proxy.ts';
import type { ChatName } from './chats.ts';
import type { Judgement } from './news.ts';
import { sitOutage } from './outages.ts';
import { end, said } from './running.ts';
import { startTrial, type Trial } from './trial.ts';

export interface KillPlan {
  readonly store: 'SQLite' | 'Redis';
  readonly chat: ChatName;
  /** Places that each ask for every story; the terminal is one. */
  readonly places: number;
  readonly feeds: number;
  /** Stories each feed publishes in a round. */
  readonly each: number;
  /** It ends once at least so many alerts are called for: stories times places. */
  readonly alerts: number;
  /** The same seed gives the same kills, as far as the machine lets it. */
  readonly seed: number;
  /** Redis stays away this long once, half-way through (ms); 0 for never. */
  readonly outageMs: number;
  readonly onRound?: (alerts: number) => void;
}

export interface KillReport extends Judgement {
  readonly store: string;
  readonly chat: string;
  readonly rounds: number;
  readonly seconds: number;
  /** Times a process was ended as by kill -9. */
  readonly kills: number;
  /** Times Redis was, and times the network between was cut, silent or refused. */
  readonly redisKills: number;
  readonly networkFaults: number;
  /** How long Redis once stayed away (s). */
  readonly outage: number;
}

/** The moments that the program can be told to die at; see `NEWSHOUND_KILL_AT`. */
const steps = ['leased', 'fetched', 'taken', 'offered', 'committed', 'claimed', 'posted', 'settled'] as const;
/** A process that does not come to its step is killed after this long. */
const PATIENCE_MS = 8000;
/** The longest life of a process, longer with each round in which the last ones were too short to get anywhere. */
const LONGEST_LIFE_MS = { terminal: 3000, Discord: 6000, Slack: 6000 } as const;
/** Alerts that may lie unsent when more is published: a chat takes only so many a second. */
const MOST_WAITING = 600;
const REDIS_KILL_SHARE = 0.3;
const NETWORK_FAULT_SHARE = 0.3;
const RIVAL_SHARE = 0.3;
const TELL_MS = 900_000;

/** Counts of what was done to the program. */
interface Harm {
  rounds: number;
  kills: number;
  redisKills: number;
  networkFaults: number;
}

/**
 * Publishes, starts the program and kills it, again and again: at named steps and at any moment, alone or two processes at
 * once; on Redis the server and the network too, while the chat fails in its own ways. Then lets it run until everything is
 * told, and judges.
 */
export async function killAgainAndAgain(plan: KillPlan): Promise<KillReport> {
  const random = randomFrom(plan.seed);
  const trial = await startTrial(plan.store, plan.feeds, plan);
  const began = performance.now();
  const harm: Harm = { rounds: 0, kills: 0, redisKills: 0, networkFaults: 0 };
  let [idle, sat] = [0, false];
  try {
    for (let called = 0; called < plan.alerts; harm.rounds++) {
      const published = await publishMore(trial, plan);
      ({ alerts: called } = await trial.judge());
      idle = published ? 0 : idle + 1;
      plan.onRound?.(called);
      trial.chat.trouble(random);
      if (plan.outageMs > 0 && trial.redis !== null && !sat && called >= plan.alerts / 2) {
        await sitOutage(trial, plan.outageMs);
        sat = true;
      }
      await liveAndDie(trial, plan, LONGEST_LIFE_MS[plan.chat] * (1 + idle), random, harm);
    }
    await tellTheRest(trial);
    const seconds = Math.round((performance.now() - began) / 1000);
    const { store, chat } = plan;
    return { store, chat, ...harm, outage: sat ? plan.outageMs / 1000 : 0, seconds, ...(await trial.judge()) };
  } finally {
    await trial.close();
  }
}

/** False where nothing was published: what was before has yet to get through. */
async function publishMore({ chat, news, judge }: Trial, { each }: KillPlan): Promise<boolean> {
  if (chat.places > 1 && (await judge()).lost > MOST_WAITING) return false;
  return news.publish(each) > 0;
}

/** A round: processes that live until they are killed, while Redis and the network may fail them. */
async function liveAndDie(
  trial: Trial,
  { store }: KillPlan,
  longestMs: number,
  random: () => number,
  harm: Harm,
): Promise<void> {
  const shared = store === 'Redis';
  const ends = [
    harm.rounds % 2 === 0 ? dieAtStep(trial, random, longestMs) : dieAtAnyMoment(trial, longestMs * random()),
  ];
  if (shared && random() < RIVAL_SHARE) {
    ends.push(dieAtAnyMoment(trial, longestMs * random(), { folder: await trial.folder(), env: trial.chat.rivalEnv }));
  }
  const faults: Promise<void>[] = [];
  if (shared && random() < REDIS_KILL_SHARE) {
    harm.redisKills++;
    faults.push(killServer(trial, longestMs * random()));
  }
  if (shared && random() < NETWORK_FAULT_SHARE) {
    harm.networkFaults++;
    faults.push(disturbNetwork(trial, longestMs * random(), random));
  }
  for (const signal of await Promise.all(ends)) if (signal === 'SIGKILL') harm.kills++;
  await Promise.all(faults);
}

async function tellTheRest(trial: Trial): Promise<void> {
  trial.chat.calm();
  const last = trial.start();
  await trial.allTold(TELL_MS).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${last.output().slice(-2000)}`);
  });
  await end(last);
}

/** The program ends itself at a step; in time or by our hand. */
async function dieAtStep(trial: Trial, random: () => number, longestMs: number): Promise<NodeJS.Signals | null> {
  const step = steps[Math.floor(random() * steps.length)] ?? 'posted';
  const most = trial.news.published.length * trial.chat.places;
  const run = trial.start({ NEWSHOUND_KILL_AT: `${step}:${1 + Math.floor(random() * most)}` });
  const timer = setTimeout(() => run.child.kill('SIGKILL'), Math.max(PATIENCE_MS, longestMs));
  const { signal } = await run.ended;
  clearTimeout(timer);
  return signal;
}

async function dieAtAnyMoment(
  trial: Trial,
  lifeMs: number,
  { folder = trial.data, env = {} }: { readonly folder?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<NodeJS.Signals | null> {
  const run = trial.start(env, { folder });
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

const weathers: readonly Weather[] = ['refuse', 'silent', 'cut'];
const LONGEST_WEATHER_MS = 2000;

async function disturbNetwork({ network }: Trial, afterMs: number, random: () => number): Promise<void> {
  const weather = weathers[Math.floor(random() * weathers.length)] ?? 'cut';
  await wait(afterMs);
  await network?.set(weather);
  await wait(LONGEST_WEATHER_MS * random());
  await network?.set('pass');
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
