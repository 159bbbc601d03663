import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The program's own figures, for `/metrics`. Labels are closed lists: no address, name or query ever becomes one. */
export interface Metrics {
  readonly registry: Registry;
  readonly fetches: Counter<'outcome'>;
  readonly pages: Counter<'outcome'>;
  readonly stories: Counter<'judgement'>;
  readonly matches: Counter;
  readonly decisions: Counter<'outcome'>;
  readonly posts: Counter<'platform' | 'outcome'>;
  readonly commands: Counter<'command'>;
  readonly fetchSeconds: Histogram;
  /** From the first sight of a story to its alert. */
  readonly alertSeconds: Histogram;
  readonly depths: Gauge<'what'>;
}

/** A registry of its own for each program, so that two in one process (tests) do not mix. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    fetches: new Counter({ name: 'newshound_fetches_total', help: 'Feeds asked', labelNames: ['outcome'], registers }),
    pages: new Counter({
      name: 'newshound_pages_total',
      help: 'Pages of stories asked',
      labelNames: ['outcome'],
      registers,
    }),
    stories: new Counter({ name: 'newshound_items_total', help: 'Items judged', labelNames: ['judgement'], registers }),
    matches: new Counter({ name: 'newshound_matches_total', help: 'Pairs of story and subscription', registers }),
    decisions: new Counter({
      name: 'newshound_decisions_total',
      help: 'What became of matches',
      labelNames: ['outcome'],
      registers,
    }),
    posts: new Counter({
      name: 'newshound_posts_total',
      help: 'Posts to chats',
      labelNames: ['platform', 'outcome'],
      registers,
    }),
    commands: new Counter({ name: 'newshound_commands_total', help: 'Commands', labelNames: ['command'], registers }),
    fetchSeconds: new Histogram({
      name: 'newshound_fetch_seconds',
      help: 'Time to ask for a feed',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers,
    }),
    alertSeconds: new Histogram({
      name: 'newshound_alert_seconds',
      help: 'From first sight of a story to its alert',
      buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600],
      registers,
    }),
    depths: new Gauge({ name: 'newshound_depth', help: 'What the store holds', labelNames: ['what'], registers }),
  };
}
