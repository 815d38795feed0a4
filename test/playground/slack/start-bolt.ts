import type { AddressInfo } from 'node:net';
import type { SlackOptions } from '@bulk-sms/playground/slack/slack-options';
import { type Slack, startSlack } from '@bulk-sms/playground/slack/start-slack';
import { App, type AppOptions, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';

export const SECRETS = {
  signingSecret: 'a-signing-secret-of-the-playground',
  botToken: 'xoxb-playground',
  appToken: 'xapp-playground',
};

export const ANNA = 'U0ANNA0001';
export const LIWEI = 'U0LIWEI001';

export type Connection = 'http' | 'socket';

/** A local Slack and a real Bolt App that is connected to it. */
export async function startBolt(
  connection: Connection,
  listen: (app: App) => void,
  options: Partial<SlackOptions> = {},
): Promise<{ slack: Slack; app: App; stop: () => Promise<void> }> {
  const slack = await startSlack({ ...SECRETS, ...options });
  const client: AppOptions = {
    token: SECRETS.botToken,
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 } },
  };
  const app =
    connection === 'http' ? await httpApp(slack, client, listen) : await socketApp(slack, client, listen);
  return {
    slack,
    app,
    stop: async () => {
      await app.stop();
      await slack.close();
    },
  };
}

async function httpApp(slack: Slack, client: AppOptions, listen: (app: App) => void): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret: SECRETS.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ ...client, receiver });
  await app.init();
  listen(app);
  const server = (await app.start(0)) as { address(): AddressInfo };
  slack.setRequestUrl(`http://127.0.0.1:${server.address().port}/slack/events`);
  return app;
}

async function socketApp(slack: Slack, client: AppOptions, listen: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: SECRETS.appToken,
    logLevel: LogLevel.ERROR,
    // Bolt waits as long before it connects again.
    clientPingTimeout: 500,
    installerOptions: { clientOptions: { slackApiUrl: slack.url } },
  });
  const app = new App({ ...client, receiver });
  await app.init();
  listen(app);
  await app.start();
  await slack.waitFor(() => slack.sockets.count() > 0);
  return app;
}
