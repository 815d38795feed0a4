import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFiles } from '../../../src/exports/write-files';
import type { SlackClients } from '../../../src/slack/client/slack-clients';
import { uploadFiles } from '../../../src/slack/client/upload-files';
import { createTestApp, type TestApp } from '../../setup/app-context';

let testApp: TestApp;
let server: Server;
let answer: RequestListener;
beforeAll(async () => {
  testApp = await createTestApp();
  server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await testApp.close();
});

const LINE = `${'x'.repeat(1_023)}\n`;

/** Uploads a file of so many KiB to our own server. */
async function upload(kibibytes: number, limits?: { wholeMs: number; idleMs: number }) {
  const { app, tenantId } = testApp;
  const key = `export:${kibibytes}`;
  async function* blocks() {
    yield Array<string>(kibibytes).fill(LINE);
  }
  const files = await writeFiles(app.db, { tenantId, key }, { headLine: 'head\n', blocks: blocks() });
  const { port } = server.address() as AddressInfo;
  const announced = { upload_url: `http://127.0.0.1:${port}/`, file_id: 'F1' };
  const client = { files: { getUploadURLExternal: async () => announced } };
  return uploadFiles(
    { app, client } as unknown as SlackClients,
    { key, name: 'list' },
    files,
    limits ? { limits } : {},
  );
}

it('uploads a file of several pieces', async () => {
  let bytes = 0;
  answer = (request, response) => {
    request.on('data', (part) => {
      bytes += part.length;
    });
    request.on('end', () => response.end('OK'));
  };
  expect(await upload(3_000)).toEqual([{ id: 'F1', title: 'list.csv' }]);
  expect(bytes).toBe(3_000 * 1_024 + '\uFEFFhead\n'.length + 2);
});

it('gives up an upload that is never answered', async () => {
  answer = (request) => request.resume();
  await expect(upload(1, { wholeMs: 60_000, idleMs: 100 })).rejects.toMatchObject({
    name: 'TransferTimeout',
    message: 'The transfer of a file moved nothing for 0.1 s.',
  });
});

it('gives up an upload of which nothing is taken any more', async () => {
  answer = () => undefined;
  await expect(upload(30_000, { wholeMs: 60_000, idleMs: 500 })).rejects.toMatchObject({
    name: 'TransferTimeout',
  });
});

it('gives up an upload that takes too long, though it moves', async () => {
  answer = (request) => {
    request.on('data', () => {
      request.pause();
      setTimeout(() => request.resume(), 20);
    });
  };
  await expect(upload(30_000, { wholeMs: 500, idleMs: 60_000 })).rejects.toMatchObject({
    message: 'The transfer of a file was not over after 0.5 s.',
  });
});
