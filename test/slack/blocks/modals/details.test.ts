import { validateView } from '@bulk-sms/playground/slack/blocks/validate-view';
import type { SendAttempt } from '../../../../src/batches/views/batch-details';
import { detailsModal } from '../../../../src/slack/blocks/modals/details';
import { sendAttemptLines } from '../../../../src/slack/blocks/parts/send-attempt-lines';
import { wordsFor } from '../../../../src/words/words-for';
import { details, summary } from '../batch-fixtures';

const reader = { words: wordsFor('en-US'), timeZone: 'UTC' };

describe('the details', () => {
  const recipient = {
    recipientNumber: '+8613800138000',
    line: 3,
    sourceName: null,
    status: 'delivered' as const,
    failureReason: null,
    updatedAt: new Date(),
  };

  it('show no whole number', () => {
    const text = JSON.stringify(detailsModal(reader, details({ recipients: [recipient] })));
    expect(text).toContain('138****8000');
    expect(text).not.toContain('13800138000');
  });

  it('lose no line to a limit, however many reasons of whatever length there are', () => {
    const reasons = Array.from({ length: 40 }, (_, index) => ({
      reason: `R${String(index).padStart(2, '0')} ${'<!channel> & '.repeat(400)}`,
      count: 100 - index,
    }));
    const shown = detailsModal(
      reader,
      details({ reasons, recipients: Array(20).fill(recipient), page: 500, pages: 500 }),
    );
    expect(validateView(shown)).toEqual([]);
    const text = JSON.stringify(shown);
    for (const { reason, count } of reasons) {
      expect(text).toContain(`• *${count}* · ${reason.slice(0, 3)}`);
    }
    expect(text).not.toContain('<!channel>');
  });

  it('filter by every state that a recipient can be in', () => {
    const text = JSON.stringify(detailsModal(reader, details({ summary: summary() })));
    for (const value of ['delivered', 'failed', 'sending', 'unknown', 'pending', 'cancelled', 'left_out']) {
      expect(text).toContain(`"value":"${value}"`);
    }
  });
});

describe('the history of one recipient', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 8, 0, second));
  const accepted = { id: '57', startedAt: at(1), finishedAt: at(2), outcome: 'accepted' as const };
  const attempt = (change: Partial<SendAttempt>): SendAttempt => ({
    attempt: 1,
    orderId: 'b1-00001',
    messageId: '1234567890123456789',
    submission: accepted,
    status: 'sending',
    otherOutcomes: [],
    reason: null,
    changedAt: at(3),
    settledBy: null,
    cost: null,
    isCostImplausible: false,
    ...change,
  });
  const told = (change: Partial<SendAttempt>) =>
    sendAttemptLines(reader, [attempt(change)])[0]
      ?.replace(/<!date\^(\d+)\^[^>]*>/g, (_, seconds) => `:${Number(seconds) % 60}`)
      .split('\n');
  const ids = 'Order ID `b1-00001` · message ID `1234567890123456789`';

  it('tells each step with its time and its source', () => {
    expect(
      told({
        status: 'delivered',
        settledBy: 'push',
        cost: { sum: '0.0325', currency: 'USD', segments: 2 },
      }),
    ).toEqual([
      '*Attempt 1*',
      'Submitted :1 · request 57',
      'Accepted by the provider · :2 · from the reply to our request',
      'Delivered · :3 · reported by the provider',
      'Cost 0.0325 USD, 2 segments',
      ids,
    ]);
  });

  it('says that a reported cost cannot be right', () => {
    expect(told({ status: 'delivered', isCostImplausible: true })).toContain(
      'The cost that the provider reported cannot be right: it is in no sum',
    );
  });

  it.each<[string, Partial<SendAttempt>, string[]]>([
    ['on its way', {}, ['Accepted by the provider · :2 · from the reply to our request', 'Sending']],
    [
      'refused in the reply',
      { status: 'failed', reason: 'refused', settledBy: 'answer' },
      ['Failed · The provider refused the number: check it · :3 · from the reply to our request'],
    ],
    [
      'lost with its request',
      { status: 'unknown', messageId: null, submission: { ...accepted, outcome: 'unknown' } },
      ['No clear answer from the provider · :2', 'Unknown · :3'],
    ],
    [
      'never reported',
      { status: 'unknown' },
      ['Accepted by the provider · :2 · from the reply to our request', 'Unknown · :3'],
    ],
    [
      'found in the records',
      { status: 'delivered', settledBy: 'reconcile', submission: { ...accepted, outcome: 'reconciled' } },
      ['No clear answer from the provider · :2', 'Delivered · :3 · found in the provider’s records'],
    ],
  ])('of one that is %s', (_name, change, steps) => {
    expect(told(change)?.slice(2, -1)).toEqual(steps);
  });

  it('of one that waits says no more than that', () => {
    expect(told({ status: 'pending', submission: null, messageId: null })).toEqual([
      '*Attempt 1*',
      'Not submitted yet, or in a request at this moment',
      'Order ID `b1-00001` · message ID –',
    ]);
  });
});
