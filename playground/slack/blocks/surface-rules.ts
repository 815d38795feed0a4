import type { Violation } from './violation';
import { type Node, textOf } from './walk';

type Surface = 'message' | 'modal' | 'home';

/** Blocks and elements that only some surfaces allow. All others are allowed everywhere. */
const ONLY_ON: Record<string, Surface[]> = {
  table: ['message'],
  data_table: ['message'],
  data_visualization: ['message'],
  container: ['message'],
  card: ['message'],
  carousel: ['message'],
  context_actions: ['message'],
  markdown: ['message'],
  plan: ['message'],
  task_card: ['message'],
  alert: ['modal'],
  file_input: ['modal'],
};

/** How many blocks of a kind one message may hold. */
const AT_MOST: Record<string, number> = { table: 1, data_visualization: 2 };

/** Undocumented: found at about this many characters of text in all blocks together (bolt-js issue 2509). */
const MESSAGE_TEXT_LIMIT = 13_200;
const MARKDOWN_LIMIT = 12_000;
const CELLS_LIMIT = 10_000;
const VIEW_LIMIT_BYTES = 250_000;

/** Rules for a whole surface: allowed blocks, their number, their total text, and unique ids. */
export function checkSurface(surface: Surface, nodes: Node[]): Violation[] {
  return [
    ...misplaced(surface, nodes),
    ...tooMany(nodes),
    ...repeatedBlockIds(nodes),
    ...repeatedActionIds(nodes),
    ...(surface === 'message' ? tooMuchText(nodes) : viewRules(surface, nodes)),
  ];
}

function misplaced(surface: Surface, nodes: Node[]): Violation[] {
  return nodes
    .filter(({ kind }) => ONLY_ON[kind] && !ONLY_ON[kind].includes(surface))
    .map(({ pointer, kind }) => ({ pointer, message: `${kind} is not allowed in a ${surface}` }));
}

function tooMany(nodes: Node[]): Violation[] {
  return Object.entries(AT_MOST).flatMap(([kind, most]) =>
    nodes
      .filter((node) => node.kind === kind)
      .slice(most)
      .map(({ pointer }) => ({ pointer, message: `at most ${most} ${kind} a message` })),
  );
}

function repeatedBlockIds(nodes: Node[]): Violation[] {
  return repeated(
    nodes.filter(({ value }) => typeof value.block_id === 'string'),
    'block_id',
  );
}

/** An action_id is used once within its block, whose pointer is `/blocks/<n>`. */
function repeatedActionIds(nodes: Node[]): Violation[] {
  const acting = nodes.filter(({ value }) => typeof value.action_id === 'string');
  const blocks = new Set(acting.map(blockOf));
  return [...blocks].flatMap((block) =>
    repeated(
      acting.filter((node) => blockOf(node) === block),
      'action_id',
    ),
  );
}

function blockOf({ pointer }: Node): string {
  return pointer.split('/').slice(0, 3).join('/');
}

function repeated(nodes: Node[], field: 'block_id' | 'action_id'): Violation[] {
  const seen = new Set<unknown>();
  return nodes.flatMap(({ pointer, value }) => {
    if (seen.has(value[field]))
      return [{ pointer: `${pointer}/${field}`, message: `${field} is used twice` }];
    seen.add(value[field]);
    return [];
  });
}

function tooMuchText(nodes: Node[]): Violation[] {
  const total = (kinds: string[]) =>
    nodes
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((sum, { value }) => sum + (textOf(value)?.length ?? 0), 0);
  const violations: Violation[] = [];
  if (total(['plain_text', 'mrkdwn', 'markdown', 'text', 'raw_text', 'raw_number']) > MESSAGE_TEXT_LIMIT) {
    const message = `msg_blocks_too_long: at most about ${MESSAGE_TEXT_LIMIT} characters in all blocks`;
    violations.push({ pointer: '/blocks', message });
  }
  if (total(['markdown']) > MARKDOWN_LIMIT) {
    violations.push({ pointer: '/blocks', message: `at most ${MARKDOWN_LIMIT} characters of markdown` });
  }
  if (total(['raw_text', 'raw_number']) > CELLS_LIMIT) {
    violations.push({ pointer: '/blocks', message: `at most ${CELLS_LIMIT} characters in all cells` });
  }
  return violations;
}

function viewRules(surface: Surface, nodes: Node[]): Violation[] {
  const [root] = nodes;
  const violations: Violation[] = [];
  if (surface === 'modal' && !root?.value.submit && nodes.some(({ kind }) => kind === 'input')) {
    violations.push({ pointer: '/submit', message: 'is required where there are input blocks' });
  }
  if (nodes.filter(({ value }) => value.focus_on_load === true).length > 1) {
    violations.push({ pointer: '/blocks', message: 'focus_on_load is allowed once' });
  }
  if (Buffer.byteLength(JSON.stringify(root?.value ?? {})) > VIEW_LIMIT_BYTES) {
    violations.push({ pointer: '', message: `view_too_large: at most ${VIEW_LIMIT_BYTES} bytes` });
  }
  return violations;
}
