/** A real client would not let a person do this. The mistake is in the test, not in the product. */
export class NotPossible extends Error {
  override name = 'NotPossible';

  constructor(
    readonly code:
      | 'not_found'
      | 'no_such_control'
      | 'not_in_front'
      | 'not_a_member'
      | 'no_such_command'
      | 'confirm_needed'
      | 'required'
      | 'not_valid'
      | 'no_submit_button',
    message: string,
    /** The block_id that the client would mark. */
    readonly field: string | null = null,
  ) {
    super(message);
  }
}
