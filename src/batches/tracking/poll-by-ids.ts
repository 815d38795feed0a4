import type { MessageStatus } from '../../providers/sms-provider';
import type { AppContext } from '../app-context';
import { asItSent, POLL_TURN, type ProviderClient, senderKey } from '../provider/provider-client';
import type { SentWith, TrackedKey } from '../store/detail-table';
import {
  type Cursor,
  findSubmissionsOf,
  nextOpenTexts,
  type OpenText,
  type SentSubmission,
} from './poll-progress.sql';

/** The results of this many questions are recorded together, at most. */
const QUESTIONS_A_STEP = 5;

/** The result of one step of tracking. */
export interface PollStep {
  /** Where the next step of the round continues. */
  after: Cursor;
  /** How long to wait before that. */
  snoozeMs: number;
  /** What is still to be recorded, and in which chunks. */
  statuses: MessageStatus[];
  chunks: { first: number; last: number };
}

/** Asks about the next open texts by their ids. Null: no text after the cursor is open. */
export async function pollByIds(
  app: AppContext,
  key: TrackedKey,
  client: ProviderClient,
  after: Cursor,
): Promise<PollStep | null> {
  const { idsPerQuestion } = client.provider.capabilities;
  const open = await nextOpenTexts(app.db, key, after, QUESTIONS_A_STEP * idsPerQuestion);
  const [first] = open;
  if (!first) return null;
  const submissions = await findSubmissionsOf(app.db, open);
  const questions = splitIntoQuestions(open, submissions, key.accountId, idsPerQuestion).slice(
    0,
    QUESTIONS_A_STEP,
  );
  const step: PollStep = {
    after,
    snoozeMs: 0,
    statuses: [],
    chunks: { first: first.chunk, last: first.chunk },
  };
  const { provider, account, askAll } = client;
  const answers = await askAll(
    POLL_TURN,
    questions.map(({ sentWith, texts }) => () => {
      const ids = texts.map((one) => one.provider_message_id);
      return provider.queryMessageStatusByIds(asItSent(account, sentWith), ids, { signal: app.stopping });
    }),
  );
  for (const [index, answer] of answers.entries()) {
    // The cursor stops at the first question that failed; the next step repeats the questions after it.
    if (answer.kind === 'not_answered') return { ...step, snoozeMs: answer.snoozeMs };
    step.statuses.push(...answer.result.results);
    step.after = questions[index]?.texts.at(-1) ?? step.after;
    step.chunks.last = step.after.chunk;
  }
  return step;
}

/** A question about texts that were sent with the same. */
interface Question {
  sentWith: SentWith;
  texts: OpenText[];
}

/** In the order of polling, so that the cursor passes no text that was not asked about. */
function splitIntoQuestions(
  texts: OpenText[],
  submissions: Map<string, SentSubmission>,
  accountId: string,
  idsPerQuestion: number,
): Question[] {
  const questions: Question[] = [];
  for (const text of texts) {
    const sentWith = submissions.get(text.submission_id) ?? notKnown(accountId);
    const last = questions.at(-1);
    const isSame = last && senderKey(last.sentWith) === senderKey(sentWith);
    if (isSame && last.texts.length < idsPerQuestion) last.texts.push(text);
    else questions.push({ sentWith, texts: [text] });
  }
  return questions;
}

const notKnown = (accountId: string): SentWith => ({
  account_id: accountId,
  sub_account: null,
  address: null,
});
