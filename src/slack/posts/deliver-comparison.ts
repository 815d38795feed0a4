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
import type { Message } from '../blocks/block-kit';
import { comparisonAnswer, type Found, SHOWN_EACH } from '../blocks/messages/comparison';
import { openDirectMessage } from '../client/open-direct-message';
import { oneAtATime } from '../client/post-lock';
import { postOnce } from '../client/post-once';
import type { SlackClients } from '../client/slack-clients';
import type { Snooze } from '../client/snooze';
import { shareFiles, type UploadedFile, uploadFile, wasShared } from '../client/upload-files';
import { deliverReply } from './deliver-reply';
import { csvLine, numberCell, textCell } from './exports/csv';
import { type SpooledFile, spoolLines } from './exports/spool';

/**
 * Compares our records with the provider's and tells the person who asked, alone and once: in a direct message, with a
 * file of all differences where the message shows only the first. Throws what a later attempt may mend.
 */
export async function deliverComparison(
  slack: SlackClients,
  wanted: Comparison,
  attempt: number,
): Promise<Snooze> {
  const person = await getUser(slack.app.db, wanted.userId);
  if (!person) return {};
  const asked = {
    answer: comparisonKey(wanted),
    person,
    askedAt: new Date(wanted.askedAt),
    attempt,
    instead: null,
    sorry: (words: Words) => words.sorry.comparison(wanted.from, wanted.to),
  };
  return deliverReply(slack, asked, async () =>
    (await wasShared(slack, asked.answer)) ? {} : compareAndBring(slack, wanted, person),
  );
}

async function compareAndBring(slack: SlackClients, wanted: Comparison, person: Person): Promise<Snooze> {
  const words = wordsFor(person.locale);
  const headLine = csvLine(Object.values(words.comparison.columns).map(textCell));
  const { differences, ...reach } = await openComparison(slack.app, wanted);
  const counts = {
    uncertain: 0,
    perhaps_ours: 0,
    only_theirs: 0,
    only_ours: 0,
    no_record_yet: 0,
    outcome: 0,
  };
  const found: Found = { ...reach, counts, first: [] };
  const blocks = linesOf(words, noting(found, differences()));
  return spoolLines(headLine, blocks, async (files) => {
    const channelId = await openDirectMessage(slack, person.slackUserId);
    const again = await say(slack, wanted, channelId, comparisonAnswer(words, wanted, found));
    const isAllShown = found.first.length === Object.values(counts).reduce((a, b) => a + b, 0);
    if (again.snoozeMs !== undefined || isAllShown) return again;
    await bringFiles(slack, wanted, channelId, files, words.comparison.all);
    return {};
  });
}

function say(slack: SlackClients, wanted: Comparison, channel: string, message: Message): Promise<Snooze> {
  const answer = comparisonKey(wanted);
  return oneAtATime(slack, answer, async () => {
    const posted = await postOnce(slack, { answer }, { channel }, message);
    return posted.kind === 'later' ? { snoozeMs: posted.snoozeMs } : {};
  });
}

async function bringFiles(
  slack: SlackClients,
  wanted: Comparison,
  channelId: string,
  files: SpooledFile[],
  comment: string,
): Promise<void> {
  const uploaded: UploadedFile[] = [];
  for (const [index, file] of files.entries()) {
    const part = index === 0 ? '' : `-${index + 1}`;
    uploaded.push(await uploadFile(slack, `comparison-${wanted.from}${part}.csv`, file));
  }
  const ids = uploaded.map(({ id }) => id);
  await beginUpload(slack.app, comparisonKey(wanted), ids);
  await shareFiles(slack, uploaded, { channelId, threadTs: null }, comment);
}

/** Counts what passes, and keeps the first few of each kind. */
async function* noting(found: Found, blocks: AsyncIterable<Difference[]>): AsyncGenerator<Difference[]> {
  for await (const block of blocks) {
    for (const one of block) {
      found.counts[one.kind] += 1;
      if (found.counts[one.kind] <= SHOWN_EACH) found.first.push(one);
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
