import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';

/** A free port on 127.0.0.1. The bot keeps it through its restarts. */
export function freePort(): Promise<number> {
  return tryPort(0);
}

/**
 * The port that was written to this file the last time, or a new one, which is then written there. The bot follows texts at the
 * address that they were sent through, so a demo that is started again needs its Buka where it was. A port that was taken
 * meanwhile is replaced.
 */
export async function keptPort(file: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = await tryPort(kept).catch(() => freePort());
  await writeFile(file, String(port));
  return port;
}

/** 0: the system chooses. Rejects where the port is taken, or is none. */
async function tryPort(wanted: number): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
