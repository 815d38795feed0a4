import { type MessageStatusName, ProviderError } from '../../providers/sms-provider';
import type { JobPayload } from '../../queue/jobs';
import { type ApiKeyActor, authorise, type PersonActor } from '../../tenants/actor';
import type { AppContext } from '../app-context';
import { enqueueComparison } from '../enqueue-jobs';
import { type OpenedRequest, openLongRequest } from '../long-requests/open-long-request';
import type { ListedRecord } from '../provider/list-records';
import type { RecipientStatus } from '../states';
import { writeAudit } from '../store/audit';
import type { ProviderKey } from '../store/batches';
import { authoriseNow } from '../store/find-for-act';
import { idInAccount } from '../store/message-ids';
import { recordStatuses } from '../tracking/record-statuses';
import { classifyUnknownRecords, type UnknownRecord } from './classify-unknown-records';
import { type Day, findByMessageIds, listDays, nextSubmitted, type OurText } from './compared-texts.sql';
import { openProviderRecords, type ProviderRecords } from './provider-records';

/** A text about which the provider's records and ours differ. */
export interface Difference {
  /** `no_record_yet`: the provider has accepted the text and may still have it in its queue. */
  kind: UnknownRecord['kind'] | 'only_ours' | 'no_record_yet' | 'outcome';
  accountId: string;
  messageId: string;
  /** E.164; empty where the provider gives none. */
  number: string;
  batchId: string | null;
  ours: RecipientStatus | null;
  theirs: MessageStatusName | null;
}

export type Comparison = JobPayload<'compare-with-provider'>;
type ComparisonRequest = Omit<Comparison, 'id' | 'askedAt'>;
type ComparedDays = Omit<ComparisonRequest, 'tenantId' | 'userId' | 'provider'>;

export const comparisonKey = ({ id }: Comparison) => `comparison:${id}`;

/**
 * Enqueues a comparison with the provider of the workspace's default account, and audits it; the same one, asked for while it
 * is being made, is that one. Throws ProviderError where there is no account.
 */
export async function requestComparison(
  app: AppContext,
  actor: PersonActor | ApiKeyActor,
  days: ComparedDays,
): Promise<OpenedRequest> {
  authorise(actor, 'compare');
  const { tenantId, userId } = actor;
  const account = await app.accounts.findDefault(tenantId);
  if (!account) throw new ProviderError('no_account', 'account', 'This workspace has no account.');
  const { provider } = account;
  const detail = { provider, from: days.from, to: days.to };
  const { from, to, timeZone } = days;
  const subject = [provider, from, to, timeZone].join(' ');
  const asked = { kind: 'comparison', tenantId, userId, batchId: null, subject } as const;
  return app.db.transaction(async (trx) => {
    await authoriseNow(trx, actor, 'compare');
    const opened = await openLongRequest(trx, { ...asked, most: app.settings.maxComparisonsPerPerson });
    if (opened.kind !== 'opened') return opened;
    await writeAudit(trx, actor, { batchId: null, action: 'provider.compare', detail });
    const request = { id: opened.id, askedAt: new Date().toISOString(), tenantId, userId };
    await enqueueComparison(trx, { ...request, ...days, provider });
    return opened;
  });
}

/** The part of a range that can be compared. */
interface OpenComparison {
  /**
   * Days at the start of the range whose records the provider no longer keeps, and how many days it keeps
   * them.
   */
  leftOutDays: number;
  keepsRecordsDays: number;
  /** Whether there is a day left to compare. */
  hasDays: boolean;
  /** Every difference, a block at a time. Throws `ProviderError`. */
  differences(): AsyncGenerator<Difference[]>;
}

const HOUR_MS = 3_600_000;

/** Throws `ProviderError` where the workspace has no account. */
export async function openComparison(app: AppContext, wanted: ComparisonRequest): Promise<OpenComparison> {
  const now = Date.now();
  const days = (await listDays(app.db, wanted)).filter(({ start }) => start.getTime() < now);
  const records = await openProviderRecords(app, wanted, days);
  const { keepsRecordsDays } = records;
  // An hour of margin, for the two clocks and for the time that the comparison takes.
  const oldest = now - keepsRecordsDays * 24 * HOUR_MS + HOUR_MS;
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
  key: ProviderKey;
  records: ProviderRecords;
}

const IDS_A_SELECT = 5_000;

