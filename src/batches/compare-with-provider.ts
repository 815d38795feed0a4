import {
  type Channel,
  type ChannelAccount,
  ChannelError,
  type MessageStatus,
  type MessageStatusName,
} from '../channels/channel';
import type { JobPayload } from '../queue/jobs';
import { channelOf, type Heart } from './heart';
import type { RecipientStatus } from './states';
import { writeAudit } from './store/audit';
import { findByMessageIds, listDays, nextSubmitted, type OfAccount, type OurText } from './store/compare';
import { wakeComparison } from './wake';

/** A text of which the provider's records and ours do not say the same. */
export interface Difference {
  kind: 'only_theirs' | 'only_ours' | 'outcome';
  messageId: string;
  /** E.164; empty where the provider does not tell. */
  number: string;
  batchId: string | null;
  ours: RecipientStatus | null;
  theirs: MessageStatusName | null;
}

export type Comparison = JobPayload<'compare-with-provider'>;

/** A person asks for a comparison; the answer comes when it is made. */
export async function requestComparison(heart: Heart, wanted: Comparison): Promise<void> {
  const { tenantId, userId, from, to } = wanted;
  await heart.db.transaction(async (trx) => {
    await writeAudit(trx, {
      tenantId,
      userId,
      batchId: null,
      action: 'provider.compare',
      detail: { from, to },
    });
    await wakeComparison(trx, wanted);
  });
}

/** The provider is asked for a day at a time: one day's ids are all that is held. */
const IDS_A_LOOK = 5_000;

/**
 * Asks the provider for everything it sent in a time range, holds it against our own tables and names every
 * difference, a block at a time. What we have and its list has not is asked about by id before it is called
 * missing: the two clocks may put a text of midnight on different days. Throws `ChannelError`.
 */
export async function* compareWithProvider(heart: Heart, wanted: Comparison): AsyncGenerator<Difference[]> {
  const channel = channelOf(heart, wanted.channel);
  const sender = await heart.accounts.find(wanted);
  if (!sender) throw new ChannelError('no_account', 'account', 'No account is set up for this workspace.');
  const { account } = sender;
  for (const day of await listDays(heart.db, wanted)) {
    const options = { signal: heart.stopping };
    const { results } = await channel.queryMessageStatusByTimeRange(account, day.start, day.end, options);
    for (let start = 0; start < results.length; start += IDS_A_LOOK) {
      yield await differencesOf(heart, wanted, results.slice(start, start + IDS_A_LOOK));
    }
    const listed = new Set(results.map((one) => one.messageId));
    yield* missing(heart, wanted, { channel, account }, day, listed);
  }
}

async function differencesOf(heart: Heart, of: OfAccount, theirs: MessageStatus[]): Promise<Difference[]> {
  const ids = theirs.map((one) => one.messageId);
  const ours = new Map((await findByMessageIds(heart.db, of, ids)).map((one) => [one.messageId, one]));
  return theirs.flatMap(({ messageId, recipientNumber: number, status }): Difference[] => {
    const known = ours.get(messageId);
    if (!known) {
      return [{ kind: 'only_theirs', messageId, number, batchId: null, ours: null, theirs: status }];
    }
    if (known.status === status) return [];
    return [{ kind: 'outcome', ...named(known), theirs: status }];
  });
}

async function* missing(
  heart: Heart,
  of: OfAccount,
  { channel, account }: { channel: Channel; account: ChannelAccount },
  day: { start: Date; end: Date },
  listed: Set<string>,
): AsyncGenerator<Difference[]> {
  for (let afterId: string | null = '0'; afterId !== null; ) {
    const { texts, lastId }: { texts: OurText[]; lastId: string | null } = await nextSubmitted(
      heart.db,
      of,
      day,
      afterId,
    );
    afterId = lastId;
    const absent = new Map(
      texts.filter((one) => !listed.has(one.messageId)).map((one) => [one.messageId, one]),
    );
    if (absent.size === 0) continue;
    const { results } = await channel.queryMessageStatusByIds(account, [...absent.keys()], {
      signal: heart.stopping,
    });
    for (const { messageId, status } of results) if (status !== 'unknown') absent.delete(messageId);
    yield [...absent.values()].map((one) => ({ kind: 'only_ours', ...named(one), theirs: null }));
  }
}

function named({ messageId, number, batchId, status }: OurText) {
  return { messageId, number, batchId, ours: status };
}
