import type { ControlElement, Entry } from './element';

export interface FieldProps {
  element: ControlElement;
  /** The accessible name. */
  label: string;
  id?: string;
  entry: Entry;
  onEntry: (entry: Entry) => void;
  /** Ids of the hint and the error. */
  describedBy?: string | undefined;
  isInvalid?: boolean;
  isRequired?: boolean;
}

/** The ARIA attributes of a field's native control. */
export function ariaOf({ id, label, describedBy, isInvalid, isRequired }: FieldProps) {
  return {
    id,
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid || undefined,
    'aria-required': isRequired || undefined,
  };
}
