import { setTimeout as delay } from 'node:timers/promises';
import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Config } from '../config';
import type { Log } from '../log';
import { boltLogger } from './client/bolt-logger';
import { keepConnected } from './client/keep-connected';
import type { TokenWatch } from './client/keep-installed';
import type { Workspaces } from './client/workspaces';
import { envelopeDelivery, signedDelivery } from './listeners/delivery-of';
import { removeNul, trackOpenRequests } from './listeners/middleware';
import { refuseMisaddressed } from './listeners/refuse-misaddressed';
import { findFlaw, isSignedWith, type SignedRequests } from './listeners/signed-requests';
import { registerListeners } from './register-listeners';

/** Receives what people do in Slack, over Socket Mode or HTTP. */
interface SlackApp {
  /** Rejects where the first connection must not fail, and Slack refuses it or is away. Else it is tried again. */
  start(first: { mustConnect: boolean }): Promise<void>;
  /** Takes no new requests and waits, at most 1 s, for those that are being handled. */
  stop(): Promise<void>;
  /** The requests for `POST /slack/events` in HTTP mode; null in Socket Mode. */
  requests: SignedRequests | null;
  /** Socket Mode: the socket is up. HTTP mode: Slack has not said that the token is not valid. */
  isConnected(): boolean;
}

const STOP_DEADLINE_MS = 1_000;

/**
 * Uses Socket Mode if the settings have an app token, else signed HTTP. Connects to nothing before `start`.
 */
export function createSlackApp(
  workspaces: Workspaces,
  token: Pick<TokenWatch, 'isAccepted' | 'appId'>,
): SlackApp {
  const { settings, log } = workspaces;
  const http = settings.appToken ? null : httpReceiver(settings, log);
  const socket = http ? null : socketReceiver(settings, log);
  const connection = socket && keepConnected(socket.client, log);
  const app = createApp(workspaces, (http ?? socket) as Receiver);
  const openRequests = trackOpenRequests();
  app.use(openRequests.middleware);
  app.use(removeNul);
  app.use(refuseMisaddressed(log, token.appId));
  registerListeners(app, workspaces);
  app.error(async (error) => log.error({ err: error }, 'a payload from Slack could not be handled'));
  return {
    start: async (first) => connection?.start(first),
    isConnected: () => connection?.isUp() ?? token.isAccepted(),
    stop: async () => {
      if (connection) connection.stopTrying();
      const stopped = http ? openRequests.ended() : Promise.allSettled([app.stop(), openRequests.ended()]);
      await Promise.race([stopped, delay(STOP_DEADLINE_MS, undefined, { ref: false })]);
    },
    requests: http ? signedRequests(http, settings.signingSecret as string) : null,
  };
}

/**
 * `authorize` says who the bot is in the workspace of the request, so that Bolt's App makes no calls of its own, and hands
 * that workspace's clients to the listeners; null where the bot is not installed there. Bolt's own client is not used.
 */
function createApp({ log, settings, clientsForTeam }: Workspaces, receiver: Receiver): App {
  return new App({
    receiver,
    logger: boltLogger(log),
    convoStore: false,
    clientOptions: { slackApiUrl: settings.apiUrl, timeout: 10_000, retryConfig: { retries: 0 } },
    authorize: async ({ teamId }) => {
      const slack = teamId === undefined ? null : await clientsForTeam(teamId);
      if (!slack) return { slack: null };
      const { botId, botUserId } = slack.workspace;
      return { botToken: slack.botToken, botId, botUserId, teamId: slack.workspace.teamId, slack };
    },
  });
}

/**
 * Socket Mode writes into the options, so it gets an object of its own. It waits for nothing that rejects, so what fails
 * in it, such as an acknowledgement on a socket that has died, ends here.
 */
function socketReceiver(settings: Config['slack'], log: Log): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken: settings.appToken as string,
    logger: boltLogger(log),
    autoReconnectEnabled: false,
    customPropertiesExtractor: envelopeDelivery,
    installerOptions: {
      clientOptions: { slackApiUrl: settings.apiUrl, timeout: 10_000, retryConfig: { retries: 0 } },
    },
    processEventErrorHandler: async ({ error, event }) => {
      log.error({ err: error }, 'a payload from Slack could not be handled');
      await event.ack().catch((cause) => log.warn({ err: cause }, 'a payload could not be acknowledged'));
      return false;
    },
  });
}

function httpReceiver(settings: Config['slack'], log: Log): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret: settings.signingSecret as string,
    endpoints: '/slack/events',
    customPropertiesExtractor: signedDelivery,
    logger: boltLogger(log),
  });
}

/** Bolt takes the body that was read already, and checks the signature once more. */
function signedRequests(receiver: HTTPReceiver, signingSecret: string): SignedRequests {
  return {
    findFlaw,
    isSigned: (headers, body) => isSignedWith(signingSecret, headers, body),
    handle(request, response) {
      try {
        receiver.requestListener(request, response);
      } catch {
        response.writeHead(404).end();
      }
    },
  };
}
