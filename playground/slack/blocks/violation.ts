/** What is wrong with a payload, and where: a JSON pointer from the payload's root. */
export interface Violation {
  pointer: string;
  message: string;
}
