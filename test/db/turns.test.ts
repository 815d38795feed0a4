import { createTurns, TooManyAtOnce } from '../../src/db/turns';

const TURNS = { atOnce: 2, each: 2 };

/** A question that is answered when the test says so. */
function question() {
  let answer = (_value: string) => {};
  const answered = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const asked = jest.fn(() => answered);
  return { asked, answer };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('no more run at once than there are places; the others follow in their order', async () => {
  const turns = createTurns(TURNS);
  const [one, two, three, four] = [question(), question(), question(), question()];
  const all = [one, two, three, four].map(({ asked }, index) => turns.take(`person ${index}`, asked));
  await settle();
  expect([one, two, three, four].map(({ asked }) => asked.mock.calls.length)).toEqual([1, 1, 0, 0]);
  two.answer('2');
  await settle();
  expect([three, four].map(({ asked }) => asked.mock.calls.length)).toEqual([1, 0]);
  for (const [index, { answer }] of [one, three, four].entries()) answer(String(index));
  expect(await Promise.all(all)).toEqual(['0', '2', '1', '2']);
});

test('the third of one person is refused at once; an earlier one that failed makes room', async () => {
  const turns = createTurns(TURNS);
  const [one, two] = [question(), question()];
  const first = turns.take('anna', one.asked);
  const second = turns.take('anna', () => two.asked().then(() => Promise.reject(new Error('lost'))));
  await expect(turns.take('anna', question().asked)).rejects.toBeInstanceOf(TooManyAtOnce);
  two.answer('');
  await expect(second).rejects.toThrow('lost');
  const third = question();
  const later = turns.take('anna', third.asked);
  third.answer('3');
  one.answer('1');
  expect(await Promise.all([first, later])).toEqual(['1', '3']);
});
