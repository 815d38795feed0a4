import type { AskAudience } from '../../../batches/app-context';
import { getUser } from '../../../tenants/person';
import { isDirectMessage } from '../../blocks/parts/is-direct-message';
import { listSlackBatches } from '../../store/slack-batches.sql';
import { NotInstalled, type Workspaces } from '../workspaces';
import { createJoinedChannels, type JoinedChannels } from './joined-channels';

/** Slack as a door that shows batches. */
export const SLACK_AUDIENCE = 'slack';

/**
 * Who reads where Slack shows batches: the members of the channel, public ones included. A batch in a direct message is
 * shown to one person alone, so it is not in the answer.
 */
export function createAudience(
  { app, clientsFor }: Pick<Workspaces, 'app' | 'clientsFor'>,
  joinedChannels: JoinedChannels = createJoinedChannels(),
): AskAudience {
  return async ({ tenantId, userId, batchIds }) => {
    const places = [...(await listSlackBatches(app.reads, batchIds)).values()].filter(
      ({ channelId }) => !isDirectMessage(channelId),
    );
    if (places.length === 0) return new Map();
    const person = await getUser(app.reads, userId);
    const slack = await clientsFor(tenantId).catch(nullIfNotInstalled);
    const joined = person && slack ? await joinedChannels(slack, person.slackUserId) : null;
    const isMember = (channelId: string) => {
      if (!joined) return 'unknown';
      return joined.has(channelId) ? 'member' : 'not_member';
    };
    return new Map(places.map(({ batchId, channelId }) => [batchId, isMember(channelId)]));
  };
}

function nullIfNotInstalled(error: unknown): null {
  if (error instanceof NotInstalled) return null;
  throw error;
}
