import type { AppContext } from '../app-context';

/** What an admin or an operator needs: the database alone, so that a command line can do it beside the running bot. */
export type AdminContext = Pick<AppContext, 'db' | 'reads'>;
