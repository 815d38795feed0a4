import type { AddressInfo } from 'node:net';
import { startSlack } from '@bulk-sms/playground/slack/start-slack';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { ANNA, type Connection, SECRETS, startBolt } from './start-bolt';
import { clientOf } from './web-client';

test('an app with another signing secret refuses what Slack sends, and the person sees that', async () => {
  const slack = await startSlack(SECRETS);
  let calls = 0;
  const receiver = new HTTPReceiver({ signingSecret: 'another-secret', logLevel: LogLevel.ERROR });
  const app = new App({
    token: SECRETS.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.url },
  });
  await app.init();
  app.command('/sms', async ({ ack }) => {
    calls++;
    await ack();
  });
  const server = (await app.start(0)) as { address(): AddressInfo };
  slack.setRequestUrl(`http://127.0.0.1:${server.address().port}/slack/events`);
  const seen = await slack.as(ANNA).command('/sms', slack.channel('general').id);
  expect({ calls, acked: seen.acked, problem: seen.problem }).toEqual({
    calls: 0,
    acked: false,
    problem: 'http_401',
  });
  await app.stop();
  await slack.close();
});

test.each<Connection>(['socket', 'http'])(
  'over %s only the first of two acknowledgements counts',
  async (way) => {
    let tell: (outcome: string | undefined) => void = () => {};
    const second = new Promise<string | undefined>((resolve) => {
      tell = resolve;
    });
    const { slack, stop } = await startBolt(way, (app) =>
      app.command('/sms', async ({ ack }) => {
        await ack('First.');
        await ack('Second.').then(
          () => tell('said'),
          (error: { code?: string }) => tell(error.code),
        );
      }),
    );
    const general = slack.channel('general').id;
    const seen = await slack.as(ANNA).command('/sms', general);
    expect(seen.message?.text).toBe('First.');
    // Over Socket Mode Bolt only warns: the second may go to Slack, which no longer waits for it.
    expect(await second).toBe(way === 'http' ? 'slack_bolt_receiver_ack_multiple_error' : 'said');
    await clientOf(slack).auth.test();
    expect(
      slack
        .as(ANNA)
        .sees(general)
        .map(({ text }) => text),
    ).toEqual(['First.']);
    await stop();
  },
);

test('an acknowledgement that comes after the time is up changes nothing', async () => {
  let acknowledge: () => Promise<void> = async () => {};
  const { slack, stop } = await startBolt(
    'socket',
    (app) =>
      app.command('/sms', async ({ ack }) => {
        acknowledge = () => ack('Too late.');
      }),
    { ackTimeoutMs: 500 },
  );
  const general = slack.channel('general').id;
  const seen = await slack.as(ANNA).command('/sms', general);
  expect(seen).toMatchObject({ acked: false, problem: 'operation_timeout', message: null });
  await acknowledge();
  await clientOf(slack).auth.test();
  expect(slack.as(ANNA).sees(general)).toEqual([]);
  await stop();
});
