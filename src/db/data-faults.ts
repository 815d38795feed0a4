/**
 * Classes of SQLSTATE that say that a value is not one that a column or a constraint takes, or that a limit of the program
 * is passed: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const DATA_CLASSES = ['21', '22', '23', '54'];

/**
 * Why the database refuses these very values, with no value in it: an SQLSTATE, and a constraint where there is one. Null for
 * everything else: a connection, a lock, a deadline, a full disk, our own SQL.
 */
export function dataFaultOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  if (error.code.length !== 5 || !DATA_CLASSES.includes(error.code.slice(0, 2))) return null;
  const constraint = 'constraint' in error && error.constraint ? ` ${error.constraint}` : '';
  return `${error.code}${constraint}`;
}
