import type { Entry } from '../controls/element';

/** What was typed into a view, by block_id. */
export type Draft = Record<string, Entry>;
