import { deleteExport } from '../../batches/exporting/export-files.sql';
import { type LongRun, UNWATCHED } from '../../batches/long-requests/run-long-request';
import {
  type Comparison,
  comparisonKey,
  type Difference,
  openComparison,
} from '../../batches/reconciling/compare-records';
import { maskUnread } from '../../batches/reconciling/mask-unread';
import { comparisonTable } from '../../exports/comparison-lines';
import { writeFiles } from '../../exports/write-files';
import { DONE, type JobResult } from '../../queue/job-result';
import { getUser, type Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import type { SlackMessage } from '../blocks/block-kit';
import { type ComparisonResult, comparisonMessage, SHOWN_EACH } from '../blocks/messages/comparison';
import { openDirectMessage } from '../client/open-direct-message';
import { withPostLock } from '../client/post-lock';
import { postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import { shareFiles, uploadFiles, wasShared } from '../client/upload-files';
import { replyKey } from '../store/outbox.sql';
import { deliverReply } from './deliver-reply';

/**
 * Compares our records with the provider's and sends the result, once, as a direct message to the person who
 * asked. If the message shows only some of the differences, a file with all of them follows. Throws what a
 * later try may fix.
 */
export async function deliverComparison(
  slack: SlackClients,
  requested: Comparison,
  tryNumber: number,
  { stop }: Pick<LongRun, 'stop'> = UNWATCHED,
): Promise<JobResult> {
  const person = await getUser(slack.app.db, requested.userId);
  if (!person) return DONE;
  const reply = {
    key: comparisonKey(requested),
    person,
    askedAt: new Date(requested.askedAt),
    stop,
    tryNumber,
    fallback: null,
    apology: (words: Words) => words.apologies.comparison(requested.from, requested.to),
  };
  return deliverReply(slack, reply, async () =>
    (await wasShared(slack, reply.key)) ? DONE : compareAndPost(slack, requested, person, stop),
  );
}

async function compareAndPost(
  slack: SlackClients,
  requested: Comparison,
  person: Person,
  stop: AbortSignal,
): Promise<JobResult> {
  stop.throwIfAborted();
  const words = wordsFor(person.locale);
  const { differences, ...reach } = await openComparison(slack.app, requested);
  const counts = {
    uncertain: 0,
    perhaps_ours: 0,
    only_theirs: 0,
    only_ours: 0,
    no_record_yet: 0,
    outcome: 0,
  };
  const result: ComparisonResult = { ...reach, counts, first: [] };
  const key = comparisonKey(requested);
  const { db } = slack.app;
  // What an earlier try has written may not say what this one finds.
  await deleteExport(db, key);
  const { tenantId, userId } = requested;
  const reader = { kind: 'person', tenantId, userId, role: person.role } as const;
  // The message masks every number, the file those that the person may not read.
  const readable = maskUnread(slack.app, reader, countDifferences(result, differences(), stop));
  const table = comparisonTable(words, readable);
  const files = await writeFiles(db, { tenantId: requested.tenantId, key }, table);
  const channelId = await openDirectMessage(slack, person.slackUserId);
  const rest = await postResult(slack, requested, channelId, comparisonMessage(words, requested, result));
  if (rest.kind === 'snooze') return rest;
  const isAllShown = result.first.length === Object.values(counts).reduce((a, b) => a + b, 0);
  if (isAllShown) return DONE;
  const uploaded = await uploadFiles(slack, { key, name: `comparison-${requested.from}` }, files, { stop });
  await shareFiles(slack, uploaded, { channelId, threadTs: null }, words.comparison.all);
  return DONE;
}

function postResult(
  slack: SlackClients,
  requested: Comparison,
  channel: string,
  message: SlackMessage,
): Promise<JobResult> {
  const key = comparisonKey(requested);
  return withPostLock(slack, key, async () => {
    const posted = await postOnce(slack, replyKey(key), { channel }, message);
    return posted.kind === 'snooze' ? posted : DONE;
  });
}

/** Passes the differences through, counts them and keeps the first few of each kind in `result`. Throws once it is stopped. */
async function* countDifferences(
  result: ComparisonResult,
  blocks: AsyncIterable<Difference[]>,
  stop: AbortSignal,
): AsyncGenerator<Difference[]> {
  for await (const block of blocks) {
    stop.throwIfAborted();
    for (const one of block) {
      result.counts[one.kind] += 1;
      if (result.counts[one.kind] <= SHOWN_EACH) result.first.push(one);
    }
    yield block;
  }
}
