import { request } from 'node:http';
import { SLACK_FAULTS, type SlackFaultName } from '@bulk-sms/playground/slack/slack-faults';
import type { Slack } from '@bulk-sms/playground/slack/start-slack';
import { type types, webApi } from '@slack/bolt';
import { ANNA, SECRETS, startBolt } from './start-bolt';
import { clientOf, fileForm } from './web-client';

interface Uploaded {
  id: string;
  url_private_download?: string;
  permalink?: string;
  file_access?: string;
}

describe('the page’s API', () => {
  let slack: Slack;
  let stop: () => Promise<void>;
  let uploaded: Uploaded[];

  beforeEach(async () => {
    uploaded = [];
    ({ slack, stop } = await startBolt('socket', (app) => {
      app.command('/sms', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: fileForm });
      });
      app.view('form', async ({ ack, view }) => {
        uploaded = (view.state.values.file?.value?.files ?? []) as Uploaded[];
        await ack();
      });
    }));
  });
  afterEach(() => stop());

  const get = async (path: string) => (await fetch(`${slack.origin}/playground/${path}`)).json();
  const act = (name: string, body: object) =>
    fetch(`${slack.origin}/playground/acts/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: ANNA, ...body }),
    });
  const openForm = async () => {
    await act('command', { typed: '/sms', channel: slack.channel('general').id });
    return slack.waitFor(() => slack.as(ANNA).modal());
  };
  const submitFile = async (content: string) => {
    const view = await openForm();
    const body = new FormData();
    body.set('act', JSON.stringify({ user: ANNA, view: view.id }));
    body.append('Recipients file', new File([content], 'list.csv'));
    return fetch(`${slack.origin}/playground/acts/submit`, { method: 'POST', body });
  };
  const download = (url: string, token?: string) =>
    fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});

  it('shows what the person’s client shows', async () => {
    await openForm();
    const state = (await get(`state?user=${ANNA}`)) as {
      channels: { name: string; unread: number }[];
      views: types.View[];
    };
    expect(state.channels.map((channel) => channel.name)).toEqual([
      'general',
      'marketing',
      'launch-plans',
      'random',
      '',
    ]);
    expect(state.views).toMatchObject([{ callback_id: 'form' }]);
  });

  it('counts what was not read until it is read', async () => {
    const channel = slack.channel('general').id;
    slack.as('U0BEN00001').say(channel, 'Hello');
    const unread = async () => {
      const state = (await get(`state?user=${ANNA}`)) as { channels: { id: string; unread: number }[] };
      return state.channels.find(({ id }) => id === channel)?.unread;
    };
    expect(await unread()).toBe(1);
    await act('read', { channel });
    expect(await unread()).toBe(0);
  });

  it('carries files from a form, which the bot token alone can download', async () => {
    expect(await (await submitFile('phone\n')).json()).toMatchObject({ acked: true, view: null });
    const url = uploaded[0]?.url_private_download ?? '';
    expect(await (await download(url, SECRETS.botToken)).text()).toBe('phone\n');
    for (const response of [await download(url), await download(url, 'xoxb-other')]) {
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('text/html');
    }
  });

  it('can make a file not ready, or a stub without addresses', async () => {
    slack.faults.set('fileNotReady', { times: 1 });
    await submitFile('phone\n');
    const url = uploaded[0]?.url_private_download ?? '';
    expect((await download(url, SECRETS.botToken)).status).toBe(404);
    expect((await download(url, SECRETS.botToken)).status).toBe(200);

    slack.faults.set('fileStub', { times: 1 });
    await submitFile('phone\n');
    expect(uploaded).toMatchObject([{ file_access: 'check_file_info' }]);
    expect(uploaded[0]).not.toHaveProperty('url_private_download');
    const bot = new webApi.WebClient(SECRETS.botToken, { slackApiUrl: slack.url });
    const { file } = await bot.files.info({ file: uploaded[0]?.id ?? '' });
    expect(file?.url_private_download).toContain('list.csv');
  });

  it('hands a file to the person who opens it', async () => {
    await submitFile('phone\n');
    const { permalink = '' } = uploaded[0] ?? {};
    const opened = await fetch(permalink);
    expect(await opened.text()).toBe('phone\n');
    expect(opened.headers.get('content-disposition')).toContain('list.csv');
    expect((await fetch(permalink.replace(/F[A-Z0-9]+/, 'F0NOWHERE1'))).status).toBe(404);
  });

  it('gives the app the language that a person has chosen', async () => {
    const locale = async () => {
      const answer = await client.users.info({ user: ANNA, include_locale: true });
      return answer.user?.locale;
    };
    const client = clientOf(slack);
    expect(await locale()).toBe('en-US');
    await act('setLocale', { locale: 'zh-CN' });
    expect(await locale()).toBe('zh-CN');
    expect(await get(`state?user=${ANNA}`)).toMatchObject({ me: { locale: 'zh-CN' } });
    expect((await act('setLocale', { locale: 'klingon' })).status).toBe(409);
  });

  it('answers 409 with the field to what a client would not allow', async () => {
    const view = await openForm();
    const response = await act('submit', { view: view.id });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: 'required', field: 'file' });
  });

  it('streams changes', async () => {
    const response = await fetch(`${slack.origin}/playground/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader?.read())?.value ?? '';
    slack.as(ANNA).say(slack.channel('general').id, 'Hello');
    while (!text.includes('"text":"Hello"')) text += (await reader?.read())?.value ?? '';
    expect(text).toContain('event: hello');
    await reader?.cancel();
  });

  it('lists the faults and switches them', async () => {
    const response = await fetch(`${slack.origin}/playground/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'slow', setting: { ms: 5 } }),
    });
    expect(await response.json()).toMatchObject({ on: { slow: { ms: 5 } } });
    expect(slack.faults.current()).toEqual({ slow: { ms: 5 } });
  });

  it.each(Object.keys(SLACK_FAULTS) as SlackFaultName[])('switches %s on and off by a call', async (name) => {
    const set = async (setting: boolean) => {
      const body = JSON.stringify({ name, setting });
      return (await fetch(`${slack.origin}/playground/faults`, { method: 'POST', body })).json();
    };
    expect(await set(true)).toMatchObject({
      on: { [name]: {} },
      table: { [name]: { title: expect.any(String), description: expect.stringMatching(/\.$/) } },
    });
    expect(await set(false)).toMatchObject({ on: {} });
    expect(slack.faults.current()).toEqual({});
  });

  it.each([
    ['Host', { host: 'evil.example' }],
    ['Origin', { origin: 'http://evil.example' }],
  ])('refuses a foreign %s', async (_what, headers) => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${slack.origin}/playground/traffic`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});
