import { setTimeout as delay } from 'node:timers/promises';
import type { SendOutcome } from '../../providers/send-outcome';

/**
 * Sends the texts of one submission: in one request where its provider takes them all, else in many, at the account's
 * pace. Knows no table: what sends and what records is given to it.
 */
interface Work<Text extends { orderId: string }> {
  texts: Text[];
  textsPerRequest: number;
  requestsPerSecond: number;
  requestsAtOnce: number;
  /** The first request goes alone, and one unclear answer is enough to stop. */
  isProbe: boolean;
  /** After this time no further request begins, however slow the answers were: a killed process leaves few uncertain. */
  longestMs: number;
  /** Never rejects. */
  send(texts: Text[]): Promise<SendOutcome>;
  /** Records what came since the last record. Returns false where no further request may begin. */
  record(outcome: SendOutcome): Promise<boolean>;
  /** Fires when the process was asked to end. */
  draining: AbortSignal;
}

export interface SentRequests {
  /** What is not recorded yet. Texts whose request was not begun are deferred. */
  outcome: SendOutcome;
  /** Unclear answers since the last clear one. */
  unclearInARow: number;
  /** Whether any answer was clear: taken or rejected. */
  wasClear: boolean;
  /** Whether any request was unclear. */
  wasUnclear: boolean;
  /** Whether the provider has taken any request, whatever it said of single texts. */
  hasProgress: boolean;
}

const RECORD_EVERY_MS = 1_000;
/** What was late may be made up for by this much: after a slow answer, requests do not leave in a burst. */
const CATCH_UP_MS = 100;
/** After this many unclear answers in a row, going on would make more recipients uncertain. */
export const UNCLEAR_IN_A_ROW = 3;

/**
 * Begins request after request until one is rejected, too many are unclear, `record` returns false, the time is over or
 * the process is to end; the rest is deferred. No request begins when the last record is more than a second old: a process
 * that was overtaken learns it and stops.
 */
export async function sendRequests<Text extends { orderId: string }>(
  work: Work<Text>,
): Promise<SentRequests> {
  const sent: SentRequests = {
    outcome: nothing(),
    unclearInARow: 0,
    wasClear: false,
    wasUnclear: false,
    hasProgress: false,
  };
  const open = new Set<Promise<void>>();
  let dueAt = performance.now();
  let recordedAt = dueAt;
  let isStopped = false;
  const endAt = dueAt + work.longestMs;
  const isOver = () => isStopped || work.draining.aborted || performance.now() > endAt;

  const begin = (texts: Text[]): Promise<void> => {
    const request = work.send(texts).then((answer) => {
      add(sent, texts, answer);
      isStopped ||=
        answer.because?.kind === 'rejected' || sent.unclearInARow >= (work.isProbe ? 1 : UNCLEAR_IN_A_ROW);
      open.delete(request);
    });
    open.add(request);
    return request;
  };
  const recordIfDue = async () => {
    if (performance.now() - recordedAt < RECORD_EVERY_MS) return;
    const { deferred, because, ...settled } = sent.outcome;
    sent.outcome = { ...nothing(), deferred, because };
    // Taken before: what is stored later than this is not known to be alive.
    recordedAt = performance.now();
    if (!(await work.record({ ...settled, deferred: [], because }))) isStopped = true;
  };

  for (const [index, texts] of split(work.texts, work.textsPerRequest).entries()) {
    if (!isOver()) await waitUntil(dueAt, recordIfDue);
    while (!isOver() && open.size >= work.requestsAtOnce) {
      await waitForAnswer(open);
      await recordIfDue();
    }
    dueAt = Math.max(dueAt, performance.now() - CATCH_UP_MS) + 1_000 / work.requestsPerSecond;
    if (isOver()) sent.outcome.deferred.push(...texts.map(({ orderId }) => ({ orderId })));
    else if (index === 0 && work.isProbe) await begin(texts);
    else void begin(texts);
  }
  while (open.size > 0) {
    if (!isAnySettled(sent.outcome)) await Promise.race(open);
    else {
      await waitForAnswer(open);
      if (open.size > 0) await recordIfDue();
    }
  }
  return sent;
}

/** Adds the answer to a request. A text that it does not name is unclear; one that was not in the request does not count. */
function add(sent: SentRequests, texts: { orderId: string }[], answer: SendOutcome): void {
  const { outcome } = sent;
  const left = new Set(texts.map(({ orderId }) => orderId));
  const isOwn = ({ orderId }: { orderId: string }) => left.delete(orderId);
  outcome.accepted.push(...answer.accepted.filter(isOwn));
  outcome.refused.push(...answer.refused.filter(isOwn));
  outcome.deferred.push(...answer.deferred.filter(isOwn));
  outcome.unclear.push(...[...left].map((orderId) => ({ orderId })));
  // A rejection says when the deferred texts may go, which an unclear answer that comes later does not.
  if (outcome.because?.kind !== 'rejected') outcome.because = answer.because ?? outcome.because;
  const isUnclear = answer.because?.kind === 'unclear';
  sent.wasClear ||= !isUnclear;
  sent.wasUnclear ||= isUnclear;
  sent.unclearInARow = isUnclear ? sent.unclearInARow + 1 : 0;
  sent.hasProgress ||= answer.because === null || answer.accepted.length + answer.refused.length > 0;
}

const isAnySettled = ({ accepted, refused, unclear }: SendOutcome) =>
  accepted.length + refused.length + unclear.length > 0;

/** Waits no longer than until a record may be due. */
async function waitForAnswer(open: Set<Promise<void>>): Promise<void> {
  await Promise.race([...open, delay(RECORD_EVERY_MS, undefined, { ref: false })]);
}

async function waitUntil(moment: number, meanwhile: () => Promise<void>): Promise<void> {
  for (;;) {
    await meanwhile();
    const waitMs = moment - performance.now();
    if (waitMs <= 0) return;
    await delay(Math.min(waitMs, RECORD_EVERY_MS));
  }
}

function split<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

const nothing = (): SendOutcome => ({ accepted: [], refused: [], unclear: [], deferred: [], because: null });
