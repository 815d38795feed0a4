import type { AnyDraft, BlockedPerson, PersonUse } from '../../../batches/administering/list-use';
import type { Reader } from '../../../words/words-for';
import {
  asApiBlocks,
  type Block,
  button,
  confirmation,
  context,
  divider,
  header,
  type ModalView,
  plain,
  section,
  sectionWithButton,
} from '../block-kit';
import { ACTIONS, CALLBACKS } from '../ids';
import { slackTime } from '../parts/slack-time';

/** An export or comparison, with the Slack id of who asked. */
export interface ShownRequest {
  id: string;
  batchId: string | null;
  slackUserId: string;
  askedAt: Date;
  isStopping: boolean;
}

export interface AdminState {
  days: number;
  people: PersonUse[];
  drafts: AnyDraft[];
  requests: ShownRequest[];
  blocked: BlockedPerson[];
  /** What the last click has done, as mrkdwn; null where there was none. */
  done: string | null;
}

/** Rows of each of the four lists: with their headings they stay under Slack's 100 blocks of a modal. */
export const SHOWN_OF_EACH = 10;

/** What an admin sees of everybody's use, with the levers: counts, no numbers and no texts. */
export function adminModal(reader: Reader, state: AdminState): ModalView {
  const { admin, errors } = reader.words;
  const blocks: Block[] = [
    ...(state.done === null ? [] : [section(state.done), divider]),
    ...list(reader, admin.requests, admin.noRequests, state.requests, requestLine),
    ...list(reader, admin.drafts, admin.noDrafts, state.drafts, draftLine),
    ...list(reader, admin.use(state.days), admin.nobody, state.people, useLine),
    ...list(reader, admin.blockedPeople, admin.nobodyBlocked, state.blocked, blockedLine),
  ];
  return {
    type: 'modal',
    callback_id: CALLBACKS.admin,
    title: plain(admin.title),
    close: plain(errors.close),
    blocks: asApiBlocks(blocks),
  };
}

function list<T>(
  reader: Reader,
  title: string,
  none: string,
  all: T[],
  draw: (reader: Reader, one: T) => Block,
): Block[] {
  if (all.length === 0) return [header(title), section(none)];
  const shown = all.slice(0, SHOWN_OF_EACH).map((one) => draw(reader, one));
  const more = all.length > SHOWN_OF_EACH ? [context(reader.words.admin.more(SHOWN_OF_EACH))] : [];
  return [header(title), ...shown, ...more];
}

const mention = (slackUserId: string) => `<@${slackUserId}>`;

function requestLine(reader: Reader, one: ShownRequest): Block {
  const { admin } = reader.words;
  const [person, since] = [mention(one.slackUserId), slackTime(reader, one.askedAt)];
  const line =
    one.batchId === null ? admin.comparison(person, since) : admin.export(one.batchId, person, since);
  if (one.isStopping) return section(`${line} – ${admin.stops}`);
  return sectionWithButton(line, lever(reader, 'stop', one.id));
}

function draftLine(reader: Reader, { batchId, externalId, createdAt, rows }: AnyDraft): Block {
  const begunAt = slackTime(reader, createdAt);
  const line = reader.words.admin.draft(batchId, mention(externalId), begunAt, rows);
  return sectionWithButton(line, lever(reader, 'delete', batchId));
}

function useLine(reader: Reader, one: PersonUse): Block {
  const { admin, format } = reader.words;
  const sums = one.costs.map(({ currency, cost }) => `${format.decimal(cost)} ${currency}`).join(' + ');
  const facts = [
    admin.sent(one.batches, one.texts),
    admin.outcomes(one.delivered, one.failed),
    ...(sums === '' ? [] : [admin.cost(sums)]),
    admin.files(one.files),
    admin.open(one.drafts, one.draftRows),
  ];
  const line = `*${mention(one.externalId)}*\n${facts.join(' · ')}`;
  if (one.isBlocked) return section(`${line} · ${admin.isBlocked}`);
  return sectionWithButton(line, lever(reader, 'block', one.userId));
}

function blockedLine(reader: Reader, { id, slackUserId, blockedAt, blockedBy }: BlockedPerson): Block {
  const { admin } = reader.words;
  const by = blockedBy === null ? admin.operator : mention(blockedBy);
  const line = admin.blockedSince(mention(slackUserId), slackTime(reader, blockedAt), by);
  return sectionWithButton(line, lever(reader, 'unblock', id));
}

const LEVERS = {
  stop: { action: ACTIONS.adminStop, confirm: 'confirmStop', style: 'danger' },
  delete: { action: ACTIONS.adminDelete, confirm: 'confirmDelete', style: 'danger' },
  block: { action: ACTIONS.adminBlock, confirm: 'confirmBlock', style: 'danger' },
  unblock: { action: ACTIONS.adminUnblock, confirm: 'confirmUnblock', style: undefined },
} as const;

function lever({ words: { admin } }: Reader, what: keyof typeof LEVERS, value: string) {
  const { action, confirm, style } = LEVERS[what];
  const asked = { title: admin[confirm].title, ok: admin[what], cancel: admin.cancel };
  const more = { value, confirm: confirmation(asked, admin[confirm].text), ...(style ? { style } : {}) };
  return button(admin[what], action, more);
}
