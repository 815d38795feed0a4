/** The demo cannot start, and its user can fix that. `message` is for the user, in plain sentences. */
export class DemoError extends Error {
  constructor(
    readonly code: 'bad_option' | 'port_taken' | 'directory_in_use' | 'bot_failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DemoError';
  }
}
