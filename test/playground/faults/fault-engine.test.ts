import { createFaultEngine, type FaultSetting } from '@bulk-sms/playground/faults/fault-engine';

type Name = 'slow' | 'lost';

function open(random?: () => number) {
  let changes = 0;
  const engine = createFaultEngine<Name, FaultSetting & { ms?: number }>({
    names: ['slow', 'lost'],
    onChange: () => {
      changes++;
    },
    ...(random ? { random } : {}),
  });
  const struckIn = (calls: number) => Array.from({ length: calls }, () => engine.strike('slow') !== null);
  return { engine, struckIn, changes: () => changes };
}

test('strikes with its setting until it is switched off', () => {
  const { engine } = open();
  expect(engine.strike('slow')).toBeNull();
  engine.set('slow', { ms: 5 });
  expect(engine.strike('slow')).toEqual({ ms: 5 });
  expect(engine.strike('lost')).toBeNull();
  engine.clear('slow');
  expect(engine.strike('slow')).toBeNull();
});

test('`times` strikes that often and then switches the fault off', () => {
  const { engine, struckIn, changes } = open();
  engine.set('slow', { times: 2 });
  expect(struckIn(3)).toEqual([true, true, false]);
  expect(engine.active()).toEqual([]);
  expect(changes()).toBe(3);
});

test('`every` strikes each nth time, `probability` by chance', () => {
  const { engine, struckIn } = open(() => 0.5);
  engine.set('slow', { every: 2 });
  expect(struckIn(4)).toEqual([false, true, false, true]);
  engine.set('slow', { probability: 0.5 });
  expect(struckIn(1)).toEqual([false]);
  engine.set('slow', { probability: 0.6 });
  expect(struckIn(1)).toEqual([true]);
});

test('saved faults continue where they were, without unknown names', () => {
  const before = open();
  before.engine.set('slow', { times: 2 });
  before.engine.strike('slow');
  const saved = JSON.parse(JSON.stringify(before.engine.save()));
  const { engine, struckIn } = open();
  engine.set('lost');
  engine.load([...saved, ['of-another-version', { setting: {}, seen: 0, struck: 0 }]]);
  expect(engine.active().map(([name]) => name)).toEqual(['slow']);
  expect(struckIn(2)).toEqual([true, false]);
});
