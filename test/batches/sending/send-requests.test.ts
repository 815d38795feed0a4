import { setTimeout as delay } from 'node:timers/promises';
import { sendRequests } from '../../../src/batches/sending/send-requests';
import { allDeferred, allUnclear, type SendOutcome } from '../../../src/providers/send-outcome';
import { until } from '../../setup/until';

type Text = { orderId: string };

const texts = (count: number): Text[] =>
  Array.from({ length: count }, (_, index) => ({ orderId: `o${index}` }));
const idsOf = (list: Text[]) => list.map(({ orderId }) => orderId);

function accepted(request: Text[]): SendOutcome {
  const ids = request.map(({ orderId }) => ({ orderId, messageId: `m-${orderId}` }));
  return { accepted: ids, refused: [], unclear: [], deferred: [], because: null };
}
const busy = (request: Text[]) =>
  allDeferred(request, { kind: 'rejected', fault: 'retryable', code: '429', reason: 'busy' });
const lost = (request: Text[]) =>
  allUnclear(request, { kind: 'unclear', cause: 'connection_lost', reason: 'no answer' });

/** The answer to a request that hangs until the test gives it. */
function lateAnswer() {
  let resolve: (answer: SendOutcome) => void = () => {};
  const promise = new Promise<SendOutcome>((done) => {
    resolve = done;
  });
  return { promise, resolve: (answer: SendOutcome) => resolve(answer) };
}

interface Sending {
  /** The ids of each request, in order. */
  requests: string[][];
  recorded: SendOutcome[];
  result: ReturnType<typeof sendRequests>;
}

type Work = Parameters<typeof sendRequests<Text>>[0];

/** Fast and without limit, but for what a test says. */
function send(
  count: number,
  answer: (request: Text[], index: number) => SendOutcome | Promise<SendOutcome> = accepted,
  more: Partial<Work> = {},
): Sending {
  const requests: string[][] = [];
  const recorded: SendOutcome[] = [];
  const result = sendRequests<Text>({
    texts: texts(count),
    textsPerRequest: 1,
    requestsPerSecond: 1_000,
    requestsAtOnce: 1,
    isProbe: false,
    longestMs: 600_000,
    send: async (request) => answer(request, requests.push(idsOf(request)) - 1),
    record: async (outcome) => {
      recorded.push(outcome);
      return true;
    },
    draining: new AbortController().signal,
    ...more,
  });
  return { requests, recorded, result };
}

test('each text is in one request, in order, and in one list', async () => {
  const { requests, result } = send(5, accepted, { textsPerRequest: 2 });
  const { outcome, hasProgress, wasUnclear } = await result;
  expect(requests).toEqual([['o0', 'o1'], ['o2', 'o3'], ['o4']]);
  expect(idsOf(outcome.accepted)).toEqual(['o0', 'o1', 'o2', 'o3', 'o4']);
  expect({ hasProgress, wasUnclear }).toEqual({ hasProgress: true, wasUnclear: false });
});

test('a rejection stops it: the rest is deferred with its reason, which a later unclear answer does not replace', async () => {
  const { requests, result } = send(
    6,
    (request, index) => [accepted, busy][index]?.(request) ?? lost(request),
  );
  const { outcome } = await result;
  expect(requests).toHaveLength(2);
  expect(idsOf(outcome.deferred)).toEqual(['o1', 'o2', 'o3', 'o4', 'o5']);
  expect(outcome.because).toMatchObject({ kind: 'rejected', code: '429' });
});

test('three unclear answers in a row stop it, and fewer do not', async () => {
  const answers = [lost, lost, accepted, lost, lost, lost, accepted];
  const { requests, result } = send(9, (request, index) => (answers[index] ?? accepted)(request));
  const { outcome, unclearInARow, wasClear, wasUnclear } = await result;
  expect(requests).toHaveLength(6);
  expect(idsOf(outcome.unclear)).toEqual(['o0', 'o1', 'o3', 'o4', 'o5']);
  expect(idsOf(outcome.deferred)).toEqual(['o6', 'o7', 'o8']);
  expect({ unclearInARow, wasClear, wasUnclear }).toEqual({
    unclearInARow: 3,
    wasClear: true,
    wasUnclear: true,
  });
});

test('a probe waits for its first answer, and stops where that is unclear', async () => {
  const first = lateAnswer();
  const { requests, result } = send(
    5,
    (request, index) => (index === 0 ? first.promise : accepted(request)),
    {
      isProbe: true,
      requestsAtOnce: 5,
    },
  );
  await delay(50);
  expect(requests).toEqual([['o0']]);
  first.resolve(lost([{ orderId: 'o0' }]));
  const { outcome } = await result;
  expect(requests).toHaveLength(1);
  expect(idsOf(outcome.deferred)).toEqual(['o1', 'o2', 'o3', 'o4']);
});

