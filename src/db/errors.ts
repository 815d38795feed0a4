/**
 * The database cannot be used. The message is for the person who starts the bot: it says what to do, and contains no
 * password.
 */
export class DatabaseError extends Error {
  constructor(
    readonly code:
      | 'unsupported_platform'
      | 'directory_in_use'
      | 'directory_not_usable'
      | 'server_not_started'
      | 'bad_database_url'
      | 'unreachable'
      | 'transaction_pooling'
      | 'read_only'
      | 'not_utf8'
      | 'other_major_version'
      | 'others_connected'
      | 'version_too_old',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DatabaseError';
  }
}
