import { blockPerson, unblockPerson } from '../../../batches/administering/block-person';
import { deleteDraft } from '../../../batches/administering/delete-draft';
import { stopLongRequest } from '../../../batches/long-requests/stop-long-request';
import type { SlackMessage } from '../../blocks/block-kit';
import type { Click } from '../bolt-listeners';
import { redrawAdmin } from '../commands/open-admin';
import type { RequestContext } from '../request-context';

/** Does it, by a verb that decides whether this person may. Returns what has happened, as mrkdwn. */
type Lever = (request: RequestContext, id: string) => Promise<string>;

/** The buttons of `/sms admin`. */
export const LEVERS = {
  async deleteDraft({ slack, actor, words: { admin } }, id) {
    const { kind } = await deleteDraft(slack.app, actor, id);
    if (kind === 'deleted') return admin.deleted(id);
    return kind === 'already_started' ? admin.alreadyStarted(id) : admin.alreadyClosed(id);
  },
  async stop({ slack, actor, words: { admin } }, id) {
    const { kind } = await stopLongRequest(slack.app, actor, id);
    return kind === 'stopping' ? admin.stopping : admin.ended;
  },
  async block({ slack, actor, words: { admin } }, id) {
    const outcome = await blockPerson(slack.app, actor, id);
    switch (outcome.kind) {
      case 'blocked': {
        const done = admin.blocked(outcome.drafts, outcome.requests);
        return outcome.sending === 0 ? done : `${done} ${admin.sending(outcome.sending)}`;
      }
      case 'already_blocked':
        return admin.alreadyBlocked;
      case 'oneself':
        return admin.oneself;
      case 'not_found':
        return admin.unknownPerson;
    }
  },
  async unblock({ slack, actor, words: { admin } }, id) {
    const { kind } = await unblockPerson(slack.app, actor, id);
    return kind === 'unblocked' ? admin.unblocked : admin.notBlocked;
  },
} satisfies Record<string, Lever>;

/** The modal shows what has happened, and what is so now. */
export const pullLever =
  (lever: Lever) =>
  async (request: RequestContext, click: Click): Promise<SlackMessage | null> => {
    const done = await lever(request, click.value);
    if (click.viewId) await redrawAdmin(request, click.viewId, done);
    return null;
  };
