import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSync } from '@swc/core';

export const SRC = resolve(__dirname, '../../../src');

export interface FoundPattern {
  file: string;
  source: string;
  flags: string;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

/** Every pattern that is written as a literal in a file of `src`. */
export function readPatternLiterals(): FoundPattern[] {
  return files.sort().flatMap((file) => {
    const found: FoundPattern[] = [];
    walk(parseSync(readFileSync(join(SRC, file), 'utf8'), { syntax: 'typescript' }), (node) => {
      if (node.type === 'RegExpLiteral') {
        found.push({ file, source: String(node.pattern), flags: String(node.flags) });
      }
    });
    return found;
  });
}

/** The files that put patterns together while the program runs. */
export function filesWithMadePatterns(): string[] {
  return files.sort().filter((file) => readFileSync(join(SRC, file), 'utf8').includes('new RegExp('));
}

function walk(node: unknown, visit: (node: Record<string, unknown>) => void): void {
  if (Array.isArray(node)) for (const one of node) walk(one, visit);
  else if (typeof node === 'object' && node !== null) {
    visit(node as Record<string, unknown>);
    for (const value of Object.values(node)) walk(value, visit);
  }
}
