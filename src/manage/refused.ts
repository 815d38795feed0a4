/** A command cannot be done. The message is a sentence for the operator: what is the matter, and what to do. */
export class Refused extends Error {
  readonly code = 'refused';
  constructor(message: string) {
    super(message);
    this.name = 'Refused';
  }
}
