import { backoffMs } from '../../backoff';
import { InstallRefused } from './ask-token-owner';
import { explainStartError } from './explain-start-error';
import { slackFaultOf } from './slack-fault';
import type { Workspaces } from './workspaces';

/** The token of the environment, which Slack is asked about at the start and from time to time. */
export interface TokenWatch {
  /** Whether the bot was installed in any workspace before this start. */
  wasInstalled: boolean;
  /** False from when Slack says that the token is not valid until it accepts it again. */
  isAccepted(): boolean;
  /** The app of the token; null where Slack has not told it yet. It is asked again with the token. */
  appId(): string | null;
  stop(): void;
}

const ASK_AGAIN = { firstMs: 2_000, mostMs: 300_000 };
const CHECK_EVERY_MS = 300_000;

/**
 * Installs the bot with a token. Where it was never installed, a failure is thrown, in one sentence. Where it was, the
 * start goes on with what is stored, because texts that were ordered do not need Slack; Slack is asked again until it
 * answers. `onInstalled` gets the workspace of the token as soon as it is known. Throws InstallRefused in either case.
 */
export async function keepInstalled(
  workspaces: Workspaces,
  botToken: string,
  onInstalled: (tenantId: string) => Promise<unknown>,
): Promise<TokenWatch> {
  const { log } = workspaces;
  const wasInstalled = await workspaces.isInstalled();
  let isInstalled = false;
  let appId: string | null = null;
  let isAccepted = true;
  let isStopped = false;
  let timer: NodeJS.Timeout;

  async function ask(retries: number): Promise<void> {
    if (isInstalled && appId !== null) await workspaces.checkToken(botToken);
    else await install(retries);
    if (!isAccepted) log.info('Slack accepts SLACK_BOT_TOKEN again');
    isInstalled = true;
    isAccepted = true;
  }

  async function install(retries: number): Promise<void> {
    const { workspace } = await workspaces.install(botToken, { retries });
    appId = workspace.appId;
    if (!isInstalled) await onInstalled(workspace.tenantId);
  }

  /** Says what it means, and goes on. */
  function note(error: unknown): void {
    const isRefused = slackFaultOf(error)?.kind === 'refused' || error instanceof InstallRefused;
    // No answer is neither: what Slack said last still counts.
    if (isRefused) isAccepted = false;
    const explained = explainStartError('SLACK_BOT_TOKEN', error) ?? error;
    log[isRefused ? 'error' : 'warn'](
      { err: explained },
      'Slack is asked again later; texts that were ordered are sent meanwhile',
    );
  }

  function schedule(tryNumber: number): void {
    const waitMs = tryNumber === 0 ? CHECK_EVERY_MS : backoffMs({ tryNumber, ...ASK_AGAIN });
    timer = setTimeout(() => {
      ask(0).then(
        () => isStopped || schedule(0),
        (error) => {
          if (isStopped) return;
          note(error);
          schedule(tryNumber + 1);
        },
      );
    }, waitMs);
    timer.unref();
  }

  try {
    await ask(wasInstalled ? 0 : 3);
    schedule(0);
  } catch (error) {
    if (!slackFaultOf(error)) throw error;
    if (!wasInstalled) throw explainStartError('SLACK_BOT_TOKEN', error);
    note(error);
    const stored = await workspaces.findByToken(botToken);
    if (stored) {
      appId = stored.appId;
      await onInstalled(stored.tenantId);
    }
    schedule(1);
  }
  return {
    wasInstalled,
    isAccepted: () => isAccepted,
    appId: () => appId,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
