import { beginUpload } from '../../batches/outbox/deferred-replies';
import {
  type Comparison,
  comparisonKey,
  type Difference,
  openComparison,
} from '../../batches/reconciling/compare-records';
import { getUser, type Person } from '../../tenants/person';
import type { Words } from '../../words/en';
import { wordsFor } from '../../words/words-for';
import type { SlackMessage } from '../blocks/block-kit';
import { type ComparisonResult, comparisonMessage, SHOWN_EACH } from '../blocks/messages/comparison';
import { openDirectMessage } from '../client/open-direct-message';
import { withPostLock } from '../client/post-lock';
import { postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import type { Snooze } from '../client/snooze';
import { shareFiles, type UploadedFile, uploadFile, wasShared } from '../client/upload-files';
import { deliverReply } from './deliver-reply';
import { csvLine, numberCell, textCell } from './exports/csv';
import { type SpooledFile, spoolLines } from './exports/spool-files';

/**
 * Compares our records with the provider's and sends the result, once, as a direct message to the person who
 * asked. If the message shows only some of the differences, a file with all of them follows. Throws what a
 * later try may fix.
 */
export async function deliverComparison(
  slack: SlackClients,
  requested: Comparison,
  tryNumber: number,
): Promise<Snooze> {
  const person = await getUser(slack.app.db, requested.userId);
  if (!person) return {};
  const reply = {
    key: comparisonKey(requested),
    person,
    askedAt: new Date(requested.askedAt),
    tryNumber,
    fallback: null,
    apology: (words: Words) => words.apologies.comparison(requested.from, requested.to),
  };
  return deliverReply(slack, reply, async () =>
    (await wasShared(slack, reply.key)) ? {} : compareAndPost(slack, requested, person),
  );
}

async function compareAndPost(slack: SlackClients, requested: Comparison, person: Person): Promise<Snooze> {
  const words = wordsFor(person.locale);
  const headLine = csvLine(Object.values(words.comparison.columns).map(textCell));
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
  const blocks = linesOf(words, countDifferences(result, differences()));
  return spoolLines(headLine, blocks, async (files) => {
    const channelId = await openDirectMessage(slack, person.slackUserId);
    const rest = await postResult(slack, requested, channelId, comparisonMessage(words, requested, result));
    const isAllShown = result.first.length === Object.values(counts).reduce((a, b) => a + b, 0);
    if (rest.snoozeMs !== undefined || isAllShown) return rest;
    await shareFilesOf(slack, requested, channelId, files, words.comparison.all);
    return {};
  });
}

function postResult(
  slack: SlackClients,
  requested: Comparison,
  channel: string,
  message: SlackMessage,
): Promise<Snooze> {
  const key = comparisonKey(requested);
  return withPostLock(slack, key, async () => {
    const posted = await postOnce(slack, { replyKey: key }, { channel }, message);
    return posted.kind === 'later' ? { snoozeMs: posted.snoozeMs } : {};
  });
}

async function shareFilesOf(
  slack: SlackClients,
  requested: Comparison,
  channelId: string,
  files: SpooledFile[],
  comment: string,
): Promise<void> {
  const uploaded: UploadedFile[] = [];
  for (const [index, file] of files.entries()) {
    const part = index === 0 ? '' : `-${index + 1}`;
    uploaded.push(await uploadFile(slack, `comparison-${requested.from}${part}.csv`, file));
  }
  const ids = uploaded.map(({ id }) => id);
  await beginUpload(slack.app, comparisonKey(requested), ids);
  await shareFiles(slack, uploaded, { channelId, threadTs: null }, comment);
}

/** Passes the differences through, counts them and keeps the first few of each kind in `result`. */
async function* countDifferences(
  result: ComparisonResult,
  blocks: AsyncIterable<Difference[]>,
): AsyncGenerator<Difference[]> {
  for await (const block of blocks) {
    for (const one of block) {
      result.counts[one.kind] += 1;
      if (result.counts[one.kind] <= SHOWN_EACH) result.first.push(one);
    }
    yield block;
  }
}

async function* linesOf(words: Words, blocks: AsyncIterable<Difference[]>): AsyncGenerator<string[]> {
  const { kinds, theirs } = words.comparison;
  for await (const block of blocks) {
    yield block.map((one) =>
      csvLine([
        textCell(kinds[one.kind]),
        numberCell(one.number),
        textCell(one.batchId),
        textCell(one.ours && words.recipientStatus[one.ours]),
        textCell(one.theirs && theirs[one.theirs]),
        textCell(one.messageId),
      ]),
    );
  }
}
