import type { webApi } from '@slack/bolt';
import { type Answer, askSlack } from '../ask-slack';

type User = NonNullable<webApi.UsersInfoResponse['user']>;

/** What Slack says of a person. `foreign`: of another workspace (Slack Connect). */
type PersonAnswer = { kind: 'member'; user: User } | { kind: 'foreign' } | NotAnsweredPerson;
type NotAnsweredPerson = Extract<Answer<unknown>, { kind: 'not_answered' }>;

/** Half of the 3 s that Slack waits for the answer to a form: the act itself takes time too. */
const ANSWER_WITHIN_MS = 1_500;
/** Somebody of another workspace who becomes a member waits this long at most. */
const OUTSIDER_FOR_MS = 600_000;
/** Outsiders who are remembered in one workspace: a shared channel seldom has more. The oldest is forgotten. */
const MOST_OUTSIDERS = 1_000;

/** What is known of people by one client. */
interface Asked {
  /** Who is of another workspace, until when by the process's own clock, the oldest first. */
  outsiders: Map<string, number>;
  /** Questions that are open: the same one is not asked twice at once. */
  open: Map<string, Promise<PersonAnswer>>;
}

/** A client belongs to a workspace and its token: with a new token, people are asked about anew. */
const askedBy = new WeakMap<webApi.WebClient, Asked>();

/**
 * Asks Slack who somebody is, within 1.5 s. Outsiders are remembered for ten minutes, so that whatever they press, Slack is
 * asked once. Throws what is no fault of Slack.
 */
export async function askPerson(client: webApi.WebClient, teamId: string, id: string): Promise<PersonAnswer> {
  const asked = askedBy.get(client) ?? { outsiders: new Map(), open: new Map() };
  askedBy.set(client, asked);
  if ((asked.outsiders.get(id) ?? 0) > performance.now()) return { kind: 'foreign' };
  const before = asked.open.get(id);
  if (before) return before;
  const question = ask(client, teamId, id).finally(() => asked.open.delete(id));
  asked.open.set(id, question);
  const answer = await question;
  if (answer.kind === 'foreign') rememberOutsider(asked, id);
  return answer;
}

async function ask(client: webApi.WebClient, teamId: string, id: string): Promise<PersonAnswer> {
  const answer = await askSlack(client.users.info({ user: id, include_locale: true }), ANSWER_WITHIN_MS);
  // A person that the bot cannot see is one of another workspace.
  if (answer.kind === 'refused' && /^user_not_(found|visible)$/.test(answer.error))
    return { kind: 'foreign' };
  if (answer.kind === 'not_answered') return answer;
  const user = answer.kind === 'answered' ? answer.value.user : undefined;
  if (!user) return { kind: 'not_answered', why: 'unclear' };
  const teams = [user.team_id, ...(user.enterprise_user?.teams ?? [])];
  return teams.includes(teamId) ? { kind: 'member', user } : { kind: 'foreign' };
}

function rememberOutsider({ outsiders }: Asked, id: string): void {
  outsiders.delete(id);
  outsiders.set(id, performance.now() + OUTSIDER_FOR_MS);
  const [oldest] = outsiders.keys();
  if (outsiders.size > MOST_OUTSIDERS && oldest !== undefined) outsiders.delete(oldest);
}
