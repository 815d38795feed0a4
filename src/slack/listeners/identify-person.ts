import { ensureUser, findRecentUser, type Person, type Role } from '../../tenants/person';
import type { SlackClients } from '../client/slack-clients';
import { slackFaultOf } from '../client/slack-fault';

/**
 * The person behind a request, with language and role. Null for people of another workspace (Slack Connect):
 * they may do nothing. Bots and deleted accounts count as guests. Throws Slack's faults.
 */
export async function identifyPerson(slack: SlackClients, slackUserId: string): Promise<Person | null> {
  const { tenantId, teamId } = slack.workspace;
  const recent = await findRecentUser(
    slack.app.db,
    { tenantId, slackUserId },
    slack.settings.personRefreshMs,
  );
  if (recent) return recent;
  const user = await fetchUser(slack, slackUserId);
  const teams = [user?.team_id, ...(user?.enterprise_user?.teams ?? [])];
  if (!user || !teams.includes(teamId)) return null;
  return ensureUser(slack.app.db, {
    tenantId,
    slackUserId,
    locale: user.locale ?? 'en-US',
    timeZone: user.tz ?? 'UTC',
    role: roleOf(user),
  });
}

/** Null for a person that the bot cannot see: one of another workspace. */
async function fetchUser(slack: SlackClients, slackUserId: string) {
  try {
    const { user } = await slack.opener.users.info({ user: slackUserId, include_locale: true });
    return user ?? null;
  } catch (error) {
    const fault = slackFaultOf(error);
    if (fault?.kind === 'refused' && /^user_not_(found|visible)$/.test(fault.error)) return null;
    throw error;
  }
}

interface SlackUser {
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  is_admin?: boolean;
  is_owner?: boolean;
}

function roleOf(user: SlackUser): Role {
  if (user.deleted || user.is_bot || user.is_restricted || user.is_ultra_restricted || user.is_stranger) {
    return 'guest';
  }
  return user.is_admin || user.is_owner ? 'admin' : 'member';
}
