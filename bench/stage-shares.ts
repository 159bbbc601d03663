import { Session, type Profiler } from 'node:inspector/promises';

/** What the main thread was at, by the first of these that the innermost frames name. */
const STAGES: readonly (readonly [stage: string, place: RegExp])[] = [
  ['parse', /\/adapters\/feeds\/(?!http|exchange|body|inflate|politeness|guard|address|answer-hints|source|failure)/u],
  ['parse', /\/node_modules\/(?:rss-parser|xml2js|sax|xmlbuilder|entities|htmlparser2)\//u],
  [
    'fetch',
    /\/adapters\/feeds\/|\/node_modules\/undici\/|^node:(?:net|internal\/stream_base_commons|internal\/streams)/u,
  ],
  ['group', /\/src\/story\/(?:sameness\/|group)/u],
  ['keys', /\/src\/story\/(?:identity|link|link-place|site|tracking|wrapped-link)\.ts/u],
  ['clean', /\/src\/story\//u],
  ['match and route', /\/src\/(?:delivery|subscription)\//u],
  ['store', /\/adapters\/store\//u],
  ['intake', /\/src\/feeds\//u],
];

/** Runs something and tells how the main thread's time was spent, largest share first: `parse 31 %, store 20 %, …`. */
export async function withShares(work: () => Promise<void>): Promise<string> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await work();
    const { profile } = await session.post('Profiler.stop');
    return sharesOf(profile);
  } finally {
    session.disconnect();
  }
}

function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): string {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const spent = new Map<string, number>();
  let all = 0;
  for (const [i, id] of samples.entries()) {
    const stage = stageOf(id, byId, parents);
    if (stage === '') continue;
    spent.set(stage, (spent.get(stage) ?? 0) + (timeDeltas[i] ?? 0));
    all += timeDeltas[i] ?? 0;
  }
  const ranked = [...spent].sort((a, b) => b[1] - a[1]);
  return ranked.map(([stage, time]) => `${stage} ${Math.round((time / all) * 100)} %`).join(', ');
}

/** The stage of the innermost frame that has one; '' for a thread that waits. */
function stageOf(
  leaf: number,
  byId: ReadonlyMap<number, Profiler.ProfileNode>,
  parents: ReadonlyMap<number, number>,
): string {
  const { functionName = '' } = byId.get(leaf)?.callFrame ?? {};
  if (functionName === '(idle)') return '';
  if (functionName === '(garbage collector)') return 'garbage collection';
  for (let id: number | undefined = leaf; id !== undefined; id = parents.get(id)) {
    const url = byId.get(id)?.callFrame.url ?? '';
    const stage = STAGES.find(([, place]) => place.test(url))?.[0];
    if (stage !== undefined) return stage;
  }
  return 'event loop';
}
