import type { AppContext } from '../../../src/batches/app-context';
import { listRecords } from '../../../src/batches/provider/list-records';
import type { ProviderClient, Turn } from '../../../src/batches/provider/provider-client';
import { type MessageStatus, ProviderError } from '../../../src/providers/sms-provider';

const TURN: Turn = { everyMs: 7, patienceMs: 70 };
const app = { stopping: new AbortController().signal } as AppContext;
const [from, until] = [new Date(0), new Date(1)];

const record = (messageId: string, status: MessageStatus['status']): MessageStatus => {
  return { messageId, orderId: null, recipientNumber: '+8613800138000', status, sendTime: null };
};

/** A client whose provider lists these pages. `turns` are those it was asked for. */
function clientWith(pages: MessageStatus[][], failsAt = Number.POSITIVE_INFINITY) {
  const turns: Turn[] = [];
  const left = jest.fn();
  const provider = {
    async *queryMessageStatusByTimeRange() {
      try {
        yield* pages;
      } finally {
        left();
      }
    },
  };
  const client = {
    provider,
    account: { id: '7', subAccount: 'app', address: 'https://former' },
    async ask(turn: Turn, question: () => Promise<unknown>) {
      turns.push(turn);
      if (turns.length < failsAt) return { kind: 'answered', result: await question() };
      const why = new ProviderError('turn', 'busy', 'asked too much');
      return { kind: 'not_answered', why, snoozeMs: 9 };
    },
  };
  return { client: client as unknown as ProviderClient, turns, left };
}

test('each SMS comes once, and the record of a later page is the one that counts', async () => {
  const { client, turns } = clientWith([
    [record('a', 'sending'), record('b', 'sending')],
    [record('b', 'delivered'), record('c', 'failed')],
  ]);
  const listedBy = { accountId: '7', subAccount: 'app', address: 'https://former' };
  expect(await listRecords(app, client, TURN, from, until)).toEqual({
    kind: 'answered',
    result: [record('a', 'sending'), record('b', 'delivered'), record('c', 'failed')].map((one) => ({
      ...one,
      ...listedBy,
    })),
  });
  expect(turns).toEqual([TURN, TURN, TURN]);
});

test('without an answer to one page there is no list: what is missing proves nothing', async () => {
  const { client, turns, left } = clientWith([[record('a', 'sending')], [record('b', 'sending')]], 2);
  const answer = await listRecords(app, client, TURN, from, until);
  expect(answer).toMatchObject({ kind: 'not_answered', why: { code: 'turn' }, snoozeMs: 9 });
  expect(turns).toHaveLength(2);
  expect(left).toHaveBeenCalledTimes(1);
});
