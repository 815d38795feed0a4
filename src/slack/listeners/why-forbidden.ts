import type { Knex } from 'knex';
import type { Forbidden } from '../../tenants/actor';
import { getUser } from '../../tenants/person';
import type { Words } from '../../words/en';

/** Why somebody may not do something, as mrkdwn. `namesOwner`: it mentions the person who may. */
export async function whyForbidden(
  db: Knex,
  words: Words,
  { act, ownerId, why }: Forbidden,
  actorId: string | null,
): Promise<{ text: string; namesOwner: boolean }> {
  if (why === 'blocked') return { text: words.errors.blocked, namesOwner: false };
  if (why === 'sight') return { text: words.errors.notInChannel, namesOwner: false };
  // A guest may do nothing, and so not even what would be theirs.
  if (act === 'draft' && ownerId !== null && ownerId === actorId)
    return { text: words.errors.mayNot.send, namesOwner: false };
  const owner = ownerId === null || ownerId === actorId ? null : await getUser(db, ownerId);
  if (!owner) return { text: words.errors.mayNot[act], namesOwner: false };
  const { onlyWriter, onlySender } = words.errors;
  const mention = `<@${owner.slackUserId}>`;
  return { text: act === 'draft' ? onlyWriter(mention) : onlySender(mention), namesOwner: true };
}
