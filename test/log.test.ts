import { createLog } from '../src/log';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

test.each([
  [
    'a number in a message',
    (log: ReturnType<typeof createLog>) => log.info('sent to +8613800138000'),
    '13800138000',
  ],
  [
    'a number in a field',
    (log: ReturnType<typeof createLog>) => log.info({ recipientNumber: '+8613800138000' }, 'x'),
    '0138000',
  ],
  ['a bot token', (log: ReturnType<typeof createLog>) => log.info('token xoxb-12-ab'), 'xoxb-12-ab'],
  [
    'a secret in a field',
    (log: ReturnType<typeof createLog>) => log.info({ account: { apiSecret: 'hush' } }, 'x'),
    'hush',
  ],
  [
    'a text in a field',
    (log: ReturnType<typeof createLog>) => log.info({ batch: { content: 'Dear customer' } }, 'x'),
    'Dear',
  ],
  [
    'a database password in an error',
    (log: ReturnType<typeof createLog>) => log.error({ err: new Error('at postgres://sms:hush@db/x') }, 'x'),
    'hush',
  ],
  [
    'what an HTTP client adds to its errors',
    (log: ReturnType<typeof createLog>) =>
      log.error({ err: Object.assign(new Error('no'), { config: { headers: { 'Api-Key': 'hush' } } }) }, 'x'),
    'hush',
  ],
  [
    'the row that the database names in an error',
    (log: ReturnType<typeof createLog>) =>
      log.error({ err: Object.assign(new Error('no'), { code: '23505', detail: 'Key (x)=(hush)' }) }, 'x'),
    'hush',
  ],
  [
    'what the causes of an error have',
    (log: ReturnType<typeof createLog>) =>
      log.error(
        { err: new Error('no', { cause: Object.assign(new Error('why'), { detail: 'hush' }) }) },
        'x',
      ),
    'hush',
  ],
  [
    'what the errors in an error have',
    (log: ReturnType<typeof createLog>) =>
      log.error({ err: new AggregateError([Object.assign(new Error('a'), { config: 'hush' })]) }, 'x'),
    'hush',
  ],
  [
    'what is thrown and is no error',
    (log: ReturnType<typeof createLog>) =>
      log.error({ err: { toString: () => 'hush', headers: 'hush' } }, 'x'),
    'hush',
  ],
  [
    'a code that is none',
    (log: ReturnType<typeof createLog>) =>
      log.error({ err: Object.assign(new Error('no'), { code: 'hush, said the row' }) }, 'x'),
    'hush',
  ],
])('%s is not in the log', (_name, write, secret) => {
  const line = logged(write);
  expect(line).not.toBe('');
  expect(line).not.toContain(secret);
});

test('an error has its name, message, code, stack, causes and inner errors, and ends where it is its own cause', () => {
  const inner = Object.assign(new RangeError('within'), { code: 'ECONNREFUSED' });
  const error: Error = new AggregateError([inner], 'together');
  error.cause = error;
  const { err } = JSON.parse(logged((log) => log.error({ err: error }, 'x')));
  expect(err).toMatchObject({
    ...{ name: 'AggregateError', message: 'together', stack: expect.stringContaining('log.test') },
    errors: [{ name: 'RangeError', message: 'within', code: 'ECONNREFUSED' }],
    cause: { message: 'together' },
  });
});

test('an error that holds a whole answer in its message is cut', () => {
  const line = logged((log) => log.error({ err: new Error('x'.repeat(1_000_000)) }, 'x'));
  expect(line.length).toBeLessThan(10_000);
});
