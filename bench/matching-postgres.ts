import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoryText } from '../src/subscription/match.ts';
import type { Wanted } from './matching-load.ts';

const BINARIES = [
  '/usr/local/bin',
  '/usr/bin',
  '/usr/lib/postgresql/17/bin',
  '/usr/lib/postgresql/16/bin',
  '/usr/lib/postgresql/15/bin',
];
const STORIES = 200;
/** PostgreSQL does not start as root: then it runs as this user. */
const NOBODY = 65_534;

/**
 * The same stories in PostgreSQL: a table of queries with the rarest word of each in a column of its own (indexed), tried with `@@`
 * where that word is in the story. The server is a temporary one on a socket, without a port.
 */
export async function measurePostgres(
  stories: readonly StoryText[],
  wanted: readonly Wanted[],
): Promise<Readonly<Record<string, string | number>>> {
  const engine = 'PostgreSQL, anchor and @@';
  const bin = BINARIES.find((folder) => ['initdb', 'pg_ctl', 'psql'].every((name) => existsSync(join(folder, name))));
  if (bin === undefined) return { engine, skipped: 'no PostgreSQL on this machine' };
  const folder = mkdtempSync(join(tmpdir(), 'newshound-pg-'));
  try {
    return { engine, ...(await runServer(bin, folder, stories.slice(0, STORIES), wanted)) };
  } catch (error) {
    return { engine, skipped: String(error).split('\n', 1)[0] ?? '' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runServer(
  bin: string,
  folder: string,
  stories: readonly StoryText[],
  wanted: readonly Wanted[],
): Promise<Readonly<Record<string, string | number>>> {
  const isRoot = process.getuid?.() === 0;
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const run = (name: string, args: readonly string[]): string =>
    execFileSync(join(bin, name), args, {
      ...user,
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 1 << 28,
    });
  run('initdb', ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']);
  const options = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off -c jit=off`;
  run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start']);
  try {
    const script = join(folder, 'bench.sql');
    writeFileSync(script, sqlOf(stories, wanted), { mode: 0o644 });
    const out = run('psql', [
      '-h',
      folder,
      '-U',
      'bench',
      '-d',
      'postgres',
      '-qAt',
      '-v',
      'ON_ERROR_STOP=1',
      '-f',
      script,
    ]);
    const [p50 = '', p99 = '', bytes = '', rows = ''] = out.trim().split('\n').at(-1)?.split('|') ?? [];
    return {
      subscriptions: Number(rows),
      'p50 µs': Math.round(Number(p50)),
      'p99 µs': Math.round(Number(p99)),
      bytes: Math.round(Number(bytes)),
    };
  } finally {
    run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
  }
}

/** Times each story inside the server, the best of three, so that no way to it is counted. */
function sqlOf(stories: readonly StoryText[], wanted: readonly Wanted[]): string {
  const counts = new Map<string, number>();
  for (const { plain } of wanted) for (const word of plain?.all ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rows = wanted.flatMap(({ plain }) => {
    if (plain === null) return [];
    const anchor = plain.all.reduce((a, b) => ((counts.get(a) ?? 0) <= (counts.get(b) ?? 0) ? a : b));
    const all = plain.all.join(plain.phrase ? ' <-> ' : ' & ');
    return [`${anchor}\t${plain.not === null ? all : `${all} & !${plain.not}`}`];
  });
  return `
create table subscription (anchor text, query tsquery);
copy subscription from stdin;
${rows.join('\n')}
\\.
create index on subscription (anchor);
create table story (id serial, text text);
copy story (text) from stdin;
${stories.map(({ title, summary }) => `${title} ${summary}`.replaceAll(/[\\\t\n\r]/gu, ' ')).join('\n')}
\\.
vacuum analyze;
create table took (id int, us float);
do $$
declare one record; v tsvector; began timestamptz; hits int;
begin
  for round in 1..3 loop
    for one in select * from story loop
      began := clock_timestamp();
      v := to_tsvector('simple', one.text);
      select count(*) into hits from subscription s where s.anchor = any (tsvector_to_array(v)) and v @@ s.query;
      insert into took values (one.id, extract(epoch from clock_timestamp() - began) * 1e6);
    end loop;
  end loop;
end $$;
select percentile_cont(0.5) within group (order by best), percentile_cont(0.99) within group (order by best),
  (select pg_total_relation_size('subscription')::float / count(*) from subscription), (select count(*) from subscription)
from (select min(us) as best from took group by id) t;
`;
}
