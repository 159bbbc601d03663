import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What a network can do to a connection.
 * - pass: everything goes through
 * - refuse: nobody listens, what was open is reset
 * - silent: connections are taken and nothing goes through in either direction, until it passes again
 * - cut: requests go through, and with the first byte of an answer the connection is reset
 */
export type Weather = 'pass' | 'refuse' | 'silent' | 'cut';

/** A proxy on the loopback between a client and a server, and the weather between them. */
export interface TcpProxy {
  readonly port: number;
  /** What is from now on, for open connections too. */
  set(weather: Weather): Promise<void>;
  /** Each answer comes so much later (ms). */
  delay(ms: number): void;
  /** Resets all that is open; new connections are taken. */
  reset(): void;
  close(): Promise<void>;
}

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let weather: Weather = 'pass';
  let delayMs = 0;
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;

  async function listen(on: number): Promise<Server> {
    const listening = createServer(join);
    listening.listen(on, '127.0.0.1');
    await once(listening, 'listening');
    return listening;
  }

  function join(client: Socket): void {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
    client.on('data', (bytes) => upstream.write(bytes));
    upstream.on('data', (bytes) => answer(client, bytes));
    if (weather === 'silent') client.pause();
  }

  function answer(client: Socket, bytes: Buffer): void {
    if (weather === 'cut') {
      client.resetAndDestroy();
      return;
    }
    if (delayMs === 0) client.write(bytes);
    else setTimeout(() => !client.destroyed && client.write(bytes), delayMs);
  }

  function reset(): void {
    for (const socket of open) socket.resetAndDestroy();
  }

  return {
    port,
    async set(next) {
      const before = weather;
      weather = next;
      // As after packets that were lost: TCP sends again what was sent meanwhile.
      for (const socket of open) {
        if (next === 'silent') socket.pause();
        else socket.resume();
      }
      if (next === 'refuse' && before !== 'refuse') {
        server.close();
        reset();
        await once(server, 'close');
      }
      if (next !== 'refuse' && before === 'refuse') server = await listen(port);
    },
    delay(ms) {
      delayMs = ms;
    },
    reset,
    async close() {
      reset();
      if (weather === 'refuse') return;
      server.close();
      await once(server, 'close');
    },
  };
}
