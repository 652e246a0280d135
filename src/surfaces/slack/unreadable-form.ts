import { z } from 'zod'

/** A form or a button holds something that this version never puts there. The message says where, and repeats nothing of it. */
export class UnreadableForm extends Error {
  readonly where: string

  constructor(where: string) {
    super(`This form cannot be read: ${where}`)
    this.name = 'UnreadableForm'
    this.where = where
  }
}

/** Returns a part of a form. @throws UnreadableForm */
export function readPart<Part>(schema: z.ZodType<Part>, part: unknown, where: string): Part {
  const read = schema.safeParse(part)
  if (!read.success) throw new UnreadableForm([where, ...(read.error.issues[0]?.path ?? [])].join('.'))
  return read.data
}

/** Returns what a modal carries along. @throws UnreadableForm */
export function readMetadata<Metadata>(schema: z.ZodType<Metadata>, view: { private_metadata: string }): Metadata {
  let metadata: unknown
  try {
    metadata = JSON.parse(view.private_metadata)
  } catch {
    throw new UnreadableForm('private_metadata')
  }
  return readPart(schema, metadata, 'private_metadata')
}

const Typed = z.looseObject({ value: z.string().nullish() })

/** Returns what was typed into a block's only field; '' where that is nothing. @throws UnreadableForm */
export function readTyped(view: { state: { values: Record<string, Record<string, unknown>> } }, block: string): string {
  const [field = {}] = Object.values(view.state.values[block] ?? {})
  return readPart(Typed, field, block).value ?? ''
}
