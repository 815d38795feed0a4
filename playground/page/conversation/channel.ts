import type { PageState } from '../api/wire';

/** A channel as the person sees it. */
export type Channel = PageState['channels'][number];