test('a text that the answer does not name is unclear', async () => {
  const { result } = send(2, () => accepted([{ orderId: 'o0' }]), { textsPerRequest: 2 });
  const { outcome } = await result;
  expect(idsOf(outcome.accepted)).toEqual(['o0']);
  expect(idsOf(outcome.unclear)).toEqual(['o1']);
});

test('no more requests are open at once than the limit', async () => {
  let open = 0;
  let most = 0;
  const { result } = send(
    12,
    async (request) => {
      open += 1;
      most = Math.max(most, open);
      await delay(10);
      open -= 1;
      return accepted(request);
    },
    { requestsAtOnce: 3 },
  );
  await result;
  expect(most).toBe(3);
});

test('after a slow answer the rest leaves at the pace of the account, not in a burst', async () => {
  const startedAt: number[] = [];
  const { result } = send(
    8,
    async (request, index) => {
      startedAt.push(performance.now());
      if (index === 0) await delay(900);
      return accepted(request);
    },
    { requestsPerSecond: 20, requestsAtOnce: 8, isProbe: true },
  );
  await result;
  const [, second = 0, ...others] = startedAt;
  // By the pace alone all seven would leave at once.
  expect((others.at(-1) ?? 0) - second).toBeGreaterThan(150);
});

test('what came is recorded each second, each text once, and the rest is returned', async () => {
  const { recorded, result } = send(30, accepted, { requestsPerSecond: 12 });
  const { outcome } = await result;
  expect(recorded.length).toBeGreaterThanOrEqual(1);
  const all = [...recorded, outcome].flatMap((one) => idsOf(one.accepted));
  expect(all).toEqual(idsOf(texts(30)));
  expect(recorded.every(({ deferred }) => deferred.length === 0)).toBe(true);
});

test('what came is recorded while the last request hangs', async () => {
  const last = lateAnswer();
  const { recorded, result } = send(3, (request, index) => (index === 2 ? last.promise : accepted(request)), {
    requestsAtOnce: 3,
  });
  await until(
    async () => recorded,
    ([first]) => first !== undefined,
  );
  expect(recorded.map((one) => idsOf(one.accepted))).toEqual([['o0', 'o1']]);
  last.resolve(accepted([{ orderId: 'o2' }]));
  expect(idsOf((await result).outcome.accepted)).toEqual(['o2']);
});

test('a single request that hangs is not recorded before its end', async () => {
  const only = lateAnswer();
  const { recorded, result } = send(1, () => only.promise);
  await delay(1_300);
  only.resolve(accepted(texts(1)));
  await result;
  expect(recorded).toEqual([]);
});

test('where a record says stop, no further request begins', async () => {
  const { requests, result } = send(1_000, accepted, { requestsPerSecond: 20, record: async () => false });
  const { outcome } = await result;
  expect(requests.length).toBeLessThan(100);
  expect(outcome.deferred).toHaveLength(1_000 - requests.length);
  expect(outcome.because).toBeNull();
});

test('a process that is to end defers the rest at once, however long the pace would take', async () => {
  const draining = new AbortController();
  const { requests, result } = send(1_000, accepted, { requestsPerSecond: 2, draining: draining.signal });
  await until(
    async () => requests.length,
    (count) => count > 0,
  );
  draining.abort();
  const { outcome } = await result;
  expect(outcome.deferred).toHaveLength(1_000 - requests.length);
});

test('a text that the answer does not name is unclear, also where the answer names one that was not asked for', async () => {
  const foreign = accepted([{ orderId: 'foreign' }]);
  const { outcome } = await send(2, (request, index) => (index === 0 ? foreign : accepted(request))).result;
  expect(idsOf(outcome.unclear)).toEqual(['o0']);
  expect(idsOf(outcome.accepted)).toEqual(['o1']);
});

test('when its time is over no further request begins, however slow the answers were', async () => {
  const slow = async (request: Text[]) => {
    await delay(60);
    return accepted(request);
  };
  const { requests, result } = send(100, slow, { longestMs: 50 });
  const { outcome } = await result;
  expect(requests.length).toBeLessThan(3);
  expect(outcome.accepted).toHaveLength(requests.length);
  expect(outcome.deferred).toHaveLength(100 - requests.length);
  expect(outcome.because).toBeNull();
});