/**
 * Reads the provider's list of everything it sent, day by day (memory holds the ids of one day), and compares
 * it with our tables. A text of ours that is not in the list is queried by id before it counts as missing,
 * because the two clocks may put a text around midnight on different days. Such a text is reported only once,
 * too.
 */
async function* compareDays(comparing: Comparing, days: Day[]): AsyncGenerator<Difference[]> {
  let reportedBefore = new Set<string>();
  for (const day of days) {
    const listed = new Set<string>();
    const reported = new Set<string>();
    for await (const page of comparing.records.pagesOfDay(day)) {
      const unseen = page.filter((one) => !listed.has(keyOf(one)) && !reportedBefore.has(keyOf(one)));
      for (const one of page) {
        listed.add(keyOf(one));
        if (reportedBefore.has(keyOf(one))) reported.add(keyOf(one));
      }
      for (let start = 0; start < unseen.length; start += IDS_A_SELECT) {
        const found = await findDifferences(comparing, day, unseen.slice(start, start + IDS_A_SELECT));
        for (const one of found) reported.add(keyOf(one));
        yield found;
      }
    }
    yield* listMissing(comparing, day, listed);
    reportedBefore = reported;
  }
}

const keyOf = ({ accountId, messageId }: { accountId: string; messageId: string }) =>
  idInAccount(accountId, messageId);

async function findDifferences(
  comparing: Comparing,
  day: Day,
  theirs: ListedRecord[],
): Promise<Difference[]> {
  const { found, unknownRecords } = await compareKnown(comparing, theirs);
  if (unknownRecords.length === 0) return found;
  const classified = await classifyUnknownRecords(
    comparing.app,
    comparing.key,
    unknownRecords,
    { from: day.start.getTime(), until: day.end.getTime() },
    comparing.records.listBetween,
  );
  // A request that was answered meanwhile has made some of them known.
  const late = await compareKnown(comparing, unknownRecords);
  const unknown = late.unknownRecords.map((one): Difference => {
    const { accountId, messageId, recipientNumber: number, status } = one;
    const record = classified.get(keyOf(one)) as UnknownRecord;
    const ours = record.kind === 'uncertain' ? 'unknown' : null;
    return { ...record, accountId, messageId, number, ours, theirs: status };
  });
  return [...found, ...late.found, ...unknown];
}

/**
 * The differences among the records whose ids we know, and the records whose ids we do not know. What is news to us is recorded:
 * the difference is shown once, and the next comparison does not find it.
 */
async function compareKnown({ app, key }: Comparing, theirs: ListedRecord[]) {
  const ids = theirs.map((one) => one.messageId);
  const ours = new Map((await findByMessageIds(app.db, key, ids)).map((one) => [keyOf(one), one]));
  const differing = theirs.filter(
    (one) => ours.has(keyOf(one)) && ours.get(keyOf(one))?.status !== one.status,
  );
  await recordStatuses(app, key.provider, differing);
  const found = differing.map((one): Difference => {
    const known = ours.get(keyOf(one)) as OurText;
    return { kind: 'outcome', ...oursOf(known), theirs: one.status };
  });
  return { found, unknownRecords: theirs.filter((one) => !ours.has(keyOf(one))) };
}

async function* listMissing(
  comparing: Comparing,
  day: Day,
  listed: Set<string>,
): AsyncGenerator<Difference[]> {
  const { app, key, records } = comparing;
  for (let afterId: string | null = '0'; afterId !== null; ) {
    const { texts, lastId }: { texts: OurText[]; lastId: string | null } = await nextSubmitted(
      app.db,
      key,
      day,
      afterId,
    );
    afterId = lastId;
    const unlisted = texts.filter((one) => !listed.has(keyOf(one)));
    const { idsPerQuestion } = records;
    for (let start = 0; start < unlisted.length; start += idsPerQuestion) {
      yield await compareUnlisted(comparing, unlisted.slice(start, start + idsPerQuestion));
    }
  }
}

async function compareUnlisted(
  { app, key, records: theirs }: Comparing,
  texts: OurText[],
): Promise<Difference[]> {
  const { unknown, records } = await theirs.askAbout(texts);
  await recordStatuses(app, key.provider, records);
  return texts
    .filter((one) => unknown.has(keyOf(one)))
    .map((one) => {
      const kind = one.status === 'sending' ? 'no_record_yet' : 'only_ours';
      return { kind, ...oursOf(one), theirs: null };
    });
}

function oursOf({ accountId, messageId, number, batchId, status }: OurText) {
  return { accountId, messageId, number, batchId, ours: status };
}
