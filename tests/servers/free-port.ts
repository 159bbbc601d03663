import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** So that the bus of a Redis Cluster has its port too, which is the one 10,000 above. */
const HIGHEST_PORT = 55_535;

/** A port of the loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    if (port <= HIGHEST_PORT) return port;
  }
}
