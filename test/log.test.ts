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
])('%s is not in the log', (_name, write, secret) => {
  const line = logged(write);
  expect(line).not.toBe('');
  expect(line).not.toContain(secret);
});
