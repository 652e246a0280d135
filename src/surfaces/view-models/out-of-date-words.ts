/** Said about a button that this version does not know. */
export const MESSAGE_OUT_OF_DATE = 'This message is out of date. Please use a newer one.'

/** Said about a form that this version cannot read. */
export const FORM_OUT_OF_DATE = 'This form is out of date. Open it again.'
