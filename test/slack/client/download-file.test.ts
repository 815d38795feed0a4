import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import { DOWNLOAD_LIMITS, downloadFile } from '../../../src/slack/client/download-file';
import type { SlackClients } from '../../../src/slack/client/slack-clients';

let server: Server;
let origin: string;
let answer: (response: ServerResponse, url: string) => void;
const tokens: (string | undefined)[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    answer(response, request.url ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  tokens.length = 0;
});

/** Reads a file with this metadata, from a Slack at our own server. */
async function read(file: object | Error, limits = DOWNLOAD_LIMITS): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of open(file, limits)) parts.push(part);
  return Buffer.concat(parts).toString();
}

function open(file: object | Error, limits = DOWNLOAD_LIMITS): AsyncGenerator<Uint8Array> {
  const info = async () => {
    if (file instanceof Error) throw file;
    return { file };
  };
  const settings = { apiUrl: `${origin}/api/` };
  const clients = {
    settings,
    botToken: 'xoxb-secret',
    client: { files: { info } },
  } as unknown as SlackClients;
  return downloadFile(clients, 'F1', limits);
}

const refused = (error: string) => new webApi.WebAPIPlatformError({ ok: false, error });

it('reads a file with the bot’s token', async () => {
  answer = (response) => response.writeHead(200, { 'content-type': 'text/csv' }).end('138,139');
  expect(await read({ url_private_download: `${origin}/file.csv` })).toBe('138,139');
  expect(tokens).toEqual(['Bearer xoxb-secret']);
});

it('reads on when Slack closes the connection after the last byte', async () => {
  const content = Buffer.alloc(1_000_000, '13800138000\n');
  let handed: Promise<unknown> | undefined;
  answer = (response) => {
    const { socket } = response;
    handed = once(response, 'finish').then(() => socket?.end());
    response.writeHead(200, { 'content-type': 'text/csv', 'content-length': content.length }).end(content);
  };
  const parts: Uint8Array[] = [];
  for await (const part of open({ url_private_download: `${origin}/file.csv` })) {
    parts.push(part);
    await handed;
    await delay(20);
  }
  expect(Buffer.concat(parts).equals(content)).toBe(true);
});

it.each([
  'https://example.com/file.csv',
  'http://files.slack.com/file.csv',
  'https://slack.com.example.com/file.csv',
  'https://notslack.com/file.csv',
  'no address at all',
  'https://',
])('sends the token to nobody else: %s', async (url) => {
  await expect(read({ url_private_download: url })).rejects.toMatchObject({ code: 'file_forbidden' });
});

it('does not take a login page for a file, nor follow a redirect to one', async () => {
  answer = (response, url) =>
    url === '/login'
      ? response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>')
      : response.writeHead(302, { location: '/login' }).end();
  for (const path of ['/login', '/file.csv']) {
    const reading = read({ url_private_download: `${origin}${path}` });
    await expect(reading).rejects.toMatchObject({ code: 'file_forbidden' });
  }
  expect(tokens).toHaveLength(2);
});

it('stops at 10 MB, whatever size Slack states', async () => {
  const block = Buffer.alloc(1024 * 1024, 'x');
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/csv' });
    for (let count = 0; count < 11; count += 1) response.write(block);
    response.end();
  };
  const url = { url_private_download: `${origin}/file.csv` };
  await expect(read({ ...url, size: 5 })).rejects.toMatchObject({ code: 'file_too_large' });
  tokens.length = 0;
  await expect(read({ ...url, size: 11 * 1024 * 1024 })).rejects.toMatchObject({ code: 'file_too_large' });
  expect(tokens).toEqual([]);
});

it('reports a download that breaks off', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/csv', 'content-length': '1000' });
    response.write('138', () => response.destroy());
  };
  const reading = read({ url_private_download: `${origin}/file.csv` });
  await expect(reading).rejects.toMatchObject({ code: 'file_unreachable' });
});

it('gives up a download that stands still, and one that takes too long though it moves', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/csv', 'content-length': '100000' });
    response.write('138');
  };
  const url = { url_private_download: `${origin}/file.csv` };
  await expect(read(url, { wholeMs: 60_000, idleMs: 100 })).rejects.toMatchObject({
    code: 'file_unreachable',
    cause: { name: 'TransferTimeout', message: 'The transfer of a file moved nothing for 0.1 s.' },
  });
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/csv', 'content-length': '100000' });
    const dripping = setInterval(() => response.write('138'), 20);
    response.on('close', () => clearInterval(dripping));
  };
  await expect(read(url, { wholeMs: 1_000, idleMs: 60_000 })).rejects.toMatchObject({
    code: 'file_unreachable',
    cause: { message: 'The transfer of a file was not over after 1 s.' },
  });
  // Slack takes the request and says nothing at all.
  answer = () => undefined;
  await expect(read(url, { wholeMs: 60_000, idleMs: 100 })).rejects.toMatchObject({
    code: 'file_unreachable',
  });
});

it('takes an address that is none for a file that it may not read', async () => {
  await expect(read({ url_private_download: 'no address' })).rejects.toMatchObject({
    code: 'file_forbidden',
  });
});

it.each([
  ['file_not_found', 'file_not_found'],
  ['file_deleted', 'file_not_found'],
  ['missing_scope', 'file_forbidden'],
])('reports %s as %s', async (error, code) => {
  await expect(read(refused(error))).rejects.toMatchObject({ code });
});
