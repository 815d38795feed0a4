import { health, type Readiness, ready } from '../../src/http/health';
import { type HttpServer, startHttpServer } from '../../src/http/server';
import { createLog } from '../../src/log';
import { startTestSystem } from '../setup/test-system';

const ask = async (port: number, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, body: await answer.json() };
};

describe('of a running bot', () => {
  test.each(['socket', 'http'] as const)('over %s both answer 200', async (mode) => {
    const system = await startTestSystem({ mode, bot: false });
    try {
      const { port } = await system.startBot();
      expect(await ask(port, '/healthz')).toEqual({ status: 200, body: { ok: true } });
      const all = { ok: true, database: true, writes: true, slack: true, worker: true };
      expect(await ask(port, '/readyz')).toEqual({ status: 200, body: all });
      expect((await ask(port, '/elsewhere')).status).toBe(404);
    } finally {
      await system.close();
    }
  });
});

describe('/readyz', () => {
  let server: HttpServer;
  afterEach(() => server.stop(0));

  const able: Readiness = {
    database: async () => true,
    writes: async () => true,
    slack: () => true,
    needsSlack: true,
    worker: () => true,
  };

  test.each<[string, Partial<Readiness>]>([
    ['database', { database: () => Promise.reject(new Error('connection refused')) }],
    ['writes', { writes: () => Promise.reject(new Error('read-only transaction')) }],
    ['slack', { slack: () => false }],
    ['worker', { worker: () => false }],
  ])('is 503 and names the failed %s, while /healthz stays 200', async (name, lack) => {
    const routes = { 'GET /healthz': health, 'GET /readyz': ready({ ...able, ...lack }) };
    server = await startHttpServer({ host: '127.0.0.1', port: 0, routes, log: createLog('silent') });
    const all = { database: true, writes: true, slack: true, worker: true };
    expect(await ask(server.port, '/readyz')).toEqual({
      status: 503,
      body: { ...all, ok: false, [name]: false },
    });
    expect((await ask(server.port, '/healthz')).status).toBe(200);
  });

  test('names Slack and stays 200 where this process is reached without it', async () => {
    const routes = { 'GET /readyz': ready({ ...able, slack: () => false, needsSlack: false }) };
    server = await startHttpServer({ host: '127.0.0.1', port: 0, routes, log: createLog('silent') });
    const { status, body } = await ask(server.port, '/readyz');
    expect([status, body]).toEqual([200, expect.objectContaining({ ok: true, slack: false })]);
  });
});
