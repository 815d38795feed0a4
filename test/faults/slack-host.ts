import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Slack } from '@bulk-sms/playground/slack/start-slack';

/** Slack as bots reach it: one host for all workspaces. */
export interface SlackHost {
  /** For SLACK_API_URL. */
  url: string;
  close(): Promise<void>;
}

/** Each call goes to the local Slack whose token it carries; a call with any other token is refused. */
export async function startSlackHost(slackOf: (token: string) => Slack | undefined): Promise<SlackHost> {
  const server = createServer((call, reply) => void answer(call, reply).catch(() => reply.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(call: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { authorization = '', 'content-type': type } = call.headers;
    const slack = slackOf(authorization.replace(/^Bearer /, ''));
    if (!slack) return void reply.end(JSON.stringify({ ok: false, error: 'invalid_auth' }));
    const given = await fetch(`${slack.origin}${call.url}`, {
      method: call.method ?? 'GET',
      headers: { authorization, ...(type ? { 'content-type': type } : {}) },
      ...(call.method === 'POST' ? { body: await buffer(call) } : {}),
    });
    const givenType = given.headers.get('content-type') ?? '';
    reply.writeHead(given.status, { 'content-type': givenType });
    if (!givenType.includes('json')) return void reply.end(Buffer.from(await given.arrayBuffer()));
    // A bot downloads files only from the host of the API.
    reply.end((await given.text()).replaceAll(`${slack.origin}/files-pri/`, `${origin}/files-pri/`));
  }

  return {
    url: `${origin}/api/`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
