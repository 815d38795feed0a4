import { randomUUID } from 'node:crypto';
import type { MessageStatus, MessageStatusName } from '../../providers/sms-provider';
import type { JobPayload } from '../../queue/jobs';
import type { AppContext } from '../app-context';
import { enqueueComparison } from '../enqueue-jobs';
import type { RecipientStatus } from '../states';
import { writeAudit } from '../store/audit';
import type { AccountKey } from '../store/batches';
import { classifyUnknownRecords, type UnknownRecord } from './classify-unknown-records';
import { type Day, findByMessageIds, listDays, nextSubmitted, type OurText } from './compared-texts.sql';
import { openProviderRecords, type ProviderRecords } from './provider-records';

/** A text of which the provider's records and ours do not say the same. */
export interface Difference {
  /** `no_record_yet`: the provider has taken it, and may have it in its queue still. */
  kind: UnknownRecord['kind'] | 'only_ours' | 'no_record_yet' | 'outcome';
  messageId: string;
  /** E.164; empty where the provider does not tell. */
  number: string;
  batchId: string | null;
  ours: RecipientStatus | null;
  theirs: MessageStatusName | null;
}

export type Comparison = JobPayload<'compare-with-provider'>;
export type Compared = Omit<Comparison, 'id' | 'askedAt'>;

export const comparisonKey = ({ id }: Comparison) => `comparison:${id}`;

/** A person asks for a comparison; the answer comes when it is made. */
export async function requestComparison(app: AppContext, wanted: Compared): Promise<void> {
  const { tenantId, userId, from, to } = wanted;
  await app.db.transaction(async (trx) => {
    await writeAudit(trx, {
      tenantId,
      userId,
      batchId: null,
      action: 'provider.compare',
      detail: { from, to },
    });
    await enqueueComparison(trx, { ...wanted, id: randomUUID(), askedAt: new Date().toISOString() });
  });
}

/** What there is to compare of a range. */
export interface OpenComparison {
  /** Days at the beginning of which the provider keeps no records any more, and how many days it does. */
  leftOutDays: number;
  keepsRecordsDays: number;
  /** Whether there is a day left to compare. */
  hasDays: boolean;
  /** Every difference, a block at a time. Throws `ProviderError`. */
  differences(): AsyncGenerator<Difference[]>;
}

const HOUR_MS = 3_600_000;

/** Throws `ProviderError` where the workspace has no account. */
export async function openComparison(app: AppContext, wanted: Compared): Promise<OpenComparison> {
  const records = await openProviderRecords(app, wanted);
  const { keepsRecordsDays } = records.provider;
  // An hour is for the two clocks, and for the time that the comparison itself takes.
  const now = Date.now();
  const oldest = now - keepsRecordsDays * 24 * HOUR_MS + HOUR_MS;
  const days = (await listDays(app.db, wanted)).filter(({ start }) => start.getTime() < now);
  const kept = days.filter(({ start }) => start.getTime() >= oldest);
  return {
    leftOutDays: days.length - kept.length,
    keepsRecordsDays,
    hasDays: kept.length > 0,
    differences: () => compareDays({ app, key: wanted, records }, kept),
  };
}

interface Comparing {
  app: AppContext;
  key: AccountKey;
  records: ProviderRecords;
}

const IDS_A_LOOK = 5_000;

/**
 * Asks the provider for everything it sent, day by day (whose ids are all that is held), and holds it against our own
 * tables. What we have and its list has not is asked about by id before it is called missing: the two clocks may put
 * a text of midnight on different days, where it is also named only once.
 */
async function* compareDays(comparing: Comparing, days: Day[]): AsyncGenerator<Difference[]> {
  let namedBefore = new Set<string>();
  for (const day of days) {
    const listed = new Set<string>();
    const named = new Set<string>();
    for await (const page of comparing.records.pagesOf(day)) {
      const fresh = page.filter((one) => !listed.has(one.messageId) && !namedBefore.has(one.messageId));
      for (const { messageId } of page) {
        listed.add(messageId);
        if (namedBefore.has(messageId)) named.add(messageId);
      }
      for (let start = 0; start < fresh.length; start += IDS_A_LOOK) {
        const found = await differencesOf(comparing, day, fresh.slice(start, start + IDS_A_LOOK));
        for (const { messageId } of found) named.add(messageId);
        yield found;
      }
    }
    yield* missing(comparing, day, listed);
    namedBefore = named;
  }
}

async function differencesOf(comparing: Comparing, day: Day, theirs: MessageStatus[]): Promise<Difference[]> {
  const { found, unknownRecords } = await sortOut(comparing, theirs);
  if (unknownRecords.length === 0) return found;
  const names = await classifyUnknownRecords(
    comparing.app,
    comparing.key,
    unknownRecords,
    { from: day.start.getTime(), until: day.end.getTime() },
    comparing.records.between,
  );
  // Who was answered meanwhile is no stranger any more.
  const late = await sortOut(comparing, unknownRecords);
  const strange = late.unknownRecords.map(({ messageId, recipientNumber: number, status }): Difference => {
    const name = names.get(messageId) as UnknownRecord;
    return { ...name, messageId, number, ours: name.kind === 'uncertain' ? 'unknown' : null, theirs: status };
  });
  return [...found, ...late.found, ...strange];
}

/** The differences of those whose ids we have, and the others. */
async function sortOut({ app, key }: Comparing, theirs: MessageStatus[]) {
  const ids = theirs.map((one) => one.messageId);
  const ours = new Map((await findByMessageIds(app.db, key, ids)).map((one) => [one.messageId, one]));
  const found = theirs.flatMap(({ messageId, status }): Difference[] => {
    const known = ours.get(messageId);
    return known && known.status !== status ? [{ kind: 'outcome', ...namesOf(known), theirs: status }] : [];
  });
  return { found, unknownRecords: theirs.filter((one) => !ours.has(one.messageId)) };
}

async function* missing(comparing: Comparing, day: Day, listed: Set<string>): AsyncGenerator<Difference[]> {
  const { app, key, records } = comparing;
  for (let afterId: string | null = '0'; afterId !== null; ) {
    const { texts, lastId }: { texts: OurText[]; lastId: string | null } = await nextSubmitted(
      app.db,
      key,
      day,
      afterId,
    );
    afterId = lastId;
    const unlisted = texts.filter((one) => !listed.has(one.messageId));
    const { maxIdsPerQuery } = records.provider;
    for (let start = 0; start < unlisted.length; start += maxIdsPerQuery) {
      yield await absentOf(comparing, unlisted.slice(start, start + maxIdsPerQuery));
    }
  }
}

async function absentOf({ records }: Comparing, texts: OurText[]): Promise<Difference[]> {
  const unheardOf = await records.listUnheardOf(texts.map((one) => one.messageId));
  return texts
    .filter((one) => unheardOf.has(one.messageId))
    .map((one) => {
      const kind = one.status === 'sending' ? 'no_record_yet' : 'only_ours';
      return { kind, ...namesOf(one), theirs: null };
    });
}

function namesOf({ messageId, number, batchId, status }: OurText) {
  return { messageId, number, batchId, ours: status };
}
