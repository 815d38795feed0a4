import { setTimeout as delay } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { backoffMs } from '../../backoff';
import type { Log } from '../../log';
import { explainStartError } from './explain-start-error';
import { slackFaultOf } from './slack-fault';

/** The connection of Socket Mode. */
export interface SocketConnection {
  isUp(): boolean;
  /** Connects, and connects again whenever the connection is lost. Throws where the first try must not fail and does. */
  start(first: { mustConnect: boolean }): Promise<void>;
  /** Connects no more. The caller closes the connection. */
  stopTrying(): void;
}

const CONNECT_WITHIN_MS = 20_000;
const CONNECT_AGAIN = { firstMs: 1_000, mostMs: 60_000, random: Math.random };
/** A connection that ends sooner counts as a failed try: Slack closes each after some hours. */
const LASTING_MS = 10_000;

/**
 * Slack's client must not connect again by itself (`autoReconnectEnabled: false`): it gives up after an answer such as
 * `invalid_auth`, with a rejection that nobody can handle.
 */
export function keepConnected(client: SocketModeReceiver['client'], log: Log): SocketConnection {
  const stopping = new AbortController();
  let isUp = false;
  let upAt = 0;
  let onDown = () => {};
  client.on('connected', () => {
    isUp = true;
    upAt = performance.now();
  });
  client.on('disconnected', () => {
    isUp = false;
    onDown();
  });

  async function connect(): Promise<void> {
    const connected = client.start().then(
      () => null,
      // The library rejects with nothing where the connection was closed before it was ready.
      (error) => error ?? new Error('Slack closed the connection before it was ready.'),
    );
    const late = new Error('Slack opened no connection in time.');
    const error = await Promise.race([connected, delay(CONNECT_WITHIN_MS, late, { ref: false })]);
    if (error === late) void client.disconnect();
    if (error) throw explainStartError('SLACK_APP_TOKEN', error) ?? error;
  }

  async function keep(failures: number): Promise<void> {
    let tryNumber = failures;
    while (!stopping.signal.aborted) {
      if (isUp) await new Promise<void>((resolve) => (onDown = resolve));
      if (stopping.signal.aborted) return;
      if (performance.now() - upAt < LASTING_MS) tryNumber = Math.max(1, tryNumber);
      if (tryNumber > 0) await wait(tryNumber);
      if (stopping.signal.aborted) return;
      try {
        await connect();
        log.info('Slack is connected');
        tryNumber = 0;
      } catch (error) {
        tryNumber += 1;
        note(error);
      }
    }
  }

  const wait = (tryNumber: number) =>
    delay(backoffMs({ tryNumber, ...CONNECT_AGAIN }), undefined, { signal: stopping.signal }).catch(
      () => undefined,
    );

  /** A refused token stays refused until somebody acts: that is said as an error each time. */
  function note(error: unknown): void {
    const isRefused = error instanceof Error && slackFaultOf(error.cause)?.kind === 'refused';
    log[isRefused ? 'error' : 'warn'](
      { err: error },
      'Slack is not connected; it is tried again, and sending goes on',
    );
  }

  return {
    isUp: () => isUp,
    async start({ mustConnect }) {
      try {
        await connect();
        void keep(0);
      } catch (error) {
        if (mustConnect) throw error;
        note(error);
        void keep(1);
      }
    },
    stopTrying() {
      stopping.abort();
      onDown();
    },
  };
}
