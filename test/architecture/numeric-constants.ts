import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Expression, parseSync } from '@swc/core';

const SRC = resolve(__dirname, '../../src');

/** Every capitalised constant at the top of a file of `src` that is a number, by `recipients/bounds.ts MAX_COLUMNS`. */
export function readNumericConstants(): Map<string, number> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return new Map(
    files
      .sort()
      .flatMap((file) =>
        [...constantsOf(join(SRC, file))].map(([name, value]) => [`${file} ${name}`, value] as const),
      ),
  );
}

function constantsOf(path: string): Map<string, number> {
  const known = new Map<string, number>();
  for (const one of parseSync(readFileSync(path, 'utf8'), { syntax: 'typescript' }).body) {
    const statement = one.type === 'ExportDeclaration' ? one.declaration : one;
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type !== 'Identifier' || !/^[A-Z][A-Z\d_]*$/.test(id.value) || !init) continue;
      const value = evaluate(init, known);
      if (value !== null) known.set(id.value, value);
    }
  }
  return known;
}

const OPERATIONS: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '**': (a, b) => a ** b,
};

/** Null where it is no number, or one that only the running program knows. */
function evaluate(node: Expression, known: ReadonlyMap<string, number>): number | null {
  if (node.type === 'NumericLiteral') return node.value;
  if (node.type === 'Identifier') return known.get(node.value) ?? null;
  if (node.type === 'ParenthesisExpression') return evaluate(node.expression, known);
  if (node.type !== 'BinaryExpression') return null;
  const operation = OPERATIONS[node.operator];
  const [a, b] = [evaluate(node.left, known), evaluate(node.right, known)];
  return operation && a !== null && b !== null ? operation(a, b) : null;
}
