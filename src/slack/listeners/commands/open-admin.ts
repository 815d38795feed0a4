import { listBlockedPeople, listDraftsOfAll, listPeopleUse } from '../../../batches/administering/list-use';
import { type LongRequest, listLongRequests } from '../../../batches/long-requests/stop-long-request';
import { getUser } from '../../../tenants/person';
import type { SlackMessage } from '../../blocks/block-kit';
import { type AdminState, adminModal, SHOWN_OF_EACH, type ShownRequest } from '../../blocks/modals/admin';
import { openModal } from '../open-modal';
import type { RequestContext } from '../request-context';

const DAYS = 7;

/** `/sms admin`: who uses how much, and the levers. The verbs refuse whoever is no admin. */
export async function openAdmin(request: RequestContext, triggerId: string): Promise<SlackMessage | null> {
  return openModal(request, triggerId, adminModal(request.reader, await readState(request, null)));
}

/** The same modal with what is so now. `done`: what a click has done, as mrkdwn. */
export async function redrawAdmin(request: RequestContext, viewId: string, done: string): Promise<void> {
  const view = adminModal(request.reader, await readState(request, done));
  await request.slack.opener.views.update({ view_id: viewId, view });
}

async function readState({ slack, actor }: RequestContext, done: string | null): Promise<AdminState> {
  const { app } = slack;
  // One more than is shown says that there are more.
  const limit = SHOWN_OF_EACH + 1;
  const people = await listPeopleUse(app, actor, { days: DAYS, limit });
  const drafts = await listDraftsOfAll(app, actor, limit);
  const blocked = await listBlockedPeople(app, actor, limit);
  const running = (await listLongRequests(app, actor)).slice(0, limit);
  const requests = await Promise.all(running.map((one) => toShown(app, one)));
  return { days: DAYS, people, drafts, requests, blocked, done };
}

async function toShown({ reads }: RequestContext['slack']['app'], one: LongRequest): Promise<ShownRequest> {
  const { id, batchId, askedAt, stopAskedAt, userId } = one;
  const slackUserId = (await getUser(reads, userId))?.slackUserId ?? '';
  return { id, batchId, slackUserId, askedAt, isStopping: stopAskedAt !== null };
}
