/** Says what became of a request or an envelope that was sent to the app. */
export type Delivered =
  | { answered: true; body: string; json: boolean }
  | { answered: false; error: 'operation_timeout' | 'dispatch_failed'; retryReason: string; mayRetry: boolean }

/** Is sent to the app: a form, or JSON. */
export type DeliveryBody = { form: Record<string, string> } | { json: unknown }
