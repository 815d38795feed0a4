import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { countRefusals } from '../../count-refusals';
import type { Log } from '../../log';
import type { SlackClients } from '../client/slack-clients';

/** Where a payload says that it belongs. Each place is there in some kinds of payloads only. */
interface Addressed {
  type?: string;
  api_app_id?: string;
  team_id?: string;
  team?: { id?: string } | null;
  authorizations?: { team_id?: string | null }[];
  is_enterprise_install?: boolean | string;
  view?: { app_id?: string; app_installed_team_id?: string };
}

type Misaddressed = 'not_installed' | 'another_app' | 'another_workspace' | 'organisation';

/**
 * Acknowledges what is not for this bot, and drops it, whatever its signature: payloads of another app, of another
 * workspace than the one that they are handled for, and of an org-wide installation. `ownAppId`: the app of this
 * process's token; null while Slack has not told, when the workspaces alone are compared.
 */
export function refuseMisaddressed(log: Log, ownAppId: () => string | null): Middleware<AnyMiddlewareArgs> {
  const count = countRefusals<Misaddressed>(
    log,
    'payloads from Slack that are not for this bot were dropped',
  );
  return async (args) => {
    const slack = args.context.slack as SlackClients | null;
    const why = slack ? misaddressed(args.body as Addressed, slack.workspace, ownAppId()) : 'not_installed';
    if (why === null) return args.next();
    count(why);
    // Not acknowledged, it would be delivered again. Events have no `ack`: Bolt acknowledges them itself.
    if ('ack' in args && typeof args.ack === 'function') await (args.ack as () => Promise<void>)();
  };
}

/** Why a payload is not for this bot in this workspace; null where it is. */
export function misaddressed(
  body: Addressed,
  workspace: { teamId: string; appId: string | null },
  ownAppId: string | null,
): Exclude<Misaddressed, 'not_installed'> | null {
  if (String(body.is_enterprise_install ?? false) === 'true') return 'organisation';
  // Slack names no app in a shortcut: its signature is by the app's own secret, and its workspace is compared below.
  const namedApp = body.api_app_id ?? (body.type === 'shortcut' ? null : undefined);
  for (const appId of [workspace.appId, ownAppId]) {
    if (appId !== null && namedApp !== null && namedApp !== appId) return 'another_app';
    if (appId !== null && (body.view?.app_id ?? appId) !== appId) return 'another_app';
  }
  return teamsOf(body).every((team) => team === workspace.teamId) ? null : 'another_workspace';
}

/**
 * The workspaces that a payload names as the one that the app is asked in. In a shared channel, `team` of a form is the
 * workspace of the person, who is looked up; then the form names the app's beside it.
 */
function teamsOf(body: Addressed): (string | null | undefined)[] {
  const installedIn = body.view?.app_installed_team_id;
  if (installedIn !== undefined) return [installedIn];
  const teams = [body.team_id, body.team?.id, ...(body.authorizations ?? []).map((one) => one.team_id)];
  const named = teams.filter((team) => team !== undefined);
  return named.length > 0 ? named : [null];
}
