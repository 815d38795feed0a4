import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { GUARDED } from '../setup/guard-states';

/** docs/ARCHITECTURE.md draws what batches/states.ts says: a step that only one of them has is an error. */
const text = readFileSync(resolve(__dirname, '../../docs/ARCHITECTURE.md'), 'utf8');
const drawings = [...text.matchAll(/```mermaid\nstateDiagram-v2\n(.*?)```/gs)].map(([, lines = '']) =>
  [...lines.matchAll(/^ {2}(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} > ${to}`),
);

test.each(GUARDED.map((guarded, index) => ({ ...guarded, drawn: drawings[index] })))(
  'the drawing of $table has every step that its states allow, and no other',
  ({ states, may, drawn }) => {
    const mayStep = may as (from: string, to: string) => boolean;
    const steps = states.flatMap((from) =>
      states.filter((to) => mayStep(from, to)).map((to) => `${from} > ${to}`),
    );
    expect(drawn?.toSorted()).toEqual(steps.toSorted());
  },
);
