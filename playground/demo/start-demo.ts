import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { startBuka } from '../buka/buka';
import type { Buka } from '../buka/facade';
import { LIFELIKE_OUTCOMES, LIFELIKE_TIMINGS } from '../buka/messages/outcomes';
import { compileShapes } from '../slack/blocks/check-shape';
import { type Slack, startSlack } from '../slack/start-slack';
import { botEnvironment, newCredentials } from './bot-environment';
import { openBotLog } from './bot-log';
import { type BotEnvironment, spawnBot } from './bot-process';
import { buildPage } from './build-page';
import { claimDirectory } from './claim-directory';
import { DemoError } from './demo-error';
import { demoRoutes } from './demo-routes';
import { freePort, keptPort } from './free-port';
import type { DemoOptions } from './read-options';
import { makeSampleBatches } from './sample-batches';
import { superviseBot } from './supervised-bot';

export interface Demo {
  /** What to open in a browser. */
  address: string;
  /** What `--sample` asks for: see `sample-batches.ts`. */
  makeSampleBatches(): Promise<'made' | 'already_there'>;
  /** Stops the bot with SIGTERM and saves the state of Slack and Buka. */
  stop(): Promise<void>;
}

/**
 * Starts the local Slack and the local Buka on one address, builds the page, and runs the bot as a process of its
 * own. Nothing here imports the bot: it is the other side of the wire. Throws DemoError.
 */
export async function startDemo(options: DemoOptions, inherited: BotEnvironment): Promise<Demo> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const { slack, buka } = await start(options, inherited, undo);
    return { address: slack.origin, makeSampleBatches: () => makeSampleBatches(slack, buka), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: DemoOptions,
  inherited: BotEnvironment,
  undo: (() => Promise<void>)[],
): Promise<{ slack: Slack; buka: Buka }> {
  const { directory, mode, faults, slackWaitsMs } = options;
  undo.push(await claimDirectory(directory, options.reset));
  const inDirectory = (name: string) => path.join(directory, name);
  const credentials = newCredentials();
  const botPort = await freePort();
  const botUrl = `http://127.0.0.1:${botPort}`;

  const buka = await startBuka({
    port: await keptPort(inDirectory('buka-port')),
    apps: [{ apiKey: credentials.apiKey, apiSecret: credentials.apiSecret, appIds: [credentials.appId] }],
    outcomes: LIFELIKE_OUTCOMES,
    timings: LIFELIKE_TIMINGS,
    faults: faults?.buka,
    reportUrl: `${botUrl}/buka/reports/${credentials.callbackSecret}`,
    inboundUrl: `${botUrl}/buka/inbound/${credentials.callbackSecret}`,
    stateFile: inDirectory('buka.json'),
  });
  undo.push(buka.close);

  const log = openBotLog(inDirectory('bot.log'));
  undo.push(log.close);
  let slack: Slack;
  const bot = superviseBot({
    spawn: () =>
      spawnBot(
        directory,
        botEnvironment({
          mode,
          credentials,
          slackApiUrl: slack.url,
          bukaUrl: buka.url,
          dataDir: inDirectory('bot'),
          keyDir: inDirectory('keys'),
          port: botPort,
          inherited,
        }),
        log.add,
      ),
    // In Socket Mode Slack can reach the bot once the bot has connected.
    isReady: async () => (mode === 'http' || slack.sockets.count() > 0) && (await answersReady(botUrl)),
    log,
  });

  const pageDir = inDirectory('page');
  await mkdir(pageDir, { recursive: true });
  slack = await startSlack({
    port: options.port,
    signingSecret: credentials.signingSecret,
    botToken: credentials.botToken,
    appToken: credentials.appToken,
    ...(mode === 'http' ? { requestUrl: `${botUrl}/slack/events` } : {}),
    stateFile: inDirectory('slack.json'),
    ...(faults ? { faults: faults.slack } : {}),
    ...(slackWaitsMs ? { ackTimeoutMs: slackWaitsMs, triggerLifeMs: slackWaitsMs } : {}),
    rateLimits: true,
    page: demoRoutes({ mode, bot, logTail: log.tail, buka, pageDir }),
  }).catch(explainTakenPort(options.port));
  undo.push(slack.close);

  undo.push(bot.stop);
  const ready = Promise.all([buildPage(pageDir), bot.start()]);
  // The schema is compiled while those run, so that the first form opens at once.
  compileShapes();
  await ready;
  return { slack, buka };
}

async function answersReady(botUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${botUrl}/readyz`, { signal: AbortSignal.timeout(3_000) });
    return response.ok;
  } catch {
    return false;
  }
}

function explainTakenPort(port: number) {
  return (error: NodeJS.ErrnoException): never => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    throw new DemoError(
      'port_taken',
      `Port ${port} is taken, maybe by another demo. Stop that, or choose another port: DEMO_PORT=${port + 1} npm run demo`,
      { cause: error },
    );
  };
}
