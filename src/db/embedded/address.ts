import { SUPERUSER } from './initialise';

/** The connection string of an embedded server, for pg, graphile-worker and psql alike. */
export const addressOf = (socketDir: string): string =>
  `postgresql://${SUPERUSER}@localhost/postgres?host=${encodeURIComponent(socketDir)}`;
