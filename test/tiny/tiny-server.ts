import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { signTiny } from './tiny-provider';

/** The other side of the tiny provider: takes texts, forgets nothing, and calls back. */
export interface TinyServer {
  url: string;
  /** What it has taken, in order. */
  taken: TinyText[];
  /** Requests to send, answered or not. */
  requests(): number;
  /** Questions about texts. */
  questions(): number;
  /** What becomes of the next requests to send, in order; later ones are taken. */
  script: TinyAnswer[];
  /** Every text that is under way is delivered, and its report is pushed. Resolves when all are answered. */
  deliver(): Promise<void>;
  /** Pushes what became of a text. Resolves with the status of the answer. `to`: another URL than the signed one. */
  push(
    text: TinyText,
    status: TinyText['status'],
    forged?: { password?: string; to?: string },
  ): Promise<number>;
  /** How often a number was taken. */
  timesTaken(number: string): number;
  close(): Promise<void>;
}

export interface TinyText {
  id: string;
  to: string;
  status: 'sending' | 'delivered' | 'failed';
  code: string | null;
  callback: string;
  sentAt: string;
}

/** `taken_lost`: taken, and the connection is cut before the answer. `lost`: cut, and not taken. */
export type TinyAnswer = 'taken' | 'taken_lost' | 'lost' | 'busy' | 'refused' | 'wrong_password';

export const TINY_ACCOUNT = { user: 'tiny', password: 'a-password', subAccount: 'TA1' };

export async function startTinyServer({ latencyMs = 0 } = {}): Promise<TinyServer> {
  const taken: TinyText[] = [];
  let requests = 0;
  let questions = 0;
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://tiny');
    const body = await read(request);
    const reply = (status: number, value: object, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    if (request.method === 'POST') {
      requests += 1;
      const how = tiny.script.shift() ?? 'taken';
      await delay(latencyMs);
      if (how === 'busy') return void reply(429, {}, { 'retry-after': '1' });
      if (how === 'refused') return void reply(422, { code: '99' });
      if (how === 'wrong_password') return void reply(401, {});
      if (how === 'lost') return void request.socket.destroy();
      const form = new URLSearchParams(body);
      const text: TinyText = {
        id: `T${taken.length + 1}`,
        to: form.get('To') ?? '',
        status: 'sending',
        code: null,
        callback: form.get('Callback') ?? '',
        sentAt: new Date().toISOString(),
      };
      taken.push(text);
      if (how === 'taken_lost') return void request.socket.destroy();
      return void reply(201, { id: text.id });
    }
    if (url.pathname === '/balance') return void reply(200, { balance: '12.50' });
    questions += 1;
    const id = url.pathname.split('/')[2];
    if (id) {
      const one = taken.find((text) => text.id === id);
      return void (one ? reply(200, one) : reply(404, {}));
    }
    const [from = '', until = ''] = ['from', 'until'].map((name) => url.searchParams.get(name) ?? '');
    const page = Number(url.searchParams.get('page'));
    const listed = taken.filter(({ sentAt }) => sentAt >= from && sentAt < until);
    reply(200, { texts: listed.slice(page * 100, page * 100 + 100), more: listed.length > page * 100 + 100 });
  }

  async function push(
    text: TinyText,
    status: TinyText['status'],
    { password = TINY_ACCOUNT.password, to = text.callback } = {},
  ): Promise<number> {
    const form = {
      Account: TINY_ACCOUNT.subAccount,
      Id: text.id,
      To: text.to,
      Status: status,
      Price: '0.05',
    };
    const response = await fetch(to, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { 'x-tiny-signature': signTiny(password, text.callback, form) },
    });
    return response.status;
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const tiny: TinyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    requests: () => requests,
    questions: () => questions,
    script: [],
    async deliver() {
      const open = taken.filter(({ status }) => status === 'sending');
      for (const text of open) text.status = 'delivered';
      for (const text of open) expect(await push(text, 'delivered')).toBe(200);
    },
    push,
    timesTaken: (number) => taken.filter(({ to }) => to === number).length,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return tiny;
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  return body;
}
