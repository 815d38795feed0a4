import { inspect } from 'node:util';
import { account, credentials, messages, numberOf, SIGN } from './fixtures';
import { buka, provider, shutNetwork } from './nocked-buka';

shutNetwork();

const LEAKS = [credentials.apiKey, credentials.apiSecret, SIGN, numberOf(0)];
/** A reason that repeats everything the provider was sent. */
const TALKATIVE = `refused ${LEAKS.join(' ')}`;

type Reply = ReturnType<ReturnType<ReturnType<typeof buka>['get']>['reply']>;
/** Short only where the deadline is the fault under test: elsewhere it could come first and hide the leak. */
const deadlineFor = (fault: string) => ({ timeoutMs: fault === 'a time-out' ? 500 : 60_000 });

type Interceptor = ReturnType<ReturnType<typeof buka>['get']>;

const faults: [string, (request: Interceptor) => Reply][] = [
  ['connection refused', (request) => request.replyWithError(nodeError('ECONNREFUSED'))],
  ['a reset', (request) => request.replyWithError(nodeError('ECONNRESET'))],
  ['a time-out', (request) => request.delay(60_000).reply(200, {})],
  ['a refusal', (request) => request.reply(200, { status: '-1', reason: TALKATIVE })],
  ['an interface fault', (request) => request.reply(200, { status: '-18', reason: TALKATIVE })],
  ['an undocumented status', (request) => request.reply(200, { status: TALKATIVE, reason: TALKATIVE })],
  ['HTTP 401', (request) => request.reply(401, TALKATIVE)],
  ['HTTP 500', (request) => request.reply(500, TALKATIVE)],
  ['HTML', (request) => request.reply(200, `<html>${TALKATIVE}`)],
];

function nodeError(code: string): Error {
  return Object.assign(new Error(TALKATIVE), { code });
}

test.each(faults)('%s: an outcome contains no credential and no number', async (fault, answer) => {
  answer(buka().post('/v3/sendSms'));
  const outcome = await provider.sendSmsBatch(account, { messages: messages(1) }, deadlineFor(fault));
  expectNoLeak(outcome);
});

test.each(faults)('%s: an error contains no credential and no number', async (fault, answer) => {
  answer(buka().get('/v3/getBalance'));
  const error = await provider.getBalance(account, deadlineFor(fault)).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Error);
  expectNoLeak(error);
});

/** `inspect` and `JSON.stringify` together show causes, stacks, own and hidden properties. */
function expectNoLeak(value: unknown): void {
  const shown = `${inspect(value, { depth: Infinity, showHidden: true })} ${JSON.stringify(value)}`;
  for (const leak of LEAKS) expect(shown).not.toContain(leak);
}
