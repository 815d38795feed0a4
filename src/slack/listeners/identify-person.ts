import { ensureUser, findUser, type Person, type Role } from '../../tenants/person';
import { readLocale, readTimeZone } from '../../tenants/read-profile';
import { getTenant } from '../../tenants/tenant';
import { askSlack, type NotAnswered } from '../client/ask-slack';
import type { SlackClients } from '../client/slack-clients';

/**
 * What a request needs to know of its person. `fresh`: what Slack says of them now, or said a few minutes ago.
 * `last_known`: the same, and where Slack does not answer, what it said last, however long ago. That serves for what only
 * reduces: a former member may still pause their own batch, and may not start one.
 */
export type Identification = 'fresh' | 'last_known';

type Identity =
  | { kind: 'known'; person: Person }
  /** Of another workspace (Slack Connect): they may do nothing. */
  | { kind: 'foreign' }
  /** `lastKnown`: for the language of the reply. */
  | { kind: 'not_answered'; why: NotAnswered; lastKnown: Person | null };

/**
 * The person behind a request, with language and role. Bots and deleted accounts count as guests. Throws what is no fault
 * of Slack.
 */
export async function identifyPerson(
  slack: SlackClients,
  slackUserId: string,
  identification: Identification,
): Promise<Identity> {
  const { db } = slack.app;
  const { tenantId, teamId } = slack.workspace;
  const key = { tenantId, slackUserId };
  const recent = await findUser(db, key, slack.settings.personRefreshMs);
  if (recent) return { kind: 'known', person: recent };

  const answer = await askSlack(slack.opener.users.info({ user: slackUserId, include_locale: true }));
  // A person that the bot cannot see is one of another workspace.
  if (answer.kind === 'refused' && /^user_not_(found|visible)$/.test(answer.error))
    return { kind: 'foreign' };
  if (answer.kind !== 'answered' || !answer.value.user) {
    const lastKnown = await findUser(db, key);
    if (lastKnown && identification === 'last_known') return { kind: 'known', person: lastKnown };
    return { kind: 'not_answered', why: answer.kind === 'not_answered' ? answer.why : 'unclear', lastKnown };
  }
  const { user } = answer.value;
  const teams = [user.team_id, ...(user.enterprise_user?.teams ?? [])];
  if (!teams.includes(teamId)) return { kind: 'foreign' };
  const tenant = await getTenant(db, tenantId);
  const person = await ensureUser(db, {
    ...key,
    locale: readLocale(user.locale) ?? tenant?.locale ?? slack.settings.locale,
    timeZone: readTimeZone(user.tz),
    role: roleOf(user),
  });
  return { kind: 'known', person };
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
