import { rm } from 'node:fs/promises';

/** Jest's globalTeardown. */
export default async function stopPostgres(): Promise<void> {
  await globalThis.testServer?.database.close();
  if (globalThis.testServer) await rm(globalThis.testServer.dataDir, { recursive: true, force: true });
}
