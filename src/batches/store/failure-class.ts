import { codesOf } from '../../providers/failure-codes';

const listed = (is: 'permanent' | 'temporary') =>
  codesOf(is)
    .map((code) => `'${code}'`)
    .join(', ');

/**
 * SQL: the class of a failed recipient's reason (a FailureClass). What the provider refused in its very answer was never on its
 * way, and is refused again. Else a code that is not listed, or none, tells nothing.
 */
export const FAILURE_CLASS = `case
    when upper(trim(failure_reason)) in (${listed('temporary')}) then 'temporary'
    when upper(trim(failure_reason)) in (${listed('permanent')}) or settled_by = 'answer' then 'permanent'
    else 'not_told' end`;
