import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** A real `redis-server` in a folder of its own on the loopback, with the append-only file on. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: () => number | undefined;
  /** Ends it as kill -9 does, or asks it to end; resolves when it has. */
  readonly kill: (signal?: 'SIGKILL' | 'SIGTERM') => Promise<void>;
  /** Starts it again on the same port and files. */
  readonly restart: () => Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

const START_MS = 10_000;

/** To stand behind a title: why what needs a redis-server is skipped; '' where there is one. */
export const unlessMissing = ((): string => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return '';
  } catch {
    return ' (no redis-server is installed)';
  }
})();

/** For `describe.skipIf`: what needs a redis-server is skipped where there is none, but fails where CI is set. */
export const skipWithoutRedis = unlessMissing !== '' && !process.env['CI'];

export async function startRedis(more: readonly string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'newshound-redis-'));
  const port = await freePort();
  let child: ChildProcess = await launch();

  async function launch(): Promise<ChildProcess> {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    // `always`, so that what was answered stands after a kill, however busy the disk is.
    const files = ['--appendonly', 'yes', '--appendfsync', 'always', '--daemonize', 'no', '--loglevel', 'warning'];
    const started = spawn('redis-server', [...settings, ...files, '--maxmemory-policy', 'noeviction', ...more], {
      stdio: 'ignore',
    });
    await answers(port, started).catch((error: unknown) => {
      started.kill('SIGKILL');
      throw error;
    });
    return started;
  }

  async function kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    // One that was stopped can only be ended after it goes on.
    child.kill('SIGCONT');
    child.kill(signal);
    await ended;
  }

  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: () => child.pid,
    kill,
    async restart() {
      child = await launch();
    },
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until a server answers; one that ended instead is said. */
async function answers(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + START_MS;
  while (!(await takesPing(port))) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
    if (performance.now() > until) throw new Error('redis-server does not answer');
    await wait(20);
  }
}

/** Whether the server at a port has read its files; one that first asks for a password has too. */
async function takesPing(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return /^(?:\+PONG|-NOAUTH)/u.test(answer.toString());
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
