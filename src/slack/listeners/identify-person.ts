import { ensureUser, findUser, type Person, type SlackRole } from '../../tenants/person';
import { readLocale, readTimeZone } from '../../tenants/read-profile';
import { getTenant } from '../../tenants/tenant';
import type { NotAnswered } from '../client/ask-slack';
import { askPerson } from '../client/audience/ask-person';
import type { SlackClients } from '../client/slack-clients';

/**
 * What a request needs to know of its person. `now`: what Slack says of them now, for what sends or hands out numbers.
 * `recent`: the same, or what it said a few minutes ago. Where Slack does not answer, both take what it said within the
 * last day. `last_known`: as `recent`, and where Slack does not answer, what it said last, however long ago. That serves for
 * what only reduces: a former member may still pause their own batch, and may not start one.
 */
export type Identification = 'now' | 'recent' | 'last_known';

type Identity =
  | { kind: 'known'; person: Person }
  /** Of another workspace (Slack Connect): they may do nothing. */
  | { kind: 'foreign' }
  /** `lastKnown`: for the language of the reply. */
  | { kind: 'not_answered'; why: NotAnswered; lastKnown: Person | null };

/** While Slack does not answer, a member of yesterday goes on working; who left before that does not. */
const LAST_WORD_FOR_MS = 24 * 3_600_000;

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
  const recent = identification === 'now' ? null : await findUser(db, key, slack.settings.personRefreshMs);
  if (recent) return { kind: 'known', person: recent };

  const answer = await askPerson(slack.opener, teamId, slackUserId);
  if (answer.kind === 'foreign') return answer;
  if (answer.kind === 'not_answered') {
    const lastWord = await findUser(db, key, identification === 'last_known' ? undefined : LAST_WORD_FOR_MS);
    if (lastWord) return { kind: 'known', person: lastWord };
    return { kind: 'not_answered', why: answer.why, lastKnown: await findUser(db, key) };
  }
  const { user } = answer;
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

function roleOf(user: SlackUser): SlackRole {
  if (user.deleted || user.is_bot || user.is_restricted || user.is_ultra_restricted || user.is_stranger) {
    return 'guest';
  }
  return user.is_admin || user.is_owner ? 'admin' : 'member';
}
